#include "whois/html.h"

#include <algorithm>
#include <array>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/utf8.h"

namespace whois {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

// They stand in a line of text: a line end beside them would be a blank.
constexpr std::array<std::string_view, 12> kInline = {
    "a", "bdi", "button", "code", "em", "h1", "label", "option", "small", "span", "strong", "time"};

bool IsInline(std::string_view tag) {
  return std::find(kInline.begin(), kInline.end(), tag) != kInline.end();
}

bool IsControl(unsigned char c) { return c < 0x20 || c == 0x7f; }

}  // namespace

std::string EscapeHtml(std::string_view text) {
  const bool readable = registry::PrintableLength(text).has_value();
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\'') {
      out += "&#39;";
    } else if (!readable && (IsControl(octet) || octet >= 0x80)) {
      out += kReplacement;
    } else {
      out += c;
    }
  }
  return out;
}

bool IsWebUrl(std::string_view url) {
  const bool http = url.starts_with("https://") || url.starts_with("http://");
  return http && registry::PrintableLength(url) && url.find(' ') == std::string_view::npos;
}

Html& Html::Open(Literal tag, Attributes attributes) {
  Start(tag.text(), {attributes.begin(), attributes.size()});
  open_.push_back(tag.text());
  return *this;
}

Html& Html::Close() {
  POSTEL_CHECK(!open_.empty());
  const std::string_view tag = open_.back();
  open_.pop_back();
  out_.append("</").append(tag).append(IsInline(tag) ? ">" : ">\n");
  return *this;
}

Html& Html::Text(std::string_view text) {
  out_ += EscapeHtml(text);
  return *this;
}

Html& Html::Add(Literal tag, Attributes attributes, std::string_view text) {
  return Open(tag, attributes).Text(text).Close();
}

Html& Html::Void(Literal tag, Attributes attributes) {
  Start(tag.text(), {attributes.begin(), attributes.size()});
  return *this;
}

Html& Html::Void(Literal tag, const AttributeList& attributes) {
  Start(tag.text(), attributes);
  return *this;
}

Html& Html::Raw(Literal markup) {
  out_ += markup.text();
  return *this;
}

std::string Html::Take() {
  POSTEL_CHECK(open_.empty());
  return std::exchange(out_, {});
}

void Html::Start(std::string_view tag, std::span<const Attribute> attributes) {
  out_.append("<").append(tag);
  for (const Attribute& attribute : attributes) {
    out_.append(" ").append(attribute.name.text()).append("=\"");
    out_.append(EscapeHtml(attribute.value)).append("\"");
  }
  out_ += ">";
}

}  // namespace whois
