#include "registry/base/config.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "registry/base/text.h"
#include "registry/base/utf8.h"

namespace registry {
namespace {

struct Unit {
  std::string_view suffix;
  int64_t factor;
};
constexpr std::array<Unit, 5> kTimeUnits = {
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};
constexpr std::array<Unit, 4> kByteUnits = {
    {{"k", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {"", 1}}};

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// Where a comment begins in `text` that is outside quotes; its size if there is none.
size_t CommentStart(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '#' && (i == 0 || IsBlank(text[i - 1]))) return i;
  }
  return text.size();
}

// The value of a line that begins with a double quote, or nothing if it does not end well.
std::optional<std::string> Unquote(std::string_view text) {
  std::string value;
  size_t i = 1;
  for (; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\') {
      if (++i == text.size() || (text[i] != '"' && text[i] != '\\')) return std::nullopt;
    }
    value += text[i];
  }
  if (i == text.size()) return std::nullopt;
  const std::string_view rest = text.substr(i + 1);
  if (!Trim(rest.substr(0, CommentStart(rest))).empty()) return std::nullopt;
  return value;
}

std::optional<std::string> ReadValue(std::string_view text) {
  text = Trim(text);
  if (text.starts_with('"')) return Unquote(text);
  return std::string(Trim(text.substr(0, CommentStart(text))));
}

// A decimal number and the unit behind it. Nothing if it is malformed or too large.
template <size_t N>
std::optional<int64_t> ParseScaled(std::string_view text, const std::array<Unit, N>& units) {
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  int64_t number = 0;
  if (digits == 0 || !ParseNumber(text.substr(0, digits), &number)) return std::nullopt;
  const auto unit = std::find_if(units.begin(), units.end(),
                                 [&](const Unit& u) { return u.suffix == text.substr(digits); });
  if (unit == units.end()) return std::nullopt;
  if (number > std::numeric_limits<int64_t>::max() / unit->factor) return std::nullopt;
  return number * unit->factor;
}

std::optional<bool> ParseBool(std::string_view text) {
  if (text == "yes" || text == "true" || text == "on") return true;
  if (text == "no" || text == "false" || text == "off") return false;
  return std::nullopt;
}

// Where a value stands in its quotes again when it is read.
bool NeedsQuotes(std::string_view value) {
  return value.starts_with('"') || Trim(value) != value || CommentStart(value) != value.size();
}

}  // namespace

Config::Config(std::string file, std::string_view text) : file_(std::move(file)) {
  int number = 0;
  for (std::string_view line : Split(text, '\n')) {
    ++number;
    line = Trim(line);
    if (line.empty() || line.starts_with('#')) continue;
    const size_t equals = line.find('=');
    const std::string_view key = Trim(line.substr(0, std::min(equals, line.size())));
    if (equals == std::string_view::npos || key.empty()) {
      Complain(number, "expected `key = value`");
      continue;
    }
    std::optional<std::string> value = ReadValue(line.substr(equals + 1));
    if (!value) {
      Complain(number, Concat(Excerpt(key), ": malformed quoted value"));
      continue;
    }
    lines_.push_back({number, std::string(key), *std::move(value), false});
  }
}

Config& Config::Take(std::string_view key, std::string* out) {
  if (const Line* line = Last(key)) *out = line->value;
  return *this;
}

Config& Config::Take(std::string_view key, bool* out) {
  const Line* line = Last(key);
  if (line == nullptr) return *this;
  if (const auto value = ParseBool(line->value)) {
    *out = *value;
  } else {
    Complain(line->number, Concat(key, ": expected yes or no"));
  }
  return *this;
}

Config& Config::Take(std::string_view key, int64_t* out, int64_t min, int64_t max) {
  const Line* line = Last(key);
  if (line == nullptr) return *this;
  int64_t value = 0;
  if (ParseNumber(line->value, &value) && value >= min && value <= max) {
    *out = value;
  } else {
    Complain(line->number, Concat(key, ": expected a number from ", min, " to ", max));
  }
  return *this;
}

Config& Config::Take(std::string_view key, int* out, int min, int max) {
  int64_t value = *out;
  Take(key, &value, int64_t{min}, int64_t{max});
  *out = static_cast<int>(value);
  return *this;
}

