// What signs our zones, as BIND's key directory says.
#include <iostream>

#include "registry/base/clock.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/base/utf8.h"
#include "registry/ctl/session.h"
#include "registry/ctl/signing_keys.h"
#include "registry/types/domain_name.h"

namespace ctl {
namespace {

using registry::Concat;

struct Options {
  std::string tld, key_directory;
};

Table KeyTable(const std::vector<SigningKey>& keys, absl::Time now) {
  using Form = Table::Form;
  Table table({{"tag", "Key", Form::kNumber},
               {"role", "Role"},
               {"algorithm", "Algorithm", Form::kNumber},
               {"goal", "Goal"},
               {"dnskey", "DNSKEY"},
               {"zone_signatures", "Zone RRSIG"},
               {"key_signatures", "Key RRSIG"},
               {"ds", "DS"},
               {"parent", "At the parent"},
               {"next", "Next"},
               {"next_at", "At"}});
  for (const SigningKey& key : keys) {
    const auto next = NextEvent(key, now);
    table.AddRow({Concat(key.tag), std::string(key.Role()), Concat(key.algorithm),
                  std::string(KeyStateName(key.goal)), std::string(KeyStateName(key.dnskey)),
                  std::string(KeyStateName(key.zone_signatures)),
                  std::string(KeyStateName(key.key_signatures)), std::string(KeyStateName(key.ds)),
                  std::string(ParentText(key)), next ? std::string(next->what) : "",
                  next ? registry::FormatUtc(next->at) : ""});
  }
  return table;
}

// Files are the operator's, like the command line.
int ReportFiles(const absl::Status& status, bool json) {
  if (absl::IsNotFound(status)) {
    return ReportRefusal("no-keys", std::string(status.message()), json);
  }
  return ReportUsage(std::string(status.message()), json);
}

int Keys(Session& session, const Options& options) {
  if (!registry::DomainName::Parse(Concat("a.", options.tld)).ok()) {
    return ReportUsage(Concat("--tld: not a zone: ", registry::Excerpt(options.tld)), session.json);
  }
  const auto keys = ReadSigningKeys(options.key_directory, options.tld);
  if (!keys.ok()) return ReportFiles(keys.status(), session.json);
  std::vector<std::string> ds;
  for (const SigningKey& key : *keys) {
    if (ParentMustHave(key)) {
      ds.push_back(Concat(options.tld, ". IN DS ", DsText(options.tld, key)));
    }
  }
  const Table table = KeyTable(*keys, registry::SystemClock().Now());
  if (!session.json) {
    table.Print(std::cout, false);
    std::cout << "\n";
  }
  Record record;
  record.AddForPrograms("keys", table.ToJson());
  record.AddList("ds", "The parent must have", ds);
  record.AddList("to_do", "To do", ToDo(options.tld, *keys));
  record.Print(std::cout, session.json);
  return kExitOk;
}

}  // namespace

void AddZoneCommands(CLI::App& app, Session& session) {
  CLI::App* zone = app.add_subcommand("zone", "The zones as they are signed and served");
  zone->require_subcommand(1);
  Example(zone, "zone keys --tld org --key-directory /var/lib/bind/keys");
  // It reads files, perhaps where no database is in reach.
  zone->preparse_callback([&app](size_t) { app.get_option("--database")->required(false); });

  static Options options;
  CLI::App* keys = zone->add_subcommand(
      "keys",
      "The keys that BIND signs a zone with: how far each of their records has come in caches\n"
      "(hidden, rumoured, omnipresent, unretentive; RFC 7583), what comes next, which DS records\n"
      "the parent must have, and what is to be done about them. Reads the .state and .key files;\n"
      "a key that has `hidden` everywhere is in the zone no more.");
  keys->add_option("--tld", options.tld, "The zone")->required();
  keys->add_option("--key-directory", options.key_directory, "Of the zone in BIND's configuration")
      ->required();
  keys->callback([&session] { session.chosen = [&session] { return Keys(session, options); }; });
  Example(keys, "zone keys --tld org --key-directory /var/lib/bind/keys");
}

}  // namespace ctl
