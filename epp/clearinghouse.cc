#include "epp/clearinghouse.h"

#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <utility>

#include "registry/base/log.h"
#include "registry/base/text.h"

namespace epp {
namespace {

using registry::Concat;
using registry::Log;
using registry::LogLevel;

constexpr const char* kClaims = "dnl.csv";
constexpr const char* kRevokedMarks = "smdrl.csv";
constexpr const char* kAnchors = "tmch.pem";
constexpr const char* kRevokedCertificates = "tmch.crl";

std::string PathOf(const ClearinghouseSettings& settings, const char* name) {
  return Concat(settings.folder, "/", name);
}

// Another text whenever a file was replaced or written to.
std::string StateOf(const ClearinghouseSettings& settings) {
  std::string state;
  for (const char* name : {kClaims, kRevokedMarks, kAnchors, kRevokedCertificates}) {
    struct stat file {};
    if (::stat(PathOf(settings, name).c_str(), &file) != 0) {
      state += "- ";
    } else {
      state += Concat(file.st_ino, " ", file.st_size, " ", file.st_mtim.tv_sec, " ",
                      file.st_mtim.tv_nsec, " ");
    }
  }
  return state;
}

absl::StatusOr<std::string> ReadFile(const std::string& path, int64_t max_bytes) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  const int64_t size = file ? static_cast<int64_t>(file.tellg()) : -1;
  if (size < 0) return absl::NotFoundError(Concat(path, ": cannot be read"));
  if (size > max_bytes) {
    return absl::ResourceExhaustedError(Concat(path, ": longer than ", max_bytes, " bytes"));
  }
  std::string text(static_cast<size_t>(size), '\0');
  file.seekg(0);
  if (!file.read(text.data(), size)) return absl::DataLossError(Concat(path, ": cannot be read"));
  return text;
}

}  // namespace

absl::StatusOr<Clearinghouse> ReadClearinghouse(const ClearinghouseSettings& settings) {
  const auto read = [&](const char* name) {
    return ReadFile(PathOf(settings, name), settings.max_bytes);
  };
  auto claims_text = read(kClaims), revoked_text = read(kRevokedMarks), anchors = read(kAnchors),
       certificates = read(kRevokedCertificates);
  for (const auto* text : {&claims_text, &revoked_text, &anchors, &certificates}) {
    if (!text->ok()) return text->status();
  }
  auto claims = registry::ClaimsList::Parse(PathOf(settings, kClaims), *std::move(claims_text));
  if (!claims.ok()) return claims.status();
  auto revoked = registry::RevokedMarks::Parse(PathOf(settings, kRevokedMarks), *revoked_text);
  if (!revoked.ok()) return revoked.status();
  auto signers = MarkSigners::Read(*anchors, *certificates);
  if (!signers.ok()) {
    return absl::InvalidArgumentError(Concat(settings.folder, ": ", kAnchors, ", ",
                                             kRevokedCertificates, ": ",
                                             std::string(signers.status().message())));
  }
  return Clearinghouse{*std::move(claims), *std::move(revoked), *std::move(signers)};
}

absl::StatusOr<std::unique_ptr<ClearinghouseFiles>> ClearinghouseFiles::Open(
    ClearinghouseSettings settings) {
  std::string state = StateOf(settings);
  absl::StatusOr<Clearinghouse> read = ReadClearinghouse(settings);
  if (!read.ok()) return read.status();
  return std::unique_ptr<ClearinghouseFiles>(
      new ClearinghouseFiles(std::move(settings), std::move(state), *std::move(read)));
}

ClearinghouseFiles::ClearinghouseFiles(ClearinghouseSettings settings, std::string state,
                                       Clearinghouse read)
    : settings_(std::move(settings)),
      state_(std::move(state)),
      current_(std::make_shared<const Clearinghouse>(std::move(read))),
      thread_([this] { Watch(); }) {}

ClearinghouseFiles::~ClearinghouseFiles() {
  {
    const registry::MutexLock lock(mutex_);
    stopping_ = true;
  }
  stopped_.NotifyAll();
  thread_.join();
}

std::shared_ptr<const Clearinghouse> ClearinghouseFiles::current() const {
  const registry::MutexLock lock(mutex_);
  return current_;
}

void ClearinghouseFiles::Watch() {
  while (true) {
    {
      const auto until =
          std::chrono::steady_clock::now() + absl::ToChronoMilliseconds(settings_.refresh);
      const registry::MutexLock lock(mutex_);
      while (!stopping_ && stopped_.WaitUntil(mutex_, until)) {
      }
      if (stopping_) return;
    }
    Reload();
  }
}

void ClearinghouseFiles::Reload() {
  std::string state = StateOf(settings_);
  if (state == state_) return;
  state_ = std::move(state);  // from before the reading: what is written meanwhile is read again
  absl::StatusOr<Clearinghouse> read = ReadClearinghouse(settings_);
  stale_ = !read.ok();
  if (!read.ok()) {
    Log(LogLevel::kError, "epp.tmch_reload_failed",
        {{"error", std::string(read.status().message())}});
    return;
  }
  auto replaced = std::make_shared<const Clearinghouse>(*std::move(read));
  Log(LogLevel::kInfo, "epp.tmch_reloaded",
      {{"claims", replaced->claims.size()}, {"revoked_marks", replaced->revoked.size()}});
  const registry::MutexLock lock(mutex_);
  current_.swap(replaced);
}

}  // namespace epp
