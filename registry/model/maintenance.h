#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace registry {

// A time in which systems of the registry are, or may be, out of service, as registrars are told of
// it: RFC 9167 section 3. What may stand in it says rules/maintenances.h.
struct Maintenance {
  enum class Impact : char { kNone = 'n', kPartial = 'p', kFull = 'f' };
  struct System {
    std::string name;  // as people call it: "EPP"
    std::string host;  // a name or an address; may be empty
    Impact impact = Impact::kFull;
    friend bool operator==(const System&, const System&) = default;
  };
  struct Text {
    std::string language;  // of RFC 5646: "en"
    std::string text;
    friend bool operator==(const Text&, const Text&) = default;
  };
  // What clients have to do afterwards.
  struct Intervention {
    bool connection = false;      // connect and log in again
    bool implementation = false;  // change their software
    friend bool operator==(const Intervention&, const Intervention&) = default;
  };

  std::string id;
  std::string name;                // for people; may be empty
  std::vector<std::string> types;  // in English, whatever the operator calls them
  std::vector<System> systems;     // one at least
  std::string environment = "production";
  std::string environment_name;  // with "custom"
  absl::Time starts, ends;
  bool emergency = false;
  std::string detail;              // a URL; may be empty
  std::vector<Text> descriptions;  // plain text, one at most for each language
  std::vector<std::string> tlds;   // A-labels, sorted; none: all
  std::optional<Intervention> intervention;
  absl::Time created;
  std::optional<absl::Time> updated;
  friend bool operator==(const Maintenance&, const Maintenance&) = default;
};

// "none", "partial", "full". Nothing if the text is none.
std::string_view ImpactName(Maintenance::Impact impact);
std::optional<Maintenance::Impact> ParseImpact(std::string_view text);

// The form in the database: lines as of a settings file. An error names what is wrong.
std::string FormatMaintenance(const Maintenance& maintenance);
absl::StatusOr<Maintenance> ParseMaintenance(std::string_view text);

// What registrars are told of a maintenance, and the maintenance as it was then (for kDelete before
// it): beside the text of a poll message.
struct MaintenanceNotice {
  // Append only: the letters are in the database.
  enum class Kind : char {
    kCreate = 'c',
    kUpdate = 'u',
    kDelete = 'd',
    kCourtesy = 'r',  // it is about to begin
    kEnd = 'e',
  };
  Kind kind = Kind::kCreate;
  Maintenance maintenance;
  friend bool operator==(const MaintenanceNotice&, const MaintenanceNotice&) = default;
};

// maint:pollType: "create", "courtesy" ...
std::string_view NoticeName(MaintenanceNotice::Kind kind);

// The form in the database: the letter of the kind and a line end, and FormatMaintenance. Nothing
// if the text is none.
std::string FormatMaintenanceNotice(const MaintenanceNotice& notice);
std::optional<MaintenanceNotice> ParseMaintenanceNotice(std::string_view text);

}  // namespace registry
