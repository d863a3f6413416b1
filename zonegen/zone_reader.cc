#include "zonegen/zone_reader.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "zonegen/canonical_order.h"

namespace zonegen {
namespace {

using registry::Concat;

constexpr size_t kLongestName = 1004;  // 255 octets, each written as \DDD
constexpr size_t kNone = 100;          // no field of any type
constexpr uint32_t kLongestTtl = 2147483647;

// How the data of a type is written down in different ways.
struct DataForm {
  std::string_view type;
  std::array<size_t, 2> names = {kNone, kNone};  // fields that are names
  size_t joined = kNone;                         // from this field on blanks mean nothing
  size_t hex = kNone;                            // this field is hexadecimal
};
constexpr DataForm kForms[] = {
    {"CNAME", {0, kNone}},
    {"NS", {0, kNone}},
    {"DNAME", {0, kNone}},
    {"PTR", {0, kNone}},
    {"MX", {1, kNone}},
    {"SRV", {3, kNone}},
    {"SOA", {0, 1}},
    {"NSEC", {0, kNone}},
    {"RRSIG", {7, kNone}, 8},
    {"DS", {kNone, kNone}, 3, 3},
    {"CDS", {kNone, kNone}, 3, 3},
    {"ZONEMD", {kNone, kNone}, 3, 3},
    {"DNSKEY", {kNone, kNone}, 3},
    {"CDNSKEY", {kNone, kNone}, 3},
    {"NSEC3", {kNone, kNone}, kNone, 4},
};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// The fields of a line up to a comment, quotes included. False: a quote has no end, or parentheses
// say that the record goes on in other lines.
bool SplitFields(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  size_t i = 0;
  while (true) {
    while (i < line.size() && IsBlank(line[i])) ++i;
    if (i == line.size() || line[i] == ';') return true;
    const size_t begin = i;
    bool quoted = false;
    for (; i < line.size() && (quoted || !IsBlank(line[i])); ++i) {
      if (line[i] == '\\') {
        if (++i == line.size()) return false;
      } else if (line[i] == '"') {
        quoted = !quoted;
      } else if (!quoted && (line[i] == '(' || line[i] == ')')) {
        return false;
      } else if (!quoted && line[i] == ';') {
        break;
      }
    }
    if (quoted) return false;
    fields.push_back(line.substr(begin, i - begin));
  }
}

bool NormalizeAddress(int family, std::string& text) {
  unsigned char octets[16];
  char written[INET6_ADDRSTRLEN];
  if (::inet_pton(family, text.c_str(), octets) != 1) return false;
  text = ::inet_ntop(family, octets, written, sizeof written);
  return true;
}

// Not another class, and not a TTL with units.
bool IsType(std::string_view text) {
  const bool is_class = text == "CH" || text == "HS" || text == "CS" || text.starts_with("CLASS");
  return absl::ascii_isalpha(static_cast<unsigned char>(text[0])) && !is_class;
}

bool EqualsIgnoringCase(std::string_view text, std::string_view upper) {
  return text.size() == upper.size() &&
         std::equal(text.begin(), text.end(), upper.begin(), [](char a, char b) {
           return absl::ascii_toupper(static_cast<unsigned char>(a)) == b;
         });
}

}  // namespace

absl::StatusOr<RecordInput> RecordInput::Open(const std::string& file) {
  auto lines = LineInput::Open(file);
  if (!lines.ok()) return lines.status();
  return RecordInput(*std::move(lines));
}

absl::Status RecordInput::Wrong(std::string_view what) const {
  return absl::InvalidArgumentError(Concat(lines_.file(), ":", lines_.number(), ": ", what));
}

absl::StatusOr<bool> RecordInput::Next(std::string& name, ZoneRecord& record) {
  while (true) {
    std::string_view line;
    const auto more = lines_.Next(line);
    if (!more.ok() || !*more) return more;
    if (!SplitFields(line, fields_)) return Wrong("not one record in one line");
    if (fields_.empty()) continue;
    if (IsBlank(line[0])) return Wrong("a record without its owner");
    const absl::Status status = line[0] == '$' ? Directive() : Parse(name, record);
    if (!status.ok()) return status;
    if (line[0] != '$') return true;
  }
}

absl::Status RecordInput::Directive() {
  if (fields_.size() != 2) return Wrong("not $ORIGIN NAME or $TTL SECONDS");
  if (fields_[0] == "$ORIGIN") {
    std::string name;
    if (!MakeAbsolute(fields_[1], name)) return Wrong("not a domain name");
    origin_ = name.empty() ? "" : Concat(".", name);
    return absl::OkStatus();
  }
  if (fields_[0] == "$TTL" && registry::ParseNumber(fields_[1], &default_ttl_) &&
      default_ttl_ <= kLongestTtl) {
    has_default_ttl_ = true;
    return absl::OkStatus();
  }
  return Wrong("not $ORIGIN NAME or $TTL SECONDS");
}

bool RecordInput::MakeAbsolute(std::string_view text, std::string& name) const {
  if (text == ".") {
    name.clear();
    return true;
  }
  if (text == "@") {
    name = origin_.substr(std::min<size_t>(1, origin_.size()));
    return !name.empty();
  }
  const bool absolute = text.ends_with('.');
  if (absolute) text.remove_suffix(1);
  if (text.empty() || (!absolute && origin_.empty())) return false;
  name.assign(text);
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (!absolute) name += origin_;
  return name.size() <= kLongestName && !name.starts_with('.') &&
         name.find("..") == std::string::npos;
}

absl::Status RecordInput::Parse(std::string& name, ZoneRecord& record) {
  if (!MakeAbsolute(fields_[0], name)) return Wrong("the owner is not a domain name");
  size_t next = 1;
  if (absl::Status status = TakeTtlAndClass(next, record); !status.ok()) return status;
  if (next + 1 >= fields_.size()) return Wrong("not OWNER [TTL] [IN] TYPE DATA");
  record.type.assign(fields_[next++]);
  absl::AsciiStrToUpper(&record.type);
  if (!IsType(record.type)) return Wrong("not OWNER [TTL] [IN] TYPE DATA");
  return Normalize(next, record);
}

absl::Status RecordInput::TakeTtlAndClass(size_t& next, ZoneRecord& record) {
  bool has_ttl = false, has_class = false;
  for (; next < fields_.size(); ++next) {
    const std::string_view field = fields_[next];
    if (!has_ttl && registry::ParseNumber(field, &record.ttl)) {
      if (record.ttl > kLongestTtl) return Wrong("not a TTL");
      has_ttl = true;
    } else if (!has_class && EqualsIgnoringCase(field, "IN")) {
      has_class = true;
    } else {
      break;
    }
  }
  if (!has_ttl && !has_default_ttl_) return Wrong("a record without a TTL, and no $TTL before");
  if (!has_ttl) record.ttl = default_ttl_;
  return absl::OkStatus();
}

absl::Status RecordInput::Normalize(size_t next, ZoneRecord& record) {
  const auto found = std::ranges::find(kForms, record.type, &DataForm::type);
  static constexpr DataForm kOther{};
  const DataForm& form = found == std::end(kForms) ? kOther : *found;
  record.data.clear();
  std::string name;
  for (size_t field = 0; next < fields_.size(); ++next, ++field) {
    if (field > 0 && (form.joined == kNone || field <= form.joined)) record.data += ' ';
    std::string_view text = fields_[next];
    if (field == form.names[0] || field == form.names[1]) {
      if (!MakeAbsolute(text, name)) return Wrong("the data has something else than a domain name");
      record.data.append(name).append(".");
    } else if (field == form.hex || (form.hex != kNone && field > form.joined)) {
      for (const char c : text) record.data += absl::ascii_toupper(static_cast<unsigned char>(c));
    } else {
      record.data += text;
    }
  }
  if ((record.type == "A" && !NormalizeAddress(AF_INET, record.data)) ||
      (record.type == "AAAA" && !NormalizeAddress(AF_INET6, record.data))) {
    return Wrong("not an address");
  }
  return absl::OkStatus();
}

absl::StatusOr<ZoneReader> ZoneReader::Open(const std::string& file) {
  auto input = RecordInput::Open(file);
  if (!input.ok()) return input.status();
  ZoneReader reader(*std::move(input));
  if (absl::Status status = reader.ReadFirst(); !status.ok()) return status;
  return reader;
}

bool ZoneReader::IsRepeatedSoa(const Record& record) const {
  return record.record.type == "SOA" && record.name == soa_.name && record.record == soa_.record;
}

absl::Status ZoneReader::ReadFirst() {
  first_.reserve(kUnordered);
  while (first_.size() < kUnordered) {
    if (absl::Status status = Advance(); !status.ok()) return status;
    if (!has_next_) break;
    if (next_.record.type == "SOA" && soa_.name.empty()) soa_ = next_;
    first_.push_back(std::exchange(next_, Record()));
  }
  std::ranges::sort(first_, [](const Record& a, const Record& b) {
    if (a.name != b.name) return CanonicalLess(a.name, b.name);
    return a.record < b.record;
  });
  // From here on the file is in order by itself.
  return has_next_ ? Advance() : absl::OkStatus();
}

absl::Status ZoneReader::Advance() {
  while (true) {
    const std::string last = std::exchange(next_.name, std::string());
    const auto more = input_.Next(next_.name, next_.record);
    if (!more.ok()) return more.status();
    has_next_ = *more;
    if (!has_next_) return absl::OkStatus();
    if (IsRepeatedSoa(next_)) continue;
    if (!last.empty() && next_.name != last && !CanonicalLess(last, next_.name)) {
      return input_.Wrong(Concat(registry::Excerpt(next_.name), " comes after ",
                                 registry::Excerpt(last), ", which is not the canonical order"));
    }
    return absl::OkStatus();
  }
}

absl::StatusOr<bool> ZoneReader::Next(ZoneName& name) {
  name.records.clear();
  const bool has_first = taken_ < first_.size();
  if (!has_first && !has_next_) return false;
  const bool from_first =
      has_first && (!has_next_ || !CanonicalLess(next_.name, first_[taken_].name));
  name.name = from_first ? first_[taken_].name : next_.name;
  while (taken_ < first_.size() && first_[taken_].name == name.name) {
    name.records.push_back(std::move(first_[taken_++].record));
  }
  while (has_next_ && next_.name == name.name) {
    name.records.push_back(next_.record);
    if (absl::Status status = Advance(); !status.ok()) return status;
  }
  std::ranges::sort(name.records);
  return true;
}

}  // namespace zonegen
