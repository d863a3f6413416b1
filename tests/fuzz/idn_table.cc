// IDN tables: what is accepted reads back as the same, allows its own code points where no rule is
// in the way, and its variants fold to something that stays.
#include "registry/model/idn_table.h"

#include <algorithm>
#include <string>
#include <vector>

#include "registry/base/check.h"
#include "registry/model/variant_fold.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/fuzz/target.h"

namespace fuzz {

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds = {
      "table=t\nallow=0061-007A 00DF\nvariant=00DF : 0073 0073\nonly_with = 00DF : 0061\n",
      "table=t\nallow=0061 00E0\nvariant = 00E0 : 0061\nvariant = 00E0 : 0061 0061\n",
      "table=t\nallow=10000-10FFFF\nvariant = 10FFFF : D7FF\nnot_with = 10FFFF : 10000\n",
      "table=t\nallow=0061-0062\nonly_after = 0062 : 0061\nonly_before = 0061 : 0062\n"};
  for (const char* id : {"de", "es", "cyrillic", "arabic"}) {
    seeds.push_back(SourceFile(std::string("deploy/idn/") + id + ".txt"));
  }
  return seeds;
}

bool Check(std::string_view input) {
  const auto table = registry::ParseIdnTable("t.txt", input);
  if (!table.ok()) {
    POSTEL_CHECK(!table.status().message().empty());
    return false;
  }
  POSTEL_CHECK(registry::IsIdnTableId(table->id) && !table->allowed.empty());
  const auto again = registry::ParseIdnTable("t.txt", table->text);
  POSTEL_CHECK(again.ok() && *again == *table);
  char32_t last = 0;
  for (const auto& [first, end] : table->allowed.ranges()) {
    POSTEL_CHECK(first <= end && (last == 0 || first > last + 1));
    last = end;
    for (const char32_t point : {first, end}) {
      POSTEL_CHECK(table->allowed.Has(point));
      const bool ruled = std::ranges::any_of(
          table->rules, [&](const auto& rule) { return rule.points.Has(point); });
      POSTEL_CHECK(ruled || table->Allows(std::u32string(1, point)));
    }
  }
  std::string conflict;
  const auto fold = registry::VariantFold::Of({&*table}, &conflict);
  POSTEL_CHECK(table->variants.empty() ? fold.empty() && conflict.empty() : true);
  for (const char* name : {"strasse.org", "xn--strae-oqa.org", "xn--n1aeb.org", "a.b.org"}) {
    const std::string key = fold.KeyOf(registry::DomainName(name));
    POSTEL_CHECK(key.empty() || key.ends_with(".org"));
  }
  return true;
}

}  // namespace fuzz
