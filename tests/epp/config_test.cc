#include "epp/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/support/paths.h"

namespace epp {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr char kRequired[] =
    "certificate = /etc/postel/epp.pem\n"
    "certificate_key = /etc/postel/epp.key\n"
    "client_ca = /etc/postel/registrars.pem\n"
    "database = host=/run/postgresql dbname=postel\n";

absl::StatusOr<Config> Read(const std::string& text) {
  return ReadConfig(registry::Config("epp.conf", text));
}

std::string ErrorOf(const std::string& line) {
  auto config = Read(std::string(kRequired) + line + "\n");
  return config.ok() ? "" : std::string(config.status().message());
}

TEST(EppConfigTest, TheRequiredSettingsAreEnough) {
  auto config = Read(kRequired);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->certificate, "/etc/postel/epp.pem");
  EXPECT_EQ(config->certificate_key, "/etc/postel/epp.key");
  EXPECT_EQ(config->client_ca, "/etc/postel/registrars.pem");
  EXPECT_EQ(config->database, "host=/run/postgresql dbname=postel");
  ASSERT_EQ(config->listen.size(), 2u);
  EXPECT_EQ(FormatEndpoint(config->listen[0]), "0.0.0.0:700");
  EXPECT_EQ(FormatEndpoint(config->listen[1]), "[::]:700");
  EXPECT_EQ(config->max_frame, 65536);
}

TEST(EppConfigTest, EveryRequiredSettingIsMissedByName) {
  for (const std::string key : {"certificate", "certificate_key", "client_ca", "database"}) {
    std::string text;
    for (const std::string other : {"certificate", "certificate_key", "client_ca", "database"}) {
      if (other != key) text += other + " = x\n";
    }
    auto config = Read(text);
    ASSERT_FALSE(config.ok()) << key;
    EXPECT_THAT(std::string(config.status().message()), HasSubstr(key));
  }
}

TEST(EppConfigTest, TakesEverySetting) {
  auto config = Read(std::string(kRequired) +
                     "listen = 127.0.0.1:7000\nlisten = [::1]:7001\nserver_id = Test EPP\n"
                     "write_lanes = 3\nread_lanes = 2\nmax_group = 64\nmax_queue = 100\n"
                     "fair_share = 8\n"
                     "io_threads = 4\npassword_threads = 2\nmax_frame = 128k\n"
                     "max_names_per_check = 20\nidle_timeout = 5m\nlogin_timeout = 20s\n"
                     "session_lifetime = 2h\nhandshake_timeout = 3s\nwrite_timeout = 4s\n"
                     "close_timeout = 1s\ncommand_timeout = 2s\nmax_connections = 10\n"
                     "max_connections_per_address = 9\nmax_sessions = 8\n"
                     "max_sessions_per_registrar = 7\nlogin_failures = 6\nbacklog = 5\n"
                     "longest_password = 64\npassword_warning = 7d\n"
                     "certificate_warning = 0\nfailed_login_window = 2h\n"
                     "metrics_listen = 127.0.0.1:0\nlog_level = warning\nshutdown_grace = 9s\n");
  ASSERT_TRUE(config.ok()) << config.status();
  ASSERT_EQ(config->listen.size(), 2u);
  EXPECT_EQ(config->listen[1], (registry::net::Endpoint{"::1", 7001}));
  EXPECT_EQ(config->server_id, "Test EPP");
  EXPECT_EQ(config->write_lanes, 3);
  EXPECT_EQ(config->read_lanes, 2);
  EXPECT_EQ(config->max_group, 64);
  EXPECT_EQ(config->max_queue, 100);
  EXPECT_EQ(config->fair_share, 8);
  EXPECT_EQ(config->io_threads, 4);
  EXPECT_EQ(config->password_threads, 2);
  EXPECT_EQ(config->max_frame, 128 << 10);
  EXPECT_EQ(config->longest_password, 64);
  EXPECT_EQ(config->password_warning, absl::Hours(24 * 7));
  EXPECT_EQ(config->certificate_warning, absl::ZeroDuration());
  EXPECT_EQ(config->failed_login_window, absl::Hours(2));
  EXPECT_EQ(config->max_names_per_check, 20);
  EXPECT_EQ(config->idle_timeout, absl::Minutes(5));
  EXPECT_EQ(config->login_timeout, absl::Seconds(20));
  EXPECT_EQ(config->session_lifetime, absl::Hours(2));
  EXPECT_EQ(config->handshake_timeout, absl::Seconds(3));
  EXPECT_EQ(config->write_timeout, absl::Seconds(4));
  EXPECT_EQ(config->close_timeout, absl::Seconds(1));
  EXPECT_EQ(config->command_timeout, absl::Seconds(2));
  EXPECT_EQ(config->max_connections, 10);
  EXPECT_EQ(config->max_connections_per_address, 9);
  EXPECT_EQ(config->max_sessions, 8);
  EXPECT_EQ(config->max_sessions_per_registrar, 7);
  EXPECT_EQ(config->login_failures, 6);
  EXPECT_EQ(config->backlog, 5);
  EXPECT_EQ(config->metrics_listen.port, 0);
  EXPECT_EQ(config->log_level, registry::LogLevel::kWarning);
  EXPECT_EQ(config->shutdown_grace, absl::Seconds(9));
}

