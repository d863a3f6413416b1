#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/commands/idn_apply.h"
#include "registry/ctl/session.h"
#include "registry/store/operator_reader.h"
#include "registry/store/variant_keys.h"

namespace ctl {
namespace {

using registry::IdnTable;

int ApplyFile(Session& session, const std::string& path) {
  std::ifstream file(path);
  if (!file) return ReportUsage(registry::Concat(path, ": cannot be read"), session.json);
  std::stringstream text;
  text << file.rdbuf();
  absl::StatusOr<IdnTable> table = registry::ParseIdnTable(path, text.str());
  if (!table.ok()) return ReportUsage(std::string(table.status().message()), session.json);
  const auto before = registry::store::ReadDirectory(session.database);
  if (!before.ok()) return ReportFailure(before.status(), session.json);
  const std::string id = table->id;
  registry::IdnApply command{*std::move(table)};
  return session.Run("idn-apply", std::move(command), [&](const auto&) -> int {
    const auto renewed = registry::store::RenewVariantKeys(session.database, **before);
    if (!renewed.ok()) return ReportFailure(renewed.status(), session.json);
    Record record;
    record.Add("table", "Applied", id);
    record.AddNumber("variants", "Domains with other variants", *renewed);
    record.Print(std::cout, session.json);
    return kExitOk;
  });
}

int ListAll(Session& session, const registry::Directory& directory) {
  Table table({{"table", "Table"},
               {"title", "Title"},
               {"points", "Code points", Table::Form::kNumber},
               {"variants", "Variants", Table::Form::kNumber},
               {"rules", "Rules", Table::Form::kNumber},
               {"tlds", "TLDs"}});
  for (const IdnTable* each : directory.idn_tables()) {
    int64_t points = 0;
    for (const auto& [first, last] : each->allowed.ranges()) points += last - first + 1;
    std::string tlds;
    for (const registry::TldPolicy* policy : directory.tlds()) {
      for (const std::string& id : policy->idn_tables) {
        if (id == each->id) tlds += (tlds.empty() ? "" : " ") + policy->tld;
      }
    }
    table.AddRow({each->id, each->title, std::to_string(points),
                  std::to_string(each->variants.size()), std::to_string(each->rules.size()), tlds});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

int Show(Session& session, const std::string& id) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  if (id.empty()) return ListAll(session, **directory);
  const IdnTable* table = (*directory)->Idn(id);
  if (table == nullptr) {
    return ReportRejection(registry::Reject(registry::kIdnTableUnknown, registry::Excerpt(id)),
                           session.json);
  }
  if (session.json) {
    Record record;
    record.Add("table", "Table", table->id);
    record.Add("content", "Content", table->text);
    record.Print(std::cout, true);
  } else {
    std::cout << table->text;
  }
  return kExitOk;
}

int Renew(Session& session, const std::string& name) {
  const std::string tld = absl::AsciiStrToLower(name);
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  if ((*directory)->Tld(tld) == nullptr) {
    return ReportRejection(registry::Reject(registry::kUnknownTld, registry::Excerpt(name)),
                           session.json);
  }
  const auto renewed = registry::store::RenewVariantKeys(session.database, tld);
  if (!renewed.ok()) return ReportFailure(renewed.status(), session.json);
  Record record;
  record.Add("tld", "TLD", tld);
  record.AddNumber("variants", "Domains with other variants", *renewed);
  record.Print(std::cout, session.json);
  return kExitOk;
}

}  // namespace

void AddIdnCommands(CLI::App& app, Session& session) {
  CLI::App* idn = app.add_subcommand("idn", "Tables of internationalised names");
  idn->require_subcommand(1);
  Example(idn, "idn show");

  static std::string file;
  CLI::App* apply = idn->add_subcommand(
      "apply",
      "Make an IDN table, or replace it, from a file (deploy/idn has some). TLDs offer it that\n"
      "name it in their policy. What is registered stays; the variants of registered names "
      "follow.");
  apply->add_option("FILE", file, "The table")->required();
  Example(apply, "idn apply deploy/idn/latin.txt");
  apply->callback([&session] { session.chosen = [&session] { return ApplyFile(session, file); }; });

  static std::string id;
  CLI::App* show =
      idn->add_subcommand("show", "A table as it was applied; all tables without an id");
  show->add_option("TABLE", id, "Such as latin");
  Example(show, "idn show latin");
  show->callback([&session] { session.chosen = [&session] { return Show(session, id); }; });

  static std::string tld;
  CLI::App* renew = idn->add_subcommand(
      "variants",
      "Look again at the variants of all names of a TLD, after an apply that broke off before it\n"
      "had done so");
  renew->add_option("TLD", tld, "Such as org")->required();
  Example(renew, "idn variants org");
  renew->callback([&session] { session.chosen = [&session] { return Renew(session, tld); }; });
}

}  // namespace ctl
