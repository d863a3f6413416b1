#include "whois/audit_log.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/support/temporary_folder.h"

namespace whois {
namespace {

using testing::HasSubstr;

AuditEntry Entry(std::string_view target) {
  AuditEntry entry;
  entry.time = absl::FromUnixMillis(1767323045678);
  entry.token = "agency";
  entry.purpose = "case \"42\"";
  entry.source = "192.0.2.1";
  entry.method = "GET";
  entry.target = target;
  entry.status = 200;
  return entry;
}

class AuditLogTest : public testing::Test {
 protected:
  std::unique_ptr<AuditLog> Open() {
    auto log = AuditLog::Open(path_, metrics_);
    EXPECT_TRUE(log.ok()) << log.status();
    return *std::move(log);
  }
  double Failures() {
    for (const auto& family : metrics_.registry().Collect()) {
      if (family.name == "postel_audit_failures_total") return family.metric.at(0).counter.value;
    }
    return -1;
  }

  tests::TemporaryFolder folder_;
  std::string path_ = folder_.Path("audit.log");
  registry::net::Metrics metrics_{"whois_test", "0"};
};

TEST_F(AuditLogTest, WritesALineOfJsonForEachAccess) {
  EXPECT_EQ(FormatAuditEntry(Entry("/domain/a.org\n")),
            R"({"time":"2026-01-02T03:04:05.678Z","token":"agency","purpose":"case \"42\"",)"
            R"("source":"192.0.2.1","method":"GET","target":"/domain/a.org\u000a","status":200,)"
            R"("found":true})"
            "\n");
  AuditEntry missed = Entry("/x");
  missed.status = 404;
  EXPECT_THAT(FormatAuditEntry(missed), HasSubstr(R"("status":404,"found":false})"));
}

TEST_F(AuditLogTest, AppendsToWhatIsThere) {
  EXPECT_TRUE(Open()->Add(Entry("/1")));
  EXPECT_TRUE(Open()->Add(Entry("/2")));
  EXPECT_EQ(tests::ReadFile(path_), FormatAuditEntry(Entry("/1")) + FormatAuditEntry(Entry("/2")));
  struct stat status {};
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0007, 0u) << "it is nobody else's business";
}

TEST_F(AuditLogTest, GoesOnInANewFileWhenTheOldOneWasMovedAway) {
  const std::unique_ptr<AuditLog> log = Open();
  log->Add(Entry("/1"));
  std::filesystem::rename(path_, path_ + ".1");
  log->Add(Entry("/2"));
  log->Reopen();
  log->Add(Entry("/3"));
  EXPECT_EQ(tests::ReadFile(path_ + ".1"),
            FormatAuditEntry(Entry("/1")) + FormatAuditEntry(Entry("/2")));
  EXPECT_EQ(tests::ReadFile(path_), FormatAuditEntry(Entry("/3")));
}

TEST_F(AuditLogTest, SaysSoWhenItCannotWrite) {
  path_ = "/dev/full";
  const std::unique_ptr<AuditLog> log = Open();
  EXPECT_FALSE(log->Add(Entry("/1")));
  EXPECT_EQ(Failures(), 1);
  path_ = folder_.Path("no/such/folder");
  EXPECT_FALSE(AuditLog::Open(path_, metrics_).ok());
}

}  // namespace
}  // namespace whois
