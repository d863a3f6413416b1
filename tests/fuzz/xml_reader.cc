// The XML reader alone. What passes the check of stage 2 is read without loss: the library behind
// it takes it, what it hands out is text of XML, and written again it is the same document.
#include "epp/xml_reader.h"

#include <algorithm>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "epp/frame_check.h"
#include "epp/xml_characters.h"
#include "epp/xml_writer.h"
#include "registry/base/check.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/fuzz/target.h"

namespace fuzz {
namespace {

using epp::Element;

constexpr unsigned kOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                              pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;

void CheckCharacters(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); ++count) {
    const auto c = epp::ReadUtf8(text, &at);
    POSTEL_CHECK(c && epp::IsXmlCharacter(*c));
  }
  POSTEL_CHECK(count == epp::CountCharacters(text));
}

// The lexical forms of XML Schema.
void CheckValues(const std::string& text) {
  const std::string token = epp::CollapseSpace(text);
  POSTEL_CHECK(epp::CollapseSpace(token) == token && token.size() <= text.size());
  if (const auto number = epp::ParseInteger(token)) {
    POSTEL_CHECK(epp::ParseInteger(std::to_string(*number)) == number);
  }
  if (const auto date = epp::ParseDate(token)) {
    const auto again = epp::ParseDate(absl::FormatCivilTime(date->day));
    POSTEL_CHECK(!again || (again->day == date->day && again->utc));
    POSTEL_CHECK(again || date->day.year() < 1000 || date->day.year() > 9999);
  }
  epp::ParseBoolean(token);
}

// Secrets are named at most.
void CheckEcho(const Element& element) {
  for (const std::string& echo : {element.Echo(), element.EchoName()}) {
    POSTEL_CHECK(epp::CheckFrame(echo).ok());
    POSTEL_CHECK(!element.IsSecret() || echo.ends_with("/>"));
  }
}

// Takes all children, as a reader that is content with anything does.
size_t CountByReading(const Element& element) {
  epp::Faults faults;
  epp::Content content(element, &faults);
  size_t count = 0;
  for (Element child = element.FirstChild(); child; child = child.Next()) {
    count += static_cast<bool>(content.TakeOf(child.ns(), child.name()));
  }
  content.End();
  // Text beside elements is the only fault left, or attributes.
  return count;
}

// Returns how many elements there are.
size_t Walk(const Element& element, const Element& again, int depth) {
  POSTEL_CHECK(depth <= epp::FrameLimits().depth);
  POSTEL_CHECK(!element.name().empty() && element.name().find(':') == std::string_view::npos);
  POSTEL_CHECK(again.Is(element.ns(), element.name()));
  const std::string text = element.Text();
  POSTEL_CHECK(again.Text() == text);
  POSTEL_CHECK(element.HasText() == again.HasText());
  CheckCharacters(text);
  CheckCharacters(element.ns());
  CheckValues(text);
  CheckEcho(element);
  CheckCharacters(element.InnerXml());
  size_t count = 1, children = 0;
  Element other = again.FirstChild();
  for (Element child = element.FirstChild(); child; child = child.Next(), other = other.Next()) {
    POSTEL_CHECK(other && child.Parent() == element);
    count += Walk(child, other, depth + 1);
    ++children;
  }
  POSTEL_CHECK(!other);
  POSTEL_CHECK(CountByReading(element) == children);
  return count;
}

void WriteAgain(const pugi::xml_node& node, std::string& out) {
  out += std::string("<") + node.name();
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    out += std::string(" ") + attribute.name() + "=\"";
    epp::AppendEscaped(attribute.value(), &out);
    out += '"';
  }
  out += '>';
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_element) {
      WriteAgain(child, out);
    } else {
      epp::AppendEscaped(child.value(), &out);
    }
  }
  out += std::string("</") + node.name() + ">";
}

// The number of start tags, by another way than the scanner's or the library's.
size_t CountTags(std::string_view text) {
  size_t count = 0;
  for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!--")) {
      at = text.find("-->", at + 4);
    } else if (rest.starts_with("<![CDATA[")) {
      at = text.find("]]>", at + 9);
    } else if (rest.starts_with("<?")) {
      at = text.find("?>", at + 2);
    } else {
      count += !rest.starts_with("</");
      ++at;
    }
    POSTEL_CHECK(at != std::string_view::npos);
  }
  return count;
}

void AppendUtf16(char32_t c, std::string& out) {
  const auto unit = [&](char32_t u) {
    out += static_cast<char>(u >> 8);
    out += static_cast<char>(u & 0xFF);
  };
  if (c < 0x10000) return unit(c);
  unit(0xD800 + ((c - 0x10000) >> 10));
  unit(0xDC00 + ((c - 0x10000) & 0x3FF));
}

void CheckOtherEncoding(const std::string& utf8) {
  if (utf8.starts_with("<?xml")) return;  // may name its encoding
  std::string utf16 = "\xFE\xFF";
  for (size_t at = 0; at < utf8.size();) AppendUtf16(*epp::ReadUtf8(utf8, &at), utf16);
  const absl::StatusOr<std::string> again = epp::DecodeFrame(utf16);
  POSTEL_CHECK(again.ok() && *again == utf8);
}

}  // namespace

std::vector<std::string> Seeds() { return GoldenFiles("epp", ".xml"); }

bool Check(std::string_view input) {
  const absl::StatusOr<std::string> decoded = epp::DecodeFrame(input);
  if (!decoded.ok() || !epp::CheckFrame(*decoded).ok()) return false;
  CheckCharacters(*decoded);
  CheckOtherEncoding(*decoded);
  pugi::xml_document document, again;
  POSTEL_CHECK(
      document.load_buffer(decoded->data(), decoded->size(), kOptions, pugi::encoding_utf8));
  std::string written;
  WriteAgain(document.document_element(), written);
  POSTEL_CHECK(epp::CheckFrame(written).ok());
  POSTEL_CHECK(again.load_buffer(written.data(), written.size(), kOptions, pugi::encoding_utf8));
  const size_t elements =
      Walk(Element(document.document_element()), Element(again.document_element()), 1);
  POSTEL_CHECK(elements == CountTags(*decoded) && elements == CountTags(written));
  return true;
}

}  // namespace fuzz
