#pragma once

#include <optional>
#include <string>
#include <vector>

#include "whois/rdap_json.h"
#include "whois/rdap_search_query.h"

namespace whois {

// What a search's answer says.
struct RdapResults {
  std::vector<std::string> objects;           // as WriteRdapObject writes them
  bool redacted = false;                      // one of them at least says so
  bool truncated = false;                     // not all that match were tried
  std::optional<int> total;                   // if it was asked for
  int page_number = 1;                        // from 1
  int page_size = 0;                          // objects that a page has at most
  std::optional<std::string> next, previous;  // cursors
};

// The body (RFC 9083 section 8) with the metadata of RFC 8977, RFC 8982 and RFC 9536.
std::string RdapJson(const RdapResults& results, const RdapSearch& search, const RdapPage& page);

}  // namespace whois
