#pragma once

#include <string>
#include <string_view>

#include "bench/load/options.h"

namespace bench {

// The frames that the load driver sends; complete data units with their length (RFC 5734 section
// 4).
std::string LoginFrame(const Options& options);
std::string CreateFrame(const Options& options, std::string_view name);
std::string RenewFrame(std::string_view name, std::string_view expiry_day);
std::string CheckFrame(std::string_view name);
std::string InfoFrame(std::string_view name);

// The result code of a response; 0 if there is none.
int ResultCodeOf(std::string_view response);
// The day of <domain:exDate>, "2027-11-23"; empty if there is none.
std::string ExpiryDayOf(std::string_view response);

}  // namespace bench
