// Years of random commands, in groups, against the database and against a registry in memory: every
// decision and every row must be the same.
#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/commands/registrar_create.h"
#include "registry/commands/tld_apply.h"
#include "registry/store/connection.h"
#include "registry/store/directory_loader.h"
#include "registry/store/execute.h"
#include "registry/store/object_rows.h"
#include "registry/store/settings.h"
#include "registry/store/shared.h"
#include "tests/registry/store/store_scene.h"
#include "tests/support/memory_registry.h"
#include "tests/support/random_commands.h"

namespace registry::store {
namespace {

using testing::IsEmpty;

// What the store made of a command.
struct Seen {
  TransactionNumber number = 0;
  absl::Time now;
  ResultCode code = ResultCode::kCommandFailed;
  std::string_view reason = "the store failed";
};

class AnyJob : public Job {
 public:
  AnyJob(const AnyCommand& command, Seen& seen)
      : Job({command.asker, "", command.kind}), command_(command), seen_(seen) {}
  bool read_only() const override { return false; }
  Needs CollectNeeds() const override { return command_.needs(); }
  void Decide(const Context& context, const WorkingSet& set, Changes* changes) override {
    Decision decision = command_.decide(context, set);
    seen_.code = decision.code;
    seen_.reason = decision.reason;
    changes->Append(std::move(decision.changes));
  }
  void Finish(TransactionNumber number, absl::Time now, std::shared_ptr<const Directory>) override {
    seen_.number = number;
    seen_.now = now;
  }
  void Fail(TransactionNumber, const absl::Status& status) override {
    ADD_FAILURE() << command_.kind << ": " << status;
  }

 private:
  const AnyCommand command_;
  Seen& seen_;
};

class StoreRandomHistoryTest : public testing::TestWithParam<uint32_t> {
 protected:
  StoreRandomHistoryTest() {
    for (const auto& [tld, model] : {std::pair{"thick", TldPolicy::DataModel::kMaximum},
                                     std::pair{"thin", TldPolicy::DataModel::kMinimum}}) {
      TldPolicy policy;
      policy.tld = tld;
      policy.data_model = model;
      policy.auth_info_ttl = RandomCommands::kAuthInfoTtl;
      scene_.Run(kOperator, TldApply{policy});
    }
    scene_.Query(Concat("UPDATE registry SET contact_auth_info_ttl_ms = ",
                        absl::ToInt64Milliseconds(RandomCommands::kAuthInfoTtl),
                        ", version = version + 1"));
    Registrar bronze = MakeRegistrar("bronze");
    bronze.credit_limit = Money{30'000'00};
    scene_.Run(kOperator, RegistrarCreate{bronze});
    scene_.store.reset();
    auto opened = Connection::Open(scene_.database, {});
    POSTEL_CHECK(opened.ok());
    connection_ = *std::move(opened);
    memory_.domains = Rows<Domain>(kDomainColumns, "domains", ReadDomain);
    memory_.hosts = Rows<Host>(kHostColumns, "hosts", ReadHost);
    memory_.contacts = Rows<Contact>(kContactColumns, "contacts", ReadContact);
    memory_.balances = Balances();
    LearnDirectory();
    shared_.directory.Set(std::make_shared<Directory>(memory_.directory),
                          shared_.directory.Ticket());
    entries_before_ = scene_.Number("SELECT count(*) FROM ledger");
  }

  template <class T>
  std::map<decltype(T::key), T> Rows(const std::string& columns, const char* table,
                                     T (*read)(RowReader)) {
    const Statement statement{table, "SELECT " + columns + " FROM " + table};
    absl::StatusOr<Result> result = connection_->Run(statement);
    POSTEL_CHECK(result.ok());
    std::map<decltype(T::key), T> rows;
    for (int i = 0; i < result->rows(); ++i) {
      T row = read(result->Row(i));
      const auto key = row.key;
      rows.emplace(key, std::move(row));
    }
    return rows;
  }
  std::map<RegistrarKey, Money> Balances() {
    const Statement statement{"all_balances", "SELECT registrar, balance FROM balances"};
    absl::StatusOr<Result> result = connection_->Run(statement);
    POSTEL_CHECK(result.ok());
    std::map<RegistrarKey, Money> balances;
    for (int i = 0; i < result->rows(); ++i) {
      RowReader row = result->Row(i);
      const RegistrarKey registrar{row.Int4()};
      balances[registrar] = Money{row.Int8()};
    }
    return balances;
  }
  std::vector<int64_t> WaitingMessages() {
    const Statement statement{"waiting",
                              "SELECT id FROM poll_messages WHERE acked_at IS NULL "
                              "ORDER BY id"};
    absl::StatusOr<Result> result = connection_->Run(statement);
    POSTEL_CHECK(result.ok());
    std::vector<int64_t> ids;
    for (int i = 0; i < result->rows(); ++i) ids.push_back(result->Row(i).Int8());
    return ids;
  }
  void LearnDirectory() {
    auto directory = LoadDirectory(*connection_);
    POSTEL_CHECK(directory.ok());
    memory_.directory = **directory;
  }

