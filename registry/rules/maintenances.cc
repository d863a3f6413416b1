#include "registry/rules/maintenances.h"

#include <algorithm>
#include <array>
#include <optional>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/base/utf8.h"
#include "registry/rules/registrar_record.h"
#include "registry/types/domain_name.h"
#include "registry/types/ip_address.h"

namespace registry {
namespace {

using Kind = MaintenanceNotice::Kind;

constexpr size_t kLongestId = 64;
constexpr size_t kLongestName = 255;
constexpr size_t kLongestHost = 255;  // eppcom:labelType
constexpr size_t kLongestUrl = 2000;
constexpr size_t kLongestDescription = 2000;
constexpr size_t kMostSystems = 20, kMostTypes = 10, kMostDescriptions = 10, kMostTlds = 100;
constexpr absl::Duration kLongest = absl::Hours(24 * 366);

constexpr std::array<std::string_view, 5> kEnvironments = {"production", "ote", "staging", "dev",
                                                           "custom"};

bool IsLetterOrDigit(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }

// A token of XML Schema: no blanks at the ends, none beside another.
bool IsToken(std::string_view text, size_t longest) {
  const std::optional<size_t> length = PrintableLength(text);
  return length && *length > 0 && *length <= longest && Trim(text) == text &&
         text.find("  ") == std::string_view::npos;
}

bool IsHost(std::string_view text) {
  return text.size() <= kLongestHost &&
         (DomainName::Parse(text).ok() || IpAddress::ParseAny(text).ok());
}

std::string CheckSystems(const Maintenance& maintenance) {
  if (maintenance.systems.empty()) return "a maintenance has a system at least";
  if (maintenance.systems.size() > kMostSystems) {
    return Concat("a maintenance has at most ", kMostSystems, " systems");
  }
  for (const Maintenance::System& system : maintenance.systems) {
    if (!IsToken(system.name, kLongestName)) {
      return Concat("a system's name is plain text in one line of at most ", kLongestName,
                    " characters: ", Excerpt(system.name));
    }
    if (!system.host.empty() && !IsHost(system.host)) {
      return Concat("not a host name or an address: ", Excerpt(system.host));
    }
  }
  return "";
}

std::string CheckEnvironment(const Maintenance& maintenance) {
  if (std::ranges::find(kEnvironments, maintenance.environment) == kEnvironments.end()) {
    return Concat("the environment is production, ote, staging, dev or custom, not ",
                  Excerpt(maintenance.environment));
  }
  const bool custom = maintenance.environment == "custom";
  if (custom == maintenance.environment_name.empty()) {
    return custom ? "a custom environment needs a name" : "only a custom environment has a name";
  }
  if (custom && !IsToken(maintenance.environment_name, kLongestName)) {
    return Concat("the environment's name is plain text in one line of at most ", kLongestName,
                  " characters");
  }
  return "";
}

std::string CheckTimes(const Maintenance& maintenance) {
  if (maintenance.ends <= maintenance.starts) return "the end has to be later than the start";
  if (maintenance.ends - maintenance.starts > kLongest) {
    return Concat("a maintenance takes at most ", kLongest / absl::Hours(24), " days");
  }
  return "";
}

std::string CheckTexts(const Maintenance& maintenance) {
  if (!maintenance.name.empty() && !IsToken(maintenance.name, kLongestName)) {
    return Concat("the name is plain text in one line of at most ", kLongestName, " characters");
  }
  if (maintenance.types.size() > kMostTypes) {
    return Concat("a maintenance has at most ", kMostTypes, " types");
  }
  for (const std::string& type : maintenance.types) {
    if (!IsToken(type, kLongestName)) {
      return Concat("a type is plain text in one line of at most ", kLongestName, " characters");
    }
  }
  if (!maintenance.detail.empty() &&
      (maintenance.detail.size() > kLongestUrl || !IsWebAddress(maintenance.detail))) {
    return Concat("the detail is an http or https URL of at most ", kLongestUrl, " characters");
  }
  return "";
}

std::string CheckDescriptions(const Maintenance& maintenance) {
  if (maintenance.descriptions.size() > kMostDescriptions) {
    return Concat("a maintenance has at most ", kMostDescriptions, " descriptions");
  }
  std::vector<std::string> languages;
  for (const Maintenance::Text& description : maintenance.descriptions) {
    if (!IsLanguage(description.language)) {
      return Concat("not a language such as en: ", Excerpt(description.language));
    }
    if (std::ranges::find(languages, description.language) != languages.end()) {
      return Concat("one description for each language: ", description.language);
    }
    languages.push_back(description.language);
    const std::optional<size_t> length = PrintableLength(description.text);
    if (!length || *length > kLongestDescription || Trim(description.text).empty()) {
      return Concat("a description is plain text in one line of at most ", kLongestDescription,
                    " characters");
    }
  }
  return "";
}

std::string CheckTlds(const Maintenance& maintenance, const Directory& directory) {
  if (maintenance.tlds.size() > kMostTlds) {
    return Concat("a maintenance names at most ", kMostTlds, " TLDs; without any it is of all");
  }
  for (const std::string& tld : maintenance.tlds) {
    if (directory.Tld(tld) == nullptr) {
      return Concat("this registry does not serve the top-level domain: ", Excerpt(tld));
    }
  }
  return "";
}

std::string Span(const Maintenance& maintenance) {
  return Concat(FormatUtc(maintenance.starts), " to ", FormatUtc(maintenance.ends));
}

}  // namespace

bool IsMaintenanceId(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && IsLetterOrDigit(text.front()) &&
         std::ranges::all_of(
             text, [](char c) { return IsLetterOrDigit(c) || c == '.' || c == '-' || c == '_'; });
}

bool IsLanguage(std::string_view text) {
  bool first = true;
  for (const std::string_view part : Split(text, '-')) {
    const bool fits = !part.empty() && part.size() <= 8 && std::ranges::all_of(part, [&](char c) {
      return first ? absl::ascii_isalpha(static_cast<unsigned char>(c)) : IsLetterOrDigit(c);
    });
    if (!fits) return false;
    first = false;
  }
  return true;
}

std::string WhatIsWrong(const Maintenance& maintenance, const Directory& directory) {
  if (!IsMaintenanceId(maintenance.id)) {
    return Concat("an id is 1 to ", kLongestId,
                  " letters, digits, dots, hyphens and underlines: ", Excerpt(maintenance.id));
  }
  for (std::string error : {CheckTimes(maintenance), CheckSystems(maintenance),
                            CheckEnvironment(maintenance), CheckTexts(maintenance),
                            CheckDescriptions(maintenance), CheckTlds(maintenance, directory)}) {
    if (!error.empty()) return error;
  }
  return "";
}

bool Concerns(const Maintenance& maintenance, const Registrar& registrar,
              const Directory& directory) {
  if (maintenance.tlds.empty()) return true;
  return std::ranges::any_of(maintenance.tlds, [&](const std::string& tld) {
    return registrar.MaySell(tld) || registrar.MaySell(directory.bundles().PrimaryTld(tld));
  });
}

absl::Time CourtesyTime(const Maintenance& maintenance, absl::Duration courtesy, absl::Time now) {
  const absl::Time time = maintenance.starts - courtesy;
  return courtesy > absl::ZeroDuration() && time > now ? time : absl::InfiniteFuture();
}

PollMessage MessageOf(const MaintenanceNotice& notice, absl::Time now) {
  const Maintenance& maintenance = notice.maintenance;
  PollMessage message;
  message.queued = now;
  message.object_name = maintenance.id;
  message.notice = PollMessage::Notice::kMaintenance;
  message.detail = FormatMaintenanceNotice(notice);
  const std::string what =
      Concat(maintenance.emergency ? "Emergency maintenance " : "Maintenance ", maintenance.id);
  switch (notice.kind) {
    case Kind::kCreate:
      message.text = Concat(what, " was announced, ", Span(maintenance));
      break;
    case Kind::kUpdate:
      message.text = Concat(what, " was changed, ", Span(maintenance));
      break;
    case Kind::kDelete:
      message.text = Concat(what, " was cancelled, ", Span(maintenance));
      break;
    case Kind::kCourtesy:
      message.text = Concat(what, " is about to begin, ", Span(maintenance));
      break;
    case Kind::kEnd:
      message.text = Concat(what, " has ended, ", Span(maintenance));
      break;
  }
  return message;
}

}  // namespace registry
