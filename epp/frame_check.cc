#include "epp/frame_check.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "epp/xml_characters.h"

namespace epp {
namespace {

constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view kXmlnsNamespace = "http://www.w3.org/2000/xmlns/";

// ASCII letters in any case.
bool SameLetters(std::string_view a, std::string_view b) {
  return absl::EqualsIgnoreCase(absl::string_view(a.data(), a.size()),
                                absl::string_view(b.data(), b.size()));
}

// The first fault is kept, and every function on the way out returns false.
class Scanner {
 public:
  Scanner(std::string_view text, const FrameLimits& limits) : text_(text), limits_(limits) {}

  absl::Status Run() {
    if (Document()) return absl::OkStatus();
    return absl::InvalidArgumentError(std::string(fault_) + " at octet " +
                                      std::to_string(position_ + 1));
  }

 private:
  struct Name {
    std::string_view prefix, local;
  };
  struct Attribute {
    std::string_view name;  // as written
    std::string_view prefix, local;
    std::string_view value;  // normalised
  };
  struct Binding {
    std::string_view prefix;  // empty: the default namespace
    std::string_view uri;     // empty: none
  };
  struct Open {
    std::string_view name;  // as written
    size_t bindings;        // in force outside
  };

  bool Fail(std::string_view what) {
    if (fault_.empty()) fault_ = what;
    return false;
  }
  bool AtEnd() const { return position_ >= text_.size(); }
  char Next() const { return AtEnd() ? '\0' : text_[position_]; }
  bool Looking(std::string_view at) const { return text_.substr(position_).starts_with(at); }
  bool Skip(std::string_view expected) {
    if (!Looking(expected)) return false;
    position_ += expected.size();
    return true;
  }
  // True if there was some.
  bool SkipSpace() {
    const size_t start = position_;
    while (!AtEnd() && IsXmlSpace(text_[position_])) ++position_;
    return position_ != start;
  }

  bool Document() {
    if (!Characters()) return false;
    if (Looking("<?xml") && text_.size() > 5 && IsXmlSpace(text_[5]) && !Declaration()) {
      return false;
    }
    if (!Misc()) return false;
    if (AtEnd()) return Fail("no root element");
    if (Looking("<!DOCTYPE")) return Fail("document type declarations are not accepted");
    if (Next() != '<') return Fail("text before the root element");
    if (!Root()) return false;
    if (!Misc()) return false;
    return AtEnd() || Fail("something follows the root element");
  }

  // Encoding and Char, for the whole text at once.
  bool Characters() {
    while (!AtEnd()) {
      const unsigned char c = text_[position_];
      if (c >= 0x20 && c < 0x80) {
        ++position_;
        continue;
      }
      const size_t start = position_;
      const std::optional<char32_t> character = ReadUtf8(text_, &position_);
      if (!character) return Fail("not UTF-8");
      if (!IsXmlCharacter(*character)) {
        position_ = start;
        return Fail("a character that XML forbids");
      }
    }
    position_ = 0;
    return true;
  }

  // <?xml version="1.0" encoding="..." standalone="..."?>. The encoding is DecodeFrame's business.
  bool Declaration() {
    position_ += 5;
    std::string_view value;
    if (!Pseudo("version", &value)) return Fail("malformed XML declaration");
    if (value != "1.0") return Fail("not XML version 1.0");
    if (Pseudo("encoding", &value) && !EncodingName(value)) {
      return Fail("malformed encoding name");
    }
    if (Pseudo("standalone", &value) && value != "yes" && value != "no") {
      return Fail("malformed XML declaration");
    }
    SkipSpace();
    return Skip("?>") || Fail("malformed XML declaration");
  }

  bool Pseudo(std::string_view name, std::string_view* value) {
    const size_t start = position_;
    if (SkipSpace() && Skip(name)) {
      SkipSpace();
      if (Skip("=")) {
        SkipSpace();
        const char quote = Next();
        const size_t end = quote == '"' || quote == '\'' ? text_.find(quote, position_ + 1)
                                                         : std::string_view::npos;
        if (end != std::string_view::npos) {
          *value = text_.substr(position_ + 1, end - position_ - 1);
          position_ = end + 1;
          return true;
        }
      }
    }
    position_ = start;
    return false;
  }

