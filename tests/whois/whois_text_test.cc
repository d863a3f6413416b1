#include "whois/whois_text.h"

#include <gtest/gtest.h>

#include "tests/whois/golden.h"
#include "tests/whois/sample_registry.h"

namespace whois {
namespace {

using registry::DomainName;

class WhoisTextTest : public testing::Test {
 protected:
  // Golden files have the line ends of text files.
  void ExpectText(std::string_view file, const std::string& text) {
    std::string lines;
    for (size_t begin = 0; begin < text.size();) {
      const size_t end = text.find("\r\n", begin);
      ASSERT_NE(end, std::string::npos) << "the last line has no end";
      const std::string line = text.substr(begin, end - begin);
      EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos) << line;
      lines += line + "\n";
      begin = end + 2;
    }
    tests::ExpectGolden("whois/" + std::string(file), lines);
  }
  DomainView Domain(std::string_view name) {
    registry::DomainLookup lookup;
    lookup.name = DomainName(name);
    return ViewOf(*registry_.Run(lookup), registry_.directory);
  }
  std::vector<HostView> Hosts(const registry::HostLookup& lookup) {
    std::vector<HostView> views;
    const auto found = registry_.Run(lookup);
    for (const auto& host : found->hosts) {
      views.push_back(ViewOf(host, registry_.directory));
    }
    return views;
  }

  tests::SampleRegistry registry_;
  const WhoisFooter footer_{registry_.now,
                            {"Terms of use: these data are provided for lawful purposes only; bulk "
                             "extraction is not permitted."}};
};

TEST_F(WhoisTextTest, Domain) {
  ExpectText("domain.txt", WhoisText(Domain("samplewell.org"), footer_));
}

TEST_F(WhoisTextTest, DomainWithoutContactsAndNameServers) {
  ExpectText("domain_minimal.txt", WhoisText(Domain("minimal.org"), footer_));
}

TEST_F(WhoisTextTest, DomainInRedemptionWithEverythingWithheld) {
  ExpectText("domain_redemption.txt", WhoisText(Domain("lapsed.org"), footer_));
}

TEST_F(WhoisTextTest, DomainWithDisclosedContacts) {
  ExpectText("domain_disclosed.txt", WhoisText(Domain("xn--bcher-kva.org"), footer_));
}

TEST_F(WhoisTextTest, NameServer) {
  registry::HostLookup lookup;
  lookup.name = DomainName("ns1.samplewell.org");
  ExpectText("nameserver.txt", WhoisText(Hosts(lookup), /*cut=*/false, footer_));
}

TEST_F(WhoisTextTest, NameServersByAddress) {
  registry::HostLookup lookup;
  lookup.address = registry::IpAddress("192.0.2.1");
  ExpectText("nameservers.txt", WhoisText(Hosts(lookup), /*cut=*/true, footer_));
}

TEST_F(WhoisTextTest, Registrar) {
  ExpectText("registrar.txt",
             WhoisText(ViewOf(*registry_.directory.Registrar(registry::kGold)), footer_));
}

TEST_F(WhoisTextTest, NoMatch) { ExpectText("no_match.txt", WhoisNoMatch("NOBODY.ORG", footer_)); }

TEST_F(WhoisTextTest, Refusal) {
  ExpectText("refusal.txt", WhoisRefusal("Invalid query.", footer_));
}

TEST_F(WhoisTextTest, EndsWithoutABlankLineIfThereIsNoDisclaimer) {
  EXPECT_EQ(WhoisRefusal("Invalid query.", {registry_.now, {}}),
            "Invalid query.\r\n>>> Last update of WHOIS database: 2026-01-02T03:04:05Z <<<\r\n");
}

}  // namespace
}  // namespace whois
