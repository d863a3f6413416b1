#include "registry/model/tmch_lists.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>

#include "registry/base/text.h"
#include "registry/types/date_time.h"

namespace registry {
namespace {

constexpr std::string_view kVersion = "1";
constexpr size_t kLongestLabel = 63;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

bool IsLabel(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '-'; };
  return !text.empty() && text.size() <= kLongestLabel && text.front() != '-' &&
         text.back() != '-' && std::all_of(text.begin(), text.end(), fits);
}

// mark:codeValue and the like are tokens; a key is printable ASCII without blanks.
bool IsKey(std::string_view text) {
  return !text.empty() && text.size() <= 255 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

absl::Status Malformed(std::string_view file, size_t line, std::string_view what) {
  return absl::InvalidArgumentError(Concat(file, ":", line, ": ", what));
}

// The lines of a list, the two of its head apart.
class ListReader {
 public:
  ListReader(std::string_view file, std::string_view text) : file_(file), text_(text) {}

  absl::Status ReadHead(std::string_view columns, absl::Time* created) {
    if (text_.size() > std::numeric_limits<uint32_t>::max())
      return Complain("the list is too long");
    std::string_view line;
    if (!Next(&line)) return Complain("the list is empty");
    const std::vector<std::string_view> parts = Split(line, ',');
    if (parts.size() != 2 || parts[0] != kVersion) return Complain("not a list of version 1");
    const std::optional<absl::Time> time = ParseDateTime(parts[1]);
    if (!time) return Complain("no time of creation");
    *created = *time;
    if (!Next(&line) || line != columns) return Complain(Concat("expected: ", columns));
    return absl::OkStatus();
  }

  // False at the end.
  bool Next(std::string_view* line) {
    if (at_ >= text_.size()) return false;
    const size_t end = std::min(text_.find('\n', at_), text_.size());
    start_ = at_;
    *line = text_.substr(at_, end - at_);
    if (line->ends_with('\r')) line->remove_suffix(1);
    at_ = end + 1;
    ++number_;
    return true;
  }
  size_t start() const { return start_; }  // of the line given last
  absl::Status Complain(std::string_view what) const { return Malformed(file_, number_, what); }

 private:
  const std::string_view file_, text_;
  size_t at_ = 0, start_ = 0, number_ = 0;
};

}  // namespace

bool IsMarkId(std::string_view text) {
  const size_t dash = text.find('-');
  return dash != std::string_view::npos && text.size() <= 64 && IsDigits(text.substr(0, dash)) &&
         IsDigits(text.substr(dash + 1));
}

absl::StatusOr<ClaimsList> ClaimsList::Parse(std::string_view file, std::string text) {
  ClaimsList list;
  list.text_ = std::move(text);
  ListReader reader(file, list.text_);
  absl::Status head = reader.ReadHead("DNL,lookup-key,insertion-datetime", &list.created_);
  if (!head.ok()) return head;
  list.lines_.reserve(std::count(list.text_.begin(), list.text_.end(), '\n'));
  std::string_view line;
  while (reader.Next(&line)) {
    const std::vector<std::string_view> parts = Split(line, ',');
    if (parts.size() != 3) return reader.Complain("expected label, key and time");
    if (!IsLabel(parts[0])) return reader.Complain("not a label in lower case");
    if (!IsKey(parts[1])) return reader.Complain("not a lookup key");
    if (!ParseDateTime(parts[2])) return reader.Complain("not a time");
    list.lines_.push_back(static_cast<uint32_t>(reader.start()));
  }
  const auto label = [&list](uint32_t at) { return list.LabelAt(at); };
  std::ranges::sort(list.lines_, {}, label);
  const auto twice = std::ranges::adjacent_find(list.lines_, {}, label);
  if (twice != list.lines_.end()) {
    return absl::InvalidArgumentError(Concat(file, ": stands twice: ", label(*twice)));
  }
  return list;
}

std::string_view ClaimsList::LabelAt(uint32_t line) const {
  const std::string_view rest = std::string_view(text_).substr(line, kLongestLabel + 1);
  return rest.substr(0, rest.find(','));
}

std::string_view ClaimsList::Find(std::string_view label) const {
  const auto at = [this](uint32_t line) { return LabelAt(line); };
  const auto found = std::ranges::lower_bound(lines_, label, {}, at);
  if (found == lines_.end() || at(*found) != label) return {};
  const std::string_view rest = std::string_view(text_).substr(*found + label.size() + 1);
  return rest.substr(0, rest.find(','));
}

absl::StatusOr<RevokedMarks> RevokedMarks::Parse(std::string_view file, std::string_view text) {
  RevokedMarks list;
  ListReader reader(file, text);
  absl::Status head = reader.ReadHead("smd-id,insertion-datetime", &list.created_);
  if (!head.ok()) return head;
  std::string_view line;
  while (reader.Next(&line)) {
    const std::vector<std::string_view> parts = Split(line, ',');
    if (parts.size() != 2) return reader.Complain("expected identifier and time");
    if (!IsMarkId(parts[0])) return reader.Complain("not an identifier of a signed mark");
    if (!ParseDateTime(parts[1])) return reader.Complain("not a time");
    list.ids_.emplace(parts[0]);
  }
  return list;
}

}  // namespace registry
