#include "epp/ttl.h"

#include <algorithm>
#include <string>

#include "epp/namespaces.h"
#include "epp/reasons.h"
#include "registry/base/text.h"

namespace epp {
namespace {

using registry::TtlChoice;

constexpr int64_t kLongest = 2147483647;  // RFC 2181 section 8

// ttl:customRRType: A, or two characters and more.
bool IsRecordType(std::string_view text) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text == "A") return true;
  if (text.size() < 2 || !capital(text.front()) || text.back() == '-') return false;
  return std::ranges::all_of(text, [&](char c) { return capital(c) || digit(c) || c == '-'; });
}

// The type that a ttl:ttl is for. One with a `custom` beside another `for` is as if that had been
// meant: no such type is ours.
std::string ReadType(const Element& element, const std::string& named, Faults* faults) {
  const std::optional<std::string> custom = element.Attribute("custom");
  if (named == "custom" && !custom) {
    faults->Parameter(registry::Reject(kRecordTypeMissing), element);
  }
  if (!custom) return named;
  if (!IsRecordType(*custom)) faults->Parameter(registry::Reject(kRecordTypeSyntax), element);
  return registry::Concat("custom ", *custom);
}

TtlChoice ReadChoice(const Element& element, std::vector<std::string>* seen, Faults* faults) {
  const std::string named =
      RequireAttribute(element, "for", {"NS", "DS", "DNAME", "A", "AAAA", "custom"}, faults);
  if (std::ranges::find(*seen, named) != seen->end()) faults->Schema(kRecordTypeTwice, element);
  seen->push_back(named);
  TtlChoice choice{ReadType(element, named, faults), {}};
  if (!ReadToken(element, faults).empty()) {
    choice.seconds = static_cast<uint32_t>(ReadInteger(element, 0, kLongest, faults));
  }
  return choice;
}

}  // namespace

std::vector<TtlChoice> ReadTtls(const Element& container, Faults* faults) {
  std::vector<TtlChoice> choices;
  if (!container) return choices;
  faults->CheckAttributes(container, {});
  Content content(container, faults);
  std::vector<std::string> seen;
  for (const Element& element : content.RequireAll("ttl", {"for", "custom"})) {
    choices.push_back(ReadChoice(element, &seen, faults));
  }
  content.End();
  return choices;
}

registry::TtlQuery ReadTtlInfo(const Element& info, Faults* faults) {
  if (!info) return registry::TtlQuery::kNone;
  faults->CheckAttributes(info, {"policy"});
  ExpectEmpty(info, faults);
  const std::optional<std::string> policy = info.Attribute("policy");
  const std::optional<bool> all = policy ? ParseBoolean(*policy) : false;
  if (!all) faults->Parameter(registry::Reject(kBooleanSyntax), info);
  return all.value_or(false) ? registry::TtlQuery::kAll : registry::TtlQuery::kChosen;
}

void WriteTtls(const std::vector<registry::TtlShown>& ttls, XmlWriter* xml) {
  if (ttls.empty()) return;
  xml->Open("ttl:infData", {{"xmlns:ttl", kTtl}});
  for (const auto& [type, seconds, limits] : ttls) {
    const std::string text = seconds ? std::to_string(*seconds) : std::string();
    if (limits) {
      xml->Leaf("ttl:ttl", text,
                {{"for", type},
                 {"min", std::to_string(limits->least)},
                 {"default", std::to_string(limits->standard)},
                 {"max", std::to_string(limits->most)}});
    } else {
      xml->Leaf("ttl:ttl", text, {{"for", type}});
    }
  }
  xml->Close();
}

}  // namespace epp
