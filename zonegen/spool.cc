#include "zonegen/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "zonegen/file_error.h"
#include "zonegen/write_all.h"

namespace zonegen {
namespace {

constexpr int64_t kBufferBytes = 1 << 20;

}  // namespace

Spool::Spool(int descriptor) : descriptor_(descriptor) { buffer_.reserve(kBufferBytes); }

absl::StatusOr<std::unique_ptr<Spool>> Spool::Create(const std::string& beside) {
  const std::string file = beside + ".spool";
  const int descriptor =
      ::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) return FileError("write", file);
  ::unlink(file.c_str());
  return std::unique_ptr<Spool>(new Spool(descriptor));
}

Spool::~Spool() { ::close(descriptor_); }

absl::Status Spool::Append(std::string_view text) {
  bytes_ += static_cast<int64_t>(text.size());
  buffer_ += text;
  return static_cast<int64_t>(buffer_.size()) < kBufferBytes ? absl::OkStatus() : Flush();
}

absl::Status Spool::Flush() {
  if (!WriteAll(descriptor_, buffer_)) return FileError("write", "the spool");
  buffer_.clear();
  return absl::OkStatus();
}

absl::Status Spool::Copy(int64_t begin, int64_t end, OutputFile& out) {
  if (absl::Status status = Flush(); !status.ok()) return status;
  std::string part(static_cast<size_t>(std::min(kBufferBytes, end - begin)), '\0');
  while (begin < end) {
    const auto wanted = static_cast<size_t>(std::min(kBufferBytes, end - begin));
    const ssize_t got = ::pread(descriptor_, part.data(), wanted, begin);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError("read", "the spool");
    if (got == 0) return absl::DataLossError("the spool is shorter than what was written to it");
    const std::string_view text(part.data(), static_cast<size_t>(got));
    if (absl::Status status = out.Append(text); !status.ok()) return status;
    begin += got;
  }
  return absl::OkStatus();
}

}  // namespace zonegen
