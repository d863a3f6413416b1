#pragma once

#include <optional>

#include "epp/store_command.h"
#include "registry/model/launch.h"

// The launch-1.0 extension, RFC 8334: phases, claims check, claims notices, encoded signed marks.
// Applications, codes and marks without signature are not offered.
namespace epp {

struct LaunchCheck {
  bool claims = true;  // else: the availability check form
  std::optional<registry::LaunchPhase> phase;
};
// <launch:check>. The trademark check form is Faults::Option.
LaunchCheck ReadLaunchCheck(const Element& check, Faults* faults);

// <launch:create> of the request; none without it.
std::optional<registry::LaunchRequest> ReadLaunchCreate(const Request& request);

struct LaunchInfo {
  std::optional<registry::LaunchPhase> phase;  // none: not asked for
  bool include_mark = false;
};
LaunchInfo ReadLaunchInfo(const Element& info, Faults* faults);

// Of a label; empty if it is not on the list of claims or there is no list.
std::string ClaimKeyOf(const registry::DomainName& name, const Clearinghouse* clearinghouse);
registry::Claims ClaimsOf(const registry::DomainName& name, const Clearinghouse* clearinghouse);

// <launch:infData>.
void WriteLaunch(const registry::Launch& launch, XmlWriter* xml);

}  // namespace epp