TEST(EppConfigTest, TheExampleIsRightAndItsCommentsShowTheDefaults) {
  std::ifstream file(tests::SourcePath("deploy/epp.conf"));
  ASSERT_TRUE(file);
  std::string text, uncommented;
  for (std::string line; std::getline(file, line);) {
    text += line + "\n";
    const bool setting = line.starts_with("# ") && line.find(" = ") != std::string::npos &&
                         line.find(' ', 2) == line.find(" = ");
    uncommented += (setting ? line.substr(2) : line) + "\n";
  }
  auto plain = Read(text);
  auto full = Read(uncommented);
  ASSERT_TRUE(plain.ok()) << plain.status();
  ASSERT_TRUE(full.ok()) << full.status();
  EXPECT_EQ(plain->max_frame, full->max_frame);
  EXPECT_EQ(plain->max_group, full->max_group);
  EXPECT_EQ(plain->max_queue, full->max_queue);
  EXPECT_EQ(plain->fair_share, full->fair_share);
  EXPECT_EQ(plain->write_lanes, full->write_lanes);
  EXPECT_EQ(plain->read_lanes, full->read_lanes);
  EXPECT_EQ(plain->io_threads, full->io_threads);
  EXPECT_EQ(plain->password_threads, full->password_threads);
  EXPECT_EQ(plain->max_names_per_check, full->max_names_per_check);
  EXPECT_EQ(plain->idle_timeout, full->idle_timeout);
  EXPECT_EQ(plain->login_timeout, full->login_timeout);
  EXPECT_EQ(plain->session_lifetime, full->session_lifetime);
  EXPECT_EQ(plain->handshake_timeout, full->handshake_timeout);
  EXPECT_EQ(plain->write_timeout, full->write_timeout);
  EXPECT_EQ(plain->close_timeout, full->close_timeout);
  EXPECT_EQ(plain->command_timeout, full->command_timeout);
  EXPECT_EQ(plain->shutdown_grace, full->shutdown_grace);
  EXPECT_EQ(plain->max_connections, full->max_connections);
  EXPECT_EQ(plain->max_connections_per_address, full->max_connections_per_address);
  EXPECT_EQ(plain->max_sessions, full->max_sessions);
  EXPECT_EQ(plain->max_sessions_per_registrar, full->max_sessions_per_registrar);
  EXPECT_EQ(plain->login_failures, full->login_failures);
  EXPECT_EQ(plain->backlog, full->backlog);
  EXPECT_EQ(plain->metrics_listen, full->metrics_listen);
  EXPECT_EQ(plain->log_level, full->log_level);
}

TEST(EppConfigTest, AWrongSettingIsReportedWithItsLine) {
  EXPECT_THAT(ErrorOf("listen = localhost:700"),
              AllOf(HasSubstr("epp.conf:5"), HasSubstr("listen")));
  EXPECT_THAT(ErrorOf("listen = 127.0.0.1"), HasSubstr("listen"));
  EXPECT_THAT(ErrorOf("max_frame = 100"), AllOf(HasSubstr("epp.conf:5"), HasSubstr("max_frame")));
  EXPECT_THAT(ErrorOf("max_frame = 1G"), HasSubstr("max_frame"));
  EXPECT_THAT(ErrorOf("idle_timeout = 10"), HasSubstr("idle_timeout"));
  EXPECT_THAT(ErrorOf("idle_timeout = 0s"), HasSubstr("idle_timeout"));
  EXPECT_THAT(ErrorOf("server_id = ab"), HasSubstr("server_id"));
  EXPECT_THAT(ErrorOf("log_level = loud"), HasSubstr("log_level"));
  EXPECT_THAT(ErrorOf("metrics_listen = 9700"), HasSubstr("metrics_listen"));
  EXPECT_THAT(ErrorOf("max_session = 1"), HasSubstr("max_session"));
}

}  // namespace
}  // namespace epp
