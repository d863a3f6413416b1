#include "registry/store/flush.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "registry/lifecycle/project.h"
#include "registry/rules/history.h"
#include "registry/store/domain_links.h"
#include "registry/store/low_balance.h"
#include "registry/store/object_rows.h"

namespace registry::store {
namespace {

// What arrears are booked under, whoever came by.
constexpr std::string_view kByClock = "lifecycle";

const auto kByKey = [](const auto& a, const auto& b) { return a.key < b.key; };

Parameters LinkArrays(std::vector<Link> links) {
  std::sort(links.begin(), links.end());
  Int8s targets, domains;
  for (const Link& link : links) {
    targets.Add(link.target);
    domains.Add(link.domain);
  }
  return Parameters().Add(targets).Add(domains);
}

Parameters CalendarArrays(std::vector<std::pair<absl::Time, int64_t>> entries) {
  std::sort(entries.begin(), entries.end());
  Times at;
  Int8s objects;
  for (const auto& [time, object] : entries) {
    at.Add(time);
    objects.Add(object);
  }
  return Parameters().Add(at).Add(objects);
}

const std::string& NameOf(const Domain& domain) { return domain.name.text(); }
const std::string& NameOf(const Host& host) { return host.name.text(); }
const std::string& NameOf(const Contact& contact) { return contact.id.text(); }
const std::string& NameOf(const Organization& organization) { return organization.id.text(); }

std::string_view TldOf(const Domain& domain) { return domain.name.tld(); }
std::string_view TldOf(const Host& host) { return host.name.tld(); }
std::string_view TldOf(const Contact&) { return {}; }
std::string_view TldOf(const Organization&) { return {}; }

}  // namespace

void Flush::Add(const Origin& origin, TransactionNumber number, Changes changes, const Own& own) {
  if (changes.empty()) return;
  empty_ = false;
  const size_t domain_arrears = changes.domains.size() - own.domains;
  for (size_t i = 0; i < changes.domains.size(); ++i) {
    AddObject(changes.domains[i], 'D', origin, number, i < domain_arrears);
  }
  for (const Change<Host>& change : changes.hosts) AddObject(change, 'H', origin, number, false);
  const size_t contact_arrears = changes.contacts.size() - own.contacts;
  for (size_t i = 0; i < changes.contacts.size(); ++i) {
    AddObject(changes.contacts[i], 'C', origin, number, i < contact_arrears);
  }
  for (const Change<Organization>& change : changes.organizations) {
    AddObject(change, 'O', origin, number, false);
  }
  const size_t ledger_arrears = changes.ledger.size() - own.ledger;
  for (size_t i = 0; i < changes.ledger.size(); ++i) {
    LedgerEntry& entry = changes.ledger[i];
    Delta& delta = deltas_[entry.registrar];
    delta.amount += entry.amount;
    // What the clock charges is owed in any case.
    const bool spent = i >= ledger_arrears && entry.kind == LedgerKind::kCharge &&
                       entry.amount < Money{} && entry.registrar == origin.asker;
    delta.limited = delta.limited || spent;
    ledger_.push_back({std::move(entry), number});
  }
  for (PollMessage& message : changes.messages) messages_.push_back(std::move(message));
  removed_messages_.insert(removed_messages_.end(), changes.removed_messages.begin(),
                           changes.removed_messages.end());
  for (RestoreReport& report : changes.reports) reports_.emplace_back(std::move(report), number);
  for (const FailedLoginStep& step : changes.failed_logins) AddFailedLogin(step);
  for (const AllocationToken& token : changes.used_tokens) ++token_uses_[token.key];
  const PutBy by{origin.asker, number, origin.client_id, origin.command};
  for (Registrar& registrar : changes.registrars) registrars_.emplace_back(registrar, by);
  for (TldPolicy& policy : changes.tlds) tlds_.emplace_back(policy, by);
  for (IdnTable& table : changes.idn_tables) idn_tables_.emplace_back(table, by);
}

void Flush::AddFailedLogin(const FailedLoginStep& step) {
  if (step.failed_in) {
    ++failed_logins_[{step.registrar, *step.failed_in}];
    return;
  }
  forgotten_failures_.insert(step.registrar);
  std::erase_if(failed_logins_,
                [&](const auto& entry) { return entry.first.first == step.registrar; });
}

template <class T>
void Flush::AddObject(const Change<T>& change, char kind, const Origin& origin,
                      TransactionNumber number, bool by_clock) {
  const T& shown = change.after ? *change.after : *change.before;
  const int64_t key = Number(shown.key);
  HistoryRow row{number,
                 kind,
                 key,
                 0,
                 origin.asker,
                 origin.client_id,
                 origin.command,
                 DescribeChange(change),
                 change.happened};
  row.version = change.after ? change.after->version : change.before->version + 1;
  if (by_clock) {
    row.actor = kLifecycle;
    row.client_id.clear();
    row.command = kByClock;
  }
  history_.push_back(std::move(row));
  if (change.before && (!change.after || NameOf(*change.before) != NameOf(*change.after))) {
    former_names_.push_back({NameOf(*change.before), kind, key});
  }
  // Others refer to no contact and no organization that is new, and to none that goes; but a
  // contact can be asked for by itself.
  const bool matters = kind == 'O'   ? change.before && change.after
                       : kind == 'C' ? change.before.has_value()
                                     : true;
  if (matters) {
    AddToFeed(kind, key, NameOf(shown), TldOf(shown));
    if (change.before && NameOf(*change.before) != NameOf(shown)) {
      AddToFeed(kind, key, NameOf(*change.before), TldOf(*change.before));
    }
  }
  if constexpr (std::is_same_v<T, Domain>) {
    AddHostsLeft(change);
    domains_.Add(change);
  } else if constexpr (std::is_same_v<T, Host>) {
    hosts_.Add(change);
  } else if constexpr (std::is_same_v<T, Contact>) {
    contacts_.Add(change);
  } else {
    organizations_.Add(change);
  }
}

// Whose addresses may not be wanted in the zone any more: the domain does not tell.
void Flush::AddHostsLeft(const Change<Domain>& change) {
  if (!change.before) return;
  for (HostKey host : change.before->name_servers) {
    if (change.after && std::ranges::binary_search(change.after->name_servers, host)) continue;
    AddToFeed('H', Number(host), "", "");
  }
}

void Flush::AddToFeed(char kind, int64_t object, const std::string& name, std::string_view tld) {
  feed_.push_back({kind, object, name, std::string(tld)});
}

void Flush::Queue(Connection& connection, const Terms& terms) {
  std::sort(feed_.begin(), feed_.end());
  feed_.erase(std::unique(feed_.begin(), feed_.end()), feed_.end());
  if (changes_directory()) QueueDirectory(connection, terms);
  // A name that is given up may be taken again in the same group.
  QueueDeletes(connection);
  QueueHosts(connection);
  QueueContacts(connection);
  QueueOrganizations(connection);
  QueueDomains(connection);
  QueueLinks(connection);
  QueueCalendar(connection);
  QueueFormerNames(connection);
  QueueHistory(connection);
  QueueLedger(connection);
  QueueMessages(connection);
  QueueReports(connection);
  QueueFailedLogins(connection);
  QueueFeed(connection);
  static const Statement kGroup{"insert_commit_group",
                                "INSERT INTO commit_groups (id) VALUES ($1::int8)"};
  connection.Queue(kGroup, Parameters().Add(terms.group));
  QueueTokens(connection);
  // Last: these rows are what groups wait for most.
  QueueBalances(connection, terms);
}

void Flush::QueueLinks(Connection& connection) const {
  static const Statement kDelete{
      "delete_links",
      "DELETE FROM links l USING unnest($1::int8[], $2::int8[]) AS u(target, domain) WHERE "
      "l.target = u.target AND l.domain = u.domain"};
  static const Statement kInsert{
      "insert_links",
      "INSERT INTO links (target, domain) SELECT * FROM unnest($1::int8[], $2::int8[])"};
  std::vector<Link> removed, added;
  const auto compare = [&](const auto& change) {
    std::vector<Link> before, after;
    if (change.before) before = LinksOf(*change.before);
    if (change.after) after = LinksOf(*change.after);
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                        std::back_inserter(removed));
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                        std::back_inserter(added));
  };
  for (const auto* change : domains_.Deleted(kByKey)) compare(*change);
  for (const auto* change : domains_.Updated(kByKey)) compare(*change);
  for (const auto* change : domains_.Inserted(kByKey)) compare(*change);
  for (const auto* change : organizations_.Deleted(kByKey)) compare(*change);
  for (const auto* change : organizations_.Updated(kByKey)) compare(*change);
  for (const auto* change : organizations_.Inserted(kByKey)) compare(*change);
  if (!removed.empty()) connection.Queue(kDelete, LinkArrays(std::move(removed)));
  if (!added.empty()) connection.Queue(kInsert, LinkArrays(std::move(added)));
}

