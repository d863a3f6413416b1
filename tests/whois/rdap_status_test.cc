#include "whois/rdap_status.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "registry/types/status.h"

namespace whois {
namespace {

// RFC 8056 section 2: the words with blanks before the capitals, save three.
std::string Spaced(std::string_view word) {
  if (word == "ok") return "active";
  if (word == "linked") return "associated";
  std::string spaced;
  for (char c : word) {
    if (c >= 'A' && c <= 'Z') {
      spaced += ' ';
      spaced += static_cast<char>(c - 'A' + 'a');
    } else {
      spaced += c;
    }
  }
  return spaced;
}

TEST(RdapStatusTest, FollowsRfc8056) {
  EXPECT_EQ(MappedStatuses().size(), 24U);
  for (std::string_view word : MappedStatuses()) EXPECT_EQ(RdapStatus(word), Spaced(word));
}

TEST(RdapStatusTest, KnowsEveryStatusOfTheRegistry) {
  for (int i = 0; i <= static_cast<int>(registry::Status::kPendingUpdate); ++i) {
    const std::string_view word = registry::StatusName(static_cast<registry::Status>(i));
    EXPECT_EQ(RdapStatus(word), Spaced(word));
  }
  for (std::string_view word : {"addPeriod", "renewPeriod", "autoRenewPeriod", "transferPeriod",
                                "redemptionPeriod", "pendingRestore"}) {
    EXPECT_EQ(RdapStatus(word), Spaced(word));
  }
}

TEST(RdapStatusDeathTest, AbortsForAWordOfNobody) { EXPECT_DEATH(RdapStatus("clientSold"), ""); }

}  // namespace
}  // namespace whois
