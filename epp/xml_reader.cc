#include "epp/xml_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "epp/namespaces.h"
#include "epp/reasons.h"
#include "epp/xml_characters.h"
#include "epp/xml_writer.h"
#include "registry/base/text.h"

namespace epp {
namespace {

using registry::Concat;
using registry::Rejection;

constexpr size_t kLongestEcho = 256;  // octets of text

std::pair<std::string_view, std::string_view> SplitName(std::string_view name) {
  const size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

// The prefix that an attribute declares: "" for xmlns itself; nothing if it is an ordinary one.
std::optional<std::string_view> DeclaredPrefix(const pugi::xml_attribute& attribute) {
  const char* const name = attribute.name();
  if (*name != 'x') return std::nullopt;  // nearly all, and this is asked for nearly every element
  const auto [prefix, local] = SplitName(name);
  if (prefix == "xmlns") return local;
  if (prefix.empty() && local == "xmlns") return prefix;
  return std::nullopt;
}

std::string_view Resolve(pugi::xml_node node, std::string_view prefix) {
  for (; node.type() == pugi::node_element; node = node.parent()) {
    for (auto attribute = node.first_attribute(); attribute;
         attribute = attribute.next_attribute()) {
      if (DeclaredPrefix(attribute) == prefix) return attribute.value();
    }
  }
  return {};
}

bool IsData(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

pugi::xml_node NextElement(pugi::xml_node node) {
  while (node && node.type() != pugi::node_element) node = node.next_sibling();
  return node;
}

bool IsSecretName(std::string_view name) {
  return name == "pw" || name == "newPW" || name == "authInfo";
}

// "a, b or c"
std::string Enumerate(const std::vector<std::string_view>& names) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out;
}

std::optional<int> Digits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// "", "Z", "+05:30". Nothing if it is none; else whether it is UTC.
std::optional<bool> ParseZone(std::string_view text) {
  if (text.empty() || text == "Z") return true;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const std::optional<int> hours = Digits(text.substr(1, 2)), minutes = Digits(text.substr(4, 2));
  if (!hours || !minutes || *minutes > 59 || *hours * 60 + *minutes > 14 * 60) return std::nullopt;
  return *hours == 0 && *minutes == 0;
}

}  // namespace

std::string_view Element::name() const { return SplitName(node_.name()).second; }

std::string_view Element::ns() const { return Resolve(node_, SplitName(node_.name()).first); }

bool Element::Is(std::string_view ns, std::string_view name) const {
  return *this && this->name() == name && this->ns() == ns;
}

Element Element::FirstChild() const { return Element(NextElement(node_.first_child())); }

Element Element::Next() const { return Element(NextElement(node_.next_sibling())); }

Element Element::Parent() const {
  const pugi::xml_node parent = node_.parent();
  return parent.type() == pugi::node_element ? Element(parent) : Element();
}

bool Element::HasText() const {
  for (const pugi::xml_node& child : node_.children()) {
    const std::string_view value = child.value();
    if (IsData(child) && !std::all_of(value.begin(), value.end(), IsXmlSpace)) return true;
  }
  return false;
}

std::string Element::Text() const {
  std::string text;
  for (const pugi::xml_node& child : node_.children()) {
    if (IsData(child)) text += child.value();
  }
  return text;
}

std::optional<std::string> Element::Attribute(std::string_view name) const {
  for (const pugi::xml_attribute& attribute : node_.attributes()) {
    if (attribute.name() == name) return CollapseSpace(attribute.value());
  }
  return std::nullopt;
}

std::string_view Element::UnexpectedAttribute(
    std::initializer_list<std::string_view> allowed) const {
  for (auto attribute = node_.first_attribute(); attribute;
       attribute = attribute.next_attribute()) {
    if (DeclaredPrefix(attribute)) continue;
    const auto [prefix, local] = SplitName(attribute.name());
    const bool fine = prefix.empty()
                          ? std::find(allowed.begin(), allowed.end(), local) != allowed.end()
                          : (local == "schemaLocation" || local == "noNamespaceSchemaLocation") &&
                                Resolve(node_, prefix) == kXsi;
    if (!fine) return attribute.name();
  }
  return {};
}

Element Element::Secret() const {
  for (pugi::xml_node node = node_; node.type() == pugi::node_element; node = node.parent()) {
    if (IsSecretName(Element(node).name())) return Element(node);
  }
  return Element();
}

std::string Element::EchoName() const {
  if (!*this) return {};
  const Element secret = Secret();
  const Element& shown = secret ? secret : *this;
  std::string out = "<";
  out += shown.name();
  out += " xmlns=\"";
  AppendEscaped(shown.ns(), &out);
  return out += "\"/>";
}

std::string Element::Echo() const {
  std::string out = EchoName();
  if (out.empty() || IsSecret()) return out;
  out.resize(out.size() - 2);  // open again
  for (const pugi::xml_attribute& attribute : node_.attributes()) {
    const std::string_view written = attribute.name(), value = attribute.value();
    if (written.find(':') != std::string_view::npos || written == "xmlns") continue;
    if (IsSecretName(written) || value.size() > kLongestEcho) continue;
    out += ' ';
    out += written;
    out += "=\"";
    AppendEscaped(value, &out);
    out += '"';
  }
  const std::string text = FirstChild() || !HasText() ? std::string() : Text();
  if (text.empty() || text.size() > kLongestEcho) return out + "/>";
  out += '>';
  AppendEscaped(text, &out);
  out += "</";
  out += name();
  out += '>';
  return out;
}

void Faults::Add(Stage stage, Rejection rejection, std::string echo) {
  if (any() && stage_ <= stage) return;
  stage_ = stage;
  rejection_ = std::move(rejection);
  echo_ = std::move(echo);
}

void Faults::Service(const Reason& reason, const Element& at) {
  Add(Stage::kService, registry::Reject(reason), at.Echo());
}

void Faults::Schema(const Reason& reason, const Element& at, std::string_view subject) {
  Add(Stage::kSchema, Reject(reason, std::string(subject)), at.Echo());
}

void Faults::Option(const Reason& reason, const Element& at) {
  Add(Stage::kOption, registry::Reject(reason), at.Echo());
}

void Faults::Parameter(Rejection rejection, const Element& at) {
  Add(Stage::kParameter, std::move(rejection), at.Echo());
}

void Faults::Unexpected(const Element& at, const std::vector<std::string_view>& expected) {
  std::string subject;
  if (!at.IsSecret()) {
    subject = at.name();
    const Element parent = at.Parent();
    if (parent && at.ns() != parent.ns()) subject += Concat(" in namespace '", at.ns(), "'");
    if (!expected.empty()) subject += Concat(" (expected: ", Enumerate(expected), ")");
  }
  Add(Stage::kSchema, registry::Reject(kElementUnexpected, std::move(subject)), at.EchoName());
}

void Faults::CheckAttributes(const Element& at, std::initializer_list<std::string_view> allowed) {
  const std::string_view odd = at.UnexpectedAttribute(allowed);
  if (!odd.empty()) Schema(kAttributeUnexpected, at, at.IsSecret() ? std::string_view() : odd);
}

void Faults::Policy(Rejection rejection, const Element& at) {
  if (policy_) return;
  policy_ = std::move(rejection);
  policy_echo_ = at.Echo();
}

Content::Content(Element parent, std::string_view ns, Faults* faults)
    : parent_(parent), ns_(ns), next_(parent.FirstChild()), faults_(faults) {
  if (parent && parent.HasText()) faults->Schema(kTextUnexpected, parent);
}

Element Content::Take(std::string_view name, Allowed attributes) {
  return TakeOf(ns_, name, attributes);
}

Element Content::TakeOf(std::string_view ns, std::string_view name, Allowed attributes) {
  if (!next_ || !next_.Is(ns, name)) {
    passed_.push_back(name);
    return Element();
  }
  passed_.clear();
  const Element taken = next_;
  next_ = next_.Next();
  faults_->CheckAttributes(taken, attributes);
  return taken;
}

std::string Element::InnerXml() const {
  struct Writer : pugi::xml_writer {
    std::string text;
    void write(const void* data, size_t size) override {
      text.append(static_cast<const char*>(data), size);
    }
  } writer;
  for (const pugi::xml_node child : node_.children()) {
    child.print(writer, "", pugi::format_raw);
  }
  return std::move(writer.text);
}

Element Content::Require(std::string_view name, Allowed attributes) {
  const Element taken = Take(name, attributes);
  if (!taken) Missing(name);
  return taken;
}

std::vector<Element> Content::TakeAll(std::string_view name, Allowed attributes, size_t max) {
  std::vector<Element> all;
  while (all.size() < max) {
    const Element taken = Take(name, attributes);
    if (!taken) break;
    all.push_back(taken);
  }
  return all;
}

std::vector<Element> Content::RequireAll(std::string_view name, Allowed attributes, size_t max) {
  std::vector<Element> all = TakeAll(name, attributes, max);
  if (all.empty()) Missing(name);
  return all;
}

void Content::Missing(std::string_view name) {
  if (next_) {
    faults_->Unexpected(next_, passed_);
  } else if (parent_) {
    faults_->Schema(kElementMissing, parent_, name);
  }
}

void Content::End() {
  if (next_) faults_->Unexpected(next_, passed_);
}

std::string ReadToken(const Element& element, Faults* faults) {
  if (!element) return {};
  if (const Element child = element.FirstChild()) faults->Unexpected(child);
  return CollapseSpace(element.Text());
}

std::string ReadNormalized(const Element& element, Faults* faults) {
  if (!element) return {};
  if (const Element child = element.FirstChild()) faults->Unexpected(child);
  std::string text = element.Text();
  std::replace_if(text.begin(), text.end(), IsXmlSpace, ' ');
  return text;
}

void ExpectEmpty(const Element& element, Faults* faults) { Content(element, faults).End(); }

std::string RequireAttribute(const Element& element, std::string_view name,
                             std::initializer_list<std::string_view> values, Faults* faults) {
  if (!element) return {};
  const std::optional<std::string> value = element.Attribute(name);
  if (!value) {
    faults->Schema(kAttributeMissing, element, name);
    return {};
  }
  if (values.size() > 0 && std::find(values.begin(), values.end(), *value) == values.end()) {
    faults->Schema(kAttributeValue, element, name);
    return {};
  }
  return *value;
}

std::string CollapseSpace(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool pending = false;
  for (char c : text) {
    if (IsXmlSpace(c)) {
      pending = !out.empty();
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    out += c;
  }
  return out;
}

std::optional<bool> ParseBoolean(std::string_view token) {
  if (token == "true" || token == "1") return true;
  if (token == "false" || token == "0") return false;
  return std::nullopt;
}

std::optional<int64_t> ParseInteger(std::string_view token) {
  const bool negative = token.starts_with('-');
  if (negative || token.starts_with('+')) token.remove_prefix(1);
  if (token.empty()) return std::nullopt;
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  int64_t value = 0;
  for (char c : token) {
    if (c < '0' || c > '9') return std::nullopt;
    const int digit = c - '0';
    value = value > (kMax - digit) / 10 ? kMax : value * 10 + digit;
  }
  return negative ? -value : value;
}

std::optional<Date> ParseDate(std::string_view token) {
  if (token.size() < 10 || token[4] != '-' || token[7] != '-') return std::nullopt;
  const std::optional<int> year = Digits(token.substr(0, 4)), month = Digits(token.substr(5, 2)),
                           day = Digits(token.substr(8, 2));
  const std::optional<bool> utc = ParseZone(token.substr(10));
  if (!year || !month || !day || !utc || *year == 0) return std::nullopt;
  const absl::CivilDay civil(*year, *month, *day);  // normalises what is no date
  if (civil.month() != *month || civil.day() != *day) return std::nullopt;
  return Date{civil, *utc};
}

int64_t ReadInteger(const Element& element, int64_t min, int64_t max, Faults* faults) {
  if (!element) return min;
  const std::optional<int64_t> value = ParseInteger(ReadToken(element, faults));
  if (!value) {
    faults->Parameter(registry::Reject(kNumberSyntax), element);
    return min;
  }
  if (*value < min || *value > max) {
    faults->Parameter(registry::Reject(kNumberRange), element);
    return min;
  }
  return *value;
}

}  // namespace epp
