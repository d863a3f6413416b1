#include "whois/config.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/support/paths.h"

namespace whois {
namespace {

using registry::net::Endpoint;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kRequired =
    "rdap_base_url = https://rdap.example\ndatabase = dbname=postel\n";

absl::StatusOr<Config> Read(std::string_view more) {
  return ReadConfig(registry::Config("whois.conf", std::string(kRequired) + std::string(more)));
}

std::string ErrorOf(std::string_view more) {
  const auto config = Read(more);
  return config.ok() ? "accepted" : std::string(config.status().message());
}

TEST(ConfigTest, NeedsOnlyTheDatabaseAndThePublicBase) {
  const auto config = Read("");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_THAT(config->whois_listen, ElementsAre(Endpoint{"0.0.0.0", 43}, Endpoint{"::", 43}));
  EXPECT_THAT(config->rdap_listen, ElementsAre(Endpoint{"127.0.0.1", 8080}, Endpoint{"::1", 8080}));
  EXPECT_EQ(config->terms_url, "https://rdap.example/help");
  EXPECT_EQ(config->service_name, "Domain look-up");
  EXPECT_EQ(config->disclaimer.size(), 1U);
  for (std::string_view text : {"", "database = x\n", "rdap_base_url = https://rdap.example\n"}) {
    EXPECT_FALSE(ReadConfig(registry::Config("whois.conf", text)).ok()) << text;
  }
}

TEST(ConfigTest, TakesRepeatedSettings) {
  const auto config = Read(
      "whois_listen = 192.0.2.1:4343\nwhois_listen = [::1]:4343\n"
      "disclaimer = One.\ndisclaimer = \"\"\ndisclaimer = Two.\n");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_THAT(config->whois_listen,
              ElementsAre(Endpoint{"192.0.2.1", 4343}, Endpoint{"::1", 4343}));
  EXPECT_THAT(config->disclaimer, ElementsAre("One.", "", "Two."));
}

TEST(ConfigTest, ReportsWhatIsWrongWithFileLineAndKey) {
  EXPECT_THAT(ErrorOf("rdap_listen = localhost:80"), HasSubstr("whois.conf:3: rdap_listen"));
  const auto error_of_base = [](std::string_view url) {
    const std::string text = "database = x\nrdap_base_url = " + std::string(url);
    const auto config = ReadConfig(registry::Config("whois.conf", text));
    return config.ok() ? "accepted" : std::string(config.status().message());
  };
  EXPECT_THAT(error_of_base("https://rdap.example/"), HasSubstr("final slash"));
  for (std::string_view url : {"rdap.example", "ftp://rdap.example", "https://", "https:///x",
                               "https://a b", "https://a/?q", "https://a\"b"}) {
    EXPECT_THAT(error_of_base(url), HasSubstr("whois.conf:2: rdap_base_url")) << url;
  }
  EXPECT_THAT(ErrorOf("terms_url = javascript:1"), HasSubstr("terms_url"));
  EXPECT_THAT(ErrorOf("max_query = 10"), HasSubstr("max_query"));
  EXPECT_THAT(ErrorOf("idle_timeout = 0"), HasSubstr("idle_timeout"));
  EXPECT_THAT(ErrorOf("log_level = loud"), HasSubstr("log_level"));
  EXPECT_THAT(ErrorOf("no_such_key = 1"), HasSubstr("no_such_key"));
  EXPECT_THAT(ErrorOf("disclaimer = a\x01"), HasSubstr("disclaimer"));
  EXPECT_THAT(ErrorOf("service_name = \"\""), HasSubstr("whois.conf:3: service_name"));
  EXPECT_THAT(ErrorOf("service_name = " + std::string(81, 'a')), HasSubstr("service_name"));
  EXPECT_THAT(ErrorOf("service_name = a\x01"), HasSubstr("service_name"));
}

TEST(ConfigTest, TakesNetworks) {
  const IpPrefix loopback = IpPrefix::Parse("127.0.0.0/8").value();
  EXPECT_THAT(Read("")->unlimited, ElementsAre(loopback, IpPrefix::Parse("::1").value()));
  EXPECT_TRUE(Read("")->trusted_proxies.empty());
  const auto config = Read("unlimited = 192.0.2.0/24\ntrusted_proxy = 127.0.0.0/8\n");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_THAT(config->unlimited, ElementsAre(IpPrefix::Parse("192.0.2.0/24").value()));
  EXPECT_THAT(config->trusted_proxies, ElementsAre(loopback));
  EXPECT_THAT(ErrorOf("unlimited = 192.0.2.0/24\nunlimited = 192.0.2.1/24"),
              HasSubstr("whois.conf:4: unlimited"));
  EXPECT_THAT(ErrorOf("trusted_proxy = proxy.example"), HasSubstr("trusted_proxy"));
  EXPECT_THAT(ErrorOf("rate_limit = -1"), HasSubstr("rate_limit"));
}

TEST(ConfigTest, AcceptsTheExample) {
  const std::string path = tests::SourcePath("deploy/whois.conf");
  std::ifstream in(path);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  ASSERT_FALSE(text.empty());
  const auto config = ReadConfig(registry::Config(path, text));
  EXPECT_TRUE(config.ok()) << config.status();
}

// The example names every setting, with its default where it is commented.
TEST(ConfigTest, TheExamplesCommentedLinesAreTheDefaults) {
  std::ifstream in(tests::SourcePath("deploy/whois.conf"));
  std::string text;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ") && line.find(" = ") != std::string::npos) line.erase(0, 2);
    text += line + "\n";
  }
  const auto all = ReadConfig(registry::Config("uncommented", text));
  ASSERT_TRUE(all.ok()) << all.status();
  const Config standard;
  EXPECT_EQ(all->service_name, standard.service_name);
  EXPECT_EQ(all->max_query, standard.max_query);
  EXPECT_EQ(all->max_header, standard.max_header);
  EXPECT_EQ(all->max_target, standard.max_target);
  EXPECT_EQ(all->max_requests, standard.max_requests);
  EXPECT_EQ(all->max_results, standard.max_results);
  EXPECT_EQ(all->max_group, standard.max_group);
  EXPECT_EQ(all->max_queue, standard.max_queue);
  EXPECT_EQ(all->read_lanes, standard.read_lanes);
  EXPECT_EQ(all->io_threads, standard.io_threads);
  EXPECT_EQ(all->query_timeout, standard.query_timeout);
  EXPECT_EQ(all->idle_timeout, standard.idle_timeout);
  EXPECT_EQ(all->shutdown_grace, standard.shutdown_grace);
  EXPECT_EQ(all->max_connections, standard.max_connections);
  EXPECT_EQ(all->max_connections_per_address, standard.max_connections_per_address);
  EXPECT_EQ(all->metrics_listen, standard.metrics_listen);
  EXPECT_EQ(all->rate_limit, standard.rate_limit);
  EXPECT_EQ(all->rate_burst, standard.rate_burst);
  EXPECT_EQ(all->search_cost, standard.search_cost);
  EXPECT_EQ(all->rate_table, standard.rate_table);
  EXPECT_EQ(all->token_rate_limit, standard.token_rate_limit);
  EXPECT_EQ(all->unlimited, Read("")->unlimited);
}

}  // namespace
}  // namespace whois
