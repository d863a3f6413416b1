#include "registry/fill/progress.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "registry/base/text.h"

namespace fill {
namespace {

constexpr int kWidth = 32;
constexpr absl::Duration kMoves = absl::Milliseconds(100);
constexpr absl::Duration kSpeaks = absl::Seconds(5);

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
  if (elapsed < next_) return "";
  next_ = elapsed + (terminal_ ? kMoves : kSpeaks);
  shown_ = true;
  std::string line = absl::StrFormat("%3d %%  %s of %s domains", 100 * done / all_,
                                     WithCommas(done), WithCommas(all_));
  const double seconds = absl::ToDoubleSeconds(elapsed - first_at_);
  if (!activity.empty()) {
    line = registry::Concat(line, "  ", activity);
  } else if (seconds > 0 && done > first_done_) {
    const double rate = static_cast<double>(done - first_done_) / seconds;
    const auto left = static_cast<int64_t>(static_cast<double>(all_ - done) / rate);
    line += absl::StrFormat("  %s a second, %d:%02d left", WithCommas(static_cast<int64_t>(rate)),
                            left / 60, left % 60);
  }
  if (!terminal_) return line + "\n";
  const auto full = static_cast<size_t>(kWidth * done / all_);
  return registry::Concat("\r[", std::string(full, '#'), std::string(kWidth - full, ' '), "] ",
                          line, "\033[K");
}

}  // namespace fill
