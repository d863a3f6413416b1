// An address of a name server.
#include "registry/types/ip_address.h"

#include <string>
#include <vector>

#include "registry/base/check.h"
#include "registry/types/reasons.h"
#include "tests/fuzz/target.h"

namespace fuzz {

using registry::IpAddress;
using registry::Outcome;

std::vector<std::string> Seeds() {
  return {"192.0.2.1",
          "2001:db8::1",
          "::ffff:192.0.2.1",
          "255.255.255.255",
          "::",
          "2001:DB8:0:0:1::1",
          "fe80::1%eth0",
          "1.2.3",
          "0x7f.0.0.1",
          "1:2:3:4:5:6:7:8",
          "64:ff9b::192.0.2.33",
          "010.0.0.1",
          "2001:db8::1:0:0:1",
          "1::2::3"};
}

bool Check(std::string_view input) {
  const Outcome<IpAddress> any = IpAddress::ParseAny(input);
  if (any) {
    const Outcome<IpAddress> again = IpAddress::ParseAny(any->ToString());
    POSTEL_CHECK(again && *again == *any && again->ToString() == any->ToString());
  }
  for (IpAddress::Family family : {IpAddress::Family::kV4, IpAddress::Family::kV6}) {
    const Outcome<IpAddress> address = IpAddress::Parse(family, input);
    if (!address) {
      const bool usable = address.rejection().reason.id != registry::kAddressUnusable.id;
      POSTEL_CHECK(usable || any.ok());
      continue;
    }
    POSTEL_CHECK(any && *any == *address && address->family() == family);
    const Outcome<IpAddress> again = IpAddress::Parse(family, address->ToString());
    POSTEL_CHECK(again && *again == *address);
  }
  return any.ok();
}

}  // namespace fuzz
