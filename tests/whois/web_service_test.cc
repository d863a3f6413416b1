// Who is let in over HTTP, and what he sees.
#include "whois/web_service.h"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "registry/types/given_token.h"
#include "tests/support/temporary_folder.h"
#include "tests/whois/service_test.h"

namespace whois {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class WebServiceTest : public testing::Test {
 protected:
  WebServiceTest() {
    Add(1, "agency", "all-secret", [](registry::RddsToken& t) { t.unredacted = true; });
    Add(2, "fast", "fast-secret", [](registry::RddsToken& t) { t.per_minute = 1000; });
    Add(3, "old", "old-secret", [&](registry::RddsToken& t) { t.expires = world_.registry.now; });
    Add(4, "gone", "gone-secret", [&](registry::RddsToken& t) { t.revoked = world_.registry.now; });
  }
  template <class Change>
  void Add(int64_t key, std::string name, std::string secret, Change change) {
    registry::RddsToken token;
    token.key = key;
    token.name = std::move(name);
    token.purpose = "case 42";
    token.digest = registry::GivenToken(std::move(secret)).digest();
    change(token);
    world_.registry.directory.Add(std::move(token));
  }
  void MakeService() {
    if (web_ != nullptr) return;
    auto audit = AuditLog::Open(audit_path_, world_.metrics);
    ASSERT_TRUE(audit.ok()) << audit.status();
    audit_ = *std::move(audit);
    gate_ = std::make_unique<Gate>(proxies_, limits_, with_audit_ ? audit_.get() : nullptr,
                                   world_.lookups);
    web_ = std::make_unique<WebService>(rdap_, gate_.get(), &bootstrap_, &page_);
  }
  HttpResponse Ask(std::string target, std::string authorization = {},
                   std::string source = "192.0.2.1", std::string forwarded = {}) {
    MakeService();
    HttpRequest request;
    request.target = std::move(target);
    request.authorization = std::move(authorization);
    request.source = std::move(source);
    request.forwarded_for = std::move(forwarded);
    request.accept = accept_;
    return tests::Await(web_->Answer(std::move(request)));
  }
  void ExpectError(const HttpResponse& response, int status) {
    EXPECT_EQ(response.status, status);
    const json::object body = json::parse(std::string(response.content())).as_object();
    EXPECT_EQ(body.at("errorCode"), status);
    EXPECT_TRUE(body.contains("rdapConformance"));
    EXPECT_TRUE(body.contains("notices"));
  }
  std::string Audited() { return tests::ReadFile(audit_path_); }

  tests::TemporaryFolder folder_;
  tests::ServiceWorld world_;
  std::string audit_path_ = folder_.Path("audit.log");
  bool with_audit_ = true;
  absl::Duration time_ = absl::Hours(1);
  std::vector<IpPrefix> proxies_;
  QueryLimits limits_{{60, 5, 600, 3, 1 << 16, {}}, world_.metrics, [this] { return time_; }};
  QueryMetrics metrics_{"rdap", world_.metrics};
  RdapService rdap_{
      {"https://rdap.example/x", "https://rdap.example/terms", "", absl::Milliseconds(50)},
      world_.lookups,
      metrics_};
  BootstrapFile bootstrap_{"https://rdap.example/x", world_.lookups};
  QueryMetrics page_metrics_{"page", world_.metrics};
  PageService page_{{"https://rdap.example/x", "Domain look-up", "https://rdap.example/terms",
                     absl::Milliseconds(50), 10},
                    world_.lookups,
                    page_metrics_};
  std::string accept_;
  std::unique_ptr<AuditLog> audit_;
  std::unique_ptr<Gate> gate_;
  std::unique_ptr<WebService> web_;
};

TEST_F(WebServiceTest, ThePublicSeesWhatIsPublished) {
  const HttpResponse response = Ask("/domain/samplewell.org");
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.content(), Not(HasSubstr("Ada Well")));
  EXPECT_THAT(response.content(), HasSubstr("\"redacted\":["));
  EXPECT_THAT(response.cache_control, Not(HasSubstr("no-store")));
  EXPECT_THAT(Audited(), IsEmpty());
}