void Flush::QueueCalendar(Connection& connection) const {
  static const Statement kInsert{
      "insert_calendar",
      "INSERT INTO calendar (at, domain) SELECT * FROM unnest($1::timestamptz[], $2::int8[]) ON "
      "CONFLICT DO NOTHING"};
  static const Statement kInsertContacts{
      "insert_contact_calendar",
      "INSERT INTO contact_calendar (at, contact) SELECT * FROM unnest($1::timestamptz[], "
      "$2::int8[]) ON CONFLICT DO NOTHING"};
  std::vector<std::pair<absl::Time, int64_t>> entries;
  const auto compare = [&](const auto& change) {
    const absl::Time next = NextEvent(*change.after);
    if (next == absl::InfiniteFuture()) return;
    if (change.before && NextEvent(*change.before) == next) return;
    entries.emplace_back(next, Number(change.after->key));
  };
  for (const auto* change : domains_.Updated(kByKey)) compare(*change);
  for (const auto* change : domains_.Inserted(kByKey)) compare(*change);
  if (!entries.empty()) connection.Queue(kInsert, CalendarArrays(std::move(entries)));
  entries.clear();
  for (const auto* change : contacts_.Updated(kByKey)) compare(*change);
  if (!entries.empty()) connection.Queue(kInsertContacts, CalendarArrays(std::move(entries)));
}

