#pragma once

#include "epp/call.h"
#include "epp/xml_reader.h"

namespace epp {

// <login>, RFC 5730 section 2.9.1.1, with its <loginSec:loginSec>, RFC 8807 section 4.1, or none.
// `longest_password`: in loginSec, in characters.
LoginCall ReadLogin(const Element& login, const Element& login_sec, size_t longest_password,
                    Faults* faults);

}  // namespace epp
