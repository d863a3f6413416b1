#pragma once

#include <string>

#include "registry/model/changes.h"

namespace registry {

// What changed, as one JSON object of the changed members with their new values; members that were
// emptied are null, 0, "" or []. An insert lists what differs from a default-constructed
// object, a deletion is {"deleted":true}. So replaying an object's rows from its insert gives the
// object at any time. Members have their names in the model; key and version are columns of their
// own. Instants are in the form of FormatUtc (infinite: null), amounts in minor units, other
// objects are keys. The authInfo appears only as "auth": "set" or "unset".
std::string DescribeChange(const Change<Domain>& change);
std::string DescribeChange(const Change<Host>& change);
std::string DescribeChange(const Change<Contact>& change);
std::string DescribeChange(const Change<Organization>& change);

}  // namespace registry
