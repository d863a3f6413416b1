// The target of an RDAP request. Whatever it is, it means something (a query or the error that
// answers it), and the link to itself that an answer would carry is a URL that asks the same again.
#include "whois/rdap_request.h"

#include <algorithm>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "tests/fuzz/target.h"

namespace fuzz {
namespace {

using whois::RdapQuery;

constexpr std::string_view kBase = "https://rdap.example/rdap";

void CheckPattern(const registry::store::TextPattern& pattern) {
  const std::string whole = pattern.prefix + pattern.suffix;
  POSTEL_CHECK(whole.find('*') == whole.npos);
  POSTEL_CHECK(whole.empty() || registry::PrintableLength(whole));
  POSTEL_CHECK(pattern.suffix.empty() || (pattern.suffix.starts_with('.') && !pattern.exact));
  POSTEL_CHECK(whois::Matches(pattern, whole));
}

// Its cursors are its own; other texts are none.
std::string Described(const whois::RdapSearch& search) {
  const std::string identity = whois::IdentityOf(search);
  POSTEL_CHECK(search.reverse.has_value() == search.property.empty());
  CheckPattern(search.pattern);
  if (search.reverse) {
    POSTEL_CHECK(search.reverse->handle || search.reverse->fn || search.reverse->email);
    for (const auto& pattern : {search.reverse->fn, search.reverse->email}) {
      if (pattern) CheckPattern(*pattern);
    }
  }
  const whois::Cursor cursor{3, true, {search.pattern.prefix, -1}, {}};
  const std::string text = whois::FormatCursor(cursor, identity);
  POSTEL_CHECK(whois::ParseCursor(text, identity) == cursor);
  POSTEL_CHECK(!whois::ParseCursor(text, identity + "x"));
  return registry::Concat(identity, search.count ? " count " : " ",
                          static_cast<int>(search.field_set), " ",
                          search.cursor ? whois::FormatCursor(*search.cursor, identity) : "");
}

std::string Described(const RdapQuery& query) {
  return std::visit(
      [](const auto& asked) -> std::string {
        using Asked = std::decay_t<decltype(asked)>;
        if constexpr (std::is_same_v<Asked, whois::RdapError>) {
          return registry::Concat("error ", asked.status);
        } else if constexpr (std::is_same_v<Asked, whois::RdapDomain>) {
          return "domain " + asked.name.text();
        } else if constexpr (std::is_same_v<Asked, whois::RdapNameServer>) {
          return "nameserver " + asked.name.text();
        } else if constexpr (std::is_same_v<Asked, whois::RdapEntity>) {
          POSTEL_CHECK(!asked.handle.empty() && registry::PrintableLength(asked.handle));
          return "entity " + asked.handle;
        } else if constexpr (std::is_same_v<Asked, whois::RdapHelp>) {
          return "help";
        } else {
          return "search " + Described(asked);
        }
      },
      query);
}

std::string SeedIdentity() {
  whois::RdapSearch search;
  search.property = "name";
  search.pattern = {"exa", ".org", false};
  return whois::IdentityOf(search);
}

// RFC 3986: nothing in it that needs quoting anywhere that a URL may stand.
void CheckUrl(std::string_view url) {
  POSTEL_CHECK(url.starts_with(kBase));
  for (size_t i = 0; i < url.size(); ++i) {
    const auto c = static_cast<unsigned char>(url[i]);
    const bool plain = absl::ascii_isalnum(c) ||
                       std::string_view("-._~:/?#[]@!$&'()*+,;=").find(url[i]) != url.npos;
    POSTEL_CHECK(plain || url[i] == '%');
    if (url[i] != '%') continue;
    POSTEL_CHECK(url.size() - i > 2 &&
                 absl::ascii_isxdigit(static_cast<unsigned char>(url[i + 1])) &&
                 absl::ascii_isxdigit(static_cast<unsigned char>(url[i + 2])));
  }
}

}  // namespace

std::vector<std::string> Seeds() {
  return {"/domain/example.org", "/rdap/domain/EXAMPLE.org.", "/domain/b%C3%BCcher.org",
          "/domain/%65xample%2Eorg?x=%zz#part", "http://rdap.example/domain/example.org",
          "HTTPS://rdap.example:8443?x", "/nameserver/ns1.example.org",
          "/entity/Registrar%20One%2C%20Inc.", "/entity/a%2Fb", "/help", "/rdap/help?x=y",
          "/nameservers?ip=2001%3Adb8%3A%3A1",
          "/nameservers?x&name=ns1.example.org&y=", "/nameservers?name=ns*", "/ip/192.0.2.0/24",
          "/domains?name=exa*.org&count=true&sort=registrationDate:d,name&fieldSet=brief",
          "/domains?nsLdhName=ns1.exam%2A.b%C3%BCcher.org&fieldSet=id",
          "/domains?nsIp=192.0.2.1&sort=transferDate:a",
          // Of the search with the cursor's position.
          "/domains?name=exa*.org&cursor=" +
              whois::FormatCursor({2, false, {"exam.org", 0}, {}}, SeedIdentity()),
          "/domains?name=exa*.org&cursor=QUFB", "/entities?fn=Net+Work*&sort=handle",
          "/entities?handle=C90*&count=no",
          "/domains/reverse_search/entity?fn=A*&email=x%40y.org&role=technical&handle=C1-X",
          "/rdap", "*"};
}

bool Check(std::string_view input) {
  const std::string base_path = whois::PathOf(kBase);
  const RdapQuery query = whois::ParseRdapTarget(input, base_path);
  const std::string meaning = Described(query);
  const std::string url = whois::RequestUrl(input, kBase);
  CheckUrl(url);
  if (const auto* error = std::get_if<whois::RdapError>(&query)) {
    POSTEL_CHECK(error->status >= 400 && error->status <= 501);
    return false;
  }
  POSTEL_CHECK(Described(whois::ParseRdapTarget(url, base_path)) == meaning);
  POSTEL_CHECK(whois::RequestUrl(url, kBase) == url);
  return true;
}

}  // namespace fuzz
