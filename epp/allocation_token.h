#pragma once

#include <optional>
#include <string_view>

#include "epp/store_command.h"
#include "registry/types/given_token.h"

// The allocationToken-1.0 extension, RFC 8495.
namespace epp {

// <allocationToken:allocationToken> of a check, create or transfer request; none without it.
std::optional<registry::GivenToken> ReadAllocationToken(const Request& request);
// <allocationToken:info> of an info: whether it is there.
bool ReadAllocationTokenInfo(const Request& request);
// <allocationToken:allocationToken> of the answer to it.
void WriteAllocationToken(std::string_view token, XmlWriter* xml);

}  // namespace epp
