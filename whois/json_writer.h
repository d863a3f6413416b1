#pragma once

#include <concepts>
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
  JsonWriter() { text_.reserve(kUsualBytes); }

  JsonWriter& BeginObject() { return Open('{'); }
  JsonWriter& EndObject() { return Close('}'); }
  JsonWriter& BeginArray() { return Open('['); }
  JsonWriter& EndArray() { return Close(']'); }

  // Of the member whose value comes next; never anything that a client or a registrar wrote.
  JsonWriter& Key(std::string_view name) {
    Separate();
    text_ += '"';
    text_ += name;
    text_ += "\":";
    return *this;
  }
  // Any UTF-8. `<` never stands outside of strings, and escaped it cannot be taken for markup by a
  // program that ignores the media type.
  JsonWriter& String(std::string_view value) {
    Separate();
    text_ += '"';
    AddEscaped(value);
    text_ += '"';
    return *this;
  }
  // One string of several parts.
  template <class... Parts>
  JsonWriter& Joined(const Parts&... parts) {
    Separate();
    text_ += '"';
    (AddEscaped(parts), ...);
    text_ += '"';
    return *this;
  }
  JsonWriter& Number(std::integral auto value) {
    Separate();
    text_ += std::to_string(value);
    return *this;
  }
  JsonWriter& Bool(bool value) {
    Separate();
    text_ += value ? "true" : "false";
    return *this;
  }
  // A value that is JSON already.
  JsonWriter& Raw(std::string_view value) {
    Separate();
    text_ += value;
    return *this;
  }

  JsonWriter& Member(std::string_view name, std::string_view value) {
    return Key(name).String(value);
  }
  JsonWriter& MemberIfAny(std::string_view name, std::string_view value) {
    return value.empty() ? *this : Member(name, value);
  }

  size_t size() const { return text_.size(); }
  std::string Finish() { return std::move(text_); }

 private:
  static constexpr size_t kUsualBytes = 8192;  // more than the answer for a usual domain

  JsonWriter& Open(char bracket) {
    Separate();
    text_ += bracket;
    return *this;
  }
  JsonWriter& Close(char bracket) {
    text_ += bracket;
    return *this;
  }
  // Behind a value only the next one can follow, and strings end in a quotation mark.
  void Separate() {
    if (text_.empty()) return;
    const char last = text_.back();
    if (last != '{' && last != '[' && last != ':') text_ += ',';
  }
  void AddEscaped(std::string_view value);

  std::string text_;
};

}  // namespace whois
