#include "bench/load/workloads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "registry/base/text.h"

namespace bench {
namespace {

class WorkloadTest : public ::testing::Test {
 protected:
  static Options OptionsOf(const std::string& command) {
    Options options;
    options.command = command;
    options.registrant = "c1";
    options.names_prefix = "peer-";
    options.names = 3;
    options.expiry = "2027-11-25";
    return options;
  }

  // What is sent next by that session; empty if nothing.
  std::string Send(Workload& workload, int session = 0) {
    std::string out;
    const std::optional<Request> request = workload.Next(session, out);
    if (request.has_value()) sent_.push_back(*request);
    return out;
  }
  // The answer to the oldest unanswered command.
  void Answered(Workload& workload, int code, const std::string& xml = "", int session = 0) {
    const Request request = sent_.front();
    sent_.erase(sent_.begin());
    workload.OnAnswer(session, request, {code, xml});
  }
  static bool Has(const std::string& frame, const std::string& text) {
    return frame.find(text) != std::string::npos;
  }

  Frames frames_{OptionsOf("check")};
  std::vector<Request> sent_;
};

TEST_F(WorkloadTest, ChecksVisitAllNames) {
  Stock stock = MakeStock(OptionsOf("check"), "r1");
  const auto checks = MakeChecks(frames_, stock);
  std::string all;
  for (int i = 0; i < 3; ++i) all += Send(*checks);
  for (int i = 1; i <= 3; ++i) {
    EXPECT_TRUE(Has(all, registry::Concat("<domain:name>peer-", i, ".org</domain:name>")));
  }
}

TEST_F(WorkloadTest, RenewalsGoOnFromTheAnswersExpiryDay) {
  Options options = OptionsOf("renew");
  options.names = 1;
  Stock stock = MakeStock(options, "r1");
  const auto renewals = MakeRenewals(frames_, stock);
  EXPECT_TRUE(Has(Send(*renewals), "<domain:curExpDate>2027-11-25<"));
  EXPECT_EQ(Send(*renewals), "");
  Answered(*renewals, 1000, "<domain:exDate>2028-11-25T00:00:00.000Z</domain:exDate>");
  EXPECT_TRUE(Has(Send(*renewals), "<domain:curExpDate>2028-11-25<"));
}

TEST_F(WorkloadTest, RenewalsTryAgainWhatTheRegistryCouldNotDo) {
  Options options = OptionsOf("renew");
  options.names = 1;
  Stock stock = MakeStock(options, "r1");
  const auto renewals = MakeRenewals(frames_, stock);
  Send(*renewals);
  Answered(*renewals, 2400);
  EXPECT_TRUE(Has(Send(*renewals), "<domain:curExpDate>2027-11-25<"));
  EXPECT_EQ(renewals->problem(), "");
}

TEST_F(WorkloadTest, RenewalsSayWhenAllNamesAreUsedUp) {
  Stock stock = MakeStock(OptionsOf("renew"), "r1");
  const auto renewals = MakeRenewals(frames_, stock);
  for (int i = 0; i < 3; ++i) Send(*renewals);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(renewals->problem(), "");
    Answered(*renewals, 2105);
  }
  EXPECT_NE(renewals->problem(), "");
}

TEST_F(WorkloadTest, MixNeverChangesANameTwiceAtATime) {
  Stock stock = MakeStock(OptionsOf("mix"), "r1");
  absl::StatusOr<Deck> deck = Deck::Parse("renew=1,update=1");
  ASSERT_TRUE(deck.ok());
  const auto mix = MakeMix(frames_, stock, NameSeries::Fresh("load", "r1", "org"), *deck);
  while (!Send(*mix).empty()) {
  }
  std::set<uint32_t> names;
  for (const Request& request : sent_) names.insert(request.name);
  EXPECT_EQ(sent_.size(), 3u);
  EXPECT_EQ(names.size(), 3u);
}

TEST_F(WorkloadTest, PreparationMakesTheStock) {
  Options options = OptionsOf("renew");
  options.names_prefix = "";
  EXPECT_TRUE(NeedsPreparation(options));
  Stock stock = MakeStock(options, "r1");
  const auto preparation = MakePreparation(frames_, stock);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Has(Send(*preparation), "<domain:create"));
  EXPECT_EQ(Send(*preparation), "");
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(preparation->done());
    Answered(*preparation, 1000, "<domain:exDate>2028-11-25T00:00:00.000Z</domain:exDate>");
  }
  EXPECT_TRUE(preparation->done());
  EXPECT_TRUE(Has(Send(*MakeRenewals(frames_, stock)), "<domain:curExpDate>2028-11-25<"));
}

TEST_F(WorkloadTest, PreparationEndsWithARefusal) {
  Options options = OptionsOf("check");
  options.names_prefix = "";
  Stock stock = MakeStock(options, "r1");
  const auto preparation = MakePreparation(frames_, stock);
  Send(*preparation);
  Answered(*preparation, 2104, "no money");
  EXPECT_TRUE(Has(preparation->problem(), "no money"));
}

TEST_F(WorkloadTest, StormSendsEveryNameFromEverySession) {
  const auto storm =
      MakeStorm(frames_, NameSeries::Fresh("load", "r1", "org"), 2, 2, StormOrder::kSame);
  const std::string first = Send(*storm, 0);
  EXPECT_EQ(Send(*storm, 1), first);
  EXPECT_EQ(Send(*storm, 0), Send(*storm, 1));
  EXPECT_EQ(Send(*storm, 0), "");
  for (int i = 0; i < 4; ++i) {
    EXPECT_FALSE(storm->done());
    Answered(*storm, 2302);
  }
  EXPECT_TRUE(storm->done());
}

TEST_F(WorkloadTest, StormSessionsHaveAnOrderEach) {
  const auto storm =
      MakeStorm(frames_, NameSeries::Fresh("load", "r1", "org"), 50, 2, StormOrder::kOwn);
  std::vector<std::string> one, other;
  for (int i = 0; i < 50; ++i) {
    one.push_back(Send(*storm, 0));
    other.push_back(Send(*storm, 1));
  }
  EXPECT_NE(one, other);
  EXPECT_TRUE(std::is_permutation(one.begin(), one.end(), other.begin()));
}

TEST_F(WorkloadTest, StormSendsAgainWhatWasLost) {
  const auto storm =
      MakeStorm(frames_, NameSeries::Fresh("load", "r1", "org"), 2, 1, StormOrder::kOwn);
  const std::string first = Send(*storm);
  Send(*storm);
  for (const Request& request : sent_) storm->OnLost(0, request);
  EXPECT_EQ(Send(*storm), first);
}

}  // namespace
}  // namespace bench
