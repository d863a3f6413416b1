#include "tests/support/private_cluster.h"

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

namespace tests {
namespace {

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;

Connection Connect(const std::string& conninfo) {
  return {PQconnectdb(conninfo.c_str()), &PQfinish};
}

bool Works(const Connection& connection) {
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), "SELECT 1"),
                                                             &PQclear);
  return PQresultStatus(result.get()) == PGRES_TUPLES_OK;
}

TEST(PrivateClusterTest, CreatesEmptyDatabasesThatAreApart) {
  const std::string one = PrivateCluster::Shared().CreateDatabase();
  const std::string other = PrivateCluster::Shared().CreateDatabase();
  PrivateCluster::Query(one, "CREATE TABLE t (i int)");
  const std::string tables =
      "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'";
  EXPECT_EQ(PrivateCluster::Query(one, tables), "1");
  EXPECT_EQ(PrivateCluster::Query(other, tables), "0");
}

TEST(PrivateClusterTest, IsDurableUnlessAskedOtherwise) {
  const std::string database = PrivateCluster::Shared().CreateDatabase();
  EXPECT_EQ(PrivateCluster::Query(database, "SHOW fsync"), "on");
  EXPECT_EQ(PrivateCluster::Query(database, "SHOW synchronous_commit"), "on");
}

TEST(PrivateClusterTest, AnswersOverTcp) {
  EXPECT_TRUE(Works(Connect(PrivateCluster::Shared().TcpConninfo("postgres"))));
}

TEST(PrivateClusterTest, KeepsCommittedRowsOverACrash) {
  const std::string database = PrivateCluster::Shared().CreateDatabase();
  PrivateCluster::Query(database, "CREATE TABLE t AS SELECT 7 AS i");
  PrivateCluster::Shared().Restart(PrivateCluster::StopMode::kImmediate);
  EXPECT_EQ(PrivateCluster::Query(database, "SELECT i FROM t"), "7");
}

TEST(PrivateClusterTest, TerminatesOnlyTheNamedClients) {
  const std::string database = PrivateCluster::Shared().CreateDatabase();
  const Connection spared = Connect(database + " application_name=spared");
  const Connection ended = Connect(database + " application_name=ended");
  EXPECT_EQ(PrivateCluster::Shared().TerminateBackends("ended"), 1);
  EXPECT_TRUE(Works(spared));
  EXPECT_FALSE(Works(ended));
}

TEST(PrivateClusterTest, RecoversFromAKilledClient) {
  const std::string database = PrivateCluster::Shared().CreateDatabase();
  const Connection victim = Connect(database + " application_name=victim");
  const Connection bystander = Connect(database);
  PrivateCluster::Shared().KillBackend("victim");
  EXPECT_FALSE(Works(victim));
  EXPECT_FALSE(Works(bystander));
  EXPECT_TRUE(Works(Connect(database)));
}

TEST(PrivateClusterTest, LeavesNothingBehind) {
  std::string folder;
  {
    PrivateCluster::Options options;
    options.fsync = false;
    options.settings = {"max_connections = 20"};
    PrivateCluster cluster(options);
    folder = cluster.folder();
    EXPECT_EQ(PrivateCluster::Query(cluster.SocketConninfo("postgres"), "SHOW fsync"), "off");
    EXPECT_EQ(PrivateCluster::Query(cluster.SocketConninfo("postgres"), "SHOW max_connections"),
              "20");
  }
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST(PrivateClusterTest, StopsWhenTheTestProcessIsKilled) {
  int report[2];
  ASSERT_EQ(pipe(report), 0);
  const pid_t test = fork();
  if (test == 0) {
    PrivateCluster cluster;
    const std::string conninfo = cluster.SocketConninfo("postgres");
    if (write(report[1], conninfo.data(), conninfo.size()) < 0) _exit(1);
    raise(SIGKILL);
  }
  char conninfo[256] = {};
  ASSERT_GT(read(report[0], conninfo, sizeof(conninfo) - 1), 0);
  waitpid(test, nullptr, 0);
  close(report[0]);
  close(report[1]);
  bool stopped = false;
  for (int i = 0; i < 2000 && !stopped; ++i) {
    stopped = PQping(conninfo) == PQPING_NO_RESPONSE;
    usleep(5000);
  }
  EXPECT_TRUE(stopped);
}

}  // namespace
}  // namespace tests
