#include "whois/rdap_request.h"

#include <gtest/gtest.h>

#include <string>

namespace whois {
namespace {

std::string Describe(const RdapQuery& query) {
  if (auto* error = std::get_if<RdapError>(&query)) return std::to_string(error->status);
  if (auto* domain = std::get_if<RdapDomain>(&query)) return "domain " + domain->name.text();
  if (auto* server = std::get_if<RdapNameServer>(&query)) return "ns " + server->name.text();
  if (auto* entity = std::get_if<RdapEntity>(&query)) return "entity " + entity->handle;
  if (std::holds_alternative<RdapHelp>(query)) return "help";
  const auto& search = std::get<RdapSearch>(query);
  std::string type = search.type == SearchedType::kDomains       ? "domains"
                     : search.type == SearchedType::kNameServers ? "nameservers"
                                                                 : "entities";
  type += search.reverse ? " reverse" : " " + std::string(search.property);
  if (search.address) return type + " " + search.address->ToString();
  return type + " " + search.pattern.prefix + (search.pattern.exact ? "" : "*");
}

struct Case {
  std::string_view target;
  std::string_view meaning;
};

TEST(RdapRequestTest, UnderstandsLookups) {
  const Case kCases[] = {
      {"/domain/example.org", "domain example.org"},
      {"/domain/eXaMpLe.OrG", "domain example.org"},
      {"/domain/example.org.", "domain example.org"},
      {"/domain/b%C3%BCcher.org", "domain xn--bcher-kva.org"},
      {"/domain/b%c3%bccher.org", "domain xn--bcher-kva.org"},
      {"/domain/B%C3%9CCHER.org", "domain xn--bcher-kva.org"},
      {"/domain/b\u00fccher.org", "domain xn--bcher-kva.org"},
      {"/domain/b%C3%BCcher.xn--bcher-kva.org", "domain xn--bcher-kva.xn--bcher-kva.org"},
      {"/domain/%65xample%2Eorg", "domain example.org"},
      {"/domain/example.org?name=x&name=%zz", "domain example.org"},
      {"/domain/example.org#part", "domain example.org"},
      {"http://rdap.example/domain/example.org", "domain example.org"},
      {"HTTPS://rdap.example:8443/domain/example.org?x", "domain example.org"},
      {"/nameserver/NS1.example.org", "ns ns1.example.org"},
      {"/entity/3878", "entity 3878"},
      {"/entity/Registrar%20One%2C%20Inc.", "entity Registrar One, Inc."},
      {"/entity/a%2Fb", "entity a/b"},
      {"/entity/C9001-LROR", "entity C9001-LROR"},
      {"/help", "help"},
      {"/help?x=y", "help"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Describe(ParseRdapTarget(c.target, "")), c.meaning) << c.target;
  }
}

TEST(RdapRequestTest, RefusesMalformedQueries) {
  const std::string long_label = "/domain/" + std::string(64, 'a') + ".org";
  std::string long_name = "/domain/";
  for (int i = 0; i < 4; ++i) long_name += std::string(62, 'a') + ".";
  long_name += "org";
  const std::string_view kTargets[] = {
      "/domain",
      "/domain/",
      "/domain//",
      "/domain/org",
      "/domain/example.org/",
      "/domain/example.org/more",
      "/domain/exa%00mple.org",
      "/domain/exa%0Ample.org",
      "/domain/example%zz.org",
      "/domain/example.org%",
      "/domain/example.org%4",
      "/domain/%C0%AEexample.org",     // an overlong dot
      "/domain/%C1%A5xample.org",      // an overlong e
      "/domain/%E0%80%AEexample.org",  // an overlong dot of three octets
      "/domain/%ED%A0%80.org",         // a surrogate
      "/domain/b%C3.org",
      "/domain/%FF.org",
      "/domain/b%25C3%25BCcher.org",
      "/domain/exa_mple.org",
      "/domain/example..org",
      "/domain/.org",
      "/domain/-a.org",
      "/domain/a%20b.org",
      "/domain/a%2Fb.org",
      "/domain/xn--zzzzzzzzzz99999.org",
      long_label,
      long_name,
      "/nameserver/org",
      "/nameserver",
      "/entity/",
      "/entity",
      "/entity/%00",
      "/entity/%FF",
      "/entity/a/b",
      "/help/x",
      "/something",
      "/something/else",
      "domain/example.org",
      "*",
      "/Domain/example.org",
  };
  for (std::string_view target : kTargets) {
    EXPECT_EQ(Describe(ParseRdapTarget(target, "")), "400") << target;
  }
}

TEST(RdapRequestTest, SaysThatQueriesAreNotOffered) {
  for (std::string_view target :
       {"/ip/192.0.2.1", "/ip/2001:db8::/32", "/autnum/64496", "/ip", "/autnum/",
        "/nameservers/reverse_search/entity?handle=1", "/domains/reverse_search/nameserver?name=x",
        "/domains/reverse_search", "/domains/x", "/entities/3878/x"}) {
    EXPECT_EQ(Describe(ParseRdapTarget(target, "")), "501") << target;
  }
}

TEST(RdapRequestTest, HasNothingAtTheRoot) {
  for (std::string_view target : {"/", "", "/?x", "http://rdap.example"}) {
    EXPECT_EQ(Describe(ParseRdapTarget(target, "")), "404") << target;
  }
}

TEST(RdapRequestTest, UnderstandsSearches) {
  const Case kCases[] = {
      {"/domains?name=exa*.org", "domains name exa*"},
      {"/domains/?name=exa*.org#part", "domains name exa*"},
      {"/domains?nsIp=192.0.2.1", "domains nsIp 192.0.2.1"},
      {"/nameservers?ip=2001%3Adb8%3A%3A1", "nameservers ip 2001:db8::1"},
      {"/nameservers?name=NS1.example.org", "nameservers name ns1.example.org"},
      {"/entities?fn=One*", "entities fn one*"},
      {"/entities?handle=3878", "entities handle 3878"},
      {"/domains/reverse_search/entity?handle=3878", "domains reverse *"},
      {"/domains", "400"},
      {"/domains?", "400"},
      {"/nameservers?ip", "400"},
      {"/nameservers?name=org", "400"},
      {"/entities?name=x", "400"},
      {"/domains/reverse_search/entity", "400"},
      {"/nameservers?name=*.org*", "422"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Describe(ParseRdapTarget(c.target, "")), c.meaning) << c.target;
  }
}

TEST(RdapRequestTest, AcceptsQueriesWithAndWithoutThePathOfOurBase) {
  const Case kCases[] = {
      {"/rdap/v1/domain/example.org", "domain example.org"},
      {"/domain/example.org", "domain example.org"},
      {"/rdap/v1/help", "help"},
      {"/rdap/v1", "404"},
      {"/rdap/v1/", "404"},
      {"/rdap/v1x/help", "400"},
      {"/rdap/help", "400"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Describe(ParseRdapTarget(c.target, "/rdap/v1")), c.meaning) << c.target;
  }
}

TEST(RequestUrlTest, IsWellFormedAndIndependentOfTheNamesCase) {
  const Case kCases[] = {
      {"/domain/Example.ORG", "https://r.example/x/domain/example.org"},
      {"/x/domain/Example.ORG", "https://r.example/x/domain/example.org"},
      {"http://10.0.0.1:80/domain/a.org", "https://r.example/x/domain/a.org"},
      {"/domain/b%c3%bccher.org", "https://r.example/x/domain/b%C3%BCcher.org"},
      {"/domain/b\u00fccher.org", "https://r.example/x/domain/b%C3%BCcher.org"},
      {"/nameserver/NS.a.org?Q=V", "https://r.example/x/nameserver/ns.a.org?Q=V"},
      {"/entity/C9001-LROR", "https://r.example/x/entity/C9001-LROR"},
      {"/entity/<script>\"", "https://r.example/x/entity/%3Cscript%3E%22"},
      {"/entity/50%", "https://r.example/x/entity/50%25"},
      {"/help#frag", "https://r.example/x/help"},
      {"rubbish", "https://r.example/x/rubbish"},
      {"/", "https://r.example/x/"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(RequestUrl(c.target, "https://r.example/x"), c.meaning) << c.target;
  }
}

TEST(PathOfTest, IsWhatFollowsTheAuthority) {
  EXPECT_EQ(PathOf("https://rdap.example"), "");
  EXPECT_EQ(PathOf("https://rdap.example/"), "");
  EXPECT_EQ(PathOf("http://rdap.example:8080/rdap/v1"), "/rdap/v1");
}

TEST(PercentDecodeTest, DecodesOnce) {
  EXPECT_EQ(PercentDecode("%2541"), "%41");
  EXPECT_EQ(PercentDecode("a+b"), "a+b");
  EXPECT_EQ(PercentDecode("%7F"), std::nullopt);
}

}  // namespace
}  // namespace whois
