#pragma once

#include <string>

#include "registry/model/changes.h"

namespace registry {

// What changed, as one JSON object of the changed members with their new values ({} for a
// deletion); an insert lists all. Replaying an object's rows from its insert gives the object at
// any time. The authInfo appears only as "auth": "set" or "unset".
std::string DescribeChange(const Change<Domain>& change);
std::string DescribeChange(const Change<Host>& change);
std::string DescribeChange(const Change<Contact>& change);

}  // namespace registry