void Flush::QueueFormerNames(Connection& connection) const {
  static const Statement kInsert{
      "insert_former_names",
      "INSERT INTO former_names (name, kind, object, until) SELECT u.name, u.kind, u.object, "
      "$4::timestamptz FROM unnest($1::text[], $2::\"char\"[], $3::int8[]) AS u(name, kind, "
      "object)"};
  Texts names;
  Letters kinds;
  Int8s objects;
  if (former_names_.empty()) return;
  for (const FormerName& former : former_names_) {
    names.Add(former.name);
    kinds.Add(former.kind);
    objects.Add(former.object);
  }
  connection.Queue(kInsert, Parameters().Add(names).Add(kinds).Add(objects).Add(now_));
}

void Flush::QueueHistory(Connection& connection) const {
  static const Statement kInsert{
      "insert_history",
      "INSERT INTO history (at, number, kind, object, version, actor, client_id, command, change, "
      "happened) SELECT $10::timestamptz, u.* FROM unnest($1::int8[], $2::\"char\"[], $3::int8[], "
      "$4::int4[], $5::int4[], $6::text[], $7::text[], $8::text[], $9::timestamptz[]) AS u"};
  if (history_.empty()) return;
  Int8s numbers, objects;
  Letters kinds;
  Int4s versions, actors;
  Texts client_ids, commands, changes;
  Times happened;
  for (const HistoryRow& row : history_) {
    happened.AddOptional(row.happened);
    numbers.Add(row.number);
    kinds.Add(row.kind);
    objects.Add(row.object);
    versions.Add(row.version);
    actors.Add(Number(row.actor));
    client_ids.Add(row.client_id);
    commands.Add(row.command);
    changes.Add(row.change);
  }
  connection.Queue(kInsert, Parameters()
                                .Add(numbers)
                                .Add(kinds)
                                .Add(objects)
                                .Add(versions)
                                .Add(actors)
                                .Add(client_ids)
                                .Add(commands)
                                .Add(changes)
                                .Add(happened)
                                .Add(now_));
}

void Flush::QueueLedger(Connection& connection) const {
  static const Statement kInsert{
      "insert_ledger",
      "INSERT INTO ledger (at, registrar, kind, amount, what, domain, domain_version, number, "
      "happened) SELECT $9::timestamptz, u.* FROM unnest($1::int4[], $2::\"char\"[], $3::int8[], "
      "$4::text[], $5::int8[], $6::int4[], $7::int8[], $8::timestamptz[]) AS u"};
  if (ledger_.empty()) return;
  Int4s registrars, versions;
  Letters kinds;
  Int8s amounts, domains, numbers;
  Texts whats;
  Times happened;
  for (const LedgerRow& row : ledger_) {
    happened.AddOptional(row.entry.happened);
    registrars.Add(Number(row.entry.registrar));
    kinds.Add(static_cast<char>(row.entry.kind));
    amounts.Add(row.entry.amount.minor);
    whats.Add(row.entry.what);
    if (Number(row.entry.domain) != 0) {
      domains.Add(Number(row.entry.domain));
    } else {
      domains.AddNull();
    }
    versions.Add(row.entry.domain_version);
    numbers.Add(row.number);
  }
  connection.Queue(kInsert, Parameters()
                                .Add(registrars)
                                .Add(kinds)
                                .Add(amounts)
                                .Add(whats)
                                .Add(domains)
                                .Add(versions)
                                .Add(numbers)
                                .Add(happened)
                                .Add(now_));
}

