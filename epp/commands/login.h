#pragma once

#include "epp/call.h"
#include "epp/xml_reader.h"

namespace epp {

// <login>, RFC 5730 section 2.9.1.1.
LoginCall ReadLogin(const Element& login, Faults* faults);

}  // namespace epp
