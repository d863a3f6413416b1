#include "registry/types/status.h"

#include <gmock/gmock.h>

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(StatusTest, KeepsItsPlaceInTheDatabase) {
  // Bits of stored rows. A row of this table never changes; new ones go to the end.
  const std::pair<std::string_view, int> rows[] = {
      {"clientDeleteProhibited", 0},
      {"clientHold", 1},
      {"clientRenewProhibited", 2},
      {"clientTransferProhibited", 3},
      {"clientUpdateProhibited", 4},
      {"serverDeleteProhibited", 5},
      {"serverHold", 6},
      {"serverRenewProhibited", 7},
      {"serverTransferProhibited", 8},
      {"serverUpdateProhibited", 9},
      {"inactive", 10},
      {"linked", 11},
      {"ok", 12},
      {"pendingCreate", 13},
      {"pendingDelete", 14},
      {"pendingRenew", 15},
      {"pendingTransfer", 16},
      {"pendingUpdate", 17},
  };
  for (const auto& [name, bit] : rows) {
    const std::optional<Status> status = ParseStatus(name);
    ASSERT_TRUE(status.has_value()) << name;
    EXPECT_EQ(static_cast<int>(*status), bit) << name;
    EXPECT_EQ(StatusName(*status), name);
  }
}

TEST(StatusTest, OrganizationsHaveSomeOfTheirOwn) {
  const std::pair<std::string_view, int> rows[] = {
      {"hold", 18}, {"terminated", 19}, {"clientLinkProhibited", 20}, {"serverLinkProhibited", 21}};
  for (const auto& [name, bit] : rows) {
    EXPECT_EQ(ParseStatus(name), std::nullopt) << name;
    const std::optional<Status> status = ParseOrganizationStatus(name);
    ASSERT_TRUE(status.has_value()) << name;
    EXPECT_EQ(static_cast<int>(*status), bit) << name;
    EXPECT_EQ(StatusName(*status), name);
  }
  // RFC 8543, statusType.
  for (std::string_view name :
       {"ok", "linked", "pendingCreate", "pendingUpdate", "pendingDelete", "clientDeleteProhibited",
        "clientUpdateProhibited", "serverDeleteProhibited", "serverUpdateProhibited"}) {
    EXPECT_EQ(ParseOrganizationStatus(name), ParseStatus(name)) << name;
  }
  for (std::string_view name : {"clientHold", "serverHold", "inactive", "pendingRenew",
                                "pendingTransfer", "clientTransferProhibited", "", "Hold"}) {
    EXPECT_EQ(ParseOrganizationStatus(name), std::nullopt) << name;
  }
}

TEST(StatusTest, RefusesOtherNames) {
  for (std::string_view bad : {"", "OK", "clienthold", "invalidStatusCode", "clientHold "}) {
    EXPECT_EQ(ParseStatus(bad), std::nullopt) << bad;
  }
}

TEST(StatusTest, KnowsWhoMaySetIt) {
  EXPECT_TRUE(IsClientStatus(Status::kClientHold));
  EXPECT_FALSE(IsClientStatus(Status::kServerHold));
  EXPECT_TRUE(IsServerStatus(Status::kServerHold));
  for (Status computed :
       {Status::kInactive, Status::kOk, Status::kLinked, Status::kPendingUpdate}) {
    EXPECT_FALSE(IsClientStatus(computed));
    EXPECT_FALSE(IsServerStatus(computed));
  }
}

TEST(StatusSetTest, HoldsEachStatusOnce) {
  StatusSet set{Status::kOk, Status::kClientHold, Status::kOk};
  EXPECT_THAT(set.ToVector(), ElementsAre(Status::kClientHold, Status::kOk));
  EXPECT_TRUE(set.Has(Status::kOk));
  set.Remove(Status::kOk);
  EXPECT_FALSE(set.Has(Status::kOk));
  set.Add(Status::kPendingUpdate);
  EXPECT_EQ(set.bits(), 1u << 1 | 1u << 17);
  EXPECT_EQ(StatusSet::FromBits(set.bits()), set);
  EXPECT_FALSE(set.empty());
  EXPECT_TRUE(StatusSet().empty());
  EXPECT_THAT(StatusSet().ToVector(), IsEmpty());
}

}  // namespace
}  // namespace registry
