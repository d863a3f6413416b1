#include "whois/audit_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "registry/base/log.h"
#include "registry/base/text.h"
#include "whois/json_writer.h"

namespace whois {
namespace {

absl::StatusOr<int> OpenFile(const std::string& path) {
  const int file = open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  if (file >= 0) return file;
  return absl::UnavailableError(
      registry::Concat("audit_log ", path, ": ", static_cast<const char*>(std::strerror(errno))));
}

}  // namespace

AuditLog::AuditLog(std::string path, int file, registry::net::Metrics& metrics)
    : path_(std::move(path)),
      failures_(metrics.Counter("audit_failures_total",
                                "Authorised accesses that were refused because the audit log could "
                                "not be written.")),
      file_(file) {}

AuditLog::~AuditLog() { close(file_); }

absl::StatusOr<std::unique_ptr<AuditLog>> AuditLog::Open(std::string path,
                                                         registry::net::Metrics& metrics) {
  const absl::StatusOr<int> file = OpenFile(path);
  if (!file.ok()) return file.status();
  return std::unique_ptr<AuditLog>(new AuditLog(std::move(path), *file, metrics));
}

bool AuditLog::Add(const AuditEntry& entry) {
  std::string line = FormatAuditEntry(entry);
  const registry::MutexLock lock(mutex_);
  if (torn_) line.insert(line.begin(), '\n');
  ssize_t written = 0;
  do {
    written = write(file_, line.data(), line.size());
  } while (written < 0 && errno == EINTR);
  if (written == static_cast<ssize_t>(line.size())) {
    torn_ = false;
    return true;
  }
  torn_ = torn_ || written > 0;
  failures_.Increment();
  registry::Log(registry::LogLevel::kError, "whois.audit_failed",
                {{"file", path_}, {"error", written < 0 ? std::strerror(errno) : "no room"}});
  return false;
}

void AuditLog::Reopen() {
  const absl::StatusOr<int> file = OpenFile(path_);
  if (!file.ok()) {
    registry::Log(registry::LogLevel::kError, "whois.audit_failed",
                  {{"file", path_}, {"error", std::string(file.status().message())}});
    return;
  }
  const registry::MutexLock lock(mutex_);
  close(file_);
  file_ = *file;
  torn_ = false;
}

std::string FormatAuditEntry(const AuditEntry& entry) {
  JsonWriter json;
  json.BeginObject();
  json.Member("time", absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", entry.time, absl::UTCTimeZone()));
  json.Member("token", entry.token).Member("purpose", entry.purpose);
  json.Member("source", entry.source).Member("method", entry.method);
  json.Member("target", entry.target);
  json.Key("status").Number(entry.status).Key("found").Bool(entry.status == 200);
  return json.EndObject().Finish() + "\n";
}

}  // namespace whois