TEST_F(WebServiceTest, ATokenForUnredactedDataShowsEverythingHeld) {
  const HttpResponse response = Ask("/domain/xn--bcher-kva.org", "Bearer all-secret");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.cache_control, "private, no-store");
  const json::object body = json::parse(std::string(response.content())).as_object();
  EXPECT_FALSE(body.contains("redacted"));
  for (const json::value& value : body.at("rdapConformance").as_array()) {
    EXPECT_NE(value, "redacted");
  }
  EXPECT_THAT(response.content(), HasSubstr("Sue Secret"));
  EXPECT_THAT(response.content(), HasSubstr("secret@samplewell.org"));
  EXPECT_THAT(
      Audited(),
      HasSubstr(R"("token":"agency","purpose":"case 42","source":"192.0.2.1","method":)"
                R"("GET","target":"/domain/xn--bcher-kva.org","status":200,"found":true})"));
}

TEST_F(WebServiceTest, AContactThatIsNotPublishedIsThereForTheToken) {
  EXPECT_EQ(Ask("/entity/C9003-LROR").status, 404);
  const HttpResponse response = Ask("/entity/C9003-LROR", "bearer  all-secret");
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.content(), HasSubstr("Sue Secret"));
}

TEST_F(WebServiceTest, WhatIsNotFoundIsRecordedToo) {
  EXPECT_EQ(Ask("/domain/nobody.org", "Bearer all-secret").status, 404);
  EXPECT_THAT(Audited(), HasSubstr("\"status\":404,\"found\":false}"));
}

TEST_F(WebServiceTest, ATokenWithoutThatScopeSeesWhatThePublicSees) {
  const HttpResponse response = Ask("/domain/samplewell.org", "Bearer fast-secret");
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.content(), Not(HasSubstr("Ada Well")));
  EXPECT_EQ(response.cache_control, "private, no-store");
  EXPECT_THAT(Audited(), HasSubstr("\"token\":\"fast\""));
}

TEST_F(WebServiceTest, TokensThatAreUnknownExpiredOrRevokedAreRefused) {
  for (std::string_view secret : {"wrong-secret", "old-secret", "gone-secret"}) {
    const HttpResponse response = Ask("/domain/samplewell.org", "Bearer " + std::string(secret));
    ExpectError(response, 401);
    EXPECT_THAT(response.more_fields,
                StartsWith("WWW-Authenticate: Bearer realm=\"rdap\", error=\"invalid_token\""))
        << secret;
    EXPECT_EQ(response.cache_control, "no-store");
  }
  EXPECT_THAT(Audited(), IsEmpty());
}

TEST_F(WebServiceTest, AnythingElseInTheFieldIsRefused) {
  for (std::string_view field : {"Bearer", "Bearer ", "all-secret", "Basic YWxsOnNlY3JldA==",
                                 "Bearer all-secret, Bearer all-secret", "Bearer all secret"}) {
    time_ += absl::Hours(1);
    const HttpResponse response = Ask("/help", std::string(field));
    ExpectError(response, 401);
    EXPECT_EQ(response.more_fields, "WWW-Authenticate: Bearer realm=\"rdap\"\r\n") << field;
  }
}

TEST_F(WebServiceTest, NothingIsDisclosedThatCannotBeRecorded) {
  audit_path_ = "/dev/full";
  const HttpResponse response = Ask("/domain/samplewell.org", "Bearer all-secret");
  ExpectError(response, 503);
  EXPECT_THAT(response.content(), Not(HasSubstr("Ada Well")));
  EXPECT_EQ(Ask("/domain/samplewell.org").status, 200) << "the public is not concerned";
}

