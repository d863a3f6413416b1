#pragma once

#include "epp/rgp.h"
#include "epp/store_command.h"
#include "registry/types/domain_name.h"

namespace epp {

// The <domain:update> that carries a <rgp:update>, RFC 3915 section 4.2.5.
StoreCall MakeRestoreCall(const Request& request, registry::DomainName name, Restore restore);

}  // namespace epp
