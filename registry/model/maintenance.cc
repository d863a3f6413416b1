#include "registry/model/maintenance.h"

#include <array>
#include <utility>

#include "registry/base/config.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/types/date_time.h"

namespace registry {
namespace {

using Impact = Maintenance::Impact;
using Kind = MaintenanceNotice::Kind;

constexpr std::array kImpacts = {std::pair(Impact::kNone, std::string_view("none")),
                                 std::pair(Impact::kPartial, std::string_view("partial")),
                                 std::pair(Impact::kFull, std::string_view("full"))};
constexpr std::array kKinds = {std::pair(Kind::kCreate, std::string_view("create")),
                               std::pair(Kind::kUpdate, std::string_view("update")),
                               std::pair(Kind::kDelete, std::string_view("delete")),
                               std::pair(Kind::kCourtesy, std::string_view("courtesy")),
                               std::pair(Kind::kEnd, std::string_view("end"))};

// A line for each text that there is.
void AddLine(std::string_view key, std::string_view value, std::string* text) {
  if (!value.empty()) *text += FormatSetting(key, value);
}

// What stands before the first blank, and `text` becomes what stands behind it.
std::string_view TakeWord(std::string_view* text) {
  const size_t blank = text->find(' ');
  const std::string_view word = text->substr(0, blank);
  *text = blank == std::string_view::npos ? std::string_view() : text->substr(blank + 1);
  return word;
}

void TakeTime(Config& lines, std::string_view key, std::optional<absl::Time>* time) {
  std::string text;
  lines.Take(key, &text);
  if (text.empty()) return;
  *time = ParseDateTime(text);
  if (!*time) lines.Fail(key, "not a time");
}

void TakeRequiredTime(Config& lines, std::string_view key, absl::Time* time) {
  std::optional<absl::Time> taken;
  TakeTime(lines.Require(key), key, &taken);
  if (taken) *time = *taken;
}

void TakeSystems(Config& lines, Maintenance* maintenance) {
  std::vector<std::string> systems;
  lines.Require("system").TakeList("system", &systems);
  for (size_t i = 0; i < systems.size(); ++i) {
    std::string_view rest = systems[i];
    const std::optional<Impact> impact = ParseImpact(TakeWord(&rest));
    const std::string_view host = TakeWord(&rest);
    if (!impact || rest.empty()) {
      lines.Fail("system", i, "not an impact, a host or -, and a name");
      continue;
    }
    maintenance->systems.push_back(
        {std::string(rest), host == "-" ? std::string() : std::string(host), *impact});
  }
}

void TakeIntervention(Config& lines, Maintenance* maintenance) {
  std::string text;
  lines.Take("intervention", &text);
  if (text.empty()) return;
  if (text.size() != 2 || text.find_first_not_of("yn") != std::string::npos) {
    lines.Fail("intervention", "not two of y and n");
    return;
  }
  maintenance->intervention = {text[0] == 'y', text[1] == 'y'};
}

}  // namespace

std::string_view ImpactName(Impact impact) {
  for (const auto& [known, name] : kImpacts) {
    if (known == impact) return name;
  }
  return "none";
}

std::optional<Impact> ParseImpact(std::string_view text) {
  for (const auto& [impact, name] : kImpacts) {
    if (name == text) return impact;
  }
  return std::nullopt;
}

std::string_view NoticeName(Kind kind) {
  for (const auto& [known, name] : kKinds) {
    if (known == kind) return name;
  }
  return "update";
}

std::string FormatMaintenance(const Maintenance& maintenance) {
  std::string text;
  AddLine("id", maintenance.id, &text);
  AddLine("name", maintenance.name, &text);
  for (const std::string& type : maintenance.types) AddLine("type", type, &text);
  for (const Maintenance::System& system : maintenance.systems) {
    AddLine("system",
            Concat(ImpactName(system.impact), " ",
                   system.host.empty() ? std::string_view("-") : std::string_view(system.host), " ",
                   system.name),
            &text);
  }
  AddLine("environment", maintenance.environment, &text);
  AddLine("environment_name", maintenance.environment_name, &text);
  AddLine("starts", FormatUtc(maintenance.starts), &text);
  AddLine("ends", FormatUtc(maintenance.ends), &text);
  AddLine("emergency", maintenance.emergency ? "yes" : "no", &text);
  AddLine("detail", maintenance.detail, &text);
  for (const Maintenance::Text& description : maintenance.descriptions) {
    AddLine("description", Concat(description.language, " ", description.text), &text);
  }
  for (const std::string& tld : maintenance.tlds) AddLine("tld", tld, &text);
  if (maintenance.intervention) {
    AddLine("intervention",
            Concat(maintenance.intervention->connection ? "y" : "n",
                   maintenance.intervention->implementation ? "y" : "n"),
            &text);
  }
  AddLine("created", FormatUtc(maintenance.created), &text);
  if (maintenance.updated) AddLine("updated", FormatUtc(*maintenance.updated), &text);
  return text;
}

absl::StatusOr<Maintenance> ParseMaintenance(std::string_view text) {
  Config lines("maintenance", text);
  Maintenance maintenance;
  lines.Require("id").Take("id", &maintenance.id);
  lines.Take("name", &maintenance.name);
  lines.TakeList("type", &maintenance.types);
  TakeSystems(lines, &maintenance);
  lines.Take("environment", &maintenance.environment);
  lines.Take("environment_name", &maintenance.environment_name);
  TakeRequiredTime(lines, "starts", &maintenance.starts);
  TakeRequiredTime(lines, "ends", &maintenance.ends);
  lines.Take("emergency", &maintenance.emergency);
  lines.Take("detail", &maintenance.detail);
  std::vector<std::string> descriptions;
  lines.TakeList("description", &descriptions);
  for (const std::string& description : descriptions) {
    std::string_view rest = description;
    const std::string_view language = TakeWord(&rest);
    maintenance.descriptions.push_back({std::string(language), std::string(rest)});
  }
  lines.TakeList("tld", &maintenance.tlds);
  TakeIntervention(lines, &maintenance);
  TakeRequiredTime(lines, "created", &maintenance.created);
  TakeTime(lines, "updated", &maintenance.updated);
  if (absl::Status status = lines.Finish(); !status.ok()) return status;
  return maintenance;
}

std::string FormatMaintenanceNotice(const MaintenanceNotice& notice) {
  return Concat(std::string(1, static_cast<char>(notice.kind)), "\n",
                FormatMaintenance(notice.maintenance));
}

std::optional<MaintenanceNotice> ParseMaintenanceNotice(std::string_view text) {
  if (text.size() < 2 || text[1] != '\n') return std::nullopt;
  for (const auto& [kind, name] : kKinds) {
    if (static_cast<char>(kind) != text.front()) continue;
    absl::StatusOr<Maintenance> maintenance = ParseMaintenance(text.substr(2));
    if (!maintenance.ok()) return std::nullopt;
    return MaintenanceNotice{kind, *std::move(maintenance)};
  }
  return std::nullopt;
}

}  // namespace registry
