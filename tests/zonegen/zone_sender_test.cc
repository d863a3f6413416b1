#include "zonegen/zone_sender.h"

#include <gmock/gmock.h>

#include "registry/base/text.h"
#include "tests/zonegen/fake_primary.h"

namespace zonegen {
namespace {

using registry::Concat;
using testing::AllOf;
using testing::ElementsAre;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;
using testing::UnorderedElementsAre;

ZoneRecords Zone() {
  registry::TldPolicy policy;
  policy.tld = "org";
  policy.soa_mname = "ns1.nic.org";
  policy.soa_rname = "hostmaster.nic.org";
  policy.name_servers = {"ns1.nic.org"};
  policy.static_records = {"ns1.nic 86400 IN A 127.0.0.1"};
  auto zone = ZoneRecords::Make(policy);
  EXPECT_TRUE(zone.ok()) << zone.status();
  return *zone;
}

FollowSettings Settings() {
  FollowSettings settings;
  settings.message_bytes = 1 << 10;  // some ten of the names below
  settings.window = 4;
  settings.retry = absl::Hours(1);
  return settings;
}

class ZoneSenderTest : public testing::Test {
 protected:
  ZoneSenderTest() : zone_(Zone()), metrics_(registry_, "fake", "org") { TakeOver(1); }

  // As a new leader does.
  void TakeOver(uint64_t epoch) {
    const auto served = sender_.ReadApex();
    ASSERT_TRUE(served.ok()) << served.status();
    const absl::Status status = sender_.SetApex(zone_, *served, {epoch, 0});
    ASSERT_TRUE(status.ok()) << status;
  }

  static OwnerUpdate Name(int number, uint32_t ttl = 3600) {
    const std::string owner = Concat("domain-", number, ".org");
    return {owner, {kTypeNs, kTypeDs}, {{kTypeNs, ttl, WireName("ns.a-name-server.example")}}};
  }
  static std::vector<OwnerUpdate> Names(int count) {
    std::vector<OwnerUpdate> updates;
    for (int i = 0; i < count; ++i) updates.push_back(Name(i));
    return updates;
  }
  absl::Status SendAndAwait(std::vector<OwnerUpdate> updates) {
    absl::Status status = sender_.Send(std::move(updates));
    return status.ok() ? sender_.AwaitAnswers(0) : status;
  }

