// The lists of a trademark clearinghouse: every label of an accepted list of claims is found, with
// the key that stands beside it.
#include "registry/model/tmch_lists.h"

#include <string>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "tests/fuzz/target.h"

namespace fuzz {

std::vector<std::string> Seeds() {
  const std::string claims =
      "1,2012-08-16T00:00:00.0Z\nDNL,lookup-key,insertion-datetime\n"
      "example,2013041500/2/6/9/rJ1NrDO92vDsAzf7EQzgjX4R0000000001,2010-07-14T00:00:00.0Z\n"
      "another-example,2013041500/6/A/5/al,2012-08-16T00:00:00.0Z\na,b,2012-08-16T00:00:00Z\n";
  return {claims, claims + "a,b,2012-08-16T00:00:00Z\n",
          "1,2012-08-16T00:00:00.0Z\nsmd-id,insertion-datetime\n"
          "2-2,2012-08-15T00:00:00.0Z\r\n3-2,2012-08-15T00:00:00.0Z\n",
          "2,2012-08-16T00:00:00.0Z\nsmd-id,insertion-datetime\n"};
}

bool Check(std::string_view input) {
  const auto revoked = registry::RevokedMarks::Parse("smdrl.csv", input);
  const auto claims = registry::ClaimsList::Parse("dnl.csv", std::string(input));
  POSTEL_CHECK(!(revoked.ok() && claims.ok()));
  if (!claims.ok()) return revoked.ok();
  size_t found = 0;
  const std::vector<std::string_view> lines = registry::Split(input, '\n');
  for (size_t i = 2; i < lines.size(); ++i) {
    const std::vector<std::string_view> parts = registry::Split(lines[i], ',');
    if (parts.size() != 3) continue;
    POSTEL_CHECK(claims->Find(parts[0]) == parts[1]);
    ++found;
  }
  POSTEL_CHECK(found == claims->size());
  constexpr std::string_view kOther = "not-on-the-list";
  POSTEL_CHECK(input.find(kOther) != std::string_view::npos || claims->Find(kOther).empty());
  return true;
}

}  // namespace fuzz