Config& Config::Take(std::string_view key, absl::Duration* out, absl::Duration min,
                     absl::Duration max) {
  const Line* line = Last(key);
  if (line == nullptr) return *this;
  const absl::StatusOr<absl::Duration> value = ParseDuration(line->value);
  if (value.ok() && *value >= min && *value <= max) {
    *out = *value;
  } else {
    Complain(line->number,
             Concat(key, ": expected a duration such as 30s, from ", registry::FormatDuration(min),
                    " to ", registry::FormatDuration(max)));
  }
  return *this;
}

Config& Config::TakeBytes(std::string_view key, int64_t* out, int64_t min, int64_t max) {
  const Line* line = Last(key);
  if (line == nullptr) return *this;
  const auto value = ParseScaled(line->value, kByteUnits);
  if (value && *value >= min && *value <= max) {
    *out = *value;
  } else {
    Complain(line->number,
             Concat(key, ": expected a size such as 64k, from ", min, " to ", max, " bytes"));
  }
  return *this;
}

Config& Config::TakeList(std::string_view key, std::vector<std::string>* out) {
  std::vector<std::string> values;
  for (Line& line : lines_) {
    if (line.key != key) continue;
    line.taken = true;
    values.push_back(line.value);
  }
  if (!values.empty()) *out = std::move(values);
  return *this;
}

Config& Config::Require(std::string_view key) {
  const bool present =
      std::any_of(lines_.begin(), lines_.end(), [&](const Line& line) { return line.key == key; });
  if (!present && first_error_.empty()) {
    first_error_ = Concat(file_, ": ", key, ": is missing");
  }
  return *this;
}

Config& Config::Fail(std::string_view key, std::string_view message) {
  const auto line =
      std::find_if(lines_.rbegin(), lines_.rend(), [&](const Line& l) { return l.key == key; });
  const std::string complaint = Concat(key, ": ", message);
  if (line != lines_.rend()) {
    Complain(line->number, complaint);
  } else if (first_error_.empty()) {
    first_error_ = Concat(file_, ": ", complaint);
  }
  return *this;
}

Config& Config::Fail(std::string_view key, size_t which, std::string_view message) {
  for (const Line& line : lines_) {
    if (line.key != key || which-- != 0) continue;
    Complain(line.number, Concat(key, ": ", message));
    return *this;
  }
  return Fail(key, message);
}

absl::Status Config::Finish() {
  for (const Line& line : lines_) {
    if (!line.taken) Complain(line.number, Concat(Excerpt(line.key), ": unknown setting"));
  }
  if (first_error_.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(first_error_);
}

void Config::Override(std::string_view key, std::string_view value) {
  std::erase_if(lines_, [&](const Line& line) { return line.key == key; });
  lines_.push_back({0, std::string(key), std::string(value), false});
}

Config::Line* Config::Last(std::string_view key) {
  Line* last = nullptr;
  for (Line& line : lines_) {
    if (line.key != key) continue;
    line.taken = true;
    if (last != nullptr) Complain(line.number, Concat(key, ": is set twice"));
    last = &line;
  }
  return last;
}

void Config::Complain(int line, std::string_view message) {
  if (!first_error_.empty()) return;
  first_error_ =
      line == 0 ? Concat("command line: ", message) : Concat(file_, ":", line, ": ", message);
}

std::string FormatSetting(std::string_view key, std::string_view value) {
  if (!NeedsQuotes(value)) return Concat(key, " = ", value, "\n");
  std::string quoted;
  for (char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return Concat(key, " = \"", quoted, "\"\n");
}

absl::StatusOr<absl::Duration> ParseDuration(std::string_view text) {
  const bool negative = text.starts_with("-");
  const std::string_view number = text.substr(negative ? 1 : 0);
  if (number == "0") return absl::ZeroDuration();
  const auto milliseconds = ParseScaled(number, kTimeUnits);
  if (!milliseconds) {
    return absl::InvalidArgumentError(
        Concat("not a duration such as 250ms, 30s, 5m, 2h, 45d or 0: ", Excerpt(text)));
  }
  return absl::Milliseconds(negative ? -*milliseconds : *milliseconds);
}

std::string FormatDuration(absl::Duration duration) {
  const int64_t milliseconds = absl::ToInt64Milliseconds(duration);
  if (milliseconds == 0) return "0";
  for (const Unit& unit : kTimeUnits) {
    if (milliseconds % unit.factor == 0) {
      return Concat(milliseconds / unit.factor, unit.suffix);
    }
  }
  return Concat(milliseconds, "ms");
}

}  // namespace registry
