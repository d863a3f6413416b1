#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "registry/model/directory.h"

namespace registry {

// The file by which clients find the RDAP service of a TLD (RFC 9224 sections 3 and 4), with the
// TLDs of this registry: what IANA's file says of them. `base_url` is that of our RDAP, with or
// without the final slash. Without TLDs there are no services in it.
std::string RdapBootstrap(const Directory& directory, std::string_view base_url,
                          absl::Time publication);

}  // namespace registry
