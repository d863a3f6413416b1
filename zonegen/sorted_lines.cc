#include "zonegen/sorted_lines.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "registry/base/text.h"
#include "zonegen/file_error.h"
#include "zonegen/write_all.h"

namespace zonegen {
namespace {

constexpr size_t kBufferBytes = 1 << 18;

std::string FolderOf(const std::string& file) {
  const std::string folder = std::filesystem::path(file).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

SortedLines::SortedLines(std::string file, int pid, int descriptor)
    : file_(std::move(file)), pid_(pid), descriptor_(descriptor) {
  buffer_.reserve(2 * kBufferBytes);
}

absl::StatusOr<std::unique_ptr<SortedLines>> SortedLines::Start(const std::string& beside) {
  const std::string file = beside + ".sort";
  const std::string folder = FolderOf(beside);
  const char* const arguments[] = {"sort", "--buffer-size=256M", "-T",   folder.c_str(),
                                   "-o",   file.c_str(),         nullptr};
  const char* const environment[] = {"LC_ALL=C", "PATH=/usr/bin:/bin", nullptr};
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return FileError("open", "a pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t pid = 0;
  const int error = ::posix_spawnp(&pid, "sort", &actions, &attributes,
                                   const_cast<char**>(arguments), const_cast<char**>(environment));
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[0]);
  if (error != 0) {
    ::close(ends[1]);
    errno = error;
    return FileError("run", "sort");
  }
  return std::unique_ptr<SortedLines>(new SortedLines(file, pid, ends[1]));
}

SortedLines::~SortedLines() {
  if (pid_ != 0) ::kill(pid_, SIGTERM);
  if (descriptor_ >= 0) ::close(descriptor_);
  if (pid_ != 0) Await();
  ::unlink(file_.c_str());
}

int SortedLines::Await() {
  int state = 0;
  while (::waitpid(pid_, &state, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
  return WIFEXITED(state) ? WEXITSTATUS(state) : -1;
}

absl::Status SortedLines::Add(std::string_view lines) {
  buffer_ += lines;
  return buffer_.size() < kBufferBytes ? absl::OkStatus() : Flush();
}

absl::Status SortedLines::Flush() {
  if (!WriteAll(descriptor_, buffer_)) return FileError("write", "to sort, which has ended");
  buffer_.clear();
  return absl::OkStatus();
}

absl::StatusOr<std::string> SortedLines::Finish() {
  if (absl::Status status = Flush(); !status.ok()) return status;
  ::close(std::exchange(descriptor_, -1));
  if (Await() != 0) return absl::UnavailableError("sort failed");
  return file_;
}

}  // namespace zonegen
