#pragma once

#include <string_view>
#include <vector>

#include "registry/model/record_ttls.h"
#include "registry/types/keys.h"

namespace registry::store {

// A domain as a whole zone needs it, in one column: domains.zone_line, which PostgreSQL makes of
// the others whenever one of them changes (zone_line_of in migrations/0001_schema.sql). One text is
// sent in half the time that the columns themselves take.
struct ZoneLine {
  std::string_view name;
  std::vector<HostKey> name_servers;
  std::vector<std::string_view> ds;  // DsRecord::StoredText of each
  std::vector<std::string_view> partner_ds;
  DelegationTtls ttls;

  // To be used for one after the other, for its memory's sake; views are of `text`. False: not in
  // that form.
  bool Read(std::string_view text);
};

}  // namespace registry::store
