#pragma once

#include <cstddef>
#include <string_view>

namespace ctl {

// How many columns of a terminal the UTF-8 text takes: two for each East Asian wide character, none
// for combining ones (Unicode Standard Annex 11, by blocks).
size_t DisplayWidth(std::string_view text);

}  // namespace ctl
