#include "whois/search_page.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/time/time.h"

namespace whois {
namespace {

constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

int64_t Milliseconds(const std::optional<absl::Time>& time) {
  return time ? absl::ToUnixMillis(*time) : kNever;
}

SortValue ValueOf(const Candidate& candidate, std::string_view property) {
  const registry::store::FoundObject& found = candidate.found;
  if (property == "registrationDate") return Milliseconds(found.created);
  if (property == "lastChangedDate") return Milliseconds(found.updated);
  if (property == "expirationDate") return Milliseconds(found.expires);
  if (property == "transferDate") return Milliseconds(found.transferred);
  if (property == "handle") return candidate.handle;
  return found.name;
}

// Where an object stands in an order.
struct Place {
  std::vector<SortValue> values;
  registry::store::SearchPosition position;
};

bool IsBefore(const Place& a, const Place& b, const SearchOrder& order) {
  for (size_t i = 0; i < order.keys.size(); ++i) {
    if (a.values[i] != b.values[i]) {
      return order.keys[i].descending ? b.values[i] < a.values[i] : a.values[i] < b.values[i];
    }
  }
  return order.descending ? b.position < a.position : a.position < b.position;
}

Cursor CursorAt(const Candidate& candidate, const SearchOrder& order, int page, bool backward) {
  return {page, backward, candidate.found.position, ValuesOf(candidate, order)};
}

}  // namespace

std::string_view NaturalSort(const RdapSearch& search) {
  if (search.property == "fn") return "fn";
  const bool by_name = search.property == "name" || search.type == SearchedType::kNameServers;
  return by_name ? "name" : "";
}

SearchOrder OrderOf(const RdapSearch& search) {
  if (search.sort.empty()) return {};
  const SortKey& first = search.sort.front();
  // Names are unique, so that what else was asked for decides nothing.
  const bool decides = search.sort.size() == 1 || first.property == "name";
  if (first.property == NaturalSort(search) && decides) return {{}, first.descending};
  return {search.sort, false};
}

std::vector<SortValue> ValuesOf(const Candidate& candidate, const SearchOrder& order) {
  std::vector<SortValue> values;
  for (const SortKey& key : order.keys) values.push_back(ValueOf(candidate, key.property));
  return values;
}

SearchPage PageOf(std::vector<Candidate> all, const SearchOrder& order,
                  const std::optional<Cursor>& cursor, size_t size) {
  struct Entry {
    Place place;
    Candidate* candidate;
  };
  std::vector<Entry> entries;
  for (Candidate& candidate : all) {
    entries.push_back({{ValuesOf(candidate, order), candidate.found.position}, &candidate});
  }
  const auto before = [&](const Entry& a, const Entry& b) {
    return IsBefore(a.place, b.place, order);
  };
  std::sort(entries.begin(), entries.end(), before);

  auto first = entries.begin(), last = entries.end();
  if (cursor && cursor->values.size() == order.keys.size()) {
    const Entry at{{cursor->values, cursor->position}, nullptr};
    if (cursor->backward) {
      last = std::lower_bound(first, last, at, before);
    } else {
      first = std::upper_bound(first, last, at, before);
    }
  }
  if (static_cast<size_t>(last - first) > size) {
    const auto step = static_cast<std::ptrdiff_t>(size);
    (cursor && cursor->backward) ? first = last - step : last = first + step;
  }
  SearchPage page;
  page.before = first != entries.begin();
  page.behind = last != entries.end();
  for (auto entry = first; entry != last; ++entry) {
    page.items.push_back(std::move(*entry->candidate));
  }
  return page;
}

SearchPage PageOfWalk(std::vector<Candidate> read, const std::optional<Cursor>& cursor,
                      size_t size) {
  SearchPage page;
  const bool more = read.size() > size;
  if (more) read.resize(size);
  page.items = std::move(read);
  if (cursor && cursor->backward) {
    std::reverse(page.items.begin(), page.items.end());
    page.before = more;
    page.behind = true;
  } else {
    page.before = cursor.has_value();
    page.behind = more;
  }
  return page;
}

Cursor CursorBehind(const SearchPage& page, const SearchOrder& order, int page_number) {
  return CursorAt(page.items.back(), order, page_number + 1, /*backward=*/false);
}

Cursor CursorBefore(const SearchPage& page, const SearchOrder& order, int page_number) {
  return CursorAt(page.items.front(), order, std::max(1, page_number - 1), /*backward=*/true);
}

}  // namespace whois