  FakePrimary primary_;
  const ZoneRecords zone_;
  registry::SystemClock clock_;
  registry::net::Metrics registry_{"test", "0"};
  FollowMetrics metrics_;
  std::vector<std::string> settled_;
  ZoneSender sender_{
      primary_.server(), "org",
      Settings(),        clock_,
      metrics_,          [this](const std::string& owner) { settled_.push_back(owner); }};
};

TEST_F(ZoneSenderTest, HasSeveralMessagesOnTheirWayAndNoMoreThanItMay) {
  primary_.AnswerTogether(100);
  ASSERT_TRUE(sender_.Send(Names(100)).ok());
  EXPECT_LT(sender_.done(), 100u);
  EXPECT_EQ(sender_.given(), 100u);
  ASSERT_TRUE(sender_.AwaitAnswers(0).ok());
  EXPECT_EQ(sender_.done(), 100u);
  EXPECT_EQ(primary_.Names().size(), 100u);
  EXPECT_EQ(settled_.size(), 100u);
  EXPECT_THAT(primary_.most_together(), AllOf(Ge(4u), Le(5u)));  // one is asked for the serial
  EXPECT_GT(sender_.version().count, 8u);
}

TEST_F(ZoneSenderTest, SendsAgainInOrderWhatIsBehindARefusedName) {
  primary_.AnswerTogether(5);
  primary_.Refuse("domain-10.org");
  std::vector<OwnerUpdate> updates = Names(60);
  updates.push_back(Name(0, 60));  // once more: the last one counts
  ASSERT_TRUE(SendAndAwait(updates).ok());
  EXPECT_EQ(sender_.done(), 61u);
  std::map<std::string, std::set<uint32_t>> names = primary_.Names();
  EXPECT_EQ(names.size(), 59u);
  EXPECT_FALSE(names.contains("domain-10.org"));
  EXPECT_THAT(names["domain-0.org"], ElementsAre(60u));
  EXPECT_THAT(settled_.size(), 60u);
  EXPECT_TRUE(sender_.refused().contains("domain-10.org"));
  EXPECT_EQ(sender_.refused().size(), 1u);
}

TEST_F(ZoneSenderTest, FindsSeveralRefusedNames) {
  primary_.AnswerTogether(5);
  for (int number : {3, 4, 20, 21, 59}) primary_.Refuse(Concat("domain-", number, ".org"));
  ASSERT_TRUE(SendAndAwait(Names(60)).ok());
  EXPECT_EQ(primary_.Names().size(), 55u);
  EXPECT_EQ(sender_.refused().size(), 5u);
  EXPECT_EQ(sender_.done(), 60u);
  // The operator has found out why.
  primary_.RefuseNothing();
  ASSERT_TRUE(SendAndAwait({Name(3), Name(4), Name(20), Name(21), Name(59)}).ok());
  EXPECT_EQ(primary_.Names().size(), 60u);
  EXPECT_TRUE(sender_.refused().empty());
}

TEST_F(ZoneSenderTest, ANameThatNoMessageTakesStopsNoOther) {
  std::vector<OwnerUpdate> updates = Names(30);
  for (int i = 0; i < 5000; ++i) updates[15].added.push_back(updates[15].added[0]);
  ASSERT_TRUE(SendAndAwait(updates).ok());
  EXPECT_EQ(primary_.Names().size(), 29u);
  EXPECT_TRUE(sender_.refused().contains("domain-15.org"));
  EXPECT_EQ(sender_.done(), 30u);
}

TEST_F(ZoneSenderTest, APrimaryThatRefusesAllIsNoPoison) {
  primary_.Refuse("");
  const absl::Status status = SendAndAwait(Names(60));
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_TRUE(sender_.refused().empty());
  EXPECT_EQ(sender_.done(), 0u);
}

TEST_F(ZoneSenderTest, GoesOnAfterAConnectionThatClosesWithAnswersOutstanding) {
  primary_.AnswerTogether(100);
  primary_.CloseAfter(3);
  const std::vector<OwnerUpdate> updates = Names(60);
  EXPECT_TRUE(absl::IsUnavailable(SendAndAwait(updates)));
  EXPECT_EQ(sender_.done(), 0u);
  EXPECT_FALSE(primary_.Names().empty());  // they have come in all the same
  sender_.GiveUp();
  TakeOver(2);
  const std::span<const OwnerUpdate> rest = std::span(updates).subspan(sender_.done());
  ASSERT_TRUE(SendAndAwait({rest.begin(), rest.end()}).ok());
  EXPECT_EQ(primary_.Names().size(), 60u);
  EXPECT_EQ(sender_.done(), 60u);
}

TEST_F(ZoneSenderTest, SendsNothingToAZoneThatAnotherHasChanged) {
  primary_.SetTxt({VersionRecord({9, 9}, 300).rdata});
  EXPECT_TRUE(absl::IsAborted(SendAndAwait(Names(60))));
  EXPECT_THAT(primary_.Names(), IsEmpty());
}

TEST_F(ZoneSenderTest, NoticesASerialThatWentBack) {
  EXPECT_FALSE(sender_.TakeWentBack());
  primary_.SetSerial(5);
  ASSERT_TRUE(SendAndAwait(Names(1)).ok());
  EXPECT_TRUE(sender_.TakeWentBack());
  EXPECT_FALSE(sender_.TakeWentBack());
  primary_.SetSerial(6);
  ASSERT_TRUE(sender_.ReadApex().ok());
  EXPECT_TRUE(sender_.TakeWentBack());
  TakeOver(2);
  EXPECT_GT(sender_.serial(), 6u);
}

}  // namespace
}  // namespace zonegen
