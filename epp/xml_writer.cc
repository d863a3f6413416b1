#include "epp/xml_writer.h"

#include "epp/xml_characters.h"
#include "registry/base/check.h"

namespace epp {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// What stands for a character that needs an escape; empty for one that does not. Carriage returns,
// and in attributes tabs and line feeds, would otherwise not survive the reader's normalisation.
std::string_view Escape(char c) {
  switch (c) {
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '&':
      return "&amp;";
    case '"':
      return "&quot;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    default:
      return {};
  }
}

bool IsPlain(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet >= 0x20 && octet < 0x80 && Escape(c).empty();
}

// From `position` on: the longest stretch that stands for itself.
std::string_view PlainPart(std::string_view text, size_t position) {
  size_t end = position;
  while (end < text.size() && IsPlain(text[end])) ++end;
  return text.substr(position, end - position);
}

}  // namespace

void AppendEscaped(std::string_view text, std::string* out) {
  size_t position = 0;
  while (position < text.size()) {
    const std::string_view plain = PlainPart(text, position);
    *out += plain;
    position += plain.size();
    if (position == text.size()) return;
    const char c = text[position];
    if (static_cast<unsigned char>(c) < 0x80) {
      const std::string_view escape = Escape(c);
      *out += escape.empty() ? kReplacement : escape;  // empty: a control character
      ++position;
      continue;
    }
    const std::optional<char32_t> character = ReadUtf8(text, &position);
    if (!character) ++position;
    AppendUtf8(character && IsXmlCharacter(*character) ? *character : 0xFFFD, out);
  }
}

void XmlWriter::Start(std::string_view tag, Attributes attributes) {
  text_ += '<';
  text_ += tag;
  for (const auto& [name, value] : attributes) {
    text_ += ' ';
    text_ += name;
    text_ += "=\"";
    AppendEscaped(value, &text_);
    text_ += '"';
  }
}

XmlWriter& XmlWriter::Open(std::string_view tag, Attributes attributes) {
  Start(tag, attributes);
  text_ += '>';
  open_.push_back(tag);
  return *this;
}

XmlWriter& XmlWriter::Close() {
  POSTEL_CHECK(!open_.empty());
  text_ += "</";
  text_ += open_.back();
  text_ += '>';
  open_.pop_back();
  return *this;
}

XmlWriter& XmlWriter::Leaf(std::string_view tag, std::string_view text, Attributes attributes) {
  Start(tag, attributes);
  text_ += '>';
  AppendEscaped(text, &text_);
  text_ += "</";
  text_ += tag;
  text_ += '>';
  return *this;
}

XmlWriter& XmlWriter::Empty(std::string_view tag, Attributes attributes) {
  Start(tag, attributes);
  text_ += "/>";
  return *this;
}

XmlWriter& XmlWriter::Insert(std::string_view xml) {
  text_ += xml;
  return *this;
}

std::string XmlWriter::Take() {
  POSTEL_CHECK(open_.empty());
  return std::move(text_);
}

}  // namespace epp
