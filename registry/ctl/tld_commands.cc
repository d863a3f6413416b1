#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/commands/tld_apply.h"
#include "registry/ctl/session.h"
#include "registry/model/tld_policy.h"
#include "registry/store/operator_reader.h"
#include "registry/store/variant_keys.h"

namespace ctl {
namespace {

using registry::TldPolicy;

int ApplyFile(Session& session, const std::string& path) {
  std::ifstream file(path);
  if (!file) return ReportUsage(registry::Concat(path, ": cannot be read"), session.json);
  std::stringstream text;
  text << file.rdbuf();
  absl::StatusOr<TldPolicy> policy = registry::ParseTldPolicy(path, text.str());
  if (!policy.ok()) return ReportUsage(std::string(policy.status().message()), session.json);
  const auto before = registry::store::ReadDirectory(session.database);
  if (!before.ok()) return ReportFailure(before.status(), session.json);
  const std::string tld = policy->tld;
  registry::TldApply command{*std::move(policy)};
  return session.Run("tld-apply", std::move(command), [&](const auto&) -> int {
    const auto renewed = registry::store::RenewVariantKeys(session.database, **before);
    if (!renewed.ok()) return ReportFailure(renewed.status(), session.json);
    Record record;
    record.Add("tld", "Applied", tld);
    record.Print(std::cout, session.json);
    return kExitOk;
  });
}

int ShowOne(Session& session, const TldPolicy& policy) {
  if (session.json) {
    Record record;
    record.Add("tld", "TLD", policy.tld);
    record.Add("policy", "Policy", registry::FormatTldPolicy(policy));
    record.Print(std::cout, true);
  } else {
    std::cout << registry::FormatTldPolicy(policy);
  }
  return kExitOk;
}

std::string Title(std::string_view what, const registry::Directory& directory) {
  return registry::Concat(what, ", ", directory.settings.currency);
}

int ListAll(Session& session, const registry::Directory& directory) {
  Table table({{"tld", "TLD"},
               {"data_model", "Data model"},
               {"create_fee", Title("Create", directory), Table::Form::kMoney},
               {"renew_fee", Title("Renew", directory), Table::Form::kMoney},
               {"longest_years", "Max. years", Table::Form::kNumber},
               {"reserved", "Reserved", Table::Form::kNumber}});
  for (const TldPolicy* tld : directory.tlds()) {
    table.AddRow({tld->tld, std::string(DataModelName(tld->data_model)),
                  FormatMoney(tld->create_fee), FormatMoney(tld->renew_fee),
                  std::to_string(tld->longest_years), std::to_string(tld->reserved.size())});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

int Show(Session& session, const std::string& name) {
  const auto read = registry::store::ReadDirectory(session.database);
  if (!read.ok()) return ReportFailure(read.status(), session.json);
  const auto& directory = *read;
  if (name.empty()) return ListAll(session, *directory);
  const TldPolicy* policy = directory->Tld(absl::AsciiStrToLower(name));
  if (policy == nullptr) {
    return ReportRejection(registry::Reject(registry::kUnknownTld, registry::Excerpt(name)),
                           session.json);
  }
  return ShowOne(session, *policy);
}

}  // namespace

void AddTldCommands(CLI::App& app, Session& session) {
  CLI::App* tld = app.add_subcommand("tld", "Top-level domains and their policies");
  tld->require_subcommand(1);
  Example(tld, "tld show org");

  static std::string file;
  CLI::App* apply = tld->add_subcommand(
      "apply",
      "Make a TLD, or replace its policy, from a file of `key = value` lines\n"
      "(deploy/tlds/org.conf shows every key). Running servers follow within a second.");
  apply->add_option("FILE", file, "The policy")->required();
  Example(apply, "tld apply deploy/tlds/org.conf");
  apply->callback([&session] { session.chosen = [&session] { return ApplyFile(session, file); }; });

  static std::string name;
  CLI::App* show = tld->add_subcommand(
      "show", "A TLD's policy in the form that apply takes; all TLDs without a name");
  show->add_option("TLD", name, "Such as org");
  Example(show, "tld show org");
  show->callback([&session] { session.chosen = [&session] { return Show(session, name); }; });
}

}  // namespace ctl
