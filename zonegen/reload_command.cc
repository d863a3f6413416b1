#include "zonegen/reload_command.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "absl/time/clock.h"
#include "registry/base/text.h"

extern char** environ;

namespace zonegen {
namespace {

using registry::Concat;

constexpr size_t kMaxOutput = 2048;  // octets of what the program said

std::string Replace(std::string text, std::string_view what, std::string_view by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

// What is sent to standard output and standard error of a child.
class OutputPipe {
 public:
  OutputPipe() {
    if (::pipe2(ends_, O_CLOEXEC) != 0) ends_[0] = ends_[1] = -1;
  }
  ~OutputPipe() {
    if (ends_[0] >= 0) ::close(ends_[0]);
    CloseWriting();
  }
  OutputPipe(const OutputPipe&) = delete;
  OutputPipe& operator=(const OutputPipe&) = delete;

  bool ok() const { return ends_[0] >= 0; }
  int writing() const { return ends_[1]; }
  void CloseWriting() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }
  // Reads until everybody has closed the other end or the deadline has passed. False: the latter.
  bool ReadUntil(absl::Time deadline, std::string& output) {
    while (true) {
      const int64_t left_ms = absl::ToInt64Milliseconds(deadline - absl::Now());
      if (left_ms <= 0) return false;
      pollfd wait{ends_[0], POLLIN, 0};
      const int ready = ::poll(&wait, 1, static_cast<int>(std::min<int64_t>(left_ms, 1000)));
      if (ready <= 0) continue;
      char part[512];
      const ssize_t got = ::read(ends_[0], part, sizeof part);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return true;
      output.append(part, static_cast<size_t>(got));
      if (output.size() > kMaxOutput) output.resize(kMaxOutput);
    }
  }

 private:
  int ends_[2];
};

// The child's process id, or nothing with errno set.
std::optional<pid_t> Spawn(const std::vector<std::string>& words, int output) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  // The program gets the signals as they are by default, whatever this process does with them, and
  // a group of its own, so that what it starts can be ended with it.
  sigset_t all, none;
  ::sigfillset(&all);
  ::sigemptyset(&none);
  ::posix_spawnattr_setsigdefault(&attributes, &all);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, argv[0], &files, &attributes, argv.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  if (error == 0) return child;
  errno = error;
  return std::nullopt;
}

int Await(pid_t child) {
  int state = 0;
  while (::waitpid(child, &state, 0) < 0 && errno == EINTR) {
  }
  return state;
}

std::string Said(std::string_view output) {
  output = registry::Trim(output);
  return output.empty() ? "" : Concat(": ", output);
}

}  // namespace

absl::StatusOr<std::vector<std::string>> SplitWords(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false, quoted = false;
  for (char c : text) {
    if (!quoted && (c == ' ' || c == '\t')) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (c == '"') {
      quoted = !quoted;
    } else {
      words.back() += c;
    }
  }
  if (quoted) return absl::InvalidArgumentError("a quote has no end");
  return words;
}

std::vector<std::string> FillIn(const std::vector<std::string>& words, std::string_view tld,
                                std::string_view file) {
  std::vector<std::string> filled;
  for (const std::string& word : words) {
    filled.push_back(Replace(Replace(word, "{tld}", tld), "{file}", file));
  }
  return filled;
}

absl::Status RunCommand(const std::vector<std::string>& words, absl::Duration timeout) {
  OutputPipe pipe;
  if (!pipe.ok()) return absl::ErrnoToStatus(errno, "cannot make a pipe");
  const std::optional<pid_t> child = Spawn(words, pipe.writing());
  if (!child) return absl::ErrnoToStatus(errno, Concat("cannot start ", words[0]));
  pipe.CloseWriting();
  std::string output;
  const bool ended = pipe.ReadUntil(absl::Now() + timeout, output);
  if (!ended) ::kill(-*child, SIGKILL);
  const int state = Await(*child);
  if (!ended) {
    return absl::DeadlineExceededError(
        Concat(words[0], " was ended after ", absl::ToInt64Seconds(timeout), " s", Said(output)));
  }
  if (WIFEXITED(state) && WEXITSTATUS(state) == 0) return absl::OkStatus();
  return absl::UnknownError(
      WIFEXITED(state) ? Concat(words[0], " ended with code ", WEXITSTATUS(state), Said(output))
                       : Concat(words[0], " was ended by signal ", WTERMSIG(state), Said(output)));
}

}  // namespace zonegen
