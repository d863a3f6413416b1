#include "whois/page_query.h"

#include <gtest/gtest.h>

#include <random>

namespace whois {
namespace {

using registry::DomainName;
using registry::IpAddress;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string DomainIn(std::string_view text) {
  const PageQuery query = ParsePageQuery(text);
  EXPECT_THAT(query.problem, IsEmpty()) << text;
  return query.domain ? query.domain->text() : "";
}

TEST(PageQueryTest, FindsTheNameInWhatPeopleTypeAndPaste) {
  for (std::string_view text :
       {"example.org", " example.org ", "EXAMPLE.ORG.", "domain example.org", "https://example.org",
        "http://example.org:8080/a?b#c", "example.org/", "example.org:443", "someone@example.org",
        "https://user:pw@example.org/", "DOMAIN Example.org"}) {
    EXPECT_EQ(DomainIn(text), "example.org") << text;
  }
  EXPECT_EQ(DomainIn("b\u00fccher.org"), "xn--bcher-kva.org");
  EXPECT_EQ(DomainIn("xn--bcher-kva.org"), "xn--bcher-kva.org");
  EXPECT_EQ(DomainIn("\u4f8b\u3002org"), DomainIn("\u4f8b.org"));
}

TEST(PageQueryTest, ANameMayBeADomainsOrANameServersOrARegistrars) {
  const PageQuery query = ParsePageQuery("ns1.example.org");
  EXPECT_EQ(query.domain, DomainName("ns1.example.org"));
  EXPECT_EQ(query.host, DomainName("ns1.example.org"));
  EXPECT_EQ(query.registrar, "ns1.example.org");
  const PageQuery only = ParsePageQuery("nameserver ns1.example.org");
  EXPECT_FALSE(only.domain);
  EXPECT_EQ(only.host, DomainName("ns1.example.org"));
  EXPECT_EQ(only.registrar, "");
}

TEST(PageQueryTest, TakesAddressesNumbersNamesAndRoids) {
  for (std::string_view text : {"192.0.2.1", "nameserver 192.0.2.1", "http://192.0.2.1/"}) {
    EXPECT_EQ(ParsePageQuery(text).address, IpAddress("192.0.2.1")) << text;
  }
  EXPECT_EQ(ParsePageQuery("2001:DB8::1").address, IpAddress("2001:db8::1"));
  EXPECT_EQ(ParsePageQuery("3878").registrar, "3878");
  EXPECT_EQ(ParsePageQuery("registrar 3878").registrar, "3878");
  EXPECT_EQ(ParsePageQuery("Registrar One, Inc.").registrar, "One, Inc.");
  EXPECT_EQ(ParsePageQuery("One, Inc.").registrar, "One, Inc.");
  EXPECT_EQ(ParsePageQuery("Domain Sellers of Old").registrar, "Domain Sellers of Old");
  EXPECT_EQ(ParsePageQuery("Domain Sellers").registrar, "Domain Sellers");
  EXPECT_EQ(ParsePageQuery("C101-LROR").roid, "C101-LROR");
  EXPECT_EQ(ParsePageQuery("contact C101-LROR").roid, "C101-LROR");
}

TEST(PageQueryTest, SaysWhatIsWrong) {
  const auto problem = [](std::string_view text) {
    return std::string(ParsePageQuery(text).problem);
  };
  EXPECT_THAT(problem(""), HasSubstr("Type a domain name"));
  EXPECT_THAT(problem("  "), HasSubstr("Type a domain name"));
  EXPECT_THAT(problem(std::string(2000, 'a')), HasSubstr("too long"));
  EXPECT_THAT(problem("\xFF"), HasSubstr("cannot be read"));
  EXPECT_THAT(problem("a\nb.org"), HasSubstr("cannot be read"));
  EXPECT_THAT(problem("exa_mple.org"), HasSubstr("letters, digits and hyphens"));
  EXPECT_THAT(problem("a..org"), HasSubstr("two dots in a row"));
  EXPECT_THAT(problem(".org"), HasSubstr("two dots in a row"));
  EXPECT_THAT(problem("-a.org"), HasSubstr("hyphen"));
  EXPECT_THAT(problem(std::string(64, 'a') + ".org"), HasSubstr("63 characters"));
  EXPECT_THAT(problem("192.0.2.300"), HasSubstr("not an IP address"));
  EXPECT_THAT(problem("2001:db8::zz"), HasSubstr("not an IP address"));
  EXPECT_THAT(problem("nameserver a_b.org"), HasSubstr("letters, digits and hyphens"));
  EXPECT_THAT(problem("<b>.org"), HasSubstr("letters, digits and hyphens"));
}

TEST(PageQueryTest, AProblemNeverRepeatsWhatWasTyped) {
  EXPECT_THAT(ParsePageQuery("<b>.org").problem, Not(HasSubstr("<b>")));
}

// Nothing that anybody may type makes it abort; what is taken is a query or a problem.
TEST(PageQueryTest, TakesAnything) {
  std::mt19937 random(11);
  const std::string_view pieces[] = {"://",    "@",  ":",      ".",   " ",   "nameserver ",
                                     "domain", "[",  "xn--",   "-",   "/",   "registrar ",
                                     "\u3002", "1.", "\u00fc", "org", "C1-", "contact "};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const size_t length = random() % 30;
    while (text.size() < length) {
      if (random() % 3 != 0) {
        text += pieces[random() % std::size(pieces)];
      } else {
        text += static_cast<char>(random() % 256);
      }
    }
    const PageQuery query = ParsePageQuery(text);
    EXPECT_TRUE(query.domain || query.host || query.address || !query.roid.empty() ||
                !query.registrar.empty() || !query.problem.empty())
        << text;
  }
}

}  // namespace
}  // namespace whois
