// The policy of a TLD: it comes out of its written form as it went in, and its records cannot break
// the lines of the zone.
#include "registry/model/tld_policy.h"

#include <algorithm>
#include <string>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/fuzz/target.h"
#include "zonegen/zone_text.h"

namespace fuzz {
namespace {

using registry::TldPolicy;

void CheckZone(const TldPolicy& policy) {
  const zonegen::ZoneText zone(policy);
  const std::string head = zone.Head(2026112500), apex = zone.Apex();
  POSTEL_CHECK(std::ranges::count(head, '\n') == 3);
  POSTEL_CHECK(std::ranges::count(apex, '\n') ==
               std::ssize(policy.name_servers) + std::ssize(policy.static_records));
  for (std::string_view line : registry::Split(apex, '\n')) POSTEL_CHECK(!line.starts_with('$'));
  zonegen::StaticOwners(policy);
}

}  // namespace

std::vector<std::string> Seeds() {
  return {SourceFile("deploy/tlds/org.conf"),
          SourceFile("deploy/tlds/ngo.conf"),
          "tld = org\ndata_model = minimum\nadd_grace = 5d\ncreate_fee = 9.00\nreserved = a b\n",
          "tld=xn--p1ai\nsoa_mname=ns.nic.org\nsoa_rname=h.nic.org\nname_server=NS.nic.org\n"
          "static_record = www 60 IN TXT \"a; b\" \"\\\"c\"\nsoa_ttl=2147483647\n",
          "tld=org\nidn_table = de es\nidn_table=pl\nidn_variants=same_registrant\nidn_only=yes\n",
          "tld = org\nstatic_record = @ 3600 IN CAA 0 issue \"ca.example\"\n"};
}

bool Check(std::string_view input) {
  const absl::StatusOr<TldPolicy> policy = registry::ParseTldPolicy("org.conf", input);
  if (!policy.ok()) {
    const std::string message(policy.status().message());
    POSTEL_CHECK(message.starts_with("org.conf"));
    POSTEL_CHECK(registry::PrintableLength(message).has_value());
    return false;
  }
  const std::string written = registry::FormatTldPolicy(*policy);
  const absl::StatusOr<TldPolicy> again = registry::ParseTldPolicy("again.conf", written);
  POSTEL_CHECK(again.ok() && *again == *policy);
  POSTEL_CHECK(registry::FormatTldPolicy(*again) == written);
  if (zonegen::CheckApex(*policy).ok()) CheckZone(*policy);
  return true;
}

}  // namespace fuzz
