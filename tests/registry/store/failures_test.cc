// The database goes away, or somebody is in the way, at the worst moments.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

#include "registry/base/text.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_renew.h"
#include "registry/commands/host_info.h"
#include "registry/commands/registrar_create.h"
#include "registry/store/audit.h"
#include "registry/store/execute.h"
#include "registry/store/migrations.h"
#include "tests/registry/store/group_scene.h"
#include "tests/support/private_cluster.h"

namespace registry::store {
namespace {

using testing::Each;
using testing::IsEmpty;
using tests::PrivateCluster;

// A command whose decision the database does not take.
class Poison : public Job {
 public:
  enum class Kind { kNulInText, kCheckViolated };
  Poison(RegistrarKey asker, Kind kind, std::function<void(ResultCode)> done)
      : Job({asker, "client-1", "poison"}), kind_(kind), done_(std::move(done)) {}

  bool read_only() const override { return false; }
  Needs CollectNeeds() const override {
    return Needs().Contact(ContactId("holder"), Lock::kUpdate);
  }
  void Decide(const Context&, const WorkingSet& set, Changes* changes) override {
    const Contact& before = *set.FindContact(ContactId("holder"));
    Contact after = before;
    if (kind_ == Kind::kNulInText) {
      after.email.push_back('\0');
    } else {
      after.international.reset();
    }
    changes->Update(before, after);
  }
  void Finish(TransactionNumber, absl::Time, std::shared_ptr<const Directory>) override {
    done_(ResultCode::kOk);
  }
  void Fail(TransactionNumber number, const absl::Status&) override {
    EXPECT_GT(number, 0);
    done_(ResultCode::kCommandFailed);
  }