void Flush::QueueMessages(Connection& connection) const {
  static const Statement kAcknowledge{
      "acknowledge_messages",
      "UPDATE poll_messages p SET acked_at = $3::timestamptz FROM unnest($1::int4[], $2::int8[]) "
      "AS u(registrar, id) WHERE p.id = u.id AND p.registrar = u.registrar"};
  static const Statement kInsert{
      "insert_messages",
      // A purge names the registrar's own <delete>, which is the last one of that domain.
      "INSERT INTO poll_messages (registrar, queued, text, object_name, notice, expires, "
      "deleted_by, deleted_by_client_id, transfer, detail) SELECT u.registrar, u.queued, u.text, "
      "u.object_name, u.notice, u.expires, d.number, d.client_id, u.transfer, u.detail FROM "
      "unnest($1::int4[], $2::timestamptz[], $3::text[], $4::text[], $5::\"char\"[], "
      "$6::timestamptz[], $7::int8[], $8::text[], $9::text[]) WITH ORDINALITY AS u(registrar, "
      "queued, text, "
      "object_name, notice, expires, domain, transfer, detail, ordinal) LEFT JOIN LATERAL "
      "(SELECT * FROM (SELECT h.number, h.client_id, h.actor FROM history h WHERE u.notice = 'p' "
      "AND h.object = u.domain AND h.command = 'domain-delete' ORDER BY h.number DESC LIMIT 1) l "
      "WHERE l.actor = u.registrar) d ON true ORDER BY u.ordinal"};
  if (!removed_messages_.empty()) {
    Int4s registrars;
    Int8s ids;
    for (const auto& [registrar, id] : removed_messages_) {
      registrars.Add(Number(registrar));
      ids.Add(id);
    }
    connection.Queue(kAcknowledge, Parameters().Add(registrars).Add(ids).Add(now_));
  }
  if (messages_.empty()) return;
  Int4s registrars;
  Times queued, expiries;
  Texts texts, names, transfers, details;
  Letters notices;
  Int8s domains;
  for (const PollMessage& message : messages_) {
    registrars.Add(Number(message.registrar));
    queued.Add(message.queued);
    texts.Add(message.text);
    names.Add(message.object_name);
    notices.Add(static_cast<char>(message.notice));
    expiries.AddOptional(message.expires);
    domains.Add(Number(message.domain));
    if (message.transfer) {
      transfers.Add(TransferText(*message.transfer));
    } else {
      transfers.AddNull();
    }
    if (message.detail.empty()) {
      details.AddNull();
    } else {
      details.Add(message.detail);
    }
  }
  connection.Queue(kInsert, Parameters()
                                .Add(registrars)
                                .Add(queued)
                                .Add(texts)
                                .Add(names)
                                .Add(notices)
                                .Add(expiries)
                                .Add(domains)
                                .Add(transfers)
                                .Add(details));
}

// Rare, and long: one by one.
void Flush::QueueReports(Connection& connection) const {
  static const Statement kInsert{
      "insert_restore_report",
      "INSERT INTO restore_reports (at, number, domain, pre_data, post_data, deleted, restored, "
      "reason, statements, other) VALUES ($1::timestamptz, $2::int8, $3::int8, $4::text, $5::text, "
      "$6::timestamptz, $7::timestamptz, $8::text, $9::text[], $10::text)"};
  for (const auto& [report, number] : reports_) {
    Texts statements;
    for (const std::string& statement : report.statements) statements.Add(statement);
    connection.Queue(kInsert, Parameters()
                                  .Add(now_)
                                  .Add(number)
                                  .Add(Number(report.domain))
                                  .Add(report.pre_data)
                                  .Add(report.post_data)
                                  .Add(report.deleted)
                                  .Add(report.restored)
                                  .Add(report.reason)
                                  .Add(statements)
                                  .Add(report.other));
  }
}