  static bool EncodingName(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    return !name.empty() && letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
      return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
  }

  // Comments, processing instructions and white space outside the root.
  bool Misc() {
    for (;;) {
      SkipSpace();
      if (Looking("<!--")) {
        if (!Comment()) return false;
      } else if (Looking("<?")) {
        if (!Instruction()) return false;
      } else {
        return true;
      }
    }
  }

  bool Comment() {
    position_ += 4;
    const size_t dashes = text_.find("--", position_);
    if (dashes == std::string_view::npos) return Fail("unfinished comment");
    position_ = dashes + 2;
    return Skip(">") || Fail("two hyphens in a comment");
  }

  bool Instruction() {
    position_ += 2;
    Name target;
    if (!ReadName(&target)) return false;
    if (!target.prefix.empty()) return Fail("a colon in a processing instruction's target");
    if (SameLetters(target.local, "xml")) {
      return Fail("an XML declaration that is not at the beginning");
    }
    if (Skip("?>")) return true;
    if (!SkipSpace()) return Fail("malformed processing instruction");
    const size_t end = text_.find("?>", position_);
    if (end == std::string_view::npos) return Fail("unfinished processing instruction");
    position_ = end + 2;
    return true;
  }

  bool Root() {
    if (!StartTag()) return false;
    while (!open_.empty()) {
      if (!Content()) return false;
    }
    return true;
  }

  // One piece of what stands between two tags, or a tag.
  bool Content() {
    if (AtEnd()) return Fail("the frame ends inside an element");
    if (Next() != '<') return CharacterData();
    if (Looking("</")) return EndTag();
    if (Looking("<!--")) return Comment();
    if (Looking("<![CDATA[")) return CData();
    if (Looking("<!")) return Fail("a declaration inside an element");
    if (Looking("<?")) return Instruction();
    return StartTag();
  }

  bool CData() {
    const size_t end = text_.find("]]>", position_);
    if (end == std::string_view::npos) return Fail("unfinished CDATA section");
    position_ = end + 3;
    return true;
  }

  bool CharacterData() {
    while (!AtEnd() && Next() != '<') {
      if (Next() == '&') {
        if (!Reference(nullptr)) return false;
      } else if (Next() == ']' && Looking("]]>")) {
        return Fail("]]> in text");
      } else {
        ++position_;
      }
    }
    return true;
  }

  // &lt; and the like, &#65; &#x41;. Appends what it stands for if asked.
  bool Reference(std::string* out) {
    const size_t end = text_.find(';', position_);
    if (end == std::string_view::npos || end - position_ > 12) return Fail("malformed reference");
    std::string_view name = text_.substr(position_ + 1, end - position_ - 1);
    std::optional<char32_t> c =
        name.starts_with('#') ? CharacterReference(name.substr(1)) : BuiltIn(name);
    if (!c) return Fail("unknown entity or illegal character reference");
    if (out != nullptr) AppendUtf8(*c, out);
    position_ = end + 1;
    return true;
  }

  static std::optional<char32_t> BuiltIn(std::string_view name) {
    if (name == "lt") return '<';
    if (name == "gt") return '>';
    if (name == "amp") return '&';
    if (name == "apos") return '\'';
    if (name == "quot") return '"';
    return std::nullopt;
  }

  static std::optional<char32_t> CharacterReference(std::string_view digits) {
    const bool hexadecimal = digits.starts_with('x');
    if (hexadecimal) digits.remove_prefix(1);
    if (digits.empty()) return std::nullopt;
    char32_t c = 0;
    for (char digit : digits) {
      int value = -1;
      if (digit >= '0' && digit <= '9') value = digit - '0';
      if (hexadecimal && digit >= 'a' && digit <= 'f') value = digit - 'a' + 10;
      if (hexadecimal && digit >= 'A' && digit <= 'F') value = digit - 'A' + 10;
      if (value < 0) return std::nullopt;
      c = c * (hexadecimal ? 16 : 10) + value;
      if (c > 0x10FFFF) return std::nullopt;
    }
    if (!IsXmlCharacter(c)) return std::nullopt;
    return c;
  }