TEST_F(WebServiceTest, WithoutAnAuditLogNobodyIsAuthorised) {
  with_audit_ = false;
  ExpectError(Ask("/domain/samplewell.org", "Bearer all-secret"), 503);
  ExpectError(Ask("/domain/samplewell.org", "Bearer wrong-secret"), 401);
}

TEST_F(WebServiceTest, WhoAsksTooOftenIsToldHowLongToWait) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Ask("/domain/samplewell.org").status, 200);
  const HttpResponse response = Ask("/domain/samplewell.org");
  ExpectError(response, 429);
  EXPECT_EQ(response.retry_after, 1);
  EXPECT_EQ(Ask("/nameservers?ip=192.0.2.1").retry_after, 3) << "a search costs three";
  EXPECT_EQ(Ask("/domain/samplewell.org", {}, "192.0.2.2").status, 200);
  time_ += absl::Seconds(1);
  EXPECT_EQ(Ask("/domain/samplewell.org").status, 200);
  EXPECT_EQ(Ask("/domain/samplewell.org").status, 429);
  EXPECT_EQ(Ask("/domain/samplewell.org", "Bearer fast-secret").status, 200);
}

TEST_F(WebServiceTest, ABrowserThatAsksTooOftenGetsAPageThatSaysSo) {
  accept_ = "text/html";
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Ask("/?q=samplewell.org").status, 200);
    EXPECT_EQ(Ask("/page/look_up.css").status, 200) << "files are not counted";
  }
  const HttpResponse response = Ask("/?q=samplewell.org");
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.retry_after, 1);
  EXPECT_THAT(response.content(), HasSubstr("Please wait a little"));
  EXPECT_THAT(response.more_fields, HasSubstr("Content-Security-Policy"));
  EXPECT_EQ(Ask("/page/look_up.css").status, 200);
  time_ += absl::Hours(1);
  ExpectError(Ask("/?q=samplewell.org", "Bearer wrong-secret"), 401);
}

TEST_F(WebServiceTest, WhoGuessesSecretsIsLimitedAsEverybodyIs) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Ask("/help", "Bearer guess").status, 401);
  EXPECT_EQ(Ask("/help", "Bearer guess").status, 429);
}

TEST_F(WebServiceTest, BehindAProxyTheClientIsWhomItNames) {
  proxies_ = {IpPrefix::Parse("10.0.0.0/8").value()};
  for (int i = 0; i < 5; ++i) Ask("/help", {}, "10.0.0.1", "192.0.2.1");
  EXPECT_EQ(Ask("/help", {}, "10.0.0.1", "192.0.2.1").status, 429);
  EXPECT_EQ(Ask("/help", {}, "10.0.0.1", "192.0.2.2").status, 200);
  EXPECT_EQ(Ask("/help", {}, "192.0.2.1", "192.0.2.2").status, 429) << "not what clients write";
  Ask("/help", "Bearer all-secret", "10.0.0.1", "198.51.100.1, 203.0.113.7");
  EXPECT_THAT(Audited(), HasSubstr("\"source\":\"203.0.113.7\""));
}

TEST_F(WebServiceTest, ServesTheBootstrapFileOfItsTlds) {
  for (std::string target : {"/bootstrap/dns.json", "/x/bootstrap/dns.json?a=b"}) {
    const HttpResponse response = Ask(target);
    ASSERT_EQ(response.status, 200);
    EXPECT_EQ(response.media_type, "application/json");
    const json::object file = json::parse(std::string(response.content())).as_object();
    EXPECT_EQ(file.at("version"), "1.0");
    EXPECT_EQ(file.at("publication"), "2026-01-02T03:04:05Z");
    EXPECT_EQ(json::serialize(file.at("services")), R"([[["org"],["https://rdap.example/x/"]]])");
  }
  EXPECT_EQ(Ask("/y/bootstrap/dns.json").status, 400);
}

}  // namespace
}  // namespace whois
