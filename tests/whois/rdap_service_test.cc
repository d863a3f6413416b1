#include "whois/rdap_service.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "tests/whois/service_test.h"

namespace whois {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class RdapServiceTest : public testing::Test {
 protected:
  HttpResponse Ask(std::string target, HttpMethod method = HttpMethod::kGet) {
    HttpRequest request;
    request.method = method;
    request.target = std::move(target);
    return tests::Await(service_.Answer(std::move(request), Access()));
  }
  json::object Found(std::string target) {
    const HttpResponse response = Ask(target);
    EXPECT_EQ(response.status, 200) << target;
    return json::parse(response.body).as_object();
  }

  tests::ServiceWorld world_;
  QueryMetrics metrics_{"rdap", world_.metrics};
  RdapSearcher searcher_{{}, world_.lookups, world_.searches};
  RdapService service_{{"https://rdap.example/x", "https://rdap.example/terms", "whois.example",
                        absl::Milliseconds(50)},
                       world_.lookups,
                       metrics_,
                       nullptr,
                       &searcher_};
};

TEST_F(RdapServiceTest, FindsEveryKindOfObject) {
  EXPECT_EQ(Found("/domain/samplewell.org").at("ldhName"), "samplewell.org");
  EXPECT_EQ(Found("/nameserver/ns1.samplewell.org").at("ldhName"), "ns1.samplewell.org");
  EXPECT_EQ(Found("/entity/3878").at("handle"), "3878");
  EXPECT_EQ(Found("/entity/registrar%20one,%20INC.").at("handle"), "3878");
  EXPECT_EQ(Found("/entity/C9001-LROR").at("handle"), "C9001-LROR");
  EXPECT_EQ(Found("/nameservers?ip=192.0.2.1").at("nameserverSearchResults").as_array().size(), 2U);
  EXPECT_EQ(Found("/nameservers?name=ns2.samplewell.org")
                .at("nameserverSearchResults")
                .at(0)
                .at("ldhName"),
            "ns2.samplewell.org");
  EXPECT_TRUE(Found("/help").contains("notices"));
  EXPECT_EQ(world_.Counted("entity", "found"), 3);
  EXPECT_EQ(world_.Counted("search", "found"), 2);
}

TEST_F(RdapServiceTest, AnswersAreTheSameForAnyCaseOfTheName) {
  EXPECT_EQ(Ask("/domain/SaMpLeWeLl.OrG").body, Ask("/domain/samplewell.org").body);
  EXPECT_EQ(Ask("/nameserver/NS1.samplewell.org").body, Ask("/nameserver/ns1.samplewell.org").body);
}

TEST_F(RdapServiceTest, SaysOfWhenTheDataAre) {
  const HttpResponse response = Ask("/domain/samplewell.org");
  EXPECT_THAT(response.body, HasSubstr(R"("eventAction":"last update of RDAP database",)"
                                       R"("eventDate":"2026-01-02T03:04:05Z")"));
}

TEST_F(RdapServiceTest, NamesTheWhoisServer) {
  EXPECT_EQ(Found("/domain/minimal.org").at("port43"), "whois.example");
}

TEST_F(RdapServiceTest, LinksShowTheRequestBelowThePublicBase) {
  const json::object body = Found("/domain/B%c3%bccher.org");
  EXPECT_EQ(body.at("links").at(0).at("value"), "https://rdap.example/x/domain/b%C3%BCcher.org");
  EXPECT_EQ(body.at("links").at(0).at("href"), "https://rdap.example/x/domain/xn--bcher-kva.org");
}

TEST_F(RdapServiceTest, DoesNotFindWhatIsNotThere) {
  for (std::string target :
       {"/domain/nobody.org", "/domain/test.invalid", "/nameserver/ns.nobody.org", "/entity/99999",
        "/entity/C77-LROR", "/entity/C9001-OTHER", "/entity/D101-LROR", "/entity/Nobody",
        "/nameservers?ip=192.0.2.77", "/nameservers?name=ns.nobody.org", "/"}) {
    const HttpResponse response = Ask(target);
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_EQ(json::parse(response.body).at("errorCode"), 404) << target;
  }
}

TEST_F(RdapServiceTest, AContactThatIsNotPublishedCannotBeToldFromOneThatDoesNotExist) {
  HttpResponse hidden = Ask("/entity/C9000-LROR");
  HttpResponse absent = Ask("/entity/C9999-LROR");
  EXPECT_EQ(hidden.status, 404);
  const size_t at = hidden.body.find("C9000");
  ASSERT_NE(at, std::string::npos);
  for (size_t i = at; i != std::string::npos; i = hidden.body.find("C9000")) {
    hidden.body.replace(i, 5, "C9999");
  }
  EXPECT_EQ(hidden.body, absent.body);
}

TEST_F(RdapServiceTest, EveryErrorIsAnRdapErrorWithTheTermsOfService) {
  const std::pair<std::string_view, int> kCases[] = {
      {"/domain/exa_mple.org", 400}, {"/domain/nobody.org", 404}, {"/nameservers?name=*a.org", 422},
      {"/ip/192.0.2.1", 501},        {"/entities?fn=x", 404},
  };
  for (const auto& [target, status] : kCases) {
    const HttpResponse response = Ask(std::string(target));
    EXPECT_EQ(response.status, status) << target;
    const json::object body = json::parse(response.body).as_object();
    EXPECT_EQ(body.at("errorCode"), status);
    EXPECT_TRUE(body.at("title").is_string());
    EXPECT_TRUE(body.at("description").at(0).is_string());
    EXPECT_EQ(body.at("rdapConformance").as_array().size(), 3U);
    EXPECT_EQ(body.at("notices").at(0).at("links").at(0).at("rel"), "terms-of-service");
    EXPECT_EQ(body.at("notices").at(0).at("links").at(0).at("value").as_string(),
              "https://rdap.example/x" + std::string(target));
  }
}

TEST_F(RdapServiceTest, ServesOnlyGetAndHead) {
  EXPECT_EQ(Ask("/domain/samplewell.org", HttpMethod::kHead).body,
            Ask("/domain/samplewell.org").body);
  EXPECT_EQ(Ask("/domain/samplewell.org", HttpMethod::kOther).status, 405);
  EXPECT_EQ(Ask("/domain/samplewell.org", HttpMethod::kUnknown).status, 501);
}

TEST_F(RdapServiceTest, DoesNotSayThatSomethingIsMissingWhenItCannotKnow) {
  const std::vector<std::string> targets = {"/domain/samplewell.org",
                                            "/nameserver/ns1.samplewell.org",
                                            "/nameservers?ip=192.0.2.1", "/entity/C9001-LROR"};
  for (const std::string& target : targets) {
    world_.lookups.FailNext();
    EXPECT_EQ(Ask(target).status, 503) << target;
  }
  world_.lookups.GoDown();
  for (const std::string& target : targets) EXPECT_EQ(Ask(target).status, 503) << target;
  EXPECT_EQ(Ask("/entity/3878").status, 503);
  EXPECT_EQ(Ask("/help").status, 200);
}

TEST_F(RdapServiceTest, DoesNotWaitForEver) {
  world_.lookups.Hang();
  EXPECT_EQ(Ask("/domain/samplewell.org").status, 503);
  EXPECT_EQ(world_.Counted("domain", "unavailable"), 1);
}

TEST_F(RdapServiceTest, KeepsAnswersUntilWhatTheyDependOnChanges) {
  RecentChanges changes;
  changes.Confirm(std::chrono::steady_clock::now(), std::chrono::hours(1));
  AnswerCache cache(64 << 20, absl::Minutes(15), changes);
  const RdapService service(
      {"https://rdap.example/x", "https://rdap.example/terms", "", absl::Milliseconds(50)},
      world_.lookups, metrics_, &cache);
  const auto ask = [&](std::string target, Access access = {}) {
    HttpRequest request;
    request.target = std::move(target);
    return tests::Await(service.Answer(std::move(request), std::move(access)));
  };
  const std::string first(ask("/domain/SAMPLEWELL.org").content());
  const std::string missing(ask("/domain/absent.org").content());
  world_.lookups.GoDown();
  // Under our base path and without it; the tag is one and the same.
  for (const char* target : {"/domain/samplewell.org", "/x/domain/samplewell.org"}) {
    const HttpResponse kept = ask(target);
    EXPECT_EQ(kept.status, 200) << target;
    EXPECT_EQ(kept.content(), first) << target;
    EXPECT_EQ(kept.entity_tag.size(), 20U);
    EXPECT_EQ(kept.cache_control, "no-cache");
  }
  EXPECT_EQ(ask("/domain/absent.org").status, 404);
  EXPECT_EQ(ask("/domain/absent.org").content(), missing);
  // These say something else than the one form that is kept.
  for (const char* target : {"/domain/samplewell.org?x=1", "/domain/samplewell%2eorg",
                             "/domain/samplewell.org.", "/domain/minimal.org"}) {
    EXPECT_EQ(ask(target).status, 503) << target;
  }
  Access all;
  all.unredacted = true;
  EXPECT_EQ(ask("/domain/samplewell.org", all).status, 503);

  const registry::Domain domain = world_.registry.domain("samplewell.org");
  ASSERT_FALSE(domain.contacts.empty());
  for (const Topic topic : {TopicOfDomain("samplewell.org"), TopicOf(domain.registrant),
                            TopicOf(domain.contacts[0].contact), TopicOf(domain.name_servers[1])}) {
    world_.lookups.ComeBack();
    EXPECT_EQ(ask("/domain/samplewell.org").status, 200);
    world_.lookups.GoDown();
    EXPECT_EQ(ask("/domain/samplewell.org").status, 200);
    changes.Note(std::vector<Topic>{topic});
    EXPECT_EQ(ask("/domain/samplewell.org").status, 503);
    EXPECT_EQ(ask("/domain/absent.org").status, 404);
  }
  changes.Note(std::vector<Topic>{TopicOfDomain("absent.org")});
  EXPECT_EQ(ask("/domain/absent.org").status, 503);
}

TEST_F(RdapServiceTest, TagsDependOnWhatIsSaidAndNotOnWhen) {
  const HttpResponse first = Ask("/domain/samplewell.org");
  world_.registry.now += absl::Seconds(10);
  const HttpResponse later = Ask("/domain/samplewell.org");
  EXPECT_NE(first.content(), later.content());
  EXPECT_EQ(first.entity_tag, later.entity_tag);
  EXPECT_NE(first.entity_tag, Ask("/domain/minimal.org").entity_tag);
}

}  // namespace
}  // namespace whois
