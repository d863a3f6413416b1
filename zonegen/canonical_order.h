#pragma once

#include <string_view>

namespace zonegen {

// The canonical order of DNS names, RFC 4034 section 6.1: label by label from the right, each by
// octets, a parent before what is below it. Names are lower-case without the final dot. This is not
// the order of the texts: "a.org" stands before "a-b.org".
bool CanonicalLess(std::string_view a, std::string_view b);

// The label of `name` just below `tld`: "b" of "ns1.b.org" and "org". `name` is below `tld`.
std::string_view LabelBelow(std::string_view name, std::string_view tld);

}  // namespace zonegen