  void Run(const std::vector<AnyCommand>& group) {
    std::vector<Seen> seen(group.size());
    std::vector<Waiting> batch;
    for (size_t i = 0; i < group.size(); ++i) {
      batch.push_back({std::make_unique<AnyJob>(group[i], seen[i]), absl::Now()});
    }
    executor_.Execute(std::move(batch));
    now_ = seen[0].now;
    const std::vector<Decision> expected = memory_.Run(group, seen[0].number, now_);
    for (size_t i = 0; i < group.size(); ++i) {
      EXPECT_EQ(seen[i].number, seen[0].number + static_cast<int64_t>(i));
      EXPECT_EQ(seen[i].reason, expected[i].reason) << group[i].kind;
      EXPECT_EQ(seen[i].code, expected[i].code) << group[i].kind;
      if (expected[i].accepted()) ++accepted_[group[i].kind];
    }
    ++groups_;
  }

  void ExpectSameRows() {
    EXPECT_TRUE(Rows<Domain>(kDomainColumns, "domains", ReadDomain) == memory_.domains);
    EXPECT_TRUE(Rows<Host>(kHostColumns, "hosts", ReadHost) == memory_.hosts);
    EXPECT_TRUE(Rows<Contact>(kContactColumns, "contacts", ReadContact) == memory_.contacts);
    EXPECT_EQ(Balances(), memory_.balances);
    EXPECT_EQ(scene_.Number("SELECT count(*) FROM ledger") - entries_before_,
              std::ssize(memory_.ledger));
    std::vector<int64_t> waiting;
    for (const PollMessage& message : memory_.messages) waiting.push_back(message.id);
    EXPECT_EQ(WaitingMessages(), waiting);
  }

  StoreScene scene_;
  std::unique_ptr<Connection> connection_;
  StoreOptions Options() const {
    StoreOptions options;
    options.database = scene_.database;
    options.application = "test";
    return options;
  }
  Shared shared_{Options(), {}, &scene_.clock, nullptr};
  Executor executor_{shared_, /*writes=*/true};
  MemoryRegistry memory_;
  RandomCommands commands_{GetParam(), memory_};
  absl::Time now_ = scene_.clock.Now();
  int groups_ = 0;
  int64_t entries_before_ = 0;
  std::map<std::string_view, int> accepted_;
};

TEST_P(StoreRandomHistoryTest, IsTheSameAsInMemory) {
  absl::Duration offset;
  for (int step = 0; step < 400 && !HasFailure(); ++step) {
    offset += commands_.Pause();
    ASSERT_TRUE(SetClockOffset(scene_.database, offset).ok());
    if (step % 20 == 19) {
      Run({commands_.Suspension()});
      LearnDirectory();
    }
    std::vector<AnyCommand> group;
    for (int i = commands_.GroupSize(); i > 0; --i) group.push_back(commands_.Next(now_));
    Run(group);
    Run({commands_.Look(), commands_.Look()});
    if (step % 10 == 9) ExpectSameRows();
  }
  ExpectSameRows();
  EXPECT_THAT(scene_.Findings(), IsEmpty());
  EXPECT_EQ(shared_.failures, 0);
  EXPECT_EQ(shared_.groups, groups_);
  for (const char* kind :
       {"domain-create", "domain-update", "domain-renew", "domain-delete", "domain-materialize",
        "host-create", "host-update", "host-delete", "contact-create", "contact-update",
        "contact-delete", "domain-transfer-request", "domain-transfer-decision",
        "contact-transfer-request", "contact-transfer-decision"}) {
    EXPECT_GT(accepted_[kind], 0) << kind << " hardly ever succeeded: the history proves little";
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, StoreRandomHistoryTest, testing::Values(1, 2, 3));

}  // namespace
}  // namespace registry::store
