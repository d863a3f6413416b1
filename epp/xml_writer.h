#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace epp {

// Writes XML by appending. Tags are given with their prefix and are ours, texts are escaped;
// characters that XML forbids and malformed UTF-8 become U+FFFD, so that what comes out is always
// well-formed. Tags and attribute names must outlive the writer (they are literals).
class XmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  XmlWriter& Open(std::string_view tag, Attributes attributes = {});
  XmlWriter& Close();  // the innermost open element
  XmlWriter& Leaf(std::string_view tag, std::string_view text, Attributes attributes = {});
  XmlWriter& Empty(std::string_view tag, Attributes attributes = {});
  // Well-formed XML from another writer.
  XmlWriter& Insert(std::string_view xml);

  const std::string& text() const { return text_; }
  std::string Take();  // everything must be closed

 private:
  void Start(std::string_view tag, Attributes attributes);

  std::string text_;
  std::vector<std::string_view> open_;
};

// Appends `text` as character data or an attribute's value.
void AppendEscaped(std::string_view text, std::string* out);

}  // namespace epp
