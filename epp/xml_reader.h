#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "registry/base/outcome.h"

// Strict reading of a frame that passed CheckFrame: names by their namespace, order and number of
// elements as in the schemas, nothing unknown skipped.
namespace epp {

// An element with its name resolved; or none. A view into the parsed frame.
class Element {
 public:
  Element() = default;
  explicit Element(pugi::xml_node node) : node_(node) {}

  friend bool operator==(const Element& a, const Element& b) { return a.node_ == b.node_; }
  explicit operator bool() const { return !node_.empty(); }
  std::string_view name() const;  // without prefix
  std::string_view ns() const;    // its namespace, empty for none
  bool Is(std::string_view ns, std::string_view name) const;

  Element FirstChild() const;
  Element Next() const;  // the next sibling
  Element Parent() const;
  bool HasText() const;      // other than white space
  std::string Text() const;  // all of its own character data, CDATA sections included
  // All that stands inside, markup included, as XML. Empty for none.
  std::string InnerXml() const;
  // Without a namespace, white space collapsed.
  std::optional<std::string> Attribute(std::string_view name) const;
  // The first attribute that is none of `allowed`, no namespace declaration and no
  // xsi:schemaLocation; empty if all are fine.
  std::string_view UnexpectedAttribute(std::initializer_list<std::string_view> allowed) const;

  // The element as it may be shown to its sender: its name, attributes and text, if the text is
  // short. Of pw, newPW and authInfo, and of whatever stands inside of them, no more than the name
  // of the secret is shown. One XML element; empty for none.
  std::string Echo() const;
  // Its name alone: for elements that are not ours, since anything may stand in them.
  std::string EchoName() const;
  // Is it a secret, or inside of one?
  bool IsSecret() const { return static_cast<bool>(Secret()); }

 private:
  Element Secret() const;  // the nearest, itself included; or none

  pugi::xml_node node_;
};

// What is wrong with a frame. Reading goes on after a fault, and the fault of the earliest stage
// counts, of one stage the first. So a frame that breaks the schema gets 2001 wherever its values
// are wrong as well.
class Faults {
 public:
  enum class Stage { kNone, kService, kSchema, kOption, kParameter };

  void Service(const registry::Reason& reason, const Element& at);
  void Schema(const registry::Reason& reason, const Element& at, std::string_view subject = {});
  void Option(const registry::Reason& reason, const Element& at);
  void Parameter(registry::Rejection rejection, const Element& at);
  // An element that the schema has no place for; `expected` may stand there.
  void Unexpected(const Element& at, const std::vector<std::string_view>& expected = {});
  // Complains if the element has other attributes than these.
  void CheckAttributes(const Element& at, std::initializer_list<std::string_view> allowed);

  // What no policy allows whatever the registry holds: it is no fault here, for the registry has to
  // look at the objects first. Commands carry it there. The first counts.
  void Policy(registry::Rejection rejection, const Element& at);
  const std::optional<registry::Rejection>& policy() const { return policy_; }
  const std::string& policy_echo() const { return policy_echo_; }

  bool any() const { return stage_ != Stage::kNone; }
  Stage stage() const { return stage_; }
  const registry::Rejection& rejection() const { return rejection_; }
  const std::string& echo() const { return echo_; }

 private:
  void Add(Stage stage, registry::Rejection rejection, std::string echo);

  Stage stage_ = Stage::kNone;
  registry::Rejection rejection_;
  std::string echo_;
  std::optional<registry::Rejection> policy_;
  std::string policy_echo_;
};

// Takes the children of an element in the order of its schema. They stand in its own namespace
// unless named otherwise. Safe for no element: then there is nothing to take, and no complaint.
class Content {
 public:
  using Allowed = std::initializer_list<std::string_view>;  // attributes
  static constexpr size_t kUnbounded = static_cast<size_t>(-1);

  Content(Element parent, Faults* faults) : Content(parent, parent.ns(), faults) {}
  // For a parent whose content is of a type of another namespace.
  Content(Element parent, std::string_view ns, Faults* faults);
  // The next child if it has this name, else none.
  Element Take(std::string_view name, Allowed attributes = {});
  // The same for an element of another namespace.
  Element TakeOf(std::string_view ns, std::string_view name, Allowed attributes = {});
  // Complains if there is none.
  Element Require(std::string_view name, Allowed attributes = {});
  // All that follow of this name, up to `max`. RequireAll complains if there is none.
  std::vector<Element> TakeAll(std::string_view name, Allowed attributes = {},
                               size_t max = kUnbounded);
  std::vector<Element> RequireAll(std::string_view name, Allowed attributes = {},
                                  size_t max = kUnbounded);
  // Complains if anything is left.
  void End();
  const Element& parent() const { return parent_; }

 private:
  // What comes is not `name`, which has to come.
  void Missing(std::string_view name);

  Element parent_;
  std::string_view ns_;  // of the parent
  Element next_;
  std::vector<std::string_view> passed_;  // what could have come since the last that did
  Faults* faults_;
};

// The text of an element with simple content, as the XML Schema type says: token (white space
// collapsed), normalizedString (each white space character a space). Empty for no element.
std::string ReadToken(const Element& element, Faults* faults);
std::string ReadNormalized(const Element& element, Faults* faults);
// For elements that are either there or not.
void ExpectEmpty(const Element& element, Faults* faults);
// An attribute that must be there, and be one of the values if any are given. Empty otherwise.
std::string RequireAttribute(const Element& element, std::string_view name,
                             std::initializer_list<std::string_view> values, Faults* faults);

// Lexical forms of XML Schema. Nothing if the text is none.
std::string CollapseSpace(std::string_view text);
std::optional<bool> ParseBoolean(std::string_view token);
std::optional<int64_t> ParseInteger(std::string_view token);  // saturates
struct Date {
  absl::CivilDay day;
  bool utc = true;  // no time zone, or Z, or a zero offset
};
std::optional<Date> ParseDate(std::string_view token);

// A whole number within bounds: 2005 if it is none, 2004 if it is out of them.
int64_t ReadInteger(const Element& element, int64_t min, int64_t max, Faults* faults);

}  // namespace epp
