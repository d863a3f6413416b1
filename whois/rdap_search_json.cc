#include "whois/rdap_search_json.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "registry/base/text.h"
#include "whois/json_writer.h"
#include "whois/rdap_objects.h"
#include "whois/search_page.h"

namespace whois {
namespace {

using registry::Concat;

std::string_view ArrayName(SearchedType type) {
  switch (type) {
    case SearchedType::kDomains:
      return "domainSearchResults";
    case SearchedType::kNameServers:
      return "nameserverSearchResults";
    case SearchedType::kEntities:
      return "entitySearchResults";
  }
  return {};
}

// The page's URL with this parameter in place of its own; the cursor stays behind: it belongs to
// one order only. Empty: without any.
std::string UrlWith(const RdapPage& page, std::string_view parameter) {
  const std::string_view url = page.request_url;
  const size_t mark = std::min(url.find('?'), url.size());
  std::string result(url.substr(0, mark));
  const auto add = [&](std::string_view text) {
    if (text.empty()) return;
    result += result.size() == mark ? '?' : '&';
    result += text;
  };
  const std::string_view key = parameter.substr(0, parameter.find('='));
  for (std::string_view own : registry::Split(url.substr(std::min(mark + 1, url.size())), '&')) {
    const std::string_view own_key = own.substr(0, own.find('='));
    if (own_key != key && own_key != "cursor") add(own);
  }
  add(parameter);
  return result;
}

void AddLink(std::string_view rel, std::string_view parameter, const RdapPage& page,
             JsonWriter& json) {
  WriteRdapLink(rel, UrlWith(page, parameter), page, json);
}

bool IsPaged(const RdapResults& results) { return results.previous || results.next; }

// RFC 8977 section 2.2: size and number are there if there is more than one page.
void AddPaging(const RdapResults& results, const RdapPage& page, JsonWriter& json) {
  json.Key("paging_metadata").BeginObject();
  if (results.total) json.Key("totalCount").Number(*results.total);
  if (IsPaged(results)) {
    json.Key("pageSize").Number(results.page_size).Key("pageNumber").Number(results.page_number);
    json.Key("links").BeginArray();
    if (results.previous) {
      AddLink("first", "", page, json);
      AddLink("prev", Concat("cursor=", *results.previous), page, json);
    }
    if (results.next) AddLink("next", Concat("cursor=", *results.next), page, json);
    json.EndArray();
  }
  json.EndObject();
}

// RFC 8977 section 2.3.
void AddSorting(const RdapSearch& search, const RdapPage& page, JsonWriter& json) {
  const std::string_view natural = NaturalSort(search);
  std::string current;
  for (const SortKey& key : search.sort) {
    current += Concat(current.empty() ? "" : ",", key.property, key.descending ? ":d" : "");
  }
  json.Key("sorting_metadata").BeginObject();
  json.MemberIfAny("currentSort", current.empty() ? natural : current);
  json.Key("availableSorts").BeginArray();
  for (const NamedPath& property : SortProperties(search.type)) {
    json.BeginObject().Member("property", property.name).Member("jsonPath", property.json_path);
    json.Key("default").Bool(property.name == natural).Key("links").BeginArray();
    AddLink("alternate", Concat("sort=", property.name), page, json);
    AddLink("alternate", Concat("sort=", property.name, ":d"), page, json);
    json.EndArray().EndObject();
  }
  json.EndArray().EndObject();
}

// RFC 8982 section 2.1.
void AddSubsetting(const RdapSearch& search, const RdapPage& page, JsonWriter& json) {
  struct Offer {
    FieldSet set;
    std::string_view name;
    std::string_view description;
  };
  constexpr std::array kOffers = {
      Offer{FieldSet::kId, "id", "The kind and the name or handle of each object."},
      Offer{FieldSet::kBrief, "brief",
            "What id has, and handle, status and links; of an entity its roles and its card."},
      Offer{FieldSet::kFull, "full", "All that a query for the object answers."}};
  json.Key("subsetting_metadata").BeginObject();
  for (const Offer& offer : kOffers) {
    if (offer.set == search.field_set) json.Member("currentFieldSet", offer.name);
  }
  json.Key("availableFieldSets").BeginArray();
  for (const Offer& offer : kOffers) {
    json.BeginObject().Member("name", offer.name);
    json.Key("default").Bool(offer.set == FieldSet::kFull);
    json.Member("description", offer.description).Key("links").BeginArray();
    AddLink("alternate", Concat("fieldSet=", offer.name), page, json);
    json.EndArray().EndObject();
  }
  json.EndArray().EndObject();
}

// RFC 9536 section 5.
void AddMapping(const ReverseSearch& reverse, JsonWriter& json) {
  json.Key("reverse_search_properties_mapping").BeginArray();
  for (const NamedPath& property : ReverseProperties()) {
    const bool used =
        (property.name == "handle" && reverse.handle) || (property.name == "fn" && reverse.fn) ||
        (property.name == "email" && reverse.email) || (property.name == "role" && reverse.role);
    if (!used) continue;
    json.BeginObject().Member("property", property.name);
    json.Member("propertyPath", property.json_path).EndObject();
  }
  json.EndArray();
}

// RDAP technical implementation guide, section 3.5.
void AddTruncated(std::string_view description, JsonWriter& json) {
  json.BeginObject().Member("title", "Search Results Truncated");
  json.Member("type", "result set truncated due to excessive load");
  json.Key("description").BeginArray().String(description).EndArray().EndObject();
}

}  // namespace

std::string RdapJson(const RdapResults& results, const RdapSearch& search, const RdapPage& page) {
  const bool paging = results.total || IsPaged(results);
  std::vector<std::string_view> extensions;
  if (results.redacted) extensions.push_back("redacted");
  if (paging) extensions.push_back("paging");
  extensions.push_back("sorting");
  extensions.push_back("subsetting");
  if (search.reverse) extensions.push_back("reverse_search");

  JsonWriter json;
  BeginRdapBody(extensions, json);
  json.Key(ArrayName(search.type)).BeginArray();
  for (const std::string& object : results.objects) json.Raw(object);
  json.EndArray();
  if (paging) AddPaging(results, page, json);
  AddSorting(search, page, json);
  AddSubsetting(search, page, json);
  if (search.reverse) AddMapping(*search.reverse, json);
  BeginRdapNotices(page, json);
  if (results.truncated) {
    AddTruncated("More objects match than one search tries; please make it narrower.", json);
  } else if (results.next) {
    AddTruncated("There are more results; paging_metadata links to them.", json);
  }
  return FinishRdapBody(json);
}

}  // namespace whois