 private:
  const Kind kind_;
  const std::function<void(ResultCode)> done_;
};

TEST(StoreFailuresTest, ACommandThatBreaksTheDatabaseFailsAlone) {
  for (Poison::Kind kind : {Poison::Kind::kNulInText, Poison::Kind::kCheckViolated}) {
    GroupScene group;
    StoreScene& scene = group.scene;
    Answers& answers = group.answers;
    constexpr int kPoisoned = 12;
    group.Begin();
    for (int i = 0; i < 19; ++i) {
      if (i == kPoisoned) {
        scene.store->Submit(std::make_unique<Poison>(scene.gold, kind, answers.Place()));
      } else {
        answers.Send(*scene.store, scene.gold, CreateOrg(Concat("n", i, ".org")));
      }
    }
    group.End();
    std::vector<ResultCode> codes = answers.Await();
    EXPECT_EQ(codes[kPoisoned], ResultCode::kCommandFailed);
    codes.erase(codes.begin() + kPoisoned);
    EXPECT_THAT(codes, Each(ResultCode::kOk));
    EXPECT_EQ(scene.store->statistics().failures, 1);
    EXPECT_EQ(scene.Number("SELECT count(*) FROM domains"), 18);
    EXPECT_THAT(scene.Findings(), IsEmpty());
  }
}

// The three moments, each met once.
struct Moment {
  const char* name;
  std::function<void()> FaultPoints::*point;
};
const Moment kMoments[] = {{"before_flush", &FaultPoints::before_flush},
                           {"before_commit", &FaultPoints::before_commit},
                           {"after_commit_sent", &FaultPoints::after_commit_sent}};

constexpr int kCommands = 200;

// Over both lanes.
void SendCreates(StoreScene& scene, Answers& answers) {
  for (int i = 0; i < kCommands; ++i) {
    answers.Send(*scene.store, i % 2 == 0 ? scene.gold : scene.silver,
                 CreateOrg(Concat("n", i, ".org")));
  }
}

// All were answered, once, and what was answered is true.
void ExpectTruth(StoreScene& scene, Answers& answers) {
  EXPECT_THAT(answers.Await(), Each(ResultCode::kOk));
  EXPECT_EQ(scene.Number("SELECT count(*) FROM domains"), kCommands);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM ledger WHERE kind = 'c'"), kCommands);
  EXPECT_EQ(scene.Number("SELECT sum(balance) FROM balances"), 2 * 100'000'00 - 900 * kCommands);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreFailuresTest, ABrokenConnectionLosesNothingAndDoublesNothing) {
  for (const Moment& moment : kMoments) {
    std::atomic<bool> armed{false};
    std::atomic<int> struck{0};
    StoreScene::Options options;
    options.store.application = Concat("test-", moment.name);
    const std::string application = options.store.application;
    options.faults.*moment.point = [&] {
      if (!armed.exchange(false)) return;
      ++struck;
      EXPECT_GT(PrivateCluster::Shared().TerminateBackends(application), 0);
    };
    StoreScene scene(options);
    armed = true;
    SCOPED_TRACE(moment.name);
    Answers answers;
    SendCreates(scene, answers);
    ExpectTruth(scene, answers);
    EXPECT_EQ(struck, 1);
  }
}

TEST(StoreFailuresTest, ACommitThatHappenedIsNotDoneAgain) {
  // The server commits; its answer is lost.
  std::atomic<bool> armed{false};
  std::string database;
  StoreScene::Options options;
  options.store.write_lanes = 1;
  options.store.application = "test-lost-answer";
  options.faults.after_commit_sent = [&] {
    if (!armed.exchange(false)) return;
    while (PrivateCluster::Query(database, "SELECT count(*) FROM domains") == "0") {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    // Nothing may be read from the socket: what the server said must be lost with it.
    PrivateCluster::Shared().KillBackend("test-lost-answer");
  };
  StoreScene scene(options);
  database = scene.database;
  armed = true;
  const auto reply = scene.Run(scene.gold, CreateOrg("a.org"));
  ASSERT_TRUE(reply.status.ok()) << reply.status;
  ASSERT_TRUE(reply.outcome->ok());
  EXPECT_EQ(scene.Number("SELECT id FROM domains"), reply.number);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM ledger WHERE kind = 'c'"), 1);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreFailuresTest, ACrashOfTheServerLosesNothingThatWasAnswered) {
  for (const Moment& moment : kMoments) {
    GroupGate gate;
    StoreScene::Options options;
    options.faults.*moment.point = gate.Point();
    StoreScene scene(options);
    SCOPED_TRACE(moment.name);
    Answers answers;
    gate.Close();
    SendCreates(scene, answers);
    gate.AwaitVisitor();
    PrivateCluster::Shared().Restart(PrivateCluster::StopMode::kImmediate);
    gate.Open();
    ExpectTruth(scene, answers);
  }
}

TEST(StoreFailuresTest, RepeatedDisastersUnderLoadLeaveTheBooksInOrder) {
  StoreScene::Options options;
  options.store.application = "test-storm";
  StoreScene scene(options);
  SystemClock clock;
  StoreOptions same;
  same.application = "test-storm";
  std::unique_ptr<Store> another = scene.OpenAnother(&clock, {}, same);
  std::vector<std::thread> clients;
  std::atomic<int> created{0}, exists{0}, failed{0}, running{8};
  for (int client = 0; client < 8; ++client) {
    clients.emplace_back([&, client] {
      Store& store = client % 2 == 0 ? *scene.store : *another;
      const RegistrarKey asker = client < 4 ? scene.gold : scene.silver;
      for (int i = 0; i < 120; ++i) {
        // Neighbours race for the same names.
        const auto reply = store.Run(Origin{asker, "client-1", "domain-create"},
                                     CreateOrg(Concat("n", (client / 2) * 1000 + i, ".org")));
        const ResultCode code = StoreScene::CodeOf(reply);
        ++(code == ResultCode::kOk ? created : code == ResultCode::kObjectExists ? exists : failed);
      }
      --running;
    });
  }
  for (int i = 0; i < 12 && running > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    if (i == 6) {
      PrivateCluster::Shared().Restart(PrivateCluster::StopMode::kImmediate);
    } else {
      PrivateCluster::Shared().TerminateBackends("test-storm");
    }
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(created, 4 * 120);
  EXPECT_EQ(exists, 4 * 120);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM domains"), created);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM ledger WHERE kind = 'c'"), created);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

// Of contacts that one trigger function is called for before they are written.
void OnContact(const StoreScene& scene, const std::string& handle, const std::string& statement) {
  scene.Query(
      Concat("CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
             "NEW.handle LIKE '",
             handle, "' THEN PERFORM ", statement,
             "; END IF; RETURN NEW; END $$; CREATE TRIGGER trouble BEFORE INSERT ON "
             "contacts FOR EACH ROW EXECUTE FUNCTION trouble()"));
}

TEST(StoreFailuresTest, ACommandThatKillsItsServerProcessFailsAlone) {
  GroupScene group;
  StoreScene& scene = group.scene;
  Answers& answers = group.answers;
  OnContact(scene, "killer", "pg_terminate_backend(pg_backend_pid())");
  constexpr int kKiller = 7;
  group.Begin();
  for (int i = 0; i < 19; ++i) {
    answers.Send(*scene.store, scene.gold,
                 CreateContact(i == kKiller ? std::string("killer") : Concat("contact", i)));
  }
  group.End();
  std::vector<ResultCode> codes = answers.Await();
  EXPECT_EQ(codes[kKiller], ResultCode::kCommandFailed);
  codes.erase(codes.begin() + kKiller);
  EXPECT_THAT(codes, Each(ResultCode::kOk));
  EXPECT_EQ(scene.store->statistics().failures, 1);
  EXPECT_LE(scene.store->statistics().reconnects, 40);
}

TEST(StoreFailuresTest, ASlowDatabaseIsNotWaitedForOnceForEachCommand) {
  StoreOptions options;
  options.command_timeout = absl::Seconds(2);
  GroupScene group(options);
  StoreScene& scene = group.scene;
  Answers& answers = group.answers;
  OnContact(scene, "slow%", "pg_sleep(20)");
  group.Begin();
  for (int i = 0; i < 32; ++i) {
    answers.Send(*scene.store, scene.gold, CreateContact(Concat("slow", i)));
  }
  const absl::Time start = absl::Now();
  group.End();
  EXPECT_EQ(answers.Await().back(), ResultCode::kCommandFailed);
  EXPECT_LT(absl::Now() - start, absl::Seconds(20)) << "63 attempts of a second each are too many";
  EXPECT_EQ(scene.Number("SELECT count(*) FROM contacts WHERE handle LIKE 'slow%'"), 0);
}

TEST(StoreFailuresTest, NothingIsAnsweredBeforeTheStandbysHaveIt) {
  PrivateCluster cluster;
  const std::string database = cluster.CreateDatabase();
  SystemClock clock;
  ASSERT_TRUE(Migrate(database, {}, clock.Now()).ok());
  const auto set_standby = [&](const std::string& name) {
    // Itself it must not wait for the standby that is not there.
    PrivateCluster::Query(database,
                          Concat("ALTER SYSTEM SET synchronous_standby_names = '", name, "'"));
    PrivateCluster::Query(database, "SELECT pg_reload_conf()");
  };
  StoreOptions options;
  options.database = database;
  options.application = "test";
  options.command_timeout = absl::Seconds(1);
  absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(options, &clock);
  ASSERT_TRUE(store.ok()) << store.status();
  set_standby("nobody");
  std::atomic<bool> answered{false};
  absl::Status status;
  (*store)->Execute(Origin{kOperator, "", "test"}, RegistrarCreate{MakeRegistrar("gold")},
                    [&](const Reply<Done>& reply) {
                      status = reply.status;
                      answered = true;
                    });
  // Long enough for its server process to be given up: what it wrote can then be seen.
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  while (PrivateCluster::Query(database, "SELECT count(*) FROM registrars") == "0" &&
         absl::Now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(PrivateCluster::Query(database, "SELECT count(*) FROM registrars"), "1");
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_FALSE(answered) << "it is on no standby";
  set_standby("");
  while (!answered && absl::Now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  ASSERT_TRUE(answered);
  EXPECT_TRUE(status.ok()) << status;
  store->reset();
  EXPECT_EQ(PrivateCluster::Query(database, "SELECT count(*) FROM registrars"), "1");
}

TEST(StoreFailuresTest, NumbersThatAServerForgotAreNotUsedTwice) {
  StoreScene::Options options;
  options.store.application = "test-numbers";
  StoreScene scene(options);
  SystemClock clock;
  StoreOptions same;
  same.application = "test-numbers";
  std::unique_ptr<Store> another = scene.OpenAnother(&clock, {}, same);
  // What a server says that crashed before the blocks in reserve were on disk. Those that commits
  // used are.
  scene.Query(
      "SELECT setval('transactions', greatest((SELECT max(id) FROM commit_groups), (SELECT "
      "max(number) FROM history)) / 4096 * 4096, true)");
  PrivateCluster::Shared().TerminateBackends("test-numbers");
  std::vector<TransactionNumber> numbers;
  for (int i = 0; i < 40; ++i) {
    Store& store = i % 2 == 0 ? *scene.store : *another;
    const auto reply =
        store.Run(Origin{scene.gold, "client-1", "test"}, CreateContact(Concat("contact", i)));
    EXPECT_EQ(StoreScene::CodeOf(reply), ResultCode::kOk);
    numbers.push_back(reply.number);
    // Over the end of every block that either had.
    for (int j = 0; j < 600; ++j) numbers.push_back(store.NextNumber());
  }
  const size_t given = numbers.size();
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  EXPECT_EQ(numbers.size(), given);
  EXPECT_EQ(scene.store->statistics().conflicts + another->statistics().conflicts, 0);
}

TEST(StoreFailuresTest, NumbersFromBeforeTheFirstConnectionAreNotUsed) {
  StoreScene scene;
  StoreOptions options;
  options.database = scene.database;
  options.application = "test";
  Shared shared(options, {}, &scene.clock, nullptr);
  shared.directory.Set(scene.store->directory(), shared.directory.Ticket());
  // Reserved before the server crashed, which then gave them to somebody else.
  shared.numbers.AddBlock(scene.Number("SELECT min(id) FROM contacts"),
                          shared.numbers.generation());
  ResultCode code = ResultCode::kCommandFailed;
  std::vector<Waiting> batch;
  batch.push_back({MakeJob(Origin{scene.gold, "client-1", "test"}, CreateContact("late"),
                           [&](const auto& reply) { code = StoreScene::CodeOf(reply); }),
                   absl::Now()});
  Executor(shared, /*writes=*/true).Execute(std::move(batch));
  EXPECT_EQ(code, ResultCode::kOk);
  EXPECT_EQ(shared.conflicts, 0);
}

TEST(StoreFailuresTest, NothingIsDecidedByAClockThatIsWrong) {
  StoreScene scene;
  EXPECT_EQ(scene.Code(scene.gold, CreateOrg("before.org")), ResultCode::kOk);
  // What the database's host believes, for connections from now on.
  scene.Query(Concat(
      "CREATE SCHEMA fake; CREATE TABLE fake.ahead AS SELECT interval '61 seconds' AS by; CREATE "
      "FUNCTION fake.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT "
      "pg_catalog.clock_timestamp() + by FROM fake.ahead'; ALTER DATABASE ",
      scene.Query("SELECT current_database()"), " SET search_path = fake, pg_catalog, public"));
  PrivateCluster::Shared().TerminateBackends("test");
  EXPECT_EQ(scene.Code(scene.gold, CreateOrg("after.org")), ResultCode::kCommandFailed);
  scene.Query("UPDATE fake.ahead SET by = '-61 seconds'");
  EXPECT_EQ(scene.Code(scene.gold, CreateOrg("after.org")), ResultCode::kCommandFailed);
  scene.Query("UPDATE fake.ahead SET by = '59 seconds'");
  EXPECT_EQ(scene.Code(scene.gold, CreateOrg("after.org")), ResultCode::kOk);
}

TEST(StoreFailuresTest, AProcessThatWritesReadsFromThePrimaryToo) {
  // A server that only reads, as a standby does, and that is far behind: it stands first.
  PrivateCluster behind;
  const std::string old = behind.CreateDatabase();
  SystemClock clock;
  ASSERT_TRUE(Migrate(old, {}, clock.Now()).ok());
  const std::string old_name = PrivateCluster::Query(old, "SELECT current_database()");
  PrivateCluster primary;
  const std::string database = primary.CreateDatabase();
  ASSERT_TRUE(Migrate(database, {}, clock.Now()).ok());
  const std::string name = PrivateCluster::Query(database, "SELECT current_database()");
  const std::string elsewhere = behind.SocketConninfo("postgres");
  PrivateCluster::Query(elsewhere, Concat("ALTER DATABASE ", old_name, " RENAME TO ", name));
  PrivateCluster::Query(elsewhere, "ALTER SYSTEM SET default_transaction_read_only = on");
  behind.Restart(PrivateCluster::StopMode::kFast);
  StoreOptions options;
  options.database = Concat("host=127.0.0.1,127.0.0.1 port=", behind.port(), ",", primary.port(),
                            " dbname=", name, " user=postel");
  options.application = "test";
  auto store = Store::Open(options, &clock);
  ASSERT_TRUE(store.ok()) << store.status();
  const auto registrar =
      (*store)->Run(Origin{kOperator, "", "test"}, RegistrarCreate{MakeRegistrar("gold")});
  ASSERT_EQ(StoreScene::CodeOf(registrar), ResultCode::kOk);
  const Origin gold{(*store)->directory()->Registrar(RegistrarId("gold"))->key, "", "test"};
  for (int i = 0; i < 8; ++i) {
    const std::string host = Concat("h", i, ".example");
    const auto made = (*store)->Run(gold, CreateHost(host));
    ASSERT_EQ(StoreScene::CodeOf(made), ResultCode::kOk);
    const auto seen = (*store)->Run(gold, HostInfo{DomainName(host)});
    EXPECT_EQ(StoreScene::CodeOf(seen), ResultCode::kOk);
  }
}

TEST(StoreFailuresTest, CommandsFailWhenTheDatabaseStaysAwayAndWorkWhenItIsBack) {
  PrivateCluster cluster;
  const std::string database = cluster.CreateDatabase();
  SystemClock clock;
  ASSERT_TRUE(Migrate(database, {}, clock.Now()).ok());
  StoreOptions options;
  options.database = database;
  options.application = "test";
  options.command_timeout = absl::Seconds(1);
  absl::StatusOr<std::unique_ptr<Store>> store = Store::Open(options, &clock);
  ASSERT_TRUE(store.ok()) << store.status();
  cluster.Stop(PrivateCluster::StopMode::kImmediate);
  const auto create = (*store)->Run(Origin{kOperator, "", "test"}, CreateNgo("a.ngo"));
  EXPECT_FALSE(create.status.ok());
  EXPECT_GT(create.number, 0);
  const auto info = (*store)->Run(Origin{kOperator, "", "test"}, DomainInfo{DomainName("a.ngo")});
  EXPECT_FALSE(info.status.ok());
  EXPECT_GT((*store)->NextNumber(), 0);
  cluster.Start();
  const auto again = (*store)->Run(Origin{kOperator, "", "test"}, DomainInfo{DomainName("a.ngo")});
  EXPECT_TRUE(again.status.ok()) << again.status;
}

// The server processes of one application.
class Backends {
 public:
  explicit Backends(const std::string& application) {
    std::istringstream pids(PrivateCluster::Query(
        PrivateCluster::Shared().SocketConninfo("postgres"),
        "SELECT string_agg(pid::text, ' ') FROM pg_stat_activity WHERE application_name = '" +
            application + "'"));
    for (pid_t pid; pids >> pid;) pids_.push_back(pid);
  }
  void Send(int signal) const {
    for (pid_t pid : pids_) kill(pid, signal);
  }

 private:
  std::vector<pid_t> pids_;
};

TEST(StoreFailuresTest, CommandsDoNotWaitForACommitOfOthersWhoseOutcomeIsUnknown) {
  PrivateCluster& cluster = PrivateCluster::Shared();
  std::atomic<bool> armed{false};
  std::optional<Backends> backends;
  StoreScene::Options options;
  options.store.application = "test-in-doubt";
  options.store.write_lanes = 1;
  options.store.command_timeout = absl::Seconds(3);
  // The COMMIT reaches a process that does nothing any more.
  options.faults.before_commit = [&] {
    if (!armed) return;
    backends.emplace(options.store.application);
    backends->Send(SIGSTOP);
  };
  options.faults.after_commit_sent = [&] {
    if (!armed) return;
    backends->Send(SIGKILL);
    cluster.Stop(PrivateCluster::StopMode::kImmediate);
    armed = false;
  };
  StoreScene scene(options);
  armed = true;
  ResultCode in_doubt{};
  std::thread client([&] { in_doubt = scene.Code(scene.gold, CreateOrg("in-doubt.org")); });
  while (armed) std::this_thread::sleep_for(std::chrono::milliseconds(5));

  const absl::Time asked = absl::Now();
  EXPECT_EQ(scene.Code(scene.gold, CreateOrg("behind.org")), ResultCode::kCommandFailed);
  EXPECT_LT(absl::Now() - asked, 4 * options.store.command_timeout);
  cluster.Start();
  client.join();
  // It was rolled back and done again, or, where the database took long to come back, was not; the
  // answer says which.
  EXPECT_THAT(in_doubt, testing::AnyOf(ResultCode::kOk, ResultCode::kCommandFailed));
  EXPECT_EQ(scene.Query("SELECT name FROM domains"),
            in_doubt == ResultCode::kOk ? "in-doubt.org" : "");
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

}  // namespace
}  // namespace registry::store
