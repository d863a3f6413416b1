#include "registry/rules/rdap_bootstrap.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

TEST(RdapBootstrapTest, NamesTheTldsAndTheBaseWithItsSlash) {
  Directory directory;
  const absl::Time now = absl::FromUnixSeconds(1767323045);
  EXPECT_EQ(RdapBootstrap(directory, "https://rdap.example", now),
            R"({"description":"RDAP bootstrap file of the registry's own top-level domains",)"
            R"("publication":"2026-01-02T03:04:05Z","services":[],"version":"1.0"})");
  for (std::string_view tld : {"org", "ngo", "xn--90ae"}) {
    TldPolicy policy;
    policy.tld = tld;
    directory.Add(std::move(policy));
  }
  for (std::string_view base : {"https://rdap.example/x", "https://rdap.example/x/"}) {
    EXPECT_EQ(RdapBootstrap(directory, base, now),
              R"({"description":"RDAP bootstrap file of the registry's own top-level domains",)"
              R"("publication":"2026-01-02T03:04:05Z","services":[[["ngo","org","xn--90ae"],)"
              R"(["https://rdap.example/x/"]]],"version":"1.0"})");
  }
}

}  // namespace
}  // namespace registry
