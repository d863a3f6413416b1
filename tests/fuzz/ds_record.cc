// A delegation signer record, as text.
#include "registry/types/ds_record.h"

#include <string>
#include <vector>

#include "registry/base/check.h"
#include "tests/fuzz/target.h"

namespace fuzz {

using registry::DsRecord;
using registry::Outcome;

std::vector<std::string> Seeds() {
  const std::string sha1 = "49FD46E6C4B45C55D4AC49FD46E6C4B45C55D4AC";
  return {"12345 13 2 " + sha1 + sha1.substr(0, 24),
          "60485 5 1 " + sha1,
          "0 8 4 " + sha1 + sha1 + sha1.substr(0, 16),
          "65535 15 2 ab" + sha1.substr(2) + sha1.substr(0, 24),
          "65536 13 2 00",
          "1 13 2",
          "1 253 2 00",
          "1 13 0 "};
}

bool Check(std::string_view input) {
  const Outcome<DsRecord> record = DsRecord::Parse(input);
  if (!record) return false;
  const Outcome<DsRecord> again = DsRecord::Parse(record->ToString());
  POSTEL_CHECK(again && *again == *record && again->ToString() == record->ToString());
  POSTEL_CHECK(record->digest_hex().size() == 2 * record->digest.size());
  const Outcome<DsRecord> made =
      DsRecord::Make(record->key_tag, record->algorithm, record->digest_type, record->digest_hex());
  POSTEL_CHECK(made && *made == *record);
  return true;
}

}  // namespace fuzz
