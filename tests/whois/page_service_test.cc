#include "whois/page_service.h"

#include <gtest/gtest.h>

#include "registry/base/text.h"
#include "tests/whois/golden.h"
#include "tests/whois/service_test.h"
#include "whois/page_files.h"

namespace whois {
namespace {

using registry::Concat;
using registry::DomainKey;
using registry::DomainPhase;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class PageServiceTest : public testing::Test {
 protected:
  static HttpRequest Request(std::string target, std::string accept = "text/html,*/*;q=0.8") {
    HttpRequest request;
    request.target = std::move(target);
    request.accept = std::move(accept);
    return request;
  }
  HttpResponse Ask(std::string target) {
    return tests::Await(service_.Answer(Request(std::move(target))));
  }
  std::string Found(std::string target) {
    HttpResponse response = Ask(target);
    EXPECT_EQ(response.status, 200) << target;
    return std::move(response.body);
  }
  // Without the versions of files, which change with every change of a colour.
  static std::string Stable(std::string html) {
    for (const PageFile& file : PageFiles()) {
      for (size_t at; (at = html.find(file.version)) != std::string::npos;) {
        html.replace(at, file.version.size(), "VERSION");
      }
    }
    return html;
  }

  tests::ServiceWorld world_;
  QueryMetrics metrics_{"page", world_.metrics};
  PageService service_{{"https://rdap.example/x", "Domain look-up", "https://rdap.example/terms",
                        absl::Milliseconds(50), /*max_results=*/1},
                       world_.lookups,
                       metrics_};
};

TEST_F(PageServiceTest, ServesBrowsersAndItsOwnFilesAndNothingElse) {
  EXPECT_TRUE(service_.Serves(Request("/")));
  EXPECT_TRUE(service_.Serves(Request("/?q=a.org")));
  EXPECT_TRUE(service_.Serves(Request("/x/?q=a.org")));
  EXPECT_TRUE(service_.Serves(Request("/x")));
  EXPECT_TRUE(service_.Serves(Request("/", "application/xml, TEXT/HTML")));
  EXPECT_TRUE(service_.Serves(Request("/page/look_up.css", "text/css")));
  EXPECT_TRUE(service_.Serves(Request("/x/page/look_up.css", "")));
  for (std::string accept : {"", "*/*", "application/rdap+json", "application/json"}) {
    EXPECT_FALSE(service_.Serves(Request("/", accept))) << accept;
  }
  for (std::string target : {"/domain/a.org", "/help", "/page/none.css", "/page/", "//"}) {
    EXPECT_FALSE(service_.Serves(Request(target))) << target;
  }
  HttpRequest post = Request("/");
  post.method = HttpMethod::kOther;
  EXPECT_FALSE(service_.Serves(post));
}

TEST_F(PageServiceTest, GoldenPages) {
  const std::pair<std::string, std::string> pages[] = {
      {"home", "/"},
      {"registered", "/?q=samplewell.org"},
      {"no_contacts", "/?q=minimal.org"},
      {"redemption", "/?q=lapsed.org"},
      {"idn", "/?q=b%C3%BCcher.org"},
      {"name_server", "/?q=nameserver+ns1.samplewell.org"},
      {"address", "/?q=192.0.2.1"},
      {"registrar", "/?q=registrar+3878"},
      {"contact", "/?q=C9001-LROR"},
      {"not_found", "/?q=nobody.org"},
      {"below", "/?q=www.nobody.org"},
      {"elsewhere", "/?q=example.invalid"},
      {"unknown_text", "/?q=samplewell"},
      {"problem", "/?q=sample_well.org"},
  };
  for (const auto& [name, target] : pages) {
    tests::ExpectGolden(Concat("page/", name, ".html"), Stable(Ask(target).body));
  }
  const HttpRequest request = Request("/?q=samplewell.org");
  tests::ExpectGolden("page/unavailable.html", Stable(service_.Refuse(request, 503).body));
  tests::ExpectGolden("page/too_many.html", Stable(service_.Refuse(request, 429).body));
}

TEST_F(PageServiceTest, HasTheStatusOfItsAnswer) {
  for (std::string target : {"/?q=nobody.org", "/?q=nameserver+ns.nobody.org", "/?q=192.0.2.77",
                             "/?q=Nobody", "/?q=99999", "/?q=C77-LROR", "/?q=a.invalid"}) {
    EXPECT_EQ(Ask(target).status, 404) << target;
  }
  for (std::string target :
       {"/?q=", "/?q", "/?q=a_b.org", "/?q=%FF", "/?q=%0", "/?q=1.2.3.444", "/?q=%00"}) {
    EXPECT_EQ(Ask(target).status, 400) << target;
  }
  EXPECT_EQ(world_.Counted("domain", "not_found"), 2);
  EXPECT_EQ(world_.Counted("none", "refused"), 7);
}

TEST_F(PageServiceTest, OtherParametersDoNotMatter) {
  EXPECT_THAT(Found("/?utm=1&q=samplewell.org&x"), HasSubstr("samplewell.<wbr>org</bdi></h1>"));
  EXPECT_THAT(Found("/?x=1"), HasSubstr("class=\"home\""));
}

TEST_F(PageServiceTest, AContactThatIsNotPublishedIsNotFound) {
  EXPECT_EQ(Ask("/?q=C9000-LROR").status, 404);
  EXPECT_THAT(Ask("/?q=C9000-LROR").body, Not(HasSubstr("Ada Well")));
}

TEST_F(PageServiceTest, WithheldValuesAreNowhereInThePage) {
  const std::string page = Found("/?q=samplewell.org");
  EXPECT_THAT(page, HasSubstr("Sample Well Society"));
  for (std::string_view secret : {"Ada Well", "1 Well Street", "+1.5555550111", "C9000", "H2X"}) {
    EXPECT_THAT(page, Not(HasSubstr(std::string(secret)))) << secret;
  }
}

TEST_F(PageServiceTest, OfManyNameServersSomeAreShown) {
  EXPECT_THAT(Found("/?q=192.0.2.1"), HasSubstr("There are more; these are the first 1."));
}

TEST_F(PageServiceTest, WhileTheRegistryCannotAnswerThePageSaysSo) {
  world_.lookups.FailNext();
  const HttpResponse failed = Ask("/?q=samplewell.org");
  EXPECT_EQ(failed.status, 503);
  EXPECT_GT(failed.retry_after, 0);
  EXPECT_THAT(failed.body, AllOf(HasSubstr("says nothing about the name"),
                                 HasSubstr("href=\"/x/?q=samplewell.org\">Try again")));
  world_.lookups.GoDown();
  EXPECT_EQ(Ask("/?q=samplewell.org").status, 503);
  EXPECT_EQ(Ask("/?q=3878").status, 503);
  EXPECT_EQ(Ask("/").status, 200);
  EXPECT_EQ(Ask("/?q=a_b.org").status, 400);
}

TEST_F(PageServiceTest, DoesNotWaitForAnAnswerForEver) {
  world_.lookups.Hang();
  EXPECT_EQ(Ask("/?q=samplewell.org").status, 503);
  EXPECT_EQ(Ask("/?q=192.0.2.1").status, 503);
  EXPECT_EQ(Ask("/?q=C9001-LROR").status, 503);
}

TEST_F(PageServiceTest, RefusesWithAPage) {
  const HttpResponse refused = service_.Refuse(Request("/?q=samplewell.org"), 429);
  EXPECT_EQ(refused.status, 429);
  EXPECT_GT(refused.retry_after, 0);
  EXPECT_EQ(refused.media_type, "text/html; charset=utf-8");
  EXPECT_THAT(refused.body,
              AllOf(HasSubstr("Too many look-ups"), HasSubstr("value=\"samplewell.org\"")));
  EXPECT_EQ(service_.Refuse(Request("/"), 503).status, 503);
}

TEST_F(PageServiceTest, TheFieldsKeepEverythingElseOut) {
  for (const char* target : {"/", "/?q=samplewell.org", "/?q=a_b.org", "/?q=nobody.org"}) {
    const HttpResponse response = Ask(target);
    EXPECT_THAT(response.more_fields,
                AllOf(HasSubstr("Content-Security-Policy: default-src 'none'; style-src 'self'; "
                                "script-src 'self'; img-src 'self'; connect-src 'self'; "
                                "form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"),
                      HasSubstr("Referrer-Policy: no-referrer\r\n"), HasSubstr("Vary: Accept")));
    EXPECT_EQ(response.cache_control, "no-store");
    EXPECT_THAT(response.body, Not(HasSubstr(" style=")));
  }
}

TEST_F(PageServiceTest, FilesAreKeptForGood) {
  const HttpResponse current = Ask(Concat("/x", PageFilePath("look_up.js")));
  EXPECT_EQ(current.media_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(current.cache_control, "public, max-age=31536000, immutable");
  EXPECT_THAT(current.entity_tag, testing::MatchesRegex("\"[0-9a-f]+\""));
  EXPECT_EQ(Ask("/page/look_up.js").cache_control, "no-cache");
  EXPECT_EQ(Ask("/page/look_up.js").body, current.body);
}

// Names that registrars and registrants choose, and what anybody types.
TEST_F(PageServiceTest, HostileTextsStayTexts) {
  constexpr std::string_view kHostile = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";
  world_.registry.ChangeRegistrar(registry::kGold, [&](registry::Registrar& gold) {
    gold.name = kHostile;
    gold.url = "javascript:alert(3)";
    gold.rdap_base = "javascript:alert(4)//";
    gold.whois_server = kHostile;
    gold.email = gold.abuse_email = gold.abuse_phone = gold.phone = gold.city = kHostile;
    gold.country = "<x>";
    gold.street = {std::string(kHostile)};
  });
  for (auto& [key, contact] : world_.registry.contacts) {
    if (contact.international) {
      contact.international->name = contact.international->organization = kHostile;
      contact.international->state = contact.international->country = kHostile;
    }
    contact.email = kHostile;
  }
  for (std::string target :
       {"/?q=samplewell.org", "/?q=registrar+3878", "/?q=C9001-LROR", "/?q=ns1.samplewell.org",
        "/?q=%22%27%3E%3Cscript%3Ealert(1)%3C/script%3E", "/?q=%3Cimg+src%3Dx%3E.org",
        "/?q=contact+%22%3E%3Cscript%3E", "/?q=javascript%3Aalert(1)"}) {
    std::string page = Ask(target).body;
    const std::string script = Concat("<script src=\"/x", PageFilePath("look_up.js"), "\"");
    const size_t ours = page.find(script);
    ASSERT_NE(ours, std::string::npos) << target;
    page.erase(ours, script.size());
    EXPECT_THAT(page, Not(HasSubstr("<script"))) << target;
    EXPECT_THAT(page, Not(HasSubstr("<img src=x"))) << target;
    EXPECT_THAT(page, Not(HasSubstr("href=\"javascript"))) << target;
    EXPECT_THAT(page, Not(HasSubstr("\"'>"))) << target;
  }
  EXPECT_THAT(Found("/?q=samplewell.org"), HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

TEST_F(PageServiceTest, ShowsTheOtherNameOfABundleAndTheReseller) {
  DomainView view;
  view.name = registry::DomainName("one.ngo");
  view.other_name = registry::DomainName("one.ong");
  view.registrar.name = "Registrar One, Inc.";
  view.reseller = "Resellers <of> Old";
  const std::string page = PageHtml(view, PageContext());
  EXPECT_THAT(page, AllOf(HasSubstr("href=\"/?q=one.ong\""), HasSubstr("are one registration"),
                          HasSubstr("Resellers &lt;of&gt; Old")));
}

TEST_F(PageServiceTest, ShowsTheContactsOfARegistrar) {
  RegistrarView view;
  view.name = "Registrar One, Inc.";
  view.admin.name = "Head Office";
  view.tech.email = "noc@registrar-one.example";
  EXPECT_THAT(PageHtml(view, PageContext()), Not(HasSubstr("noc@registrar-one.example")));
  view.tech.name = "Network Team";  // without a name it is not shown
  const std::string page = PageHtml(view, PageContext());
  EXPECT_THAT(page, AllOf(HasSubstr("Administrative contact"), HasSubstr("Head Office"),
                          HasSubstr("href=\"mailto:noc@registrar-one.example\"")));
  EXPECT_THAT(PageHtml(RegistrarView(), PageContext()), Not(HasSubstr("Technical contact")));
}

TEST_F(PageServiceTest, EveryPhaseHasItsWords) {
  registry::Domain& domain = world_.registry.domains.at(DomainKey{103});
  domain.phase = DomainPhase::kPendingDelete;
  EXPECT_THAT(Found("/?q=lapsed.org"),
              AllOf(HasSubstr("About to be deleted"), HasSubstr("Was to expire")));
  domain.phase = DomainPhase::kPendingRestore;
  domain.redemption_ends = domain.phase_ends;
  EXPECT_THAT(Found("/?q=lapsed.org"), HasSubstr("Being restored"));
}

}  // namespace
}  // namespace whois
