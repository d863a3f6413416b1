#pragma once

#include <string_view>

namespace zonegen {

// Writes all of `text`, in as many calls as the kernel wants. False with errno set otherwise.
bool WriteAll(int descriptor, std::string_view text);

}  // namespace zonegen
