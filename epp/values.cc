#include "epp/values.h"

#include <algorithm>
#include <utility>

#include "epp/reasons.h"
#include "epp/xml_characters.h"
#include "registry/rules/reasons.h"
#include "registry/types/reasons.h"

namespace epp {
namespace {

using registry::AuthInfo;
using registry::ContactId;
using registry::DomainName;
using registry::IpAddress;
using registry::Outcome;
using registry::Reject;
using registry::Status;
using registry::StatusSet;
using registry::Years;

template <class T>
T ValueOr(Outcome<T> outcome, T otherwise, const Element& element, Faults* faults) {
  if (outcome.ok()) return *std::move(outcome);
  faults->Parameter(Reject(outcome.rejection().reason), element);
  return otherwise;
}

bool IsWordCharacter(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
         (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

// eppcom:roidType.
bool IsRoid(std::string_view token) {
  const size_t hyphen = token.find('-');
  if (hyphen == std::string_view::npos) return false;
  const std::string_view id = token.substr(0, hyphen), repository = token.substr(hyphen + 1);
  const size_t id_length = CountCharacters(id), repository_length = CountCharacters(repository);
  return id_length >= 1 && id_length <= 80 && repository_length >= 1 && repository_length <= 8 &&
         std::all_of(id.begin(), id.end(), IsWordCharacter) &&
         std::all_of(repository.begin(), repository.end(), IsWordCharacter);
}

// xs:language.
bool IsLanguage(std::string_view token) {
  size_t length = 0;
  bool first = true;
  for (char c : token) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (c == '-') {
      if (length == 0) return false;
      length = 0;
      first = false;
    } else if (letter || (!first && c >= '0' && c <= '9')) {
      if (++length > 8) return false;
    } else {
      return false;
    }
  }
  return length > 0;
}

AuthInfo ReadPassword(const Element& pw, Faults* faults) {
  if (!pw) return AuthInfo();
  const std::optional<std::string> roid = pw.Attribute("roid");
  if (roid && !IsRoid(*roid)) faults->Parameter(Reject(registry::kRoidSyntax), pw);
  return ValueOr(AuthInfo::Parse(ReadNormalized(pw, faults)), AuthInfo(), pw, faults);
}

AuthInfo ReadChoice(const Element& element, std::string_view ns, bool may_be_null, Faults* faults) {
  if (!element) return AuthInfo();
  Content content(element, ns, faults);
  AuthInfo auth;
  if (const Element ext = content.Take("ext")) {
    faults->Option(kAuthInfoExtNotOffered, ext);
  } else if (const Element null = may_be_null ? content.Take("null") : Element()) {
    ExpectEmpty(null, faults);
  } else {
    auth = ReadPassword(content.Require("pw", {"roid"}), faults);
  }
  content.End();
  return auth;
}

}  // namespace

DomainName ReadDomainName(const Element& element, Faults* faults) {
  if (!element) return DomainName();
  return ValueOr(DomainName::Parse(ReadToken(element, faults)), DomainName(), element, faults);
}

DomainName ReadHostName(const Element& element, Faults* faults) {
  if (!element) return DomainName();
  Outcome<DomainName> name = DomainName::Parse(ReadToken(element, faults));
  if (name.ok()) return *std::move(name);
  faults->Parameter(Reject(registry::kHostNameSyntax), element);
  return DomainName();
}

std::string ReadAskedName(const Element& element, Faults* faults) {
  std::string text = ReadToken(element, faults);
  const size_t length = CountCharacters(text);
  if (element && (length < 1 || length > 255)) faults->Parameter(Reject(kNameLength), element);
  return text;
}

ContactId ReadContactId(const Element& element, Faults* faults) {
  if (!element) return ContactId();
  return ValueOr(ContactId::Parse(ReadToken(element, faults)), ContactId(), element, faults);
}

registry::OrganizationId ReadOrganizationId(const Element& element, Faults* faults) {
  if (!element) return {};
  return ValueOr(registry::OrganizationId::Parse(ReadToken(element, faults)),
                 registry::OrganizationId(), element, faults);
}

Years ReadPeriod(const Element& element, Faults* faults) {
  if (!element) return Years();
  if (RequireAttribute(element, "unit", {"y", "m"}, faults) == "m") {
    faults->Option(kMonthsNotOffered, element);
  }
  const std::optional<int64_t> count = ParseInteger(ReadToken(element, faults));
  if (!count) {
    faults->Parameter(Reject(kNumberSyntax), element);
    return Years();
  }
  return ValueOr(Years::Of(*count), Years(), element, faults);
}

IpAddress ReadAddress(const Element& element, Faults* faults) {
  const std::string text = ReadToken(element, faults);
  IpAddress::Family family = IpAddress::Family::kV4;
  if (element.Attribute("ip")) {
    const std::string ip = RequireAttribute(element, "ip", {"v4", "v6"}, faults);
    if (ip == "v6") family = IpAddress::Family::kV6;
  }
  return ValueOr(IpAddress::Parse(family, text), IpAddress("192.0.2.1"), element, faults);
}

AuthInfo ReadAuthInfo(const Element& element, Faults* faults, std::string_view ns) {
  return ReadChoice(element, ns.empty() ? element.ns() : ns, /*may_be_null=*/false, faults);
}

AuthInfo ReadAuthInfoChange(const Element& element, Faults* faults) {
  return ReadChoice(element, element.ns(), /*may_be_null=*/true, faults);
}

std::string OwnerOf(const Element& auth_info) {
  return auth_info.FirstChild().Attribute("roid").value_or("");
}

registry::SealedAuthInfo Seal(const AuthInfo& auth) {
  return auth.empty() ? registry::SealedAuthInfo() : auth.Seal(registry::RandomSalt());
}

bool IsWeak(const AuthInfo& auth) { return !auth.empty() && !auth.IsStrong(); }

bool IsDuration(std::string_view text) {
  constexpr size_t kLongest = 40;
  if (text.size() > kLongest || !text.starts_with('P')) return false;
  std::string_view designators = "YMD";
  bool any = false, in_time = false;
  text.remove_prefix(1);
  while (!text.empty()) {
    if (text.front() == 'T') {
      if (in_time) return false;
      in_time = true;
      any = false;  // something has to follow
      designators = "HMS";
      text.remove_prefix(1);
      continue;
    }
    const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    size_t end = digits;
    const bool fraction = end < text.size() && text[end] == '.';
    if (fraction) end = std::min(text.find_first_not_of("0123456789", end + 1), text.size());
    if (digits == 0 || end == text.size() || (fraction && end == digits + 1)) return false;
    const size_t place = designators.find(text[end]);
    if (place == std::string_view::npos || (fraction && text[end] != 'S')) return false;
    designators.remove_prefix(place + 1);
    text.remove_prefix(end + 1);
    any = true;
  }
  return any;
}

void CheckLanguage(const Element& element, Faults* faults) {
  const std::optional<std::string> language = element.Attribute("lang");
  if (language && !IsLanguage(*language)) faults->Schema(kAttributeValue, element, "lang");
}

StatusSet ReadStatuses(const std::vector<Element>& elements, bool (*settable)(Status),
                       Faults* faults) {
  StatusSet set;
  for (const Element& element : elements) {
    ReadNormalized(element, faults);  // a remark; nothing keeps it
    CheckLanguage(element, faults);
    const std::optional<std::string> name = element.Attribute("s");
    if (!name) {
      faults->Schema(kAttributeMissing, element, "s");
      continue;
    }
    const std::optional<Status> status = registry::ParseStatus(*name);
    if (!status) {
      faults->Parameter(Reject(kStatusSyntax), element);
    } else if (!settable(*status)) {
      faults->Parameter(Reject(registry::kStatusRange), element);
    } else if (set.Has(*status)) {
      faults->Policy(Reject(registry::kDuplicateValue, *name), element);
    } else {
      set.Add(*status);
    }
  }
  return set;
}

void LimitValues(size_t count, const registry::Reason& reason, const Element& parent,
                 Faults* faults) {
  constexpr size_t kMostValues = 100;
  if (count > kMostValues) faults->Parameter(Reject(reason), parent);
}

}  // namespace epp
