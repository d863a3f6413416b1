#include <iostream>
#include <optional>

#include "registry/base/text.h"
#include "registry/commands/contact_lookup.h"
#include "registry/commands/domain_lookup.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_lookup.h"
#include "registry/ctl/session.h"
#include "registry/store/history_reader.h"
#include "registry/store/operator_reader.h"
#include "registry/types/reasons.h"
#include "registry/types/roid.h"
#include "registry/types/years.h"

namespace ctl {
namespace {

using registry::Directory;
using registry::DomainName;
using registry::ObjectKind;
using registry::Outcome;
using registry::RegistrarKey;
using registry::Status;
using registry::StatusSet;

struct Arguments {
  std::string name;
  bool history = false;
  std::vector<std::string> add, remove;
};

// The registry lock: what an operator sets so that nobody can change, lose or move a name.
const StatusSet kLock{Status::kServerUpdateProhibited, Status::kServerDeleteProhibited,
                      Status::kServerTransferProhibited};

std::string Who(const Directory& directory, RegistrarKey key) {
  if (key == registry::kOperator) return "(operator)";
  if (key == registry::kLifecycle) return "(lifecycle)";
  return std::string(directory.RegistrarText(key));
}

std::string When(const std::optional<absl::Time>& time) {
  return time ? registry::FormatTime(*time) : "";
}

std::vector<std::string> Names(StatusSet statuses) {
  std::vector<std::string> names;
  for (Status status : statuses.ToVector()) names.emplace_back(registry::StatusName(status));
  return names;
}

// The members that every object has.
template <class Object>
void AddOrigin(Record& record, const Object& object, const Directory& directory) {
  record.Add("sponsor", "Sponsor", Who(directory, object.sponsor));
  record.Add("creator", "Created by", Who(directory, object.creator));
  record.Add("created", "Created", registry::FormatTime(object.created));
  record.Add("updater", "Updated by", Who(directory, object.updater));
  record.Add("updated", "Updated", When(object.updated));
  record.Add("transferred", "Transferred", When(object.transferred));
  record.AddNumber("version", "Version", object.version);
}

// What the clock did may be written later than it happened; the svTRID has the time of writing.
// One change as a person reads it: a line of who and when, and one of what.
void PrintChange(const registry::store::HistoryEntry& row, const std::string& roid,
                 const Directory& directory) {
  std::cout << registry::FormatTime(row.at) << "  " << roid << " version " << row.version << "  "
            << row.command << " by " << Who(directory, row.actor) << "  ("
            << registry::FormatServerTransactionId(row.number)
            << (row.client_id.empty() ? "" : ", clTRID ") << row.client_id << ")\n    "
            << row.change << "\n";
}

// The history of everything that has or had the name: after a purge and a new registration that is
// more than one object.
int PrintHistory(Session& session, ObjectKind kind, const std::string& name) {
  auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  auto objects = registry::store::ObjectsNamed(session.database, kind, name);
  if (!objects.ok()) return ReportFailure(objects.status(), session.json);
  Table table({{"at", "When"},
               {"roid", "ROID"},
               {"version", "Version", true},
               {"who", "Who"},
               {"command", "Command"},
               {"svtrid", "svTRID"},
               {"cltrid", "clTRID"},
               {"change", "What changed"}});
  if (!session.json) std::cout << "\nHistory, oldest first\n";
  for (const int64_t object : *objects) {
    auto rows = registry::store::ReadHistory(session.database, kind, object);
    if (!rows.ok()) return ReportFailure(rows.status(), session.json);
    const std::string roid = FormatRoid(kind, object, (*directory)->settings.repository_id);
    for (const auto& row : *rows) {
      if (!session.json) PrintChange(row, roid, **directory);
      table.AddRow({registry::FormatTime(row.at), roid, std::to_string(row.version),
                    Who(**directory, row.actor), row.command,
                    registry::FormatServerTransactionId(row.number), row.client_id, row.change});
    }
  }
  if (session.json) table.Print(std::cout, true);
  return kExitOk;
}

Record Describe(const registry::DomainLookupAnswer& answer, const Directory& directory) {
  const registry::Domain& domain = answer.info.domain;
  Record record;
  record.Add("name", "Domain", domain.name.text());
  record.Add("roid", "ROID",
             FormatRoid(ObjectKind::kDomain, Number(domain.key), directory.settings.repository_id));
  record.AddList("status", "Status", Names(answer.info.statuses));
  record.AddList("rgp_status", "RGP status",
                 {answer.info.rgp_statuses.begin(), answer.info.rgp_statuses.end()});
  AddOrigin(record, domain, directory);
  record.Add("expires", "Expires", registry::FormatTime(domain.expires));
  if (domain.phase_ends < absl::InfiniteFuture()) {
    record.Add("phase_ends", "Phase ends", registry::FormatTime(domain.phase_ends));
  }
  record.Add("registrant", "Registrant",
             answer.info.registrant ? answer.info.registrant->text() : "");
  std::vector<std::string> contacts, name_servers, ds, subordinates;
  for (const auto& link : answer.info.contacts) {
    contacts.push_back(
        registry::Concat(std::string(1, static_cast<char>(link.role)), " ", link.id.text()));
  }
  for (const DomainName& host : answer.info.name_servers) name_servers.push_back(host.text());
  for (const DomainName& host : answer.info.subordinates) subordinates.push_back(host.text());
  for (const registry::DsRecord& record_of_ds : domain.ds) ds.push_back(record_of_ds.ToString());
  record.AddList("contacts", "Contact", std::move(contacts));
  record.AddList("name_servers", "Name server", std::move(name_servers));
  record.AddList("subordinates", "Host below", std::move(subordinates));
  record.AddList("ds", "DS", std::move(ds));
  record.Add("auth_info", "authInfo", domain.auth.is_set() ? "set" : "not set");
  return record;
}

Record Describe(const registry::HostInfoAnswer& answer, const Directory& directory) {
  Record record;
  record.Add("name", "Host", answer.host.name.text());
  record.Add(
      "roid", "ROID",
      FormatRoid(ObjectKind::kHost, Number(answer.host.key), directory.settings.repository_id));
  record.AddList("status", "Status", Names(answer.statuses));
  AddOrigin(record, answer.host, directory);
  std::vector<std::string> addresses;
  for (const auto& address : answer.host.addresses) addresses.push_back(address.ToString());
  record.AddList("addresses", "Address", std::move(addresses));
  return record;
}

void AddPostal(Record& record, const std::string& key, const std::string& title,
               const std::optional<registry::PostalInfo>& info) {
  if (!info) return;
  std::vector<std::string> lines{info->name};
  if (!info->organization.empty()) lines.push_back(info->organization);
  lines.insert(lines.end(), info->street.begin(), info->street.end());
  lines.push_back(registry::Concat(info->city, info->state.empty() ? "" : ", ", info->state,
                                   info->postal_code.empty() ? "" : " ", info->postal_code));
  lines.push_back(info->country);
  record.AddList(key, title, std::move(lines));
}

Record Describe(const registry::ContactInfoAnswer& answer, const Directory& directory) {
  const registry::Contact& contact = answer.contact;
  Record record;
  record.Add("id", "Contact", contact.id.text());
  record.Add(
      "roid", "ROID",
      FormatRoid(ObjectKind::kContact, Number(contact.key), directory.settings.repository_id));
  record.AddList("status", "Status", Names(answer.statuses));
  AddOrigin(record, contact, directory);
  AddPostal(record, "international", "Address (int)", contact.international);
  AddPostal(record, "localized", "Address (loc)", contact.localized);
  record.Add("voice", "Voice", contact.voice ? contact.voice->number : "");
  record.Add("fax", "Fax", contact.fax ? contact.fax->number : "");
  record.Add("email", "E-mail", contact.email);
  return record;
}

// Runs the look-up and prints the record, then, if asked for, the history: also of an object that
// is gone. With --json and --history the history is the answer: one value for a program to read.
template <class Command, class Describing>
int Show(Session& session, const Arguments& arguments, ObjectKind kind,
         std::string_view command_name, Command command, const std::string& name,
         Describing describe) {
  int code = kExitOk;
  if (!session.json || !arguments.history) {
    code = session.Run(command_name, std::move(command), [&](const auto& reply) -> int {
      describe(**reply.outcome, *reply.directory).Print(std::cout, session.json);
      return kExitOk;
    });
  }
  if (!arguments.history || code == kExitFailed) return code;
  const int history = PrintHistory(session, kind, name);
  return history == kExitOk ? code : history;
}

int ShowDomain(Session& session, const Arguments& arguments) {
  Outcome<DomainName> name = DomainName::FromUnicode(arguments.name);
  if (!name) return ReportRejection(name.rejection(), session.json);
  return Show(
      session, arguments, ObjectKind::kDomain, "domain-lookup", registry::DomainLookup{*name},
      name->text(),
      [](const auto& answer, const Directory& directory) { return Describe(answer, directory); });
}

int ShowHost(Session& session, const Arguments& arguments) {
  Outcome<DomainName> name = DomainName::FromUnicode(arguments.name);
  if (!name) return ReportRejection(name.rejection(), session.json);
  registry::HostLookup command{*name, std::nullopt};
  return Show(session, arguments, ObjectKind::kHost, "host-lookup", std::move(command),
              name->text(), [](const auto& answer, const Directory& directory) {
                return Describe(answer.hosts.front(), directory);
              });
}

int ShowContact(Session& session, const Arguments& arguments) {
  Outcome<registry::ContactId> id = registry::ContactId::Parse(arguments.name);
  if (!id) return ReportRejection(id.rejection(), session.json);
  registry::ContactLookup command{*id, {}};
  return Show(
      session, arguments, ObjectKind::kContact, "contact-lookup", std::move(command), id->text(),
      [](const auto& answer, const Directory& directory) { return Describe(answer, directory); });
}

Outcome<StatusSet> ParseServerStatuses(const std::vector<std::string>& names) {
  StatusSet statuses;
  for (const std::string& name : names) {
    const std::optional<Status> status = registry::ParseStatus(name);
    if (!status || !registry::IsServerStatus(*status)) {
      return registry::Reject(registry::kStatusRange, name);
    }
    statuses.Add(*status);
  }
  return statuses;
}

// Adds and removes server statuses; what is so already is left alone, so that it can be said twice.
int ChangeStatuses(Session& session, const std::string& text, StatusSet add, StatusSet remove) {
  Outcome<DomainName> name = DomainName::FromUnicode(text);
  if (!name) return ReportRejection(name.rejection(), session.json);
  StatusSet current;
  const int found =
      session.Run("domain-lookup", registry::DomainLookup{*name}, [&](const auto& reply) {
        current = (*reply.outcome)->info.domain.statuses;
        return kExitOk;
      });
  if (found != kExitOk) return found;
  registry::DomainUpdate update;
  update.name = *name;
  update.add.statuses = StatusSet::FromBits(add.bits() & ~current.bits());
  update.remove.statuses = StatusSet::FromBits(remove.bits() & current.bits());
  const auto report = [&](StatusSet now) {
    Record record;
    record.Add("name", "Domain", name->text());
    record.AddList("server_statuses", "Server status", Names(now));
    record.Print(std::cout, session.json);
    return kExitOk;
  };
  const StatusSet after = StatusSet::FromBits((current.bits() | add.bits()) & ~remove.bits());
  if (update.add.empty() && update.remove.empty()) return report(after);
  return session.Run("domain-update", std::move(update),
                     [&](const auto&) { return report(after); });
}

int ChangeNamedStatuses(Session& session, const Arguments& arguments) {
  Outcome<StatusSet> add = ParseServerStatuses(arguments.add);
  if (!add) return ReportRejection(add.rejection(), session.json);
  Outcome<StatusSet> remove = ParseServerStatuses(arguments.remove);
  if (!remove) return ReportRejection(remove.rejection(), session.json);
  return ChangeStatuses(session, arguments.name, *add, *remove);
}

}  // namespace

void AddObjectCommands(CLI::App& app, Session& session) {
  static Arguments arguments;
  const auto add = [&](CLI::App* parent, const char* name, const char* help, auto run) {
    CLI::App* command = parent->add_subcommand(name, help);
    command->add_option("NAME", arguments.name, "The object's name or identifier")->required();
    command->callback(
        [&session, run] { session.chosen = [&session, run] { return run(session, arguments); }; });
    return command;
  };
  const auto add_show = [&](CLI::App* parent, const char* help, auto run) {
    add(parent, "show", help, run)
        ->add_flag("--history", arguments.history,
                   "Also every change: when, who, by which command, what");
  };

  CLI::App* domain = app.add_subcommand("domain", "Domains: show, lock, unlock, status");
  domain->require_subcommand(1);
  add_show(domain, "Everything about a domain, as it is now", ShowDomain);
  add(domain, "lock", "Registry lock: nobody but the operator can update, delete or transfer it",
      [](Session& s, const Arguments& a) { return ChangeStatuses(s, a.name, kLock, {}); });
  add(domain, "unlock", "End a registry lock",
      [](Session& s, const Arguments& a) { return ChangeStatuses(s, a.name, {}, kLock); });
  CLI::App* status =
      add(domain, "status", "Set or clear single server statuses, such as serverHold",
          ChangeNamedStatuses);
  status->add_option("--add", arguments.add, "A status to set; may be repeated");
  status->add_option("--remove", arguments.remove, "A status to clear; may be repeated");

  CLI::App* host = app.add_subcommand("host", "Hosts (name servers)");
  host->require_subcommand(1);
  add_show(host, "Everything about a host", ShowHost);
  CLI::App* contact = app.add_subcommand("contact", "Contacts");
  contact->require_subcommand(1);
  add_show(contact, "Everything about a contact", ShowContact);
}

}  // namespace ctl
