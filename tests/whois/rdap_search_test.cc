#include "whois/rdap_search.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <set>
#include <string>
#include <vector>

#include "registry/base/text.h"
#include "tests/whois/golden.h"
#include "tests/whois/service_test.h"
#include "whois/rdap_service.h"

namespace whois {
namespace {

namespace json = boost::json;
using registry::Concat;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view kBase = "https://rdap.example";

RdapSearcher::Settings SmallPages() {
  RdapSearcher::Settings settings;
  settings.page_size = 3;
  settings.max_candidates = 20;
  settings.max_related = 4;
  settings.max_searches = 2;
  settings.query_timeout = absl::Milliseconds(50);
  return settings;
}

std::string_view ArrayOf(std::string_view target) {
  return target.starts_with("/domains")       ? "domainSearchResults"
         : target.starts_with("/nameservers") ? "nameserverSearchResults"
                                              : "entitySearchResults";
}

class RdapSearchTest : public testing::Test {
 protected:
  RdapSearchTest() {
    reverse_.reverse_search = true;
    reverse_.token = "police";
    // Takes the keys that the sample's objects have.
    for (int i = 0; i < 10; ++i) world_.registry.AddOrganization(Concat("org", i));
  }

  HttpResponse Ask(const std::string& target, const Access& access = {}) {
    HttpRequest request;
    request.target = target;
    return tests::Await(service_.Answer(std::move(request), access));
  }
  json::object Found(const std::string& target, const Access& access = {}) {
    const HttpResponse response = Ask(target, access);
    EXPECT_EQ(response.status, 200) << target << response.body;
    if (response.status != 200) return {};
    return json::parse(response.body).as_object();
  }
  // ldhName or handle of each object.
  static std::vector<std::string> Keys(const json::object& body, std::string_view array) {
    std::vector<std::string> keys;
    for (const json::value& object : body.at(array).as_array()) {
      const bool entity = object.at("objectClassName") == "entity";
      keys.emplace_back(object.at(entity ? "handle" : "ldhName").as_string());
    }
    return keys;
  }
  std::vector<std::string> Find(const std::string& target, const Access& access = {}) {
    const HttpResponse response = Ask(target, access);
    if (response.status == 404) return {};
    EXPECT_EQ(response.status, 200) << target << response.body;
    if (response.status != 200) return {};
    return Keys(json::parse(response.body).as_object(), ArrayOf(target));
  }
  // The target of the page's link; empty if it has none.
  static std::string Link(const json::object& body, std::string_view rel) {
    const json::value* paging = body.if_contains("paging_metadata");
    if (paging == nullptr || !paging->as_object().contains("links")) return "";
    for (const json::value& link : paging->at("links").as_array()) {
      if (link.at("rel").as_string() != json::string(rel)) continue;
      const std::string href(link.at("href").as_string());
      EXPECT_TRUE(href.starts_with(kBase));
      return href.substr(kBase.size());
    }
    return "";
  }
  // All pages from this one on, each in its order.
  std::vector<std::string> Walk(std::string target, std::string_view rel,
                                const Access& access = {}) {
    std::vector<std::string> all;
    for (int pages = 0; !target.empty() && pages < 50; ++pages) {
      const json::object body = Found(target, access);
      if (body.empty()) break;
      std::vector<std::string> keys = Keys(body, ArrayOf(target));
      EXPECT_LE(keys.size(), 3U);
      all.insert(rel == "prev" ? all.begin() : all.end(), keys.begin(), keys.end());
      last_ = target;
      target = Link(body, rel);
    }
    return all;
  }
  static std::vector<std::string> Conformance(const json::object& body) {
    std::vector<std::string> values;
    for (const json::value& value : body.at("rdapConformance").as_array()) {
      values.emplace_back(value.as_string());
    }
    return values;
  }

  registry::Domain& AddDomain(std::string_view name) { return world_.registry.AddDomain(name); }
  // walk00.org to walk09.org, in this order of their dates: 9, 0, 8, 1, ... two by two alike.
  void AddTen() {
    for (int i = 0; i < 10; ++i) {
      registry::Domain& domain = AddDomain(Concat("walk0", i, ".org"));
      const int place = i < 5 ? 2 * i + 1 : 2 * (9 - i);
      domain.created = registry::At("2020-01-01T00:00:00Z") + absl::Hours(24 * (place / 2));
    }
  }

