// The line that a client of WHOIS sends.
#include "whois/whois_query.h"

#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "registry/base/check.h"
#include "registry/base/utf8.h"
#include "tests/fuzz/target.h"

namespace fuzz {
namespace {

using whois::WhoisQuery;

// The query in the words of its documentation.
std::string Written(const WhoisQuery& query) {
  return std::visit(
      [](const auto& asked) -> std::string {
        using Asked = std::decay_t<decltype(asked)>;
        if constexpr (std::is_same_v<Asked, whois::WhoisDomain>) {
          return "domain " + asked.name.text();
        } else if constexpr (std::is_same_v<Asked, whois::WhoisNameServer>) {
          return "nameserver " + asked.name.text();
        } else if constexpr (std::is_same_v<Asked, whois::WhoisAddress>) {
          return "nameserver " + asked.address.ToString();
        } else {
          return "registrar " + asked.name;
        }
      },
      query);
}

}  // namespace

std::vector<std::string> Seeds() {
  return {"example.org",
          "  Domain\tEXAMPLE.org. ",
          "nameserver ns1.example.org",
          "nameserver 2001:db8::1",
          "NAMESERVER 192.0.2.1",
          "registrar Example  Registrar, Inc.",
          "registrar 9999",
          "b\u00fccher.org",
          "domain",
          "=example",
          "domain a b"};
}

bool Check(std::string_view input) {
  const std::optional<WhoisQuery> query = whois::ParseWhoisQuery(input);
  std::string shouted(input);
  absl::AsciiStrToUpper(&shouted);
  const std::optional<WhoisQuery> loud = whois::ParseWhoisQuery(shouted);
  POSTEL_CHECK(query.has_value() == loud.has_value());
  if (!query) return false;
  POSTEL_CHECK(query->index() == loud->index());
  const std::string written = Written(*query);
  POSTEL_CHECK(registry::PrintableLength(written).has_value());
  const std::optional<WhoisQuery> again = whois::ParseWhoisQuery(written);
  POSTEL_CHECK(again && Written(*again) == written);
  if (!std::holds_alternative<whois::WhoisRegistrar>(*query)) {
    POSTEL_CHECK(Written(*loud) == written);
  }
  return true;
}

}  // namespace fuzz
