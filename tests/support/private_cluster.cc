#include "tests/support/private_cluster.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>

namespace tests {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr char kFolderPrefix[] = "/tmp/postel-pg-";
constexpr std::chrono::seconds kStartLimit{60};
constexpr std::chrono::milliseconds kPollInterval{5};

[[noreturn]] void Fail(const std::string& what) {
  std::cerr << "private cluster: " << what << std::endl;
  std::abort();
}

// Whom the server runs as: ourselves, or "postgres" when we are root.
struct User {
  uid_t uid;
  gid_t gid;
};

User ServerUser() {
  if (geteuid() != 0) return {geteuid(), getegid()};
  const passwd* postgres = getpwnam("postgres");
  if (postgres == nullptr) Fail("root needs the system user postgres; install postgresql");
  return {postgres->pw_uid, postgres->pw_gid};
}

std::string NewestBin() {
  int newest = 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    const int version = std::atoi(entry.path().filename().c_str());
    if (version > newest && fs::exists(entry.path() / "bin/postgres")) newest = version;
  }
  if (newest < 15) Fail("no PostgreSQL 15 or later in /usr/lib/postgresql");
  return "/usr/lib/postgresql/" + std::to_string(newest) + "/bin";
}

// In the child, after fork: only async-signal-safe calls. Never returns.
[[noreturn]] void BecomeAndExec(User user, pid_t parent, int death_signal, const char* log,
                                char* const* argv) {
  const int null = open("/dev/null", O_RDONLY);
  dup2(null, STDIN_FILENO);
  if (geteuid() == 0 &&
      (setgroups(0, nullptr) != 0 || setgid(user.gid) != 0 || setuid(user.uid) != 0)) {
    _exit(126);
  }
  // Another session, so that Ctrl-C reaches the test first; and after setuid, which clears it, the
  // signal that comes with our parent's death.
  setsid();
  if (death_signal != 0) prctl(PR_SET_PDEATHSIG, death_signal);
  if (getppid() != parent) _exit(125);
  const int out = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (out >= 0) {
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (chdir("/") != 0) _exit(124);
  // Sockets that the test holds open must not live on in the server.
  for (int fd = 3; fd < 1024; ++fd) close(fd);
  execv(argv[0], argv);
  _exit(127);
}

pid_t Spawn(std::vector<std::string> arguments, const std::string& log, int death_signal) {
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const User user = ServerUser();
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) Fail("fork failed");
  if (child == 0) BecomeAndExec(user, parent, death_signal, log.c_str(), argv.data());
  return child;
}

int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void RunAsServerUser(std::vector<std::string> arguments, const std::string& log) {
  const std::string program = arguments.front();
  if (WaitFor(Spawn(std::move(arguments), log, SIGKILL)) != 0) {
    Fail(program + " failed:\n" + ReadAll(log));
  }
}

void OwnBy(User user, const std::string& path) {
  if (geteuid() == 0 && chown(path.c_str(), user.uid, user.gid) != 0) Fail("chown " + path);
}

// Folders of test processes that were killed before they could clean up.
void RemoveAbandonedFolders() {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/tmp", ignored)) {
    const std::string path = entry.path();
    if (!path.starts_with(kFolderPrefix)) continue;
    const pid_t owner = std::atoi(path.c_str() + sizeof(kFolderPrefix) - 1);
    if (owner > 0 && kill(owner, 0) != 0 && errno == ESRCH) fs::remove_all(path, ignored);
  }
}

std::string MakeFolder(User user) {
  std::string folder = kFolderPrefix + std::to_string(getpid()) + "-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) Fail("cannot make " + folder);
  chmod(folder.c_str(), 0711);
  OwnBy(user, folder);
  return folder;
}

// A port that nobody listens on just now. Start tries again should another take it first.
int FreePort() {
  const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (bind(socket_fd, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(socket_fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    Fail("no free port");
  }
  close(socket_fd);
  return ntohs(address.sin_port);
}

// A folder that the server's user made and nobody else can write to: /tmp belongs to everybody.
bool IsTrustedFolder(const std::string& path, User user) {
  struct stat facts;
  return lstat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode) && facts.st_uid == user.uid &&
         (facts.st_mode & 077) == 0;
}

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + "'";
}

std::string OtherClients(std::string_view application_name) {
  std::string clients =
      "pg_stat_activity WHERE backend_type = 'client backend'"
      " AND pid <> pg_backend_pid()";
  if (!application_name.empty()) clients += " AND application_name = " + Quoted(application_name);
  return clients;
}

}  // namespace

PrivateCluster::PrivateCluster() : PrivateCluster(Options{}) {}

PrivateCluster::PrivateCluster(Options options)
    : options_(std::move(options)), bin_(NewestBin()), owner_(getpid()) {
  RemoveAbandonedFolders();
  folder_ = MakeFolder(ServerUser());
  InitialiseData();
  Start();
}