  // A QName, Namespaces in XML production 7.
  bool ReadName(Name* name) {
    size_t start = position_;
    if (!ReadPart()) return Fail("malformed name");
    name->prefix = {};
    if (Next() == ':') {
      name->prefix = text_.substr(start, position_ - start);
      start = ++position_;
      if (!ReadPart()) return Fail("malformed name");
    }
    name->local = text_.substr(start, position_ - start);
    if (Next() == ':') return Fail("two colons in a name");
    return true;
  }

  bool ReadPart() {
    const size_t start = position_;
    while (!AtEnd()) {
      size_t after = position_ + 1;
      std::optional<char32_t> c = static_cast<unsigned char>(text_[position_]);
      if (*c >= 0x80) c = ReadUtf8(text_, &(after = position_));
      if (!c || !(position_ == start ? IsNameStart(*c) : IsNameCharacter(*c))) break;
      position_ = after;
    }
    return position_ != start;
  }

  bool StartTag() {
    ++position_;
    const size_t start = position_;
    Name name;
    if (!ReadName(&name)) return false;
    const std::string_view written = text_.substr(start, position_ - start);
    if (static_cast<int>(open_.size()) >= limits_.depth) return Fail("nested too deeply");
    open_.push_back({written, bindings_.size()});

    if (!ReadAttributes() || !Declare() || !CheckNames(name)) return false;
    if (Skip("/>")) {
      Close();
      return true;
    }
    return Skip(">") || Fail("malformed start tag");
  }

  void Close() {
    bindings_.resize(open_.back().bindings);
    open_.pop_back();
  }

  bool EndTag() {
    position_ += 2;
    if (!Skip(open_.back().name)) return Fail("an end tag without its start tag");
    SkipSpace();
    if (!Skip(">")) return Fail("an end tag without its start tag");
    Close();
    return true;
  }

  bool ReadAttributes() {
    attributes_.clear();
    for (;;) {
      const bool space = SkipSpace();
      if (AtEnd()) return Fail("unfinished tag");
      if (Next() == '>' || Next() == '/') return true;
      if (!space) return Fail("no space before an attribute");
      if (static_cast<int>(attributes_.size()) >= limits_.attributes) {
        return Fail("too many attributes");
      }
      attributes_.emplace_back();
      if (!ReadAttribute(&attributes_.back())) return false;
      for (size_t i = 0; i + 1 < attributes_.size(); ++i) {
        if (attributes_[i].name == attributes_.back().name) {
          return Fail("the same attribute twice");
        }
      }
    }
  }

  bool ReadAttribute(Attribute* attribute) {
    const size_t start = position_;
    Name name;
    if (!ReadName(&name)) return false;
    attribute->name = text_.substr(start, position_ - start);
    attribute->prefix = name.prefix;
    attribute->local = name.local;
    SkipSpace();
    if (!Skip("=")) return Fail("an attribute without a value");
    SkipSpace();
    const char quote = Next();
    if (quote != '"' && quote != '\'') return Fail("an attribute's value without quotes");
    ++position_;
    const size_t end = text_.find(quote, position_);
    if (end == std::string_view::npos) return Fail("unfinished attribute");
    attribute->value = text_.substr(position_, end - position_);
    if (attribute->value.find_first_of("<&\t\n\r") == std::string_view::npos) {
      position_ = end;
    } else if (!Normalise(end, &attribute->value)) {
      return false;
    }
    ++position_;
    return true;
  }

  // An attribute's value that is not its own normal form (XML 1.0 section 3.3.3).
  bool Normalise(size_t end, std::string_view* value) {
    std::string& normal = normalised_.emplace_back();
    while (position_ < end) {
      if (Next() == '<') return Fail("< in an attribute's value");
      if (Next() == '&') {
        if (!Reference(&normal)) return false;
      } else {
        normal.push_back(IsXmlSpace(Next()) ? ' ' : Next());
        ++position_;
      }
    }
    *value = normal;
    return true;
  }

