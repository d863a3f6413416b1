#include "epp/launch.h"

#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "epp/clearinghouse.h"
#include "epp/reasons.h"
#include "registry/rules/reasons.h"
#include "registry/types/date_time.h"

namespace epp {
namespace {

using registry::LaunchPhase;
using registry::LaunchRequest;
using registry::Outcome;
using registry::Reject;
using registry::SignedMark;

constexpr std::string_view kSmd = "urn:ietf:params:xml:ns:signedMark-1.0";
constexpr std::string_view kDefaultValidator = "tmch";

std::optional<LaunchPhase> ReadPhase(const Element& element, Faults* faults) {
  if (!element) return std::nullopt;
  const std::optional<LaunchPhase> phase = registry::ParseLaunchPhase(ReadToken(element, faults));
  if (!phase) faults->Parameter(Reject(kLaunchPhaseSyntax), element);
  // No TLD has phases with a name, as none has custom ones.
  if (phase && element.Attribute("name")) return LaunchPhase::kCustom;
  return phase;
}

absl::Time ReadTime(const Element& element, Faults* faults) {
  if (!element) return absl::UnixEpoch();
  const std::optional<absl::Time> time = registry::ParseDateTime(ReadToken(element, faults));
  if (!time) faults->Parameter(Reject(kDateTimeSyntax), element);
  return time.value_or(absl::UnixEpoch());
}

registry::ClaimsNotice ReadNotice(const Element& notice, Faults* faults) {
  registry::ClaimsNotice read;
  Content content(notice, faults);
  const Element id = content.Require("noticeID", {"validatorID"});
  const Outcome<registry::NoticeId> parsed = registry::NoticeId::Parse(ReadToken(id, faults));
  if (parsed.ok()) {
    read.id = *parsed;
  } else if (id) {
    faults->Parameter(parsed.rejection(), id);
  }
  if (id) read.validator = id.Attribute("validatorID").value_or(std::string(kDefaultValidator));
  read.not_after = ReadTime(content.Require("notAfter"), faults);
  read.accepted = ReadTime(content.Require("acceptedDate"), faults);
  content.End();
  return read;
}

// Base64 to XML; nothing if it is not base64 or too long.
std::optional<std::string> Decode(std::string text, size_t max_bytes) {
  std::erase(text, ' ');
  std::string decoded;
  if (text.size() / 4 * 3 > max_bytes + 3 || !absl::Base64Unescape(text, &decoded)) {
    return std::nullopt;
  }
  if (decoded.size() > max_bytes) return std::nullopt;
  return decoded;
}

std::optional<Outcome<SignedMark>> ReadMark(const Element& element, const Request& request) {
  Faults* faults = request.faults;
  if (element.Attribute("encoding").value_or("base64") != "base64") {
    faults->Option(kMarkEncodingNotOffered, element);
    return std::nullopt;
  }
  const std::optional<std::string> xml =
      Decode(ReadToken(element, faults), request.limits.signed_mark_bytes);
  if (!xml) {
    faults->Parameter(Reject(kSignedMarkSyntax, "not base64, or too long"), element);
    return std::nullopt;
  }
  if (request.clearinghouse == nullptr)
    return Outcome<SignedMark>(Reject(registry::kMarkUntrusted));
  Outcome<SignedMark> mark = ReadSignedMark(*xml, request.clearinghouse->signers);
  if (!mark.ok() && mark.rejection().reason.id == kSignedMarkSyntax.id) {
    faults->Parameter(mark.rejection(), element);
    return std::nullopt;
  }
  if (mark.ok()) mark->revoked = request.clearinghouse->revoked.Has(mark->id);
  return mark;
}

// The choice between codes, signed marks and encoded signed marks.
void ReadMarks(Content* content, const Request& request, LaunchRequest* launch) {
  if (const Element code = content->Take("codeMark")) {
    request.faults->Option(kCodeMarkNotOffered, code);
    content->TakeAll("codeMark");
    return;
  }
  if (const Element plain = content->TakeOf(kSmd, "signedMark", {"id"})) {
    request.faults->Option(kPlainMarkNotOffered, plain);
    while (content->TakeOf(kSmd, "signedMark", {"id"})) {
    }
    return;
  }
  const Element mark = content->TakeOf(kSmd, "encodedSignedMark", {"encoding"});
  if (!mark) return;
  if (const Element second = content->TakeOf(kSmd, "encodedSignedMark", {"encoding"})) {
    request.faults->Parameter(Reject(kMarkTwice), second);
    while (content->TakeOf(kSmd, "encodedSignedMark", {"encoding"})) {
    }
    return;
  }
  launch->mark = ReadMark(mark, request);
}

}  // namespace

LaunchCheck ReadLaunchCheck(const Element& check, Faults* faults) {
  faults->CheckAttributes(check, {"type"});
  LaunchCheck read;
  if (check.Attribute("type")) {
    const std::string form =
        RequireAttribute(check, "type", {"claims", "avail", "trademark"}, faults);
    if (form == "trademark") faults->Option(kTrademarkFormNotOffered, check);
    read.claims = form != "avail";
  }
  Content content(check, faults);
  read.phase = read.claims ? ReadPhase(content.Take("phase", {"name"}), faults)
                           : ReadPhase(content.Require("phase", {"name"}), faults);
  content.End();
  return read;
}

std::optional<LaunchRequest> ReadLaunchCreate(const Request& request) {
  const Element create = request.extensions.Find(Extension::kLaunch);
  Faults* faults = request.faults;
  if (!create) return std::nullopt;
  faults->CheckAttributes(create, {"type"});
  LaunchRequest launch;
  if (create.Attribute("type")) {
    launch.application =
        RequireAttribute(create, "type", {"application", "registration"}, faults) == "application";
  }
  Content content(create, faults);
  launch.phase = ReadPhase(content.Require("phase", {"name"}), faults).value_or(LaunchPhase::kNone);
  ReadMarks(&content, request, &launch);
  for (const Element& notice : content.TakeAll("notice")) {
    launch.notices.push_back(ReadNotice(notice, faults));
  }
  content.End();
  return launch;
}

LaunchInfo ReadLaunchInfo(const Element& info, Faults* faults) {
  LaunchInfo read;
  if (!info) return read;
  faults->CheckAttributes(info, {"includeMark"});
  if (const auto include = info.Attribute("includeMark")) {
    const std::optional<bool> value = ParseBoolean(*include);
    if (!value) faults->Parameter(Reject(kBooleanSyntax), info);
    read.include_mark = value.value_or(false);
  }
  Content content(info, faults);
  read.phase = ReadPhase(content.Require("phase", {"name"}), faults);
  if (const Element application = content.Take("applicationID")) {
    ReadToken(application, faults);
    faults->Parameter(Reject(registry::kApplicationsNotOffered), application);
  }
  content.End();
  return read;
}

std::string ClaimKeyOf(const registry::DomainName& name, const Clearinghouse* clearinghouse) {
  return clearinghouse == nullptr ? std::string()
                                  : std::string(clearinghouse->claims.Find(name.label()));
}

registry::Claims ClaimsOf(const registry::DomainName& name, const Clearinghouse* clearinghouse) {
  if (clearinghouse == nullptr) return registry::Claims::kUnknown;
  return clearinghouse->claims.Find(name.label()).empty() ? registry::Claims::kNo
                                                          : registry::Claims::kYes;
}

void WriteLaunch(const registry::Launch& launch, XmlWriter* xml) {
  xml->Open("launch:infData", {{"xmlns:launch", kLaunch}});
  xml->Leaf("launch:phase", registry::LaunchPhaseName(launch.phase));
  if (!launch.mark.empty()) xml->Insert(launch.mark);
  xml->Close();
}

}  // namespace epp
