#include "registry/model/idn_table.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "registry/base/config.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"

namespace registry {
namespace {

constexpr size_t kLongestText = 1 << 20;
constexpr size_t kLongestId = 64;
constexpr size_t kMostOthers = 4;
constexpr char32_t kLastPoint = 0x10FFFF;

bool IsIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

// Which ASCII characters stand in labels.
bool IsAsciiOfLabels(char32_t point) {
  return (point >= U'a' && point <= U'z') || (point >= U'0' && point <= U'9') || point == U'-';
}

std::optional<char32_t> ParsePoint(std::string_view text) {
  if (text.size() < 4 || text.size() > 6) return std::nullopt;
  uint32_t point = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), point, 16);
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (error != std::errc() || end != text.data() + text.size() || point > kLastPoint || surrogate) {
    return std::nullopt;
  }
  return point;
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::string_view word : Split(text, ' ')) {
    if (word = Trim(word); !word.empty()) words.push_back(word);
  }
  return words;
}

// Nothing if it is malformed or empty.
std::optional<CodePointSet> ParseSet(std::string_view text) {
  CodePointSet set;
  for (std::string_view word : Words(text)) {
    const size_t hyphen = word.find('-');
    const auto first = ParsePoint(word.substr(0, hyphen));
    const auto last =
        hyphen == std::string_view::npos ? first : ParsePoint(word.substr(hyphen + 1));
    if (!first || !last || *first > *last) return std::nullopt;
    set.Add(*first, *last);
  }
  if (set.empty()) return std::nullopt;
  return set;
}

std::optional<std::u32string> ParsePoints(std::string_view text) {
  std::u32string points;
  for (std::string_view word : Words(text)) {
    const auto point = ParsePoint(word);
    if (!point) return std::nullopt;
    points += *point;
  }
  return points;
}

// The texts before and after the colon.
std::optional<std::pair<std::string_view, std::string_view>> Sides(std::string_view line) {
  const std::vector<std::string_view> sides = Split(line, ':');
  if (sides.size() != 2) return std::nullopt;
  return std::pair(sides[0], sides[1]);
}

bool HasAll(const CodePointSet& set, const CodePointSet& part) {
  return std::ranges::all_of(part.ranges(), [&](const auto& range) {
    return std::ranges::any_of(set.ranges(), [&](const auto& each) {
      return each.first <= range.first && range.second <= each.second;
    });
  });
}

class TableReader {
 public:
  TableReader(Config& config, IdnTable& table) : config_(config), table_(table) {}

  void Read() {
    config_.Require("table").Take("table", &table_.id).Take("title", &table_.title);
    if (!IsIdnTableId(table_.id)) config_.Fail("table", "expected letters, digits and hyphens");
    ReadAllowed();
    ReadVariants();
    ReadRules("only_after", IdnTable::Rule::Kind::kOnlyAfter);
    ReadRules("only_before", IdnTable::Rule::Kind::kOnlyBefore);
    ReadRules("only_with", IdnTable::Rule::Kind::kOnlyWith);
    ReadRules("not_with", IdnTable::Rule::Kind::kNotWith);
  }

 private:
  void ReadAllowed() {
    config_.Require("allow");
    std::vector<std::string> lines;
    config_.TakeList("allow", &lines);
    for (size_t i = 0; i < lines.size(); ++i) {
      const auto set = ParseSet(lines[i]);
      if (!set) {
        config_.Fail("allow", i, "expected code points and ranges such as 00E0-00F6 00F8");
        continue;
      }
      for (const auto& [first, last] : set->ranges()) {
        for (char32_t point = first; point <= last && point < 0x80; ++point) {
          if (IsAsciiOfLabels(point)) continue;
          config_.Fail("allow", i, "no label has this ASCII");
          break;
        }
        table_.allowed.Add(first, last);
      }
    }
  }

  void ReadVariants() {
    std::vector<std::string> lines;
    config_.TakeList("variant", &lines);
    for (size_t i = 0; i < lines.size(); ++i) {
      const auto sides = Sides(lines[i]);
      const auto point = sides ? ParsePoints(sides->first) : std::nullopt;
      const auto others = sides ? ParsePoints(sides->second) : std::nullopt;
      if (!point || point->size() != 1 || !others || others->empty() ||
          others->size() > kMostOthers) {
        config_.Fail("variant", i, "expected a code point, a colon and one to four such");
      } else if (!table_.allowed.Has(point->front())) {
        config_.Fail("variant", i, "what stands before the colon is not allowed");
      } else {
        table_.variants.push_back({point->front(), *others});
      }
    }
  }

