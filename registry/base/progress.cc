#include "registry/base/progress.h"

#include <algorithm>

#include "registry/base/text.h"

namespace registry {
namespace {

constexpr int kWidth = 32;
constexpr absl::Duration kMoves = absl::Milliseconds(100);
constexpr absl::Duration kSpeaks = absl::Seconds(5);

std::string Padded(int64_t number, size_t width, char with) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), with);
  return text;
}

}  // namespace

std::string WithCommas(int64_t number) {
  std::string text = std::to_string(number);
  for (int64_t at = std::ssize(text) - 3; at > 0; at -= 3)
    text.insert(static_cast<size_t>(at), ",");
  return text;
}

std::string Progress::Show(int64_t done, std::string_view activity, absl::Duration elapsed) {
  if (first_done_ < 0) {
    first_done_ = done;
    first_at_ = elapsed;
  }
  if (elapsed < next_ && activity == activity_) return "";
  activity_ = activity;
  next_ = elapsed + (terminal_ ? kMoves : kSpeaks);
  shown_ = true;
  const int64_t part = std::min(done, all_);
  std::string line = Concat(Padded(100 * part / all_, 3, ' '), " %  ", WithCommas(done), " of ",
                            WithCommas(all_), " ", things_);
  const double seconds = absl::ToDoubleSeconds(elapsed - first_at_);
  if (!activity.empty()) {
    line = Concat(line, "  ", activity);
  } else if (seconds > 0 && done > first_done_) {
    const double rate = static_cast<double>(done - first_done_) / seconds;
    const auto left = static_cast<int64_t>(static_cast<double>(all_ - part) / rate);
    line += Concat("  ", WithCommas(static_cast<int64_t>(rate)), " a second, ", left / 60, ":",
                   Padded(left % 60, 2, '0'), " left");
  }
  if (!terminal_) return line + "\n";
  const auto full = static_cast<size_t>(kWidth * part / all_);
  return Concat("\r[", std::string(full, '#'), std::string(kWidth - full, ' '), "] ", line,
                "\033[K");
}

}  // namespace registry