  static bool Declares(const Attribute& attribute) {
    return attribute.name == "xmlns" || attribute.prefix == "xmlns";
  }

  // Takes up the namespace declarations among the attributes.
  bool Declare() {
    for (const Attribute& attribute : attributes_) {
      if (!Declares(attribute)) continue;
      const std::string_view prefix =
          attribute.prefix.empty() ? std::string_view() : attribute.local;
      const std::string_view uri = attribute.value;
      if (prefix == "xmlns" || uri == kXmlnsNamespace ||
          (prefix == "xml") != (uri == kXmlNamespace)) {
        return Fail("a reserved namespace is declared");
      }
      if (!prefix.empty() && uri.empty()) return Fail("a prefix is bound to no namespace");
      if (static_cast<int>(bindings_.size()) >= limits_.namespaces) {
        return Fail("too many namespace declarations");
      }
      bindings_.push_back({prefix, uri});
    }
    return true;
  }

  // Nothing if the prefix is not declared.
  std::optional<std::string_view> Resolve(std::string_view prefix) const {
    for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
      if (binding->prefix == prefix) return binding->uri;
    }
    if (prefix == "xml") return kXmlNamespace;
    if (prefix.empty()) return std::string_view();
    return std::nullopt;
  }

  bool CheckNames(const Name& element) {
    if (element.prefix == "xmlns" || !Resolve(element.prefix)) {
      return Fail("an undeclared namespace prefix");
    }
    std::vector<std::pair<std::string_view, std::string_view>> expanded;
    for (const Attribute& attribute : attributes_) {
      if (Declares(attribute) || attribute.prefix.empty()) continue;
      const std::optional<std::string_view> uri = Resolve(attribute.prefix);
      if (!uri) return Fail("an undeclared namespace prefix");
      expanded.emplace_back(*uri, attribute.local);
    }
    std::sort(expanded.begin(), expanded.end());
    if (std::adjacent_find(expanded.begin(), expanded.end()) != expanded.end()) {
      return Fail("the same attribute twice");
    }
    return true;
  }

  const std::string_view text_;
  const FrameLimits& limits_;
  size_t position_ = 0;
  std::string_view fault_;
  std::vector<Open> open_;
  std::vector<Binding> bindings_;
  std::vector<Attribute> attributes_;   // of the tag that is being read
  std::deque<std::string> normalised_;  // values that do not stand in the text
};

// The value of encoding="..." in the XML declaration; empty if there is none.
std::string_view DeclaredEncoding(std::string_view text) {
  if (!text.starts_with("<?xml")) return {};
  const std::string_view declaration = text.substr(0, text.find("?>"));
  size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  return declaration.substr(at + 1, end - at - 1);
}

}  // namespace

absl::StatusOr<std::string> DecodeFrame(std::string_view octets) {
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF", kBig = "\xFE\xFF", kLittle = "\xFF\xFE";
  const bool wide = octets.starts_with(kBig) || octets.starts_with(kLittle);
  std::string text;
  if (wide) {
    std::optional<std::string> converted =
        Utf16ToUtf8(octets.substr(2), /*big_endian=*/octets.starts_with(kBig));
    if (!converted) return absl::InvalidArgumentError("not UTF-16");
    text = *std::move(converted);
  } else {
    if (octets.starts_with(kUtf8Mark)) octets.remove_prefix(kUtf8Mark.size());
    text = octets;
  }
  const std::string_view declared = DeclaredEncoding(text);
  if (!declared.empty() && !SameLetters(declared, wide ? "UTF-16" : "UTF-8")) {
    return absl::InvalidArgumentError("frames are UTF-8 or UTF-16");
  }
  return text;
}

absl::Status CheckFrame(std::string_view utf8, const FrameLimits& limits) {
  return Scanner(utf8, limits).Run();
}

}  // namespace epp