  void ReadRules(std::string_view key, IdnTable::Rule::Kind kind) {
    std::vector<std::string> lines;
    config_.TakeList(key, &lines);
    for (size_t i = 0; i < lines.size(); ++i) {
      const auto sides = Sides(lines[i]);
      auto points = sides ? ParseSet(sides->first) : std::nullopt;
      auto others = sides ? ParseSet(sides->second) : std::nullopt;
      if (!points || !others) {
        config_.Fail(key, i, "expected code points, a colon and code points");
      } else if (!HasAll(table_.allowed, *points)) {
        config_.Fail(key, i, "what stands before the colon is not allowed");
      } else {
        table_.rules.push_back({kind, *std::move(points), *std::move(others)});
      }
    }
  }

  Config& config_;
  IdnTable& table_;
};

// Whether the label's character at `at` meets the rule.
bool Meets(const IdnTable::Rule& rule, std::u32string_view label, size_t at) {
  switch (rule.kind) {
    case IdnTable::Rule::Kind::kOnlyAfter:
      return at > 0 && rule.others.Has(label[at - 1]);
    case IdnTable::Rule::Kind::kOnlyBefore:
      return at + 1 < label.size() && rule.others.Has(label[at + 1]);
    case IdnTable::Rule::Kind::kOnlyWith:
      return rule.others.HasAny(label);
    case IdnTable::Rule::Kind::kNotWith:
      return !rule.others.HasAny(label);
  }
  return false;
}

}  // namespace

void CodePointSet::Add(char32_t first, char32_t last) {
  // Those that begin after the new one, and those that touch it.
  auto from = std::ranges::lower_bound(ranges_, first, {}, [](const auto& range) {
    return range.second == kLastPoint ? range.second : range.second + 1;
  });
  auto to = from;
  for (; to != ranges_.end() && to->first <= last + 1; ++to) {
    first = std::min(first, to->first);
    last = std::max(last, to->second);
  }
  from = ranges_.erase(from, to);
  ranges_.insert(from, {first, last});
}

bool CodePointSet::Has(char32_t point) const {
  const auto range =
      std::ranges::lower_bound(ranges_, point, {}, [](const auto& each) { return each.second; });
  return range != ranges_.end() && range->first <= point;
}

bool CodePointSet::HasAny(std::u32string_view points) const {
  return std::ranges::any_of(points, [this](char32_t point) { return Has(point); });
}

bool IdnTable::Allows(std::u32string_view label) const {
  if (label.empty()) return false;
  for (size_t at = 0; at < label.size(); ++at) {
    if (!allowed.Has(label[at])) return false;
    for (const Rule& rule : rules) {
      if (rule.points.Has(label[at]) && !Meets(rule, label, at)) return false;
    }
  }
  return true;
}

bool IsIdnTableId(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && std::ranges::all_of(text, IsIdCharacter);
}

absl::StatusOr<IdnTable> ParseIdnTable(std::string file, std::string_view text) {
  if (text.size() > kLongestText) {
    return absl::InvalidArgumentError(Concat(file, ": longer than ", kLongestText, " octets"));
  }
  // The database keeps it as text.
  int number = 0;
  for (std::string_view line : Split(text, '\n')) {
    ++number;
    for (std::string_view part : Split(Trim(line), '\t')) {
      if (PrintableLength(part)) continue;
      return absl::InvalidArgumentError(Concat(file, ":", number, ": not plain text in UTF-8"));
    }
  }
  IdnTable table;
  Config config(std::move(file), text);
  TableReader(config, table).Read();
  if (absl::Status status = config.Finish(); !status.ok()) return status;
  table.text = std::string(text);
  return table;
}

bool IsALabel(const DomainName& name) { return name.text().starts_with("xn--"); }

std::u32string ULabelOf(const DomainName& name) {
  const std::string unicode = name.ToUnicode();
  return DecodeUtf8(std::string_view(unicode).substr(0, unicode.find('.'))).value_or(U"");
}

}  // namespace registry
