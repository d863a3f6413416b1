#pragma once

#include "tests/support/scene.h"

namespace epp {

// The registry that every golden request meets. Gold sponsors, in org: alpha (all there is to a
// domain), bare (no name servers), fresh (a day old), locked (prohibits everything), gone (in
// redemption); silver sponsors beta; poor has no money, idle
// nothing at all. Gold, silver and poor have messages.
class GoldenWorld : public registry::Scene {
 public:
  GoldenWorld();

  static constexpr registry::RegistrarKey kPoor{3};
  static constexpr registry::RegistrarKey kIdle{4};

 private:
  void AddRegistrars();
  void AddContacts();
  void AddAlpha();
  void AddOtherDomains();
  void AddMessages();
};

}  // namespace epp