void Flush::QueueFailedLogins(Connection& connection) const {
  static const Statement kForget{"forget_failed_logins",
                                 "DELETE FROM failed_logins WHERE registrar = ANY($1::int4[])"};
  static const Statement kCount{
      "count_failed_logins",
      "INSERT INTO failed_logins AS f (registrar, hour, failures) SELECT * FROM "
      "unnest($1::int4[], $2::timestamptz[], $3::int8[]) ON CONFLICT (registrar, hour) DO UPDATE "
      "SET failures = f.failures + excluded.failures"};
  if (!forgotten_failures_.empty()) {
    Int4s forgotten;
    for (const RegistrarKey registrar : forgotten_failures_) forgotten.Add(Number(registrar));
    connection.Queue(kForget, Parameters().Add(forgotten));
  }
  if (failed_logins_.empty()) return;
  Int4s registrars;
  Times hours;
  Int8s failures;
  for (const auto& [where, count] : failed_logins_) {
    registrars.Add(Number(where.first));
    hours.Add(where.second);
    failures.Add(count);
  }
  connection.Queue(kCount, Parameters().Add(registrars).Add(hours).Add(failures));
}

void Flush::QueueFeed(Connection& connection) const {
  static const Statement kInsert{
      "insert_feed",
      "INSERT INTO feed (ordinal, kind, object, name, tld) SELECT * FROM unnest($1::int4[], "
      "$2::\"char\"[], $3::int8[], $4::text[], $5::text[])"};
  if (feed_.empty()) return;
  Int4s ordinals;
  Letters kinds;
  Int8s objects;
  Texts names, tlds;
  for (const FeedRow& row : feed_) {
    ordinals.Add(ordinals.size());
    kinds.Add(row.kind);
    objects.Add(row.object);
    names.Add(row.name);
    tlds.Add(row.tld);
  }
  connection.Queue(kInsert,
                   Parameters().Add(ordinals).Add(kinds).Add(objects).Add(names).Add(tlds));
}

// Tokens are not locked when they are loaded, so that a promotion does not make groups wait for one
// another. Whoever comes too late has a conflict, decides again, and is refused.
void Flush::QueueTokens(Connection& connection) const {
  static const Statement kUse{
      "use_tokens",
      "WITH used AS (UPDATE allocation_tokens t SET uses = t.uses + u.uses FROM unnest($1::int8[], "
      "$2::int8[]) AS u(id, uses) WHERE t.id = u.id AND t.revoked IS NULL AND (t.max_uses = 0 OR "
      "t.uses + u.uses <= t.max_uses) RETURNING 1) SELECT refuse('PT001', 'a token has been used "
      "up meanwhile') FROM used HAVING count(*) <> cardinality($1::int8[])"};
  if (token_uses_.empty()) return;
  Int8s keys, uses;
  for (const auto& [key, count] : token_uses_) {
    keys.Add(key);
    uses.Add(count);
  }
  connection.Queue(kUse, Parameters().Add(keys).Add(uses));
}

void Flush::QueueBalances(Connection& connection, const Terms& terms) const {
  static const Statement kUpdate{
      "update_balances",
      "WITH changed AS (UPDATE balances b SET balance = b.balance + u.amount FROM "
      "unnest($1::int4[], $2::int8[], $3::bool[]) AS u(registrar, amount, limited) WHERE "
      "b.registrar = u.registrar RETURNING u.limited AND b.balance < -b.credit_limit AS overdrawn, "
      "b.registrar, b.balance + b.credit_limit AS credit, u.amount, b.low_balance), told AS "
      "(" +
          std::string(kTellLowBalance) +
          ") "
          "SELECT CASE WHEN bool_or(overdrawn) THEN refuse('PT002', 'the balance falls below its "
          "limit') ELSE refuse('23503', 'the registrar has no account') END FROM changed HAVING "
          "bool_or(overdrawn) OR count(*) <> cardinality($1::int4[])"};
  Int4s registrars;
  Int8s amounts;
  Bools limited;
  for (const auto& [registrar, delta] : deltas_) {
    if (delta.amount == Money{}) continue;
    registrars.Add(Number(registrar));
    amounts.Add(delta.amount.minor);
    limited.Add(delta.limited && !terms.balances_are_locked);
  }
  if (registrars.empty()) return;
  connection.Queue(kUpdate, Parameters().Add(registrars).Add(amounts).Add(limited).Add(now_));
}

}  // namespace registry::store
