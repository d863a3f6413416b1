#include "whois/whois_query.h"

#include <gtest/gtest.h>

#include <string>

namespace whois {
namespace {

// "domain x.org", "nameserver ns.x.org", "address 192.0.2.1", "registrar Some Name", "invalid".
std::string Describe(const std::optional<WhoisQuery>& query) {
  if (!query) return "invalid";
  if (auto* domain = std::get_if<WhoisDomain>(&*query)) return "domain " + domain->name.text();
  if (auto* server = std::get_if<WhoisNameServer>(&*query)) {
    return "nameserver " + server->name.text();
  }
  if (auto* address = std::get_if<WhoisAddress>(&*query)) {
    return "address " + address->address.ToString();
  }
  return "registrar " + std::get<WhoisRegistrar>(*query).name;
}

TEST(WhoisQueryTest, UnderstandsWhatItIsDocumentedToUnderstand) {
  const std::pair<std::string_view, std::string_view> kCases[] = {
      {"example.org", "domain example.org"},
      {"EXAMPLE.Org", "domain example.org"},
      {"  example.org\t", "domain example.org"},
      {"example.org.", "domain example.org"},
      {"b\u00fccher.org", "domain xn--bcher-kva.org"},
      {"xn--bcher-kva.org", "domain xn--bcher-kva.org"},
      {"domain example.org", "domain example.org"},
      {"DOMAIN   example.org", "domain example.org"},
      {"domain.org", "domain domain.org"},
      {"nameserver ns1.example.org", "nameserver ns1.example.org"},
      {"NameServer\tns1.example.org.", "nameserver ns1.example.org"},
      {"nameserver 192.0.2.1", "address 192.0.2.1"},
      {"nameserver 2001:DB8:0::1", "address 2001:db8::1"},
      {"registrar Registrar One, Inc.", "registrar Registrar One, Inc."},
      {"registrar   Registrar \t One,  Inc. ", "registrar Registrar One, Inc."},
      {"REGISTRAR 3878", "registrar 3878"},
      {"registrar B\u00fccher", "registrar B\u00fccher"},
  };
  for (const auto& [line, meaning] : kCases) {
    EXPECT_EQ(Describe(ParseWhoisQuery(line)), meaning) << line;
  }
}

TEST(WhoisQueryTest, RefusesEverythingElse) {
  using namespace std::string_view_literals;
  const std::string_view kCases[] = {
      "",
      " \t ",
      "org",
      "domain",
      "nameserver",
      "registrar",
      "192.0.2.1",
      "example org",
      "domain example.org example.com",
      "nameserver ns1 example.org",
      "nameserver 192.0.2.256 x",
      "entity example.org",
      "-example.org",
      "exa_mple.org",
      "example..org",
      "example.org\0.com"sv,
      "example\xff.org",
      "registrar \xc3(",
      "registrar a\x01b",
      "--help example.org",
  };
  for (std::string_view line : kCases) {
    EXPECT_EQ(Describe(ParseWhoisQuery(line)), "invalid") << line;
  }
}

}  // namespace
}  // namespace whois
