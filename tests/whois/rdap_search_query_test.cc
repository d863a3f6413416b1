#include "whois/rdap_search_query.h"

#include <gtest/gtest.h>

#include <string>

#include "registry/base/text.h"

namespace whois {
namespace {

using registry::Concat;
using registry::store::TextPattern;

std::string Describe(const TextPattern& pattern) {
  return Concat(pattern.prefix, pattern.exact ? "" : "*", pattern.suffix);
}

std::string Describe(const ParsedSearch& parsed) {
  if (const auto* error = std::get_if<RdapError>(&parsed)) return std::to_string(error->status);
  const RdapSearch& search = std::get<RdapSearch>(parsed);
  std::string text(search.property);
  if (search.address) text += " " + search.address->ToString();
  if (!search.pattern.prefix.empty() || !search.pattern.suffix.empty()) {
    text += " " + Describe(search.pattern);
  }
  if (const auto& reverse = search.reverse) {
    text += "reverse";
    if (reverse->handle) text += " handle " + *reverse->handle;
    if (reverse->fn) text += " fn " + Describe(*reverse->fn);
    if (reverse->email) text += " email " + Describe(*reverse->email);
    if (reverse->role) text += Concat(" role ", std::string(1, *reverse->role));
  }
  if (search.count) text += " count";
  for (const SortKey& key : search.sort) text += Concat(key.descending ? " -" : " +", key.property);
  if (search.field_set == FieldSet::kId) text += " id";
  if (search.field_set == FieldSet::kBrief) text += " brief";
  return text;
}

struct Case {
  std::string_view query;
  std::string_view meaning;
};

TEST(RdapSearchQueryTest, UnderstandsSearchesForDomains) {
  const Case kCases[] = {
      {"name=exa*.org", "name exa*.org"},
      {"name=EXA*.Org", "name exa*.org"},
      {"name=exa%2A.org", "name exa*.org"},
      {"name=exa*.org.", "name exa*.org"},
      {"name=exa*.b%C3%BCcher.org", "name exa*.xn--bcher-kva.org"},
      {"name=exa*", "name exa*"},
      {"name=xn--b*.org", "name xn--b*.org"},
      {"name=a.exa*", "name a.exa*"},
      {"name=example.org", "name example.org"},
      {"name=b%C3%BCcher.org", "name xn--bcher-kva.org"},
      {"nsLdhName=ns1.exa*.org", "nsLdhName ns1.exa*.org"},
      {"nsIp=2001:DB8::1", "nsIp 2001:db8::1"},
      {"x=y&name=exa*.org&z&=&", "name exa*.org"},
      {"name=exa*.org&fn=x&ip=y", "name exa*.org"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Describe(ParseRdapSearch(SearchedType::kDomains, c.query)), c.meaning) << c.query;
  }
}

TEST(RdapSearchQueryTest, UnderstandsSearchesForNameServersAndEntities) {
  const auto name_servers = [](std::string_view query) {
    return Describe(ParseRdapSearch(SearchedType::kNameServers, query));
  };
  EXPECT_EQ(name_servers("ip=192.0.2.1"), "ip 192.0.2.1");
  EXPECT_EQ(name_servers("name=ns1.EXA*.org"), "name ns1.exa*.org");
  const auto entities = [](std::string_view query) {
    return Describe(ParseRdapSearch(SearchedType::kEntities, query));
  };
  EXPECT_EQ(entities("fn=Net+WORK*"), "fn net work*");
  EXPECT_EQ(entities("fn=B%C3%BCcher"), "fn b\u00fccher");
  EXPECT_EQ(entities("handle=C9001-LROR"), "handle C9001-LROR");
  EXPECT_EQ(entities("handle=C90*"), "handle C90*");
}

TEST(RdapSearchQueryTest, RefusesWhatIsMalformed) {
  for (std::string_view query : {"",
                                 "x=y",
                                 "name",
                                 "name=",
                                 "name=&nsIp=192.0.2.1",
                                 "name=a.org&name=b.org",
                                 "name=a.org&nsIp=192.0.2.1",
                                 "nsIp=192.0.2.256",
                                 "nsIp=x",
                                 "nsIp=192.0.2.*",
                                 "name=exa%zz*.org",
                                 "name=%FF*",
                                 "name=exa_*.org",
                                 "name=a..b*",
                                 "name=.exa*",
                                 "name=-exa*",
                                 "name=exa*.",
                                 "name=exa*..org",
                                 "name=exa*.o_g",
                                 "name=org",
                                 "name=exa*&count=maybe",
                                 "name=exa*&count=",
                                 "name=exa*&count=1&count=1",
                                 "name=exa*&sort=color",
                                 "name=exa*&sort=",
                                 "name=exa*&sort=name:x",
                                 "name=exa*&sort=name:",
                                 "name=exa*&sort=name,name:d",
                                 "name=exa*&sort=name,",
                                 "name=exa*&sort=handle",
                                 "name=exa*&fieldSet=all",
                                 "name=exa*&fieldSet=",
                                 "name=exa*&cursor=",
                                 "name=exa*&cursor=x",
                                 "name=exa*&fieldSet=id&fieldSet=id"}) {
    EXPECT_EQ(Describe(ParseRdapSearch(SearchedType::kDomains, query)), "400") << query;
  }
  const std::string long_label = Concat("name=", std::string(64, 'a'), ".b*");
  EXPECT_EQ(Describe(ParseRdapSearch(SearchedType::kDomains, long_label)), "400");
}

TEST(RdapSearchQueryTest, SaysWhichPatternsAreNotOffered) {
  for (std::string_view query : {"name=*exa.org*", "name=e*a*.org", "name=exa*mple.org",
                                 "name=exa**", "name=b%C3%BC*.org"}) {
    EXPECT_EQ(Describe(ParseRdapSearch(SearchedType::kDomains, query)), "422") << query;
  }
  for (std::string_view query : {"fn=*x", "fn=a*b", "fn=a**", "handle=C*-LROR"}) {
    EXPECT_EQ(Describe(ParseRdapSearch(SearchedType::kEntities, query)), "422") << query;
  }
}

TEST(RdapSearchQueryTest, TakesPagingSortingAndFieldSets) {
  const auto described = [](SearchedType type, std::string_view query) {
    return Describe(ParseRdapSearch(type, query));
  };
  for (std::string_view yes : {"true", "yes", "1"}) {
    EXPECT_EQ(described(SearchedType::kDomains, Concat("name=exa*&count=", yes)),
              "name exa* count");
  }
  for (std::string_view no : {"false", "no", "0"}) {
    EXPECT_EQ(described(SearchedType::kDomains, Concat("count=", no, "&name=exa*")), "name exa*");
  }
  EXPECT_EQ(described(SearchedType::kDomains,
                      "name=exa*&sort=registrationDate:d,name:a,expirationDate&fieldSet=brief"),
            "name exa* -registrationDate +name +expirationDate brief");
  EXPECT_EQ(described(SearchedType::kEntities, "fn=exa*&sort=handle,fn:d&fieldSet=id"),
            "fn exa* +handle -fn id");
  EXPECT_EQ(described(SearchedType::kNameServers, "name=ns1*&sort=lastChangedDate&fieldSet=full"),
            "name ns1* +lastChangedDate");
}

TEST(RdapSearchQueryTest, UnderstandsReverseSearches) {
  const Case kCases[] = {
      {"handle=C9001-LROR&role=technical", "reverse handle C9001-LROR role t"},
      {"fn=Ada+W*&role=registrant", "reverse fn ada w* role r"},
      {"email=X@Example.org&role=administrative", "reverse email x@example.org role a"},
      {"fn=a&email=b*&role=billing&sort=name&count=1&fieldSet=id",
       "reverse fn a email b* role b count +name id"},
      {"handle=C9001-LROR&", "reverse handle C9001-LROR"},
      {"", "400"},
      {"role=registrant", "400"},
      {"handle=", "400"},
      {"handle=a&handle=b", "400"},
      {"handle=a&city=b", "400"},
      {"handle=a&role=registrar", "400"},
      {"handle=a&role=", "400"},
      {"handle=a&count=x", "400"},
      {"fn=%FF", "400"},
      {"handle=C9*", "422"},
      {"fn=*a", "422"},
      {"email=a*@b.org", "422"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Describe(ParseReverseSearch(c.query)), c.meaning) << c.query;
  }
}

TEST(RdapSearchQueryTest, ACursorBelongsToTheSearchAndItsOrder) {
  const auto parsed = [](std::string_view query) {
    return ParseRdapSearch(SearchedType::kDomains, query);
  };
  const std::string cursor =
      FormatCursor({2, false, {"exam.org", 0}, {}},
                   IdentityOf(std::get<RdapSearch>(parsed("name=exa*.org&sort=name"))));
  const auto with = [&](std::string_view query) {
    return Describe(parsed(Concat(query, "&cursor=", cursor)));
  };
  EXPECT_EQ(with("name=exa*.org&sort=name"), "name exa*.org +name");
  EXPECT_EQ(with("name=EXA*.org&sort=name:a&fieldSet=id&count=1"), "name exa*.org count +name id");
  EXPECT_EQ(with("name=exb*.org&sort=name"), "400");
  EXPECT_EQ(with("name=exa*&sort=name"), "400");
  EXPECT_EQ(with("nsLdhName=exa*.org&sort=name"), "400");
  EXPECT_EQ(with("name=exa*.org"), "400");
  EXPECT_EQ(with("name=exa*.org&sort=name:d"), "400");
}

TEST(TextPatternTest, MatchesWholeLabelsBehindTheAsterisk) {
  const TextPattern pattern{"exa", ".org", false};
  for (std::string_view name : {"exa.org", "example.org"}) EXPECT_TRUE(Matches(pattern, name));
  for (std::string_view name : {"example.ngo", "ex.org", "exa.mple.org", "exaorg", "exa"}) {
    EXPECT_FALSE(Matches(pattern, name)) << name;
  }
  EXPECT_TRUE(Matches({"exa", "", false}, "exa.mple.org"));
  EXPECT_FALSE(Matches({"exa", "", true}, "exam"));
}

}  // namespace
}  // namespace whois
