#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace whois {

// Writes one JSON text (RFC 8259) from its beginning to its end; commas come by themselves. For
// answers that are the same few objects a million times: building a tree first costs several times
// as much.
//
//   JsonWriter json;
//   json.BeginObject().Member("objectClassName", "domain");
//   json.Key("status").BeginArray().String("active").EndArray();
//   std::string text = json.EndObject().Finish();
class JsonWriter {
 public:
  JsonWriter() : text_(kUsualBytes, '\0') {}

  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }

  // Of the member whose value comes next; never anything that a client or a registrar wrote.
  JsonWriter& Key(std::string_view name) {
    char* at = Room(name.size() + 4);
    if (comma_) *at++ = ',';
    *at++ = '"';
    std::memcpy(at, name.data(), name.size());
    at += name.size();
    *at++ = '"';
    *at++ = ':';
    return Wrote(at, /*comma=*/false);
  }
  // Any UTF-8. `<` never stands outside of strings, and escaped it cannot be taken for markup by a
  // program that ignores the media type.
  JsonWriter& String(std::string_view value) { return Joined(value); }
  // A string that we know to need no escape: our own words, URLs, names, times. Copied as it is.
  JsonWriter& Plain(std::string_view value) {
    char* at = Room(value.size() + 3);
    if (comma_) *at++ = ',';
    *at++ = '"';
    std::memcpy(at, value.data(), value.size());
    at += value.size();
    *at++ = '"';
    return Wrote(at, /*comma=*/true);
  }
  // One string of several parts.
  template <class... Parts>
  JsonWriter& Joined(const Parts&... parts) {
    size_t most = 3;
    ((most += std::string_view(parts).size() * kLongestEscape), ...);
    char* at = Room(most);
    if (comma_) *at++ = ',';
    *at++ = '"';
    ((at = Escape(parts, at)), ...);
    *at++ = '"';
    return Wrote(at, /*comma=*/true);
  }
  JsonWriter& Number(std::integral auto value) {
    constexpr size_t kMost = 24;
    char* at = Room(kMost);
    if (comma_) *at++ = ',';
    return Wrote(std::to_chars(at, at + kMost - 1, value).ptr, /*comma=*/true);
  }
  JsonWriter& Bool(bool value) { return Raw(value ? "true" : "false"); }
  // A value that is JSON already; not empty.
  JsonWriter& Raw(std::string_view value) {
    char* at = Room(value.size() + 1);
    if (comma_) *at++ = ',';
    std::memcpy(at, value.data(), value.size());
    return Wrote(at + value.size(), /*comma=*/true);
  }

  JsonWriter& Member(std::string_view name, std::string_view value) {
    return Key(name).String(value);
  }
  JsonWriter& PlainMember(std::string_view name, std::string_view value) {
    return Key(name).Plain(value);
  }
  JsonWriter& MemberIfAny(std::string_view name, std::string_view value) {
    return value.empty() ? *this : Member(name, value);
  }

  std::string Finish() {
    text_.resize(used_);
    return std::move(text_);
  }

 private:
  static constexpr size_t kUsualBytes = 8192;  // more than the answer for a usual domain
  static constexpr size_t kLongestEscape = 6;  // \u001f

  JsonWriter& Open(char bracket) {
    char* at = Room(2);
    if (comma_) *at++ = ',';
    *at++ = bracket;
    return Wrote(at, /*comma=*/false);
  }
  JsonWriter& Close(char bracket) {
    char* at = Room(1);
    *at++ = bracket;
    return Wrote(at, /*comma=*/true);
  }
  // Where to write next, with place for so many bytes.
  char* Room(size_t bytes) {
    if (text_.size() - used_ < bytes) text_.resize(2 * text_.size() + bytes);
    return text_.data() + used_;
  }
  JsonWriter& Wrote(const char* end, bool comma) {
    used_ = static_cast<size_t>(end - text_.data());
    comma_ = comma;
    return *this;
  }
  // Gives the end of what it wrote to `out`, which has place for the longest escapes.
  static char* Escape(std::string_view value, char* out);

  std::string text_;  // the first used_ bytes of it
  size_t used_ = 0;
  bool comma_ = false;  // before the next value or key
};

}  // namespace whois
