#include "registry/store/zone_line.h"

#include <algorithm>
#include <charconv>

#include "registry/store/object_rows.h"

namespace registry::store {
namespace {

std::string_view TakeUntil(char end, std::string_view& rest) {
  const size_t size = std::min(rest.find(end), rest.size());
  const std::string_view field = rest.substr(0, size);
  rest.remove_prefix(std::min(size + 1, rest.size()));
  return field;
}

void TakeDs(std::string_view field, std::vector<std::string_view>& records) {
  records.clear();
  while (!field.empty()) records.push_back(TakeUntil(';', field));
}

bool TakeKeys(std::string_view field, std::vector<HostKey>& keys) {
  keys.clear();
  const char* at = field.data();
  const char* const end = at + field.size();
  while (at < end) {
    int64_t key = 0;
    const auto read = std::from_chars(at, end, key);
    if (read.ec != std::errc() || (read.ptr != end && *read.ptr != ' ')) return false;
    keys.push_back(HostKey{key});
    at = read.ptr == end ? end : read.ptr + 1;
  }
  return true;
}

}  // namespace

bool ZoneLine::Read(std::string_view text) {
  name = TakeUntil('|', text);
  if (!TakeKeys(TakeUntil('|', text), name_servers)) return false;
  TakeDs(TakeUntil('|', text), ds);
  TakeDs(TakeUntil('|', text), partner_ds);
  ttls = text.empty() ? DelegationTtls() : ReadDelegationTtls(text);
  return true;
}

}  // namespace registry::store
