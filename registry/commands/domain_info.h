#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/launch.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/authorization.h"
#include "registry/rules/reasons.h"

namespace registry {

// <domain:info>, RFC 5731 section 3.1.2.
struct DomainInfo {
  enum class Hosts { kAll, kDelegated, kSubordinate, kNone };
  DomainName name;
  Hosts hosts = Hosts::kAll;
  std::optional<Credential> credential;
  std::optional<LaunchPhase> launch_phase;  // <launch:info>, RFC 8334 section 3.2
  bool include_mark = false;
  bool asks_token = false;          // <allocationToken:info>, RFC 8495 section 3.1.2
  TtlQuery ttls = TtlQuery::kNone;  // <ttl:info>, RFC 9803
};

// Everything about a domain, by names rather than keys; also what look-ups (WHOIS, RDAP) start
// from.
struct DomainInfoAnswer {
  Domain domain;       // as it is now
  StatusSet statuses;  // as shown
  std::vector<std::string_view> rgp_statuses;
  std::vector<DomainName> name_servers;  // sorted; empty unless asked for
  std::vector<DomainName> subordinates;  // sorted; empty unless asked for
  std::optional<ContactId> registrant;
  struct ContactLink {
    ContactRole role = ContactRole::kAdmin;
    ContactId id;
  };
  std::vector<ContactLink> contacts;
  // If the command asked for it; with the mark only if it asked for that too and is authorized.
  std::optional<Launch> launch;
  std::vector<TtlShown> ttls;  // if the command asked for them
  // The asker is the sponsor or knows the authInfo; others see no contacts and organizations (RFC
  // 5731 lets the server decide).
  bool authorized = false;
  std::string token;  // empty unless asked for, by the sponsor
};

inline constexpr std::array kDomainInfoReasons = {kDomainNotFound, kWrongAuthInfo, kTokenNotShown,
                                                  kTokenNotFound, kLaunchedOtherwise};

// All of a domain of the set, as an authorized asker sees it. The domain's details have to be
// loaded, for `kAll` and `kSubordinate` its subordinates too.
DomainInfoAnswer Describe(const Domain& domain, DomainInfo::Hosts hosts, const Context& context,
                          const WorkingSet& set);

Needs NeedsOf(const DomainInfo& command);
Outcome<DomainInfoAnswer> Apply(const DomainInfo& command, const Context& context,
                                const WorkingSet& set);

}  // namespace registry
