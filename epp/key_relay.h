#pragma once

#include "epp/store_command.h"
#include "registry/model/poll_message.h"

namespace epp {

// <keyrelay:infData>, RFC 8063 section 3.2: what a message of this kind passes on.
void WriteKeyRelay(const registry::PollMessage& message, const registry::Directory& directory,
                   XmlWriter* xml);

}  // namespace epp
