#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace tests {

// A PostgreSQL cluster of our own: a fresh data folder in /tmp, a Unix socket and a free TCP port
// on 127.0.0.1, its only role the superuser "postel" without a password. It takes the newest
// PostgreSQL of /usr/lib/postgresql, 15 or later. Started by root it runs as the system user
// "postgres", since PostgreSQL refuses root. It goes when this object goes, and with the thread
// that started it if the process is killed. A failure to start ends the process with the server's
// log. Thread-compatible; CreateDatabase, Query and TerminateBackends are thread-safe.
class PrivateCluster {
 public:
  enum class StopMode {
    kFast,       // disconnects everybody and writes a checkpoint
    kImmediate,  // like a crash: the next start recovers from the write-ahead log
  };

  struct Options {
    bool fsync = true;
    // Lines for postgresql.conf, for example "max_connections = 20".
    std::vector<std::string> settings;
  };

  PrivateCluster();
  explicit PrivateCluster(Options options);
  ~PrivateCluster();
  PrivateCluster(const PrivateCluster&) = delete;
  PrivateCluster& operator=(const PrivateCluster&) = delete;

  // The cluster of this test executable, started by the first call.
  static PrivateCluster& Shared();

  // A connection string for libpq (over the Unix socket) to a new, empty database.
  std::string CreateDatabase();

  // The same for any database of this cluster, over the Unix socket or over TCP.
  std::string SocketConninfo(std::string_view database) const;
  std::string TcpConninfo(std::string_view database) const;

  // Runs SQL in a session of its own; the first column of the first row, or "". `conninfo` comes
  // from above. Ends the process when the SQL fails.
  static std::string Query(const std::string& conninfo, const std::string& sql);

  void Stop(StopMode mode);
  void Start();  // on the same data folder and port
  void Restart(StopMode mode);

  // Ends the sessions of all clients, or of those with this application_name, as if the connection
  // broke. The number of sessions ended.
  int TerminateBackends(std::string_view application_name = {});

  // kill -9 of one client's session, which makes PostgreSQL throw out all clients and recover.
  // Returns once connections are accepted again. At least one client must be connected.
  void KillBackend(std::string_view application_name = {});

  const std::string& folder() const { return folder_; }  // of the sockets, the data and the log
  int port() const { return port_; }

 private:
  void InitialiseData();
  void AwaitConnections();

  Options options_;
  std::string bin_;     // the folder of initdb and postgres
  std::string folder_;  // short, since the path of a Unix socket may have 107 bytes
  int port_ = 0;
  pid_t owner_ = 0;   // a forked child of the test must not take the cluster down with it
  pid_t server_ = 0;  // 0 while stopped
};

}  // namespace tests
