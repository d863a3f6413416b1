#include "registry/base/log.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <mutex>

#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/base/utf8.h"

// logfmt: `time=... level=... event=... key=value ...`. A value that a reader could take for
// something else stands in double quotes with \", \\, \n, \r, \t and \xNN, so that no value can
// forge a field or a line.

namespace registry {
namespace {

constexpr size_t kLongestValue = 4096;  // octets; what is longer is cut and ends in "..."

std::atomic<LogLevel> least_level{LogLevel::kInfo};

std::string_view Name(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
    case LogLevel::kNone:
      return "error";
  }
  return "error";
}

bool NeedsQuotes(std::string_view value, bool readable) {
  return value.empty() || !readable || value.find_first_of(" \"=\\") != std::string_view::npos;
}

void AppendEscaped(char c, bool readable, std::string& line) {
  const auto octet = static_cast<unsigned char>(c);
  switch (c) {
    case '"':
      line += "\\\"";
      return;
    case '\\':
      line += "\\\\";
      return;
    case '\n':
      line += "\\n";
      return;
    case '\r':
      line += "\\r";
      return;
    case '\t':
      line += "\\t";
      return;
    default:
      break;
  }
  if (octet >= 0x20 && (octet < 0x7F || readable)) {
    line += c;
    return;
  }
  char escaped[5];
  std::snprintf(escaped, sizeof escaped, "\\x%02X", octet);
  line += escaped;
}

void AppendValue(std::string_view value, std::string& line) {
  const bool cut = value.size() > kLongestValue;
  if (cut) value = value.substr(0, kLongestValue);
  const bool readable = PrintableLength(value).has_value();
  if (!NeedsQuotes(value, readable) && !cut) {
    line += value;
    return;
  }
  line += '"';
  for (char c : value) AppendEscaped(c, readable, line);
  if (cut) line += "...";
  line += '"';
}

std::string Line(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  static const SystemClock clock;
  std::string line = Concat("time=", FormatUtc(clock.Now()), " level=");
  line += Name(level);
  line += " event=";
  AppendValue(event, line);
  for (const LogField& field : fields) {
    line += ' ';
    line += field.key;
    line += '=';
    AppendValue(field.value, line);
  }
  line += '\n';
  return line;
}

// One write, except where the kernel takes less at a time. The lock keeps the rest together.
void Write(std::string_view line) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  while (!line.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // nowhere left to complain
    line.remove_prefix(static_cast<size_t>(written));
  }
}

constexpr size_t kMostKept = 32 << 10;  // octets

thread_local bool keeping = false;
thread_local std::string kept;

}  // namespace

void Log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (level < least_level.load(std::memory_order_relaxed)) return;
  if (!keeping) return Write(Line(level, event, fields));
  kept += Line(level, event, fields);
  if (level >= LogLevel::kError || kept.size() >= kMostKept) WriteKeptLines();
}

LogTogether::LogTogether() : outermost_(!keeping) { keeping = true; }

LogTogether::~LogTogether() {
  if (!outermost_) return;
  keeping = false;
  WriteKeptLines();
}

void WriteKeptLines() {
  if (kept.empty()) return;
  Write(kept);
  kept.clear();
}

void SetLogLevel(LogLevel level) { least_level.store(level, std::memory_order_relaxed); }

bool ParseLogLevel(std::string_view text, LogLevel* level) {
  for (LogLevel candidate :
       {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarning, LogLevel::kError}) {
    if (text == Name(candidate)) {
      *level = candidate;
      return true;
    }
  }
  return false;
}

}  // namespace registry