  tests::ServiceWorld world_;
  QueryMetrics metrics_{"rdap", world_.metrics};
  RdapSearcher searcher_{SmallPages(), world_.lookups, world_.searches};
  RdapService service_{
      {std::string(kBase), "https://rdap.example/terms", "whois.example", absl::Milliseconds(50)},
      world_.lookups,
      metrics_,
      nullptr,
      &searcher_};
  Access reverse_;
  std::string last_;  // of Walk
};

TEST_F(RdapSearchTest, AClientThatSeesEverythingFindsEverything) {
  Access all;
  all.unredacted = true;
  const std::string unpublished = "/entities?handle=C9000-LROR";
  EXPECT_THAT(Find(unpublished), IsEmpty());
  EXPECT_THAT(Find(unpublished, all), ElementsAre("C9000-LROR"));
  const std::string domain = "/domains?name=samplewell.org";
  const auto is_redacted = [&](const Access& access) {
    return Found(domain, access).at("domainSearchResults").at(0).as_object().contains("redacted");
  };
  EXPECT_TRUE(is_redacted({}));
  EXPECT_FALSE(is_redacted(all));
}

// -- what is found --

TEST_F(RdapSearchTest, FindsDomainsByName) {
  EXPECT_THAT(Find("/domains?name=sam*.org"), ElementsAre("samplewell.org"));
  EXPECT_THAT(Find("/domains?name=SAMPLE*"), ElementsAre("samplewell.org"));
  EXPECT_THAT(Find("/domains?name=samplewell.org"), ElementsAre("samplewell.org"));
  EXPECT_THAT(Find("/domains?name=b%C3%BCcher.org"), ElementsAre("xn--bcher-kva.org"));
  EXPECT_THAT(Find("/domains?name=xn--b*.org"), ElementsAre("xn--bcher-kva.org"));
  EXPECT_EQ(Ask("/domains?name=nobody.org").status, 404);
  EXPECT_EQ(Ask("/domains?name=nobody*.org").status, 404);
  EXPECT_EQ(Ask("/domains?name=sam*.ngo").status, 404);
}

TEST_F(RdapSearchTest, FindsDomainsByTheirNameServers) {
  EXPECT_THAT(Find("/domains?nsLdhName=ns1.samplewell.org"), ElementsAre("samplewell.org"));
  EXPECT_THAT(Find("/domains?nsLdhName=ns1.sam*.org"), ElementsAre("samplewell.org"));
  EXPECT_THAT(Find("/domains?nsLdhName=ns.b%C3%BCcher.example"), ElementsAre("xn--bcher-kva.org"));
  EXPECT_THAT(Find("/domains?nsIp=2001:db8::1"), ElementsAre("samplewell.org"));
  EXPECT_EQ(Ask("/domains?nsIp=192.0.2.99").status, 404);
  EXPECT_EQ(Ask("/domains?nsLdhName=ns9.samplewell.org").status, 404);
}

TEST_F(RdapSearchTest, FindsNameServers) {
  EXPECT_THAT(Find("/nameservers?ip=192.0.2.1"),
              ElementsAre("ns1.samplewell.org", "ns2.samplewell.org"));
  EXPECT_THAT(Find("/nameservers?ip=192.0.2.1&sort=name:d"),
              ElementsAre("ns2.samplewell.org", "ns1.samplewell.org"));
  EXPECT_THAT(Find("/nameservers?name=ns2.samplewell.org"), ElementsAre("ns2.samplewell.org"));
  EXPECT_THAT(Find("/nameservers?name=ns1*"), ElementsAre("ns1.samplewell.org"));
  EXPECT_THAT(Find("/nameservers?name=ns1*.samplewell.org"), ElementsAre("ns1.samplewell.org"));
  EXPECT_EQ(Ask("/nameservers?ip=192.0.2.99").status, 404);
}

TEST_F(RdapSearchTest, FindsRegistrarsAndContactsThatDiscloseTheirName) {
  EXPECT_THAT(Find("/entities?fn=Registrar*"), ElementsAre("3878"));
  EXPECT_THAT(Find("/entities?fn=network+team"), ElementsAre("C9001-LROR"));
  EXPECT_THAT(Find("/entities?fn=b%C3%BCch*"), ElementsAre("C9002-LROR"));
  EXPECT_THAT(Find("/entities?handle=3878"), ElementsAre("3878"));
  EXPECT_THAT(Find("/entities?handle=387*"), ElementsAre("3878"));
  EXPECT_THAT(Find("/entities?handle=C9001-LROR"), ElementsAre("C9001-LROR"));
  EXPECT_THAT(Find("/entities?handle=C9001-L*"), ElementsAre("C9001-LROR"));
  EXPECT_THAT(Find("/entities?handle=C90*"), ElementsAre("C9001-LROR", "C9002-LROR"));
  for (const char* nobody : {"C9001-OTHER", "C9001-X*", "C0900*", "D101-LROR", "D10*", "C9x*"}) {
    EXPECT_EQ(Ask(Concat("/entities?handle=", nobody)).status, 404) << nobody;
  }
}

TEST_F(RdapSearchTest, NamesThatOnlyStandInThePartnerTldAreFoundThere) {
  registry::TldPolicy ngo;
  ngo.tld = "ngo";
  world_.registry.directory.Add(ngo);
  registry::TldPolicy ong;
  ong.tld = "ong";
  ong.bundle_of = "ngo";
  world_.registry.directory.Add(ong);
  AddDomain("charity.ngo");
  EXPECT_THAT(Find("/domains?name=char*.ong"), ElementsAre("charity.ong"));
  EXPECT_THAT(Find("/domains?name=char*.ngo"), ElementsAre("charity.ngo"));
  EXPECT_THAT(Find("/domains?name=charity.ong"), ElementsAre("charity.ong"));
}

// -- what is withheld --

TEST_F(RdapSearchTest, AContactThatDoesNotDiscloseItsNameCannotBeTold) {
  for (const char* hidden : {"fn=Ada+Well", "fn=Ada*", "fn=Sue*", "handle=C9000-LROR",
                             "handle=C9003-LROR", "handle=C900*"}) {
    const std::vector<std::string> found = Find(Concat("/entities?", hidden, "&fieldSet=id"));
    EXPECT_THAT(found, Not(Contains("C9000-LROR"))) << hidden;
    EXPECT_THAT(found, Not(Contains("C9003-LROR"))) << hidden;
  }
  const json::object body = Found("/entities?handle=C900*&count=1");
  EXPECT_EQ(body.at("paging_metadata").at("totalCount"), 2);
  // The name of the form that is not published finds nothing either.
  registry::Contact& contact = world_.registry.contacts.at(registry::ContactKey{9002});
  contact.international = contact.localized;
  contact.international->name = "Books Ltd";
  EXPECT_THAT(Find("/entities?fn=b%C3%BCch*"), ElementsAre("C9002-LROR"));
  EXPECT_EQ(Ask("/entities?fn=Books*").status, 404);
  // Who sees everything finds what the public finds.
  Access all;
  all.unredacted = true;
  EXPECT_THAT(Find("/entities?fn=b%C3%BCch*", all), ElementsAre("C9002-LROR"));
}

TEST_F(RdapSearchTest, ResultsAreRedactedAsLookUpsAre) {
  const json::object search = Found("/domains?name=samplewell.org");
  json::object lookup = Found("/domain/samplewell.org");
  const json::object& object = search.at("domainSearchResults").at(0).as_object();
  for (const char* member : {"handle", "status", "redacted", "secureDNS", "events"}) {
    EXPECT_EQ(object.at(member), lookup.at(member)) << member;
  }
  EXPECT_EQ(object.at("entities").as_array().size(), lookup.at("entities").as_array().size());
  EXPECT_THAT(Conformance(search), Contains("redacted"));
  EXPECT_THAT(Conformance(Found("/domains?name=minimal.org")), Not(Contains("redacted")));
  EXPECT_THAT(Conformance(Found("/domains?name=samplewell.org&fieldSet=brief")),
              Not(Contains("redacted")));
  EXPECT_FALSE(object.contains("notices"));
}

// -- refusals --

TEST_F(RdapSearchTest, RefusesPatternsThatBeginTooShort) {
  for (const char* target :
       {"/domains?name=ex*.org", "/domains?name=*.org", "/domains?name=*", "/nameservers?name=ns*",
        "/domains?nsLdhName=ns*.org", "/entities?fn=Ad*", "/entities?handle=C9*"}) {
    EXPECT_EQ(Ask(target).status, 422) << target;
  }
  EXPECT_EQ(Ask("/domains/reverse_search/entity?fn=Ad*", reverse_).status, 422);
  EXPECT_EQ(Ask("/domains/reverse_search/entity?email=a*", reverse_).status, 422);
  EXPECT_EQ(world_.searches.searched(), 0);
}

TEST_F(RdapSearchTest, SaysSoWhenItCannotSearch) {
  world_.searches.FailNext(absl::UnavailableError("no database"));
  EXPECT_EQ(Ask("/domains?name=sam*.org").status, 503);
  world_.searches.FailNext(absl::ResourceExhaustedError("full"));
  HttpResponse busy = Ask("/domains?name=sam*.org");
  EXPECT_EQ(busy.status, 503);
  EXPECT_GT(busy.retry_after, 0);
  world_.searches.FailNext(absl::DeadlineExceededError("slow"));
  EXPECT_EQ(Ask("/domains?name=sam*.org").status, 503);
  world_.lookups.FailNext();
  EXPECT_EQ(Ask("/domains?name=sam*.org").status, 503);
  EXPECT_EQ(Ask("/domains?name=sam*.org").status, 200);
  world_.searches.Hang();
  EXPECT_EQ(Ask("/domains?name=sam*.org").status, 503);
  world_.lookups.GoDown();
  EXPECT_EQ(Ask("/domains?name=samplewell.org").status, 503);
}

TEST_F(RdapSearchTest, SearchesThatAreAnsweredAtOnceAreFew) {
  world_.searches.Hang();
  boost::asio::io_context io;
  std::vector<int> statuses;
  for (int i = 0; i < 4; ++i) {
    HttpRequest request;
    request.target = "/domains?name=sam*.org";
    boost::asio::co_spawn(
        io, service_.Answer(std::move(request), Access()),
        [&](std::exception_ptr, HttpResponse response) { statuses.push_back(response.status); });
  }
  io.run_for(std::chrono::milliseconds(10));
  EXPECT_THAT(statuses, ElementsAre(503, 503));  // at once: two are waiting
  io.run();
  EXPECT_THAT(statuses, SizeIs(4));
}

TEST_F(RdapSearchTest, WithoutASearcherSearchesAreNotOffered) {
  const RdapService service({std::string(kBase), "", "", absl::Seconds(1)}, world_.lookups,
                            metrics_);
  HttpRequest request;
  request.target = "/domains?name=sam*.org";
  EXPECT_EQ(tests::Await(service.Answer(std::move(request), Access())).status, 501);
}

// -- paging and sorting --

TEST_F(RdapSearchTest, WalksOverPagesForthAndBack) {
  AddTen();
  const std::vector<std::string> all = Walk("/domains?name=walk*.org", "next");
  ASSERT_THAT(all, SizeIs(10));
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  EXPECT_EQ(Walk(last_, "prev"), all);
  std::vector<std::string> backward = Walk("/domains?name=walk*.org&sort=name:d", "next");
  EXPECT_EQ(Walk(last_, "prev"), backward);
  std::reverse(backward.begin(), backward.end());
  EXPECT_EQ(backward, all);
}

TEST_F(RdapSearchTest, SortsByDatesAndBreaksTiesByName) {
  AddTen();
  const std::vector<std::string> expected = {"walk00.org", "walk09.org", "walk01.org", "walk08.org",
                                             "walk02.org", "walk07.org", "walk03.org", "walk06.org",
                                             "walk04.org", "walk05.org"};
  EXPECT_EQ(Walk("/domains?name=walk*.org&sort=registrationDate", "next"), expected);
  EXPECT_EQ(Walk(last_, "prev"), expected);
  EXPECT_EQ(Walk("/domains?name=walk*.org&sort=registrationDate:a,name:d", "next").front(),
            "walk09.org");
  EXPECT_EQ(Walk("/domains?name=walk*.org&sort=registrationDate:d", "next").front(), "walk04.org");
  EXPECT_THAT(
      Walk("/domains?name=walk*.org&sort=transferDate,lastChangedDate,expirationDate:d", "next"),
      SizeIs(10));
}

TEST_F(RdapSearchTest, AWalkIsStableWhileObjectsComeAndGo) {
  AddTen();
  for (const char* sort : {"", "&sort=registrationDate"}) {
    const json::object first = Found(Concat("/domains?name=walk*.org", sort));
    const std::vector<std::string> seen = Keys(first, "domainSearchResults");
    AddDomain(Concat("walk", sort, "000.org").substr(0, 4) + "000.org").created =
        registry::At("2019-01-01T00:00:00Z");
    world_.registry.domains.erase(world_.registry.domain(seen.back()).key);
    std::vector<std::string> rest = Walk(Link(first, "next"), "next");
    std::set<std::string> all(rest.begin(), rest.end());
    EXPECT_EQ(all.size(), rest.size());
    for (const std::string& name : seen) EXPECT_FALSE(all.contains(name)) << name;
    AddDomain(seen.back()).created = registry::At("2020-01-02T00:00:00Z");
    world_.registry.domains.erase(world_.registry.domain("walk000.org").key);
    EXPECT_THAT(rest, SizeIs(7));
  }
}

TEST_F(RdapSearchTest, CountsWhenAsked) {
  AddTen();
  const json::object counted = Found("/domains?name=walk*.org&count=true");
  EXPECT_EQ(counted.at("paging_metadata").at("totalCount"), 10);
  EXPECT_EQ(counted.at("paging_metadata").at("pageSize"), 3);
  EXPECT_EQ(counted.at("paging_metadata").at("pageNumber"), 1);
  const json::object second = Found(Link(counted, "next"));
  EXPECT_EQ(second.at("paging_metadata").at("pageNumber"), 2);
  EXPECT_EQ(second.at("paging_metadata").at("totalCount"), 10);
  EXPECT_EQ(Link(second, "first"), "/domains?name=walk*.org&count=true");
  EXPECT_FALSE(
      Found("/domains?name=walk*.org").at("paging_metadata").as_object().contains("totalCount"));
}

TEST_F(RdapSearchTest, PagingIsNamedOnlyWhereThereIsSomethingToPage) {
  AddTen();
  EXPECT_THAT(Conformance(Found("/domains?name=walk*.org")), Contains("paging"));
  EXPECT_THAT(Conformance(Found("/domains?name=walk01.org&count=1")), Contains("paging"));
  const json::object one = Found("/domains?name=walk01.org");
  EXPECT_THAT(Conformance(one), Not(Contains("paging")));
  EXPECT_FALSE(one.contains("paging_metadata"));
  EXPECT_THAT(Conformance(one), Contains("sorting"));
  EXPECT_THAT(Conformance(one), Contains("subsetting"));
  EXPECT_THAT(Conformance(one), Not(Contains("reverse_search")));
}

TEST_F(RdapSearchTest, MoreThanItReadsIsNeitherCountedNorSorted) {
  for (int i = 0; i < 21; ++i) AddDomain(Concat("many", i, ".org"));
  EXPECT_EQ(Ask("/domains?name=many*.org&count=1").status, 422);
  EXPECT_EQ(Ask("/domains?name=many*.org&sort=registrationDate").status, 422);
  EXPECT_THAT(Walk("/domains?name=many*.org", "next"), SizeIs(21));
  EXPECT_EQ(Ask("/domains?name=many2*.org&count=1").status, 200);
}

TEST_F(RdapSearchTest, ACutListSaysSo) {
  AddTen();
  const auto types = [](const json::object& body) {
    std::vector<std::string> found;
    for (const json::value& notice : body.at("notices").as_array()) {
      if (notice.as_object().contains("type")) found.emplace_back(notice.at("type").as_string());
    }
    return found;
  };
  EXPECT_THAT(types(Found("/domains?name=walk*.org")),
              ElementsAre("result set truncated due to excessive load"));
  EXPECT_THAT(types(Found("/domains?name=walk01.org")), IsEmpty());
  // More hosts with an address than are read: there is no order in which to go on.
  for (int i = 0; i < 25; ++i) {
    world_.registry.AddHost(Concat("h", i, ".samplewell.org"), {"192.0.2.77"});
  }
  EXPECT_THAT(types(Found("/nameservers?ip=192.0.2.77")),
              ElementsAre("result set truncated due to excessive load"));
  EXPECT_THAT(Walk("/nameservers?ip=192.0.2.77", "next"), SizeIs(20));
  EXPECT_EQ(Ask("/nameservers?ip=192.0.2.77&count=1").status, 422);
}

TEST_F(RdapSearchTest, FollowsOnlySoManyNameServers) {
  for (int i = 0; i < 5; ++i) {
    world_.registry.AddHost(Concat("host", i, ".samplewell.org"), {"192.0.2.77"});
  }
  EXPECT_EQ(Ask("/domains?nsLdhName=host*").status, 422);
  EXPECT_EQ(Ask("/domains?nsIp=192.0.2.77").status, 422);
  EXPECT_EQ(Ask("/domains?nsLdhName=host1*").status, 404);
}

TEST_F(RdapSearchTest, DomainsOfANameServerAreWalkedAndSorted) {
  AddTen();
  for (int i = 0; i < 10; ++i) {
    world_.registry.Delegate(world_.registry.domain(Concat("walk0", i, ".org")),
                             {"ns1.samplewell.org", "ns2.samplewell.org"});
  }
  const std::vector<std::string> all = Walk("/domains?nsIp=192.0.2.1", "next");
  EXPECT_THAT(all, SizeIs(11));
  EXPECT_EQ(Walk(last_, "prev"), all);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 11U);
  const std::vector<std::string> sorted = Walk("/domains?nsIp=192.0.2.1&sort=name", "next");
  EXPECT_THAT(sorted, SizeIs(11));
  EXPECT_TRUE(std::is_sorted(sorted.begin(), sorted.end()));
}

TEST_F(RdapSearchTest, EntitiesOfBothKindsAreWalkedTogether) {
  for (int i = 0; i < 7; ++i) {
    registry::Contact& contact = world_.registry.AddContact(Concat("reg", i));
    contact.international->name = i < 3 ? "Registrar One, Inc." : Concat("Registrar ", i);
    contact.disclose = {true, registry::Disclose::kNameInt};
  }
  const std::vector<std::string> all = Walk("/entities?fn=registrar*", "next");
  ASSERT_THAT(all, SizeIs(8));
  EXPECT_EQ(Walk(last_, "prev"), all);
  EXPECT_EQ(all[4], "3878");  // "registrar 3" to "6", then those of one name, the registrar first
  EXPECT_EQ(Walk("/entities?fn=registrar*&sort=fn:d", "next").back(), all.front());
  std::vector<std::string> handles = Walk("/entities?fn=registrar*&sort=handle", "next");
  EXPECT_TRUE(std::is_sorted(handles.begin(), handles.end()));
  EXPECT_THAT(handles, SizeIs(8));
}

TEST_F(RdapSearchTest, ACursorOfAnotherSearchIsRefused) {
  AddTen();
  const std::string next = Link(Found("/domains?name=walk*.org"), "next");
  const std::string cursor = next.substr(next.find("&cursor="));
  EXPECT_EQ(Ask("/domains?name=walk*.org" + cursor).status, 200);
  EXPECT_EQ(Ask("/domains?name=walk0*.org" + cursor).status, 400);
  EXPECT_EQ(Ask("/domains?name=walk*.org&sort=name:d" + cursor).status, 400);
  EXPECT_EQ(Ask("/domains?name=walk*.org" + cursor + "A").status, 400);
}

TEST_F(RdapSearchTest, OffersOnlySortsThatWork) {
  for (const char* target : {"/domains?name=sam*", "/nameservers?name=ns1*", "/entities?fn=reg*"}) {
    const json::object body = Found(target);
    const json::object& sorting = body.at("sorting_metadata").as_object();
    int defaults = 0;
    for (const json::value& sort : sorting.at("availableSorts").as_array()) {
      defaults += sort.at("default").as_bool() ? 1 : 0;
      if (sort.at("default").as_bool()) {
        EXPECT_EQ(sort.at("property"), sorting.at("currentSort"));
      }
      EXPECT_TRUE(sort.at("jsonPath").as_string().starts_with("$."));
      for (const json::value& link : sort.at("links").as_array()) {
        EXPECT_EQ(link.at("rel"), "alternate");
        const std::string href(link.at("href").as_string());
        const json::object sorted = Found(href.substr(kBase.size()));
        EXPECT_TRUE(std::string(sorted.at("sorting_metadata").at("currentSort").as_string())
                        .starts_with(std::string(sort.at("property").as_string())))
            << href;
      }
    }
    EXPECT_EQ(defaults, 1) << target;
  }
}

// -- partial responses --

TEST_F(RdapSearchTest, FieldSetsContainEachOther) {
  for (const char* target : {"/domains?name=xn--b*", "/nameservers?name=ns.xn--b*",
                             "/entities?handle=387*", "/entities?handle=C9002-LROR"}) {
    json::object smaller;
    for (const char* set : {"id", "brief", "full"}) {
      const json::object body = Found(Concat(target, "&fieldSet=", set));
      EXPECT_EQ(body.at("subsetting_metadata").at("currentFieldSet"), set);
      json::object object = body.at(ArrayOf(target)).at(0).as_object();
      const bool is_short = object.erase("remarks") > 0;
      EXPECT_EQ(is_short, std::string_view(set) != "full");
      object.erase("links");  // their values differ
      for (const auto& member : smaller) {
        ASSERT_TRUE(object.contains(member.key())) << set << member.key();
        EXPECT_EQ(object.at(member.key()), member.value()) << set;
      }
      EXPECT_GT(object.size(), smaller.size()) << set;
      smaller = object;
    }
  }
  const json::object id = Found("/domains?name=sam*&fieldSet=id");
  const json::object& object = id.at("domainSearchResults").at(0).as_object();
  EXPECT_THAT(object, SizeIs(3));
  EXPECT_EQ(object.at("remarks").at(0).at("title"), "Incomplete Data");
  EXPECT_EQ(object.at("remarks").at(0).at("type"), "object truncated due to unexplainable reasons");
}

TEST_F(RdapSearchTest, OneFieldSetIsTheDefault) {
  const json::object body = Found("/domains?name=sam*");
  EXPECT_EQ(body.at("subsetting_metadata").at("currentFieldSet"), "full");
  int defaults = 0;
  for (const json::value& set :
       body.at("subsetting_metadata").at("availableFieldSets").as_array()) {
    defaults += set.at("default").as_bool() ? 1 : 0;
    EXPECT_TRUE(set.at("description").is_string());
    const std::string href(set.at("links").at(0).at("href").as_string());
    EXPECT_EQ(Found(href.substr(kBase.size())).at("subsetting_metadata").at("currentFieldSet"),
              set.at("name"));
  }
  EXPECT_EQ(defaults, 1);
}

// -- reverse search --

TEST_F(RdapSearchTest, ReverseSearchNeedsAuthorisation) {
  const std::string target = "/domains/reverse_search/entity?handle=C9000-LROR";
  const HttpResponse anonymous = Ask(target);
  EXPECT_EQ(anonymous.status, 401);
  EXPECT_EQ(anonymous.more_fields, "WWW-Authenticate: Bearer\r\n");
  Access other;
  other.token = "other";
  other.unredacted = true;
  EXPECT_EQ(Ask(target, other).status, 403);
  EXPECT_EQ(Ask(target, reverse_).status, 200);
  EXPECT_EQ(Ask("/domains/reverse_search/entity?handle=C9100-LROR").status, 401);
}

TEST_F(RdapSearchTest, FindsTheDomainsOfContacts) {
  const auto find = [&](std::string_view query) {
    return Find(Concat("/domains/reverse_search/entity?", query), reverse_);
  };
  EXPECT_THAT(find("handle=C9000-LROR"), ElementsAre("samplewell.org"));
  EXPECT_THAT(find("handle=C9003-LROR"), ElementsAre("lapsed.org", "xn--bcher-kva.org"));
  EXPECT_THAT(find("handle=C9003-LROR&role=registrant"), ElementsAre("lapsed.org"));
  EXPECT_THAT(find("handle=C9003-LROR&role=billing"), ElementsAre("xn--bcher-kva.org"));
  EXPECT_THAT(find("handle=C9000-LROR&role=technical"), IsEmpty());
  EXPECT_THAT(find("fn=sue+s*&sort=name:d"), ElementsAre("xn--bcher-kva.org", "lapsed.org"));
  EXPECT_THAT(find("email=HOLDER@samplewell.org"), ElementsAre("samplewell.org"));
  EXPECT_THAT(find("email=holder@*&fn=Ada+Well"), ElementsAre("samplewell.org"));
  EXPECT_THAT(find("email=holder@*&fn=Sue*"), IsEmpty());
  EXPECT_THAT(find("handle=3878"), IsEmpty());
  EXPECT_THAT(find("handle=C9000-OTHER"), IsEmpty());
}

TEST_F(RdapSearchTest, ReverseSearchSaysWhatItsPropertiesMean) {
  const json::object body =
      Found("/domains/reverse_search/entity?handle=C9000-LROR&role=registrant", reverse_);
  EXPECT_THAT(Conformance(body), Contains("reverse_search"));
  const json::array& mapping = body.at("reverse_search_properties_mapping").as_array();
  ASSERT_THAT(mapping, SizeIs(2));
  EXPECT_EQ(mapping.at(0).at("property"), "handle");
  EXPECT_EQ(mapping.at(0).at("propertyPath"), "$.domainSearchResults[*].entities[*].handle");
  EXPECT_EQ(mapping.at(1).at("property"), "role");
  EXPECT_FALSE(Found("/domains?name=sam*").contains("reverse_search_properties_mapping"));
}

// -- whole answers --

TEST_F(RdapSearchTest, WholeAnswers) {
  AddTen();
  const auto expect_golden = [&](std::string_view file, const std::string& target,
                                 const Access& access = {}) {
    tests::ExpectGolden(Concat("rdap/", file), tests::PrettyJson(Ask(target, access).body));
  };
  expect_golden("search_domains.json", "/domains?name=sam*.org");
  expect_golden("search_domains_paged.json",
                "/domains?name=walk*.org&count=1&sort=registrationDate:d&fieldSet=brief");
  expect_golden("search_nameservers.json", "/nameservers?ip=192.0.2.1");
  expect_golden("search_entities.json", "/entities?handle=C90*");
  expect_golden("search_reverse.json",
                "/domains/reverse_search/entity?fn=Ada*&role=registrant&fieldSet=id", reverse_);
}

TEST_F(RdapSearchTest, HelpNamesEveryExtension) {
  const json::object help = Found("/help");
  for (const char* extension : {"redacted", "paging", "sorting", "subsetting", "reverse_search"}) {
    EXPECT_THAT(Conformance(help), Contains(extension));
  }
  std::vector<std::string> properties;
  for (const json::value& property : help.at("reverse_search_properties").as_array()) {
    EXPECT_EQ(property.at("searchableResourceType"), "domains");
    EXPECT_EQ(property.at("relatedResourceType"), "entity");
    properties.emplace_back(property.at("property").as_string());
  }
  EXPECT_THAT(properties, ElementsAre("handle", "fn", "email", "role"));
}

}  // namespace
}  // namespace whois
