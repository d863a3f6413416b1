#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

namespace registry {

// kNone is for SetLogLevel alone: a program whose standard error belongs to its user.
enum class LogLevel { kDebug, kInfo, kWarning, kError, kNone };

// A field of a log line. Values are written as logfmt (key=value), quoted where needed. Secrets
// have no way into one: AuthInfo and passwords are not convertible to text.
struct LogField {
  LogField(std::string_view name, std::string_view text) : key(name), value(text) {}
  LogField(std::string_view name, const char* text) : key(name), value(text) {}
  LogField(std::string_view name, const std::string& text) : key(name), value(text) {}
  template <std::integral T>
  LogField(std::string_view name, T number) : key(name), value(std::to_string(number)) {}
  LogField(std::string_view name, double number) : key(name), value(std::to_string(number)) {}

  std::string_view key;
  std::string value;
};

// Writes one line to standard error: time, level, event, fields. `event` is a stable name with an
// entry in docs/LOG_EVENTS.md. Thread-safe; a line is never split.
void Log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

// As long as it lives, this thread's lines below kError are kept; they are written together when it
// ends, when they are many, before a line of kError and before a failed check. One that is inside
// of another does nothing.
class LogTogether {
 public:
  LogTogether();
  ~LogTogether();
  LogTogether(const LogTogether&) = delete;
  LogTogether& operator=(const LogTogether&) = delete;

 private:
  const bool outermost_;
};

// Writes what a LogTogether keeps on this thread.
void WriteKeptLines();

// Lines below this level are dropped. The default is kInfo.
void SetLogLevel(LogLevel level);
// "debug", "info", "warning", "error"; false if it is none of them.
bool ParseLogLevel(std::string_view text, LogLevel* level);

}  // namespace registry
