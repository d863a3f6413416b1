#include "whois/cursor.h"

#include "absl/strings/escaping.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"

namespace whois {
namespace {

constexpr int kMaxPage = 1'000'000'000;
constexpr size_t kMaxValues = 16;
constexpr size_t kCheckSize = 16;  // hexadecimal digits

// FNV-1a: the same on every server of a service.
std::string Check(std::string_view query, std::string_view content) {
  uint64_t hash = 0xCBF29CE484222325;
  for (std::string_view text : {query, std::string_view("\0", 1), content}) {
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  }
  constexpr char kHex[] = "0123456789abcdef";
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += kHex[(hash >> shift) & 15];
  return digits;
}

// Fields, each with its length: "5:hello".
void Append(std::string_view field, std::string& out) {
  out += registry::Concat(field.size(), ":", field);
}

class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}
  bool done() const { return rest_.empty(); }

  std::optional<std::string_view> Next() {
    const size_t colon = rest_.find(':');
    size_t size = 0;
    if (colon == std::string_view::npos) return std::nullopt;
    if (!registry::ParseNumber(rest_.substr(0, colon), &size)) return std::nullopt;
    rest_.remove_prefix(colon + 1);
    if (rest_.size() < size) return std::nullopt;
    const std::string_view field = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return field;
  }
  std::optional<int64_t> NextNumber() {
    const std::optional<std::string_view> field = Next();
    int64_t number = 0;
    if (!field || !registry::ParseNumber(*field, &number)) return std::nullopt;
    return number;
  }
  // Fit for the database.
  std::optional<std::string> NextText() {
    const std::optional<std::string_view> field = Next();
    if (!field || !registry::PrintableLength(*field)) return std::nullopt;
    return std::string(*field);
  }

 private:
  std::string_view rest_;
};

std::optional<SortValue> ReadValue(Fields& fields) {
  const std::optional<std::string_view> type = fields.Next();
  if (type == "n") {
    const std::optional<int64_t> number = fields.NextNumber();
    return number ? std::optional<SortValue>(*number) : std::nullopt;
  }
  if (type != "t") return std::nullopt;
  std::optional<std::string> text = fields.NextText();
  return text ? std::optional<SortValue>(*std::move(text)) : std::nullopt;
}

std::optional<Cursor> Read(std::string_view content) {
  Fields fields(content);
  const std::optional<int64_t> page = fields.NextNumber();
  const std::optional<std::string_view> direction = fields.Next();
  std::optional<std::string> text = fields.NextText();
  const std::optional<int64_t> key = fields.NextNumber();
  if (!page || *page < 1 || *page > kMaxPage || !direction || !text || !key) return std::nullopt;
  if (*direction != "b" && *direction != "f") return std::nullopt;
  Cursor cursor{static_cast<int>(*page), *direction == "b", {*std::move(text), *key}, {}};
  while (!fields.done()) {
    std::optional<SortValue> value = ReadValue(fields);
    if (!value || cursor.values.size() == kMaxValues) return std::nullopt;
    cursor.values.push_back(*std::move(value));
  }
  return cursor;
}

}  // namespace

std::string FormatCursor(const Cursor& cursor, std::string_view query) {
  std::string content;
  Append(std::to_string(cursor.page), content);
  Append(cursor.backward ? "b" : "f", content);
  Append(cursor.position.text, content);
  Append(std::to_string(cursor.position.key), content);
  for (const SortValue& value : cursor.values) {
    const auto* number = std::get_if<int64_t>(&value);
    Append(number != nullptr ? "n" : "t", content);
    Append(number != nullptr ? std::to_string(*number) : std::get<std::string>(value), content);
  }
  return absl::WebSafeBase64Escape(Check(query, content) + content);
}

std::optional<Cursor> ParseCursor(std::string_view text, std::string_view query) {
  std::string decoded;
  if (!absl::WebSafeBase64Unescape({text.data(), text.size()}, &decoded)) return std::nullopt;
  // The decoder is lenient; one cursor is written in one way.
  if (absl::WebSafeBase64Escape(decoded) != text || decoded.size() < kCheckSize) {
    return std::nullopt;
  }
  const std::string content = decoded.substr(kCheckSize);
  if (decoded.substr(0, kCheckSize) != Check(query, content)) return std::nullopt;
  return Read(content);
}

}  // namespace whois
