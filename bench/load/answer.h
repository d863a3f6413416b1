#pragma once

#include <string_view>

namespace bench {

// What an answer's XML says that a load driver wants to know; found by searching, since parsing
// would cost more than the rest of the driver.

// The result code of a response, 1000 for a greeting; 0 if it is neither.
int ResultCodeOf(std::string_view xml);
// The day of <domain:exDate>, "2027-11-23"; empty if there is none.
std::string_view ExpiryDayOf(std::string_view xml);

}  // namespace bench
