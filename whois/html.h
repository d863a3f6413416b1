#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace whois {

// Text for HTML, between tags as well as in quoted attributes: markup characters are escaped, and
// what nobody can read (control characters, malformed UTF-8) becomes U+FFFD.
std::string EscapeHtml(std::string_view text);

// May it be the target of a link? Absolute http and https URLs only: never javascript: or data:.
bool IsWebUrl(std::string_view url);

// Writes HTML. Texts and values of attributes are escaped; only what stands in our source becomes
// markup. Elements are closed in the order in which they are open.
class Html {
 public:
  // Markup, or a name, that stands in the source.
  class Literal {
   public:
    template <size_t N>
    constexpr Literal(const char (&text)[N]) : text_(text, N - 1) {}  // NOLINT: implicit on purpose
    constexpr std::string_view text() const { return text_; }

   private:
    std::string_view text_;
  };
  struct Attribute {
    Literal name;
    std::string_view value;
  };
  using Attributes = std::initializer_list<Attribute>;
  using AttributeList = std::vector<Attribute>;  // where which ones there are is found out first

  Html& Open(Literal tag, Attributes attributes = {});
  Html& Close();  // what was opened last
  Html& Text(std::string_view text);
  // An element with nothing but a text.
  Html& Add(Literal tag, Attributes attributes, std::string_view text);
  Html& Add(Literal tag, std::string_view text) { return Add(tag, {}, text); }
  // An element that has no end tag.
  Html& Void(Literal tag, Attributes attributes);
  Html& Void(Literal tag, const AttributeList& attributes);
  Html& Raw(Literal markup);

  // The whole text; aborts if an element is still open.
  std::string Take();

 private:
  void Start(std::string_view tag, std::span<const Attribute> attributes);

  std::string out_;
  std::vector<std::string_view> open_;
};

}  // namespace whois