PrivateCluster::~PrivateCluster() {
  if (getpid() != owner_) return;
  if (server_ != 0) Stop(StopMode::kImmediate);  // nobody reads the data again
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

PrivateCluster& PrivateCluster::Shared() {
  static PrivateCluster cluster;
  return cluster;
}

// initdb takes most of a second, a copy of what it made a tenth of that. The original is kept for
// every later test process of this user and version.
void PrivateCluster::InitialiseData() {
  const User user = ServerUser();
  const std::string original = "/tmp/postel-initdb-" + std::to_string(user.uid) + "-" +
                               fs::path(bin_).parent_path().filename().string();
  const std::string log = folder_ + "/log";
  if (!IsTrustedFolder(original, user)) {
    const std::string fresh = folder_ + "/initdb";
    RunAsServerUser({bin_ + "/initdb", "--pgdata=" + fresh, "--username=postel", "--auth=trust",
                     "--encoding=UTF8", "--locale=C", "--wal-segsize=4", "--no-sync"},
                    log);
    // Whoever renames first wins; a loser's copy goes with the folder.
    if (rename(fresh.c_str(), original.c_str()) != 0 && !IsTrustedFolder(original, user)) {
      Fail("cannot keep " + original);
    }
  }
  const std::string data = folder_ + "/data";
  RunAsServerUser({"/bin/cp", "-a", "--reflink=auto", original, data}, log);

  std::ofstream settings(data + "/postgresql.auto.conf", std::ios::app);
  settings << "fsync = " << (options_.fsync ? "on" : "off") << "\n"
           << "listen_addresses = '127.0.0.1'\n"
           << "unix_socket_directories = '" << folder_ << "'\n"
           << "max_connections = 200\n"
           << "shared_buffers = 64MB\n"
           << "timezone = 'UTC'\n"
           << "log_timezone = 'UTC'\n"
           << "logging_collector = off\n"
           << "log_line_prefix = '%m [%p] %a '\n";
  for (const std::string& line : options_.settings) settings << line << "\n";
  if (!settings.flush()) Fail("cannot write the settings in " + data);
}

void PrivateCluster::Start() {
  if (server_ != 0) Fail("already started");
  if (port_ == 0) port_ = FreePort();
  server_ = Spawn({bin_ + "/postgres", "-D", folder_ + "/data", "-p", std::to_string(port_)},
                  folder_ + "/log", SIGQUIT);
  AwaitConnections();
}

void PrivateCluster::AwaitConnections() {
  const std::string conninfo = SocketConninfo("postgres");
  const auto limit = steady_clock::now() + kStartLimit;
  int other_ports = 0;
  while (PQping(conninfo.c_str()) != PQPING_OK) {
    if (waitpid(server_, nullptr, WNOHANG) == server_) {
      const std::string log = ReadAll(folder_ + "/log");
      if (log.find("Address already in use") == std::string::npos || ++other_ports > 5) {
        server_ = 0;
        Fail("the server did not start:\n" + log);
      }
      port_ = FreePort();
      fs::resize_file(folder_ + "/log", 0);
      server_ = 0;
      return Start();
    }
    if (steady_clock::now() > limit) Fail("no answer in time:\n" + ReadAll(folder_ + "/log"));
    std::this_thread::sleep_for(kPollInterval);
  }
}

void PrivateCluster::Stop(StopMode mode) {
  if (server_ == 0) Fail("already stopped");
  kill(server_, mode == StopMode::kFast ? SIGINT : SIGQUIT);
  WaitFor(server_);
  server_ = 0;
}

void PrivateCluster::Restart(StopMode mode) {
  Stop(mode);
  Start();
}

std::string PrivateCluster::SocketConninfo(std::string_view database) const {
  return "host=" + folder_ + " port=" + std::to_string(port_) +
         " user=postel dbname=" + std::string(database);
}

std::string PrivateCluster::TcpConninfo(std::string_view database) const {
  return "host=127.0.0.1 port=" + std::to_string(port_) +
         " user=postel dbname=" + std::string(database);
}

std::string PrivateCluster::CreateDatabase() {
  static std::atomic<int> count = 0;
  const std::string name = "test_" + std::to_string(++count);
  // Cheaper than the default strategy's block-by-block logging when nothing has to survive long.
  Query(SocketConninfo("postgres"), "CREATE DATABASE " + name + " TEMPLATE template0");
  return SocketConninfo(name);
}

std::string PrivateCluster::Query(const std::string& conninfo, const std::string& sql) {
  const Connection connection(PQconnectdb(conninfo.c_str()), &PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) Fail(PQerrorMessage(connection.get()));
  const Result result(PQexec(connection.get(), sql.c_str()), &PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    Fail(sql + ": " + PQresultErrorMessage(result.get()));
  }
  if (PQntuples(result.get()) == 0 || PQnfields(result.get()) == 0) return "";
  return PQgetvalue(result.get(), 0, 0);
}

int PrivateCluster::TerminateBackends(std::string_view application_name) {
  return std::stoi(Query(
      SocketConninfo("postgres"),
      "SELECT count(pg_terminate_backend(pid, 5000)) FROM " + OtherClients(application_name)));
}

void PrivateCluster::KillBackend(std::string_view application_name) {
  const std::string victim =
      Query(SocketConninfo("postgres"),
            "SELECT pid FROM " + OtherClients(application_name) + " ORDER BY pid LIMIT 1");
  if (victim.empty()) Fail("no client to kill");
  const pid_t pid = std::stoi(victim);
  kill(pid, SIGKILL);
  // Gone from the process table only once the server has noticed, and refuses connections.
  const auto limit = steady_clock::now() + kStartLimit;
  while (kill(pid, 0) == 0 && steady_clock::now() < limit) {
    std::this_thread::sleep_for(kPollInterval);
  }
  AwaitConnections();
}

}  // namespace tests
