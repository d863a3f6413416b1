#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "registry/model/directory.h"

namespace ctl {

// A change of an object (rules/history.h) with what its keys and amounts mean: registrars by their
// identifiers, other objects by their ROIDs, money in whole units.
boost::json::object ReadableChange(std::string_view change, const registry::Directory& directory);

// The same for people, one line for each member.
std::vector<std::string> ChangeLines(const boost::json::object& change);

// What the clock did to a domain: "auto-renew", "end of grace", "end of redemption", "purge".
std::string ClockStep(const boost::json::object& change);

// "gold", "(operator)", "(lifecycle)"; empty for nobody.
std::string Who(const registry::Directory& directory, registry::RegistrarKey key);

}  // namespace ctl
