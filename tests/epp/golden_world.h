#pragma once

#include "tests/support/scene.h"

namespace epp {

// The registry that every golden request meets. Gold sponsors, in org: alpha (all there is to a
// domain), bare (no name servers), fresh (a day old), locked (prohibits everything), gone (in
// redemption), back (restored, not yet reported), moving (which silver asks for, as for the contact
// of that name), jewel (a premium name, as gem is, which is free); silver sponsors beta, poor
// lapsed; poor has no money, idle nothing at all. Gold, silver, poor, mover and keeper have
// messages. The TLDs claims and sunrise are in these launch phases; kept.sunrise was registered
// with a signed mark. The TLD keys takes key data; kept.keys has some. The TLDs idn and idnonly
// have the IDN tables de and es; strasse.idn is registered with a sharp s. given.org was registered
// with an allocation token. Others: abc123 for reserved.org, sale and move, half the price of a
// create or transfer. Maintenances: full-7 (all there is to one) and plain-8 are to come, running-6
// runs, over-5 has ended a week ago, old-4 months ago.
// create or transfer. Gold's organizations: full (all there is to one, reseller of sold.org),
// plain (a reseller), child (of top, on hold); other is silver's.
class GoldenWorld : public registry::Scene {
 public:
  GoldenWorld();

  static constexpr registry::RegistrarKey kPoor{3};
  static constexpr registry::RegistrarKey kIdle{4};
  static constexpr registry::RegistrarKey kMover{5};
  static constexpr registry::RegistrarKey kKeeper{6};
  // Whom the operator's changes concern: of noted.org, of a host, of a contact, of undone.org, of
  // an organization.
  static constexpr registry::RegistrarKey kNoted{7};
  static constexpr registry::RegistrarKey kNotedHost{8};
  static constexpr registry::RegistrarKey kNotedContact{9};
  static constexpr registry::RegistrarKey kNotedPurge{10};
  // Who have a message about a maintenance, from its announcement to its end.
  static constexpr registry::RegistrarKey kToldCreate{11};
  static constexpr registry::RegistrarKey kToldUpdate{12};
  static constexpr registry::RegistrarKey kToldDelete{13};
  static constexpr registry::RegistrarKey kToldCourtesy{14};
  static constexpr registry::RegistrarKey kToldEnd{15};
  static constexpr registry::RegistrarKey kNotedOrganization{16};

 private:
  void AddIdnTlds();
  void AddRegistrars();
  void AddContacts();
  void AddAlpha();
  void AddOtherDomains();
  registry::Transfer PendingTransfer() const;
  void AddMessages();
  void AddOperatorChanges();
  void AddMaintenances();
  void AddOrganizations();
};

}  // namespace epp
