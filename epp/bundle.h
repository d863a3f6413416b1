#pragma once

#include <optional>
#include <string_view>

#include "epp/store_command.h"
#include "registry/commands/domain_update.h"

// The bundle extension, RFC 9095: names that are registered together. Its RDN is the name in the
// primary TLD, whichever of the two a command was about; the BDN is the other.
namespace epp {

// <b-dn:create>: the RDN that the client expects; nothing without the element or without a name.
std::optional<registry::DomainName> ReadBundleCreate(const Element& create, Faults* faults);

// <b-dn:creData> and the like, `tag`; nothing if the name is in no bundle or the login did not name
// the extension.
void WriteBundle(std::string_view tag, const registry::DomainName& name,
                 const AnswerContext& context, Body* body);

// What an update answers.
void WriteUpdated(const registry::DomainUpdated& updated, const AnswerContext& context, Body* body);

}  // namespace epp
