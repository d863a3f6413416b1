#pragma once

#include <string>

namespace registry::net {

// Who runs the program, for the record of what he changes: behind sudo the one who called it.
std::string UserName();

}  // namespace registry::net
