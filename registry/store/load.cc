#include "registry/store/load.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/lifecycle/project.h"
#include "registry/store/allocation_tokens.h"
#include "registry/store/domain_links.h"
#include "registry/store/object_rows.h"

namespace registry::store {
namespace {

// One statement for each way to hold the rows.
struct LockedStatement {
  std::array<Statement, 4> by_lock;
  const Statement& operator[](Lock lock) const { return by_lock[static_cast<size_t>(lock)]; }
};

// Rows are locked in the order of their keys, so that groups wait for each other in one direction.
LockedStatement Locked(std::array<const char*, 4> names, const std::string& sql) {
  return {{Statement{names[0], sql}, Statement{names[1], sql + " ORDER BY id FOR KEY SHARE"},
           Statement{names[2], sql + " ORDER BY id FOR NO KEY UPDATE"},
           Statement{names[3], sql + " ORDER BY id FOR UPDATE"}}};
}

const LockedStatement& DomainsByName() {
  static const LockedStatement statement = Locked(
      {"domains_by_name", "domains_by_name_ref", "domains_by_name_upd", "domains_by_name_del"},
      Concat("SELECT ", kDomainColumns, " FROM domains WHERE name = ANY($1::text[])"));
  return statement;
}

const LockedStatement& DomainsByNameOrKey() {
  static const LockedStatement statement =
      Locked({"domains_by_key", "domains_by_key_ref", "domains_by_key_upd", "domains_by_key_del"},
             Concat("SELECT ", kDomainColumns,
                    " FROM domains WHERE id = ANY(ARRAY(SELECT id FROM domains WHERE name = "
                    "ANY($1::text[]) UNION SELECT unnest($2::int8[])))"));
  return statement;
}

const LockedStatement& DomainsByVariant() {
  static const LockedStatement statement = Locked(
      {"domains_by_variant", "domains_by_variant_ref", "domains_by_variant_upd",
       "domains_by_variant_del"},
      Concat("SELECT ", kDomainColumns, " FROM domains WHERE variant_key = ANY($1::text[])"));
  return statement;
}

const LockedStatement& HostsByName() {
  static const LockedStatement statement =
      Locked({"hosts_by_name", "hosts_by_name_ref", "hosts_by_name_upd", "hosts_by_name_del"},
             Concat("SELECT ", kHostColumns, " FROM hosts WHERE name = ANY($1::text[])"));
  return statement;
}

const LockedStatement& ContactsByHandle() {
  static const LockedStatement statement =
      Locked({"contacts_by_handle", "contacts_by_handle_ref", "contacts_by_handle_upd",
              "contacts_by_handle_del"},
             Concat("SELECT ", kContactColumns, " FROM contacts WHERE handle = ANY($1::text[])"));
  return statement;
}

const LockedStatement& ContactsByHandleOrKey() {
  static const LockedStatement statement = Locked(
      {"contacts_by_key", "contacts_by_key_ref", "contacts_by_key_upd", "contacts_by_key_del"},
      Concat("SELECT ", kContactColumns,
             " FROM contacts WHERE id = ANY(ARRAY(SELECT id FROM contacts WHERE handle = "
             "ANY($1::text[]) UNION SELECT unnest($2::int8[])))"));
  return statement;
}

const LockedStatement& OrganizationsByHandle() {
  static const LockedStatement statement =
      Locked({"organizations_by_handle", "organizations_by_handle_ref",
              "organizations_by_handle_upd", "organizations_by_handle_del"},
             Concat("SELECT ", kOrganizationColumns,
                    " FROM organizations WHERE handle = ANY($1::text[])"));
  return statement;
}

const Statement& ResellersOfDomains() {
  static const Statement statement{
      "resellers_of_domains",
      Concat("SELECT ", kOrganizationColumns,
             " FROM organizations WHERE id = ANY(ARRAY(SELECT ((regexp_match(organizations, "
             "'(?:^|\\n)r ([0-9]+) '))[1])::int8 FROM domains WHERE name = ANY($1::text[]) AND "
             "organizations IS NOT NULL))")};
  return statement;
}

const Statement& HostsByAddress() {
  static const Statement statement{
      "hosts_by_address",
      Concat("SELECT ", kHostColumns,
             " FROM hosts WHERE id = ANY(ARRAY(SELECT h.id FROM unnest($1::text[]::inet[]) AS "
             "u(address) CROSS JOIN LATERAL (SELECT id FROM hosts WHERE addresses @> "
             "ARRAY[u.address] AND addresses <> '{}' LIMIT $2::int8) h))")};
  return statement;
}

// Whose sponsors are theirs.
const Statement& DomainsAboveHostsByAddress() {
  static const Statement statement{
      "domains_above_hosts_by_address",
      Concat("SELECT ", kDomainColumns,
             " FROM domains WHERE id = ANY(ARRAY(SELECT h.superordinate FROM "
             "unnest($1::text[]::inet[]) AS u(address) CROSS JOIN LATERAL (SELECT superordinate "
             "FROM hosts WHERE addresses @> ARRAY[u.address] AND addresses <> '{}' LIMIT $2::int8) "
             "h))")};
  return statement;
}

const Statement& HostsOfDomains() {
  static const Statement statement{
      "hosts_of_domains",
      Concat("SELECT ", kHostColumns,
             " FROM hosts WHERE id = ANY(ARRAY(SELECT unnest(name_servers) FROM domains WHERE "
             "name = ANY($1::text[])))")};
  return statement;
}

const Statement kHostsByKey{
    "hosts_only_by_key", Concat("SELECT ", kHostColumns, " FROM hosts WHERE id = ANY($1::int8[])")};
const Statement kContactsByKey{
    "contacts_only_by_key",
    Concat("SELECT ", kContactColumns, " FROM contacts WHERE id = ANY($1::int8[])")};
const Statement kOrganizationsByKey{
    "organizations_only_by_key",
    Concat("SELECT ", kOrganizationColumns, " FROM organizations WHERE id = ANY($1::int8[])")};

const Statement& HostsBelowDomains() {
  static const Statement statement{
      "hosts_below_domains",
      Concat("SELECT ", kHostColumns,
             " FROM hosts WHERE superordinate = ANY(ARRAY(SELECT id FROM domains WHERE name = "
             "ANY($1::text[])))")};
  return statement;
}

const Statement& ContactsOfDomains() {
  static const Statement statement{
      "contacts_of_domains",
      Concat("SELECT ", kContactColumns,
             " FROM contacts WHERE id = ANY(ARRAY(SELECT unnest(registrant || contacts) FROM "
             "domains WHERE name = ANY($1::text[])))")};
  return statement;
}

// Links are counted up to $1, the number beyond which Use says "many"; of the domains among them
// that the clock takes away or to another sponsor, since they are deleted or asked for, it is said
// which and when. Whether others use a host decides about its renaming;
// beyond 10,000 links we say they do rather than look at millions.
constexpr char kOthersUse[] =
    "(SELECT count(*) > 10000 OR coalesce(bool_or(d.sponsor <> t.sponsor), false) FROM (SELECT "
    "domain FROM links WHERE target = t.id LIMIT 10001) l JOIN domains d ON d.id = l.domain)";
constexpr char kSponsors[] =
    "(SELECT coalesce(array_agg(DISTINCT d.sponsor::int8), '{}') FROM (SELECT domain FROM links "
    "WHERE target = t.id LIMIT 10001) l JOIN domains d ON d.id = l.domain)";
constexpr char kHostTargets[] = "t.name = ANY($2::text[])";
constexpr char kContactTargets[] =
    "t.id = ANY(ARRAY(SELECT id FROM contacts WHERE handle = ANY($2::text[]) UNION SELECT "
    "unnest($3::int8[])))";

std::string UseSql(const char* table, const char* others, const char* sponsors,
                   const char* targets) {
  return Concat("SELECT t.id, u.links, ", others,
                ", coalesce(u.leaving, '{}'), coalesce(u.leaving_at, '{}'), ", sponsors, " FROM ",
                table,
                " t CROSS JOIN LATERAL (SELECT count(*) AS links, array_agg(d.id) FILTER (WHERE "
                "d.id IS NOT NULL) AS leaving, array_agg(CASE WHEN d.phase = 0 THEN "
                "split_part(d.transfer, ' ', 5)::int8 ELSE (extract(epoch FROM d.phase_ends) * "
                "1000)::int8 END) FILTER (WHERE d.id IS NOT NULL) AS leaving_at FROM (SELECT "
                "domain FROM links WHERE target = t.id LIMIT $1::int8) l LEFT JOIN domains d ON "
                "d.id = l.domain AND (d.phase <> 0 OR d.transfer LIKE '0 %')) u WHERE ",
                targets);
}

const Statement& HostUse(bool others) {
  static const Statement counted{"host_links",
                                 UseSql("hosts", "false", "'{}'::int8[]", kHostTargets)};
  static const Statement full{"host_use", UseSql("hosts", kOthersUse, kSponsors, kHostTargets)};
  return others ? full : counted;
}

const Statement& ContactUse() {
  static const Statement statement{"contact_links",
                                   UseSql("contacts", "false", "'{}'::int8[]", kContactTargets)};
  return statement;
}

// A row for each of LinkTarget and ParentTarget.
const Statement& OrganizationUse() {
  static const Statement statement{
      "organization_links",
      UseSql(
          "(SELECT -(o.id * 4 + n) AS id, o.handle FROM organizations o, generate_series(0, 3) n)",
          "false", "'{}'::int8[]", "t.handle = ANY($2::text[])")};
  return statement;
}

const Statement kVersion{"directory_version", "SELECT version, clock_timestamp() FROM registry"};
const Statement kBalances{"balances",
                          "SELECT registrar, balance FROM balances WHERE registrar = "
                          "ANY($1::int4[]) ORDER BY registrar"};
const Statement kLockedBalances{"balances_upd",
                                "SELECT registrar, balance FROM balances WHERE registrar = "
                                "ANY($1::int4[]) ORDER BY registrar FOR NO KEY UPDATE"};
const Statement kAskedMessages{
    "asked_messages",
    "SELECT id, registrar, queued, text, object_name FROM poll_messages WHERE id = ANY($1::int8[]) "
    "AND acked_at IS NULL ORDER BY id FOR NO KEY UPDATE"};
const Statement kQueues{
    "poll_queues",
    "SELECT r.registrar, (SELECT count(*) FROM poll_messages p WHERE p.registrar = r.registrar AND "
    "p.acked_at IS NULL), o.id, o.queued, o.text, o.object_name, o.notice, o.expires, "
    "o.deleted_by, o.deleted_by_client_id, o.transfer, o.detail FROM unnest($1::int4[]) "
    "r(registrar) LEFT "
    "JOIN LATERAL "
    "(SELECT * FROM poll_messages p WHERE p.registrar = r.registrar AND p.acked_at IS NULL ORDER "
    "BY p.id LIMIT 1) "
    "o ON true"};

const Statement kUsedTlds{
    "used_tlds",
    "SELECT tld FROM tlds t WHERE EXISTS (SELECT FROM domains WHERE right(name, length(t.tld) + 1) "
    "= '.' || t.tld)"};

// Whoever asks forgets them.
const Statement kFailedLogins{
    "failed_logins",
    "SELECT registrar, hour, failures FROM failed_logins WHERE registrar = ANY($1::int4[]) ORDER "
    "BY registrar, hour FOR UPDATE"};

const Statement kListed{
    "listed_labels",
    "SELECT l.label, l.tld, l.kind, l.premium_class FROM unnest($1::text[], $2::text[]) AS u(tld, "
    "label) JOIN listed_labels l ON l.tld = u.tld AND l.label = u.label"};

const Statement& TokensByDigest() {
  static const Statement statement{
      "tokens_by_digest",
      Concat("SELECT ", kTokenColumns, " FROM allocation_tokens WHERE digest = ANY($1::bytea[])")};
  return statement;
}

template <class Names>
Texts TextsOf(const Names& names) {
  Texts texts;
  for (const auto& name : names) texts.Add(name.text());
  return texts;
}

template <class Keys>
Int8s KeysOf(const Keys& keys) {
  Int8s numbers;
  for (auto key : keys) numbers.Add(Number(key));
  return numbers;
}

Texts AddressesOf(const std::vector<IpAddress>& addresses) {
  std::vector<std::string> written;
  for (const IpAddress& address : addresses) written.push_back(address.ToString());
  Texts texts;
  for (const std::string& text : written) texts.Add(text);
  return texts;
}

Int4s RegistrarsOf(const std::vector<RegistrarKey>& keys) {
  Int4s numbers;
  for (RegistrarKey key : keys) numbers.Add(Number(key));
  return numbers;
}

}  // namespace

Load::Load(NeedsUnion needs, std::vector<RegistrarKey> askers, LoadMode mode,
           std::shared_ptr<const Directory> known)
    : needs_(std::move(needs)), askers_(std::move(askers)), mode_(mode), known_(std::move(known)) {
  for (const DomainName& name : needs_.listed_domains) {
    if (known_->Lists(name.tld())) looked_up_.push_back(name);
  }
}

bool Load::MissesLists(const Directory& directory) const {
  return std::ranges::any_of(needs_.listed_domains, [&](const DomainName& name) {
    return directory.Lists(name.tld()) && !std::ranges::binary_search(looked_up_, name);
  });
}

void Load::Add(Connection& connection, Part part, const Statement& statement,
               const Parameters& parameters) {
  connection.Queue(statement, parameters);
  parts_.push_back(part);
}

void Load::Queue(Connection& connection) {
  parts_.clear();
  Add(connection, Part::kVersion, kVersion);
  QueueDomains(connection);
  QueueHosts(connection);
  QueueContacts(connection);
  QueueOrganizations(connection);
  QueueUse(connection);
  QueueListed(connection);
  QueueMaintenances(connection);
  QueueAccounts(connection);
}

void Load::QueueReferences(Connection& connection) {
  parts_.clear();
  std::vector<int64_t> hosts, contacts, organizations;
  for (const Domain& domain : domains_) {
    if (std::ranges::binary_search(needs_.detailed_domains, domain.name)) {
      for (const HostKey key : domain.name_servers) hosts.push_back(Number(key));
      for (const DomainContact& link : domain.contacts) contacts.push_back(Number(link.contact));
      if (domain.registrant != ContactKey{}) contacts.push_back(Number(domain.registrant));
    }
    if (domain.organizations && std::ranges::binary_search(needs_.resold_domains, domain.name)) {
      for (const OrganizationLink& link : *domain.organizations) {
        if (link.role == OrganizationRole::kReseller) organizations.push_back(Number(link.key));
      }
    }
  }
  const auto add = [&](Part part, const Statement& statement, std::vector<int64_t>& keys) {
    if (keys.empty()) return;
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    Int8s numbers;
    for (const int64_t key : keys) numbers.Add(key);
    Add(connection, part, statement, Parameters().Add(numbers));
  };
  add(Part::kMoreHosts, kHostsByKey, hosts);
  add(Part::kMoreContacts, kContactsByKey, contacts);
  add(Part::kMoreOrganizations, kOrganizationsByKey, organizations);
}

void Load::QueueDomains(Connection& connection) {
  const Lock lock = mode_ == LoadMode::kRead ? Lock::kNone : needs_.domain_lock;
  Parameters parameters;
  parameters.Add(TextsOf(needs_.domains));
  if (!needs_.domain_keys.empty()) {
    parameters.Add(KeysOf(needs_.domain_keys));
    Add(connection, Part::kDomains, DomainsByNameOrKey()[lock], parameters);
  } else if (!needs_.domains.empty()) {
    Add(connection, Part::kDomains, DomainsByName()[lock], parameters);
  }
  if (needs_.variant_keys.empty()) return;
  // Whoever is let in beside them has to find them there.
  Texts keys;
  for (const std::string& key : needs_.variant_keys) keys.Add(key);
  Add(connection, Part::kVariants,
      DomainsByVariant()[mode_ == LoadMode::kRead ? Lock::kNone : Lock::kReference],
      Parameters().Add(keys));
}

void Load::QueueHosts(Connection& connection) {
  const Lock lock = mode_ == LoadMode::kRead ? Lock::kNone : needs_.host_lock;
  if (!needs_.hosts.empty()) {
    Add(connection, Part::kHosts, HostsByName()[lock], Parameters().Add(TextsOf(needs_.hosts)));
  }
  // What is only looked at, after what is locked.
  if (!needs_.host_addresses.empty()) {
    const auto parameters =
        Parameters().Add(AddressesOf(needs_.host_addresses)).Add(int64_t{needs_.most_with_address});
    Add(connection, Part::kMoreHosts, HostsByAddress(), parameters);
    Add(connection, Part::kDomains, DomainsAboveHostsByAddress(), parameters);
  }
  if (!needs_.detailed_domains.empty() && !in_two_steps()) {
    Add(connection, Part::kMoreHosts, HostsOfDomains(),
        Parameters().Add(TextsOf(needs_.detailed_domains)));
  }
  if (!needs_.parent_domains.empty()) {
    Add(connection, Part::kMoreHosts, HostsBelowDomains(),
        Parameters().Add(TextsOf(needs_.parent_domains)));
  }
}

void Load::QueueContacts(Connection& connection) {
  const Lock lock = mode_ == LoadMode::kRead ? Lock::kNone : needs_.contact_lock;
  Parameters parameters;
  parameters.Add(TextsOf(needs_.contacts));
  if (!needs_.contact_keys.empty()) {
    Add(connection, Part::kContacts, ContactsByHandleOrKey()[lock],
        parameters.Add(KeysOf(needs_.contact_keys)));
  } else if (!needs_.contacts.empty()) {
    Add(connection, Part::kContacts, ContactsByHandle()[lock], parameters);
  }
  if (!needs_.detailed_domains.empty() && !in_two_steps()) {
    Add(connection, Part::kMoreContacts, ContactsOfDomains(),
        Parameters().Add(TextsOf(needs_.detailed_domains)));
  }
}

void Load::QueueOrganizations(Connection& connection) {
  if (!needs_.organizations.empty()) {
    const Lock lock = mode_ == LoadMode::kRead ? Lock::kNone : needs_.organization_lock;
    Add(connection, Part::kOrganizations, OrganizationsByHandle()[lock],
        Parameters().Add(TextsOf(needs_.organizations)));
  }
  if (!needs_.resold_domains.empty() && !in_two_steps()) {
    Add(connection, Part::kMoreOrganizations, ResellersOfDomains(),
        Parameters().Add(TextsOf(needs_.resold_domains)));
  }
}

void Load::QueueUse(Connection& connection) {
  const int64_t counted = Use::kCountedLinks + 1;
  if (!needs_.linked_hosts.empty()) {
    Add(connection, Part::kHostUse, HostUse(/*others=*/mode_ != LoadMode::kRead),
        Parameters().Add(counted).Add(TextsOf(needs_.linked_hosts)));
  }
  const bool by_key = needs_.contact_key_links;
  if (!needs_.linked_contacts.empty() || (by_key && !needs_.contact_keys.empty())) {
    Add(connection, Part::kContactUse, ContactUse(),
        Parameters()
            .Add(counted)
            .Add(TextsOf(needs_.linked_contacts))
            .Add(by_key ? KeysOf(needs_.contact_keys) : Int8s()));
  }
  if (!needs_.linked_organizations.empty()) {
    Add(connection, Part::kOrganizationUse, OrganizationUse(),
        Parameters().Add(counted).Add(TextsOf(needs_.linked_organizations)));
  }
}

// Names that are not one label below a TLD are never registered, so their first label does for all.
void Load::QueueListed(Connection& connection) {
  if (!looked_up_.empty()) {
    Texts tlds, labels;
    for (const DomainName& name : looked_up_) {
      tlds.Add(name.tld());
      labels.Add(name.label());
    }
    Add(connection, Part::kListed, kListed, Parameters().Add(tlds).Add(labels));
  }
  if (needs_.tokens.empty()) return;
  ByteStrings digests;
  for (const std::string& digest : needs_.tokens) digests.Add(Bytes{digest});
  Add(connection, Part::kTokens, TokensByDigest(), Parameters().Add(digests));
}

void Load::QueueMaintenances(Connection& connection) {
  static const Statement kMaintenances{
      "load_maintenances",
      "SELECT content, NOT ended FROM maintenances WHERE ($1::bool AND NOT ended) OR id = "
      "ANY($2::text[])"};
  if (!needs_.maintenance_list && needs_.maintenances.empty()) return;
  Texts ids;
  for (const std::string& id : needs_.maintenances) ids.Add(id);
  Add(connection, Part::kMaintenances, kMaintenances,
      Parameters().Add(needs_.maintenance_list).Add(ids));
}

std::vector<DomainKey> Load::LeavingUsers(absl::Time now) const {
  const int64_t now_ms = absl::ToUnixMillis(now);
  std::vector<DomainKey> leaving;
  for (const auto* uses : {&host_use_, &contact_use_, &organization_use_}) {
    for (const NamedUse& named : *uses) {
      for (size_t i = 0; i < named.leaving.size(); ++i) {
        if (named.leaving_at[i] <= now_ms) leaving.push_back(DomainKey{named.leaving[i]});
      }
    }
  }
  if (mode_ != LoadMode::kRead) {
    for (const Domain& variant : variants_) {
      if (variant.phase != DomainPhase::kActive && variant.phase_ends <= now) {
        leaving.push_back(variant.key);
      }
    }
  }
  std::sort(leaving.begin(), leaving.end());
  leaving.erase(std::unique(leaving.begin(), leaving.end()), leaving.end());
  std::erase_if(leaving, [this](DomainKey key) {
    return std::binary_search(needs_.domain_keys.begin(), needs_.domain_keys.end(), key);
  });
  return leaving;
}

absl::Status Load::TakeUsers(Connection& connection, const std::vector<DomainKey>& leaving) {
  static const Statement kDomains{
      "leaving_domains",
      Concat("SELECT ", kDomainColumns, " FROM domains WHERE id = ANY($1::int8[])")};
  absl::StatusOr<Result> result = connection.Run(kDomains, Parameters().Add(KeysOf(leaving)));
  if (!result.ok()) return result.status();
  for (int i = 0; i < result->rows(); ++i) {
    Domain domain = ReadDomain(result->Row(i));
    const int64_t key = Number(domain.key);
    leaving_users_.emplace(key, std::move(domain));
  }
  leaving_users_are_loaded_ = true;
  return absl::OkStatus();
}

void Load::QueueAccounts(Connection& connection) {
  if (needs_.used_tlds) Add(connection, Part::kUsedTlds, kUsedTlds);
  if (!needs_.poll_messages.empty()) {
    Int8s ids;
    for (const auto& [registrar, id] : needs_.poll_messages) ids.Add(id);
    if (mode_ != LoadMode::kRead) {
      Add(connection, Part::kAskedMessages, kAskedMessages, Parameters().Add(ids));
    }
  }
  if (!needs_.poll_queues.empty()) {
    Add(connection, Part::kQueues, kQueues, Parameters().Add(RegistrarsOf(needs_.poll_queues)));
  }
  if (!needs_.failed_logins.empty()) {
    Add(connection, Part::kFailedLogins, kFailedLogins,
        Parameters().Add(RegistrarsOf(needs_.failed_logins)));
  }
  if (!askers_.empty()) {
    const bool locking = mode_ == LoadMode::kWriteLockingBalances;
    Add(connection, Part::kBalances, locking ? kLockedBalances : kBalances,
        Parameters().Add(RegistrarsOf(askers_)));
  }
}

void Load::Take(std::vector<Result>& results, size_t& next) {
  for (Part part : parts_) {
    POSTEL_CHECK(next < results.size());
    TakePart(part, results[next++]);
  }
}

namespace {

void ReadNotice(RowReader& row, PollMessage& message) {
  message.notice = static_cast<PollMessage::Notice>(row.Letter());
  message.expires = row.OptionalTime();
  const int64_t number = row.Int8OrZero();
  std::string client_id = row.TextOrEmpty();
  if (number != 0) message.deleted_by.emplace(PollMessage::Command{number, std::move(client_id)});
  message.transfer = ReadTransfer(row.TextOrEmpty());
  message.detail = row.TextOrEmpty();
}

}  // namespace

void Load::TakePart(Part part, Result& result) {
  for (int i = 0; i < result.rows(); ++i) {
    RowReader row = result.Row(i);
    switch (part) {
      case Part::kVersion:
        directory_version_ = row.Int8();
        database_time_ = row.Time();
        break;
      case Part::kDomains:
        domains_.push_back(ReadDomain(row));
        break;
      case Part::kVariants:
        variants_.push_back(ReadDomain(row));
        break;
      case Part::kHosts:
      case Part::kMoreHosts:
        hosts_.push_back(ReadHost(row));
        break;
      case Part::kContacts:
      case Part::kMoreContacts:
        contacts_.push_back(ReadContact(row));
        break;
      case Part::kHostUse:
      case Part::kContactUse:
      case Part::kOrganizationUse: {
        NamedUse use{row.Int8(), {}, {}, {}};
        use.use.links = row.Int8();
        use.use.by_other_sponsors = row.Bool();
        use.leaving = row.Int8Array();
        use.leaving_at = row.Int8Array();
        for (int64_t key : row.Int8Array()) {
          use.use.sponsors.push_back(RegistrarKey{static_cast<int32_t>(key)});
        }
        POSTEL_CHECK(use.leaving.size() == use.leaving_at.size());
        (part == Part::kHostUse      ? host_use_
         : part == Part::kContactUse ? contact_use_
                                     : organization_use_)
            .push_back(std::move(use));
        break;
      }
      case Part::kBalances: {
        const RegistrarKey registrar{row.Int4()};
        balances_.emplace_back(registrar, Money{row.Int8()});
        break;
      }
      case Part::kAskedMessages: {
        PollMessage message;
        message.id = row.Int8();
        message.registrar = RegistrarKey{row.Int4()};
        message.queued = row.Time();
        message.text = row.Text();
        message.object_name = row.Text();
        asked_.push_back(std::move(message));
        break;
      }
      case Part::kQueues: {
        const RegistrarKey registrar{row.Int4()};
        WorkingSet::PollQueue queue;
        queue.count = row.Int8();
        if (!row.SkipNull()) {
          queue.oldest.emplace();
          queue.oldest->id = row.Int8();
          queue.oldest->registrar = registrar;
          queue.oldest->queued = row.Time();
          queue.oldest->text = row.Text();
          queue.oldest->object_name = row.Text();
          ReadNotice(row, *queue.oldest);
        }
        queues_.emplace_back(registrar, std::move(queue));
        break;
      }
      case Part::kUsedTlds:
        used_tlds_.push_back(row.Text());
        break;
      case Part::kFailedLogins: {
        const RegistrarKey registrar{row.Int4()};
        const absl::Time hour = row.Time();
        failed_logins_[registrar][hour] = row.Int8();
        break;
      }
      case Part::kListed: {
        const std::string label = row.Text();
        DomainName name = DomainName::Trusted(Concat(label, ".", row.Text()));
        const auto kind = static_cast<ListedLabel::Kind>(row.Letter());
        listed_.emplace_back(std::move(name), ListedLabel{kind, row.TextOrEmpty()});
        break;
      }
      case Part::kTokens:
        tokens_.push_back(ReadAllocationToken(row));
        break;
      case Part::kMaintenances: {
        absl::StatusOr<Maintenance> maintenance = ParseMaintenance(row.Text());
        if (!maintenance.ok()) break;  // nobody but we write them; it is no reason to stop
        maintenances_.emplace_back(*std::move(maintenance), row.Bool());
        break;
      }
      case Part::kOrganizations:
      case Part::kMoreOrganizations:
        organizations_.push_back(ReadOrganization(row));
        break;
    }
  }
}

WorkingSet Load::Fill(absl::Time now, const Directory& directory) {
  WorkingSet set;
  set.SetBundles(directory.bundles());
  if (needs_.used_tlds) set.SetUsedTlds(used_tlds_);
  FillDomains(now, directory, set);
  FillHosts(set);
  FillContacts(now, set);
  for (const OrganizationId& id : needs_.organizations) set.AddAbsentOrganization(id);
  FillOrganizations(set);
  FillUse(now, directory, set);
  FillAccounts(set);
  FillListed(set);
  FillMaintenances(set);
  return set;
}

void Load::FillDomains(absl::Time now, const Directory& directory, WorkingSet& set) {
  for (const DomainName& name : needs_.domains) set.AddAbsentDomain(name);
  for (Domain& row : domains_) {
    if (std::binary_search(needs_.parent_domains.begin(), needs_.parent_domains.end(), row.name)) {
      set.SetSubordinatesLoaded(row.key);
    }
    Projection projection = Project(std::move(row), now, directory);
    set.Add(std::move(projection.domain), std::move(projection.arrears));
  }
  for (const std::string& key : needs_.variant_keys) set.SetVariantsLoaded(key);
  for (Domain& row : variants_) {
    Projection projection = Project(std::move(row), now, directory);
    set.Add(std::move(projection.domain), std::move(projection.arrears));
  }
}

void Load::FillHosts(WorkingSet& set) {
  for (const DomainName& name : needs_.hosts) set.AddAbsentHost(name);
  // The first one counts: what is locked comes first.
  absl::flat_hash_set<HostKey> seen;
  for (Host& host : hosts_) {
    if (seen.insert(host.key).second) set.Add(std::move(host));
  }
}

void Load::FillContacts(absl::Time now, WorkingSet& set) {
  for (const ContactId& id : needs_.contacts) set.AddAbsentContact(id);
  absl::flat_hash_set<ContactKey> seen;
  for (Contact& contact : contacts_) {
    if (!seen.insert(contact.key).second) continue;
    ContactProjection projection = Project(std::move(contact), now);
    set.Add(std::move(projection.contact), std::move(projection.arrears));
  }
}

void Load::FillOrganizations(WorkingSet& set) {
  absl::flat_hash_set<OrganizationKey> seen;
  for (Organization& organization : organizations_) {
    if (seen.insert(organization.key).second) set.Add(std::move(organization));
  }
}

namespace {

// Neither purged nor transferred without what was the losing registrar's.
bool StillLinks(const Domain& row, int64_t target, absl::Time now, const Directory& directory) {
  const std::optional<Domain> domain = Project(row, now, directory).domain;
  if (!domain) return false;
  const std::vector<Link> links = LinksOf(*domain);
  return std::ranges::find(links, target, &Link::target) != links.end();
}

}  // namespace

Use Load::UseOf(const NamedUse& named, absl::Time now, const Directory& directory) const {
  Use use = named.use;
  if (!leaving_users_are_loaded_ || use.links > Use::kCountedLinks) return use;
  for (size_t i = 0; i < named.leaving.size(); ++i) {
    if (absl::FromUnixMillis(named.leaving_at[i]) > now) continue;
    const auto row = leaving_users_.find(named.leaving[i]);
    if (row == leaving_users_.end() || !StillLinks(row->second, named.key, now, directory)) {
      --use.links;
    }
  }
  return use;
}

void Load::FillUse(absl::Time now, const Directory& directory, WorkingSet& set) {
  for (const NamedUse& named : host_use_) {
    set.SetUse(HostKey{named.key}, UseOf(named, now, directory));
  }
  for (const NamedUse& named : contact_use_) {
    set.SetUse(ContactKey{named.key}, UseOf(named, now, directory));
  }
  for (const NamedUse& named : organization_use_) {
    set.SetUseOfTarget(named.key, UseOf(named, now, directory));
  }
}

void Load::FillListed(WorkingSet& set) {
  for (const DomainName& name : needs_.listed_domains) set.SetListed(name, std::nullopt);
  for (auto& [name, listed] : listed_) set.SetListed(name, std::move(listed));
  for (const std::string& digest : needs_.tokens) set.SetToken(digest, std::nullopt);
  for (AllocationToken& token : tokens_) {
    const std::string digest = token.digest;
    set.SetToken(digest, std::move(token));
  }
}

void Load::FillMaintenances(WorkingSet& set) {
  for (const std::string& id : needs_.maintenances) set.SetMaintenance(id, std::nullopt);
  std::vector<Maintenance> list;
  for (auto& [maintenance, listed] : maintenances_) {
    if (listed) list.push_back(maintenance);
    const std::string id = maintenance.id;
    set.SetMaintenance(id, std::move(maintenance));
  }
  if (needs_.maintenance_list) set.SetMaintenanceList(std::move(list));
}

void Load::FillAccounts(WorkingSet& set) {
  for (RegistrarKey asker : askers_) set.SetBalance(asker, Money{});
  for (const auto& [registrar, balance] : balances_) set.SetBalance(registrar, balance);
  for (auto& [registrar, queue] : queues_) {
    for (const PollMessage& message : asked_) {
      if (message.registrar == registrar) queue.asked.push_back(message);
    }
    set.SetQueue(registrar, std::move(queue));
  }
  for (const RegistrarKey registrar : needs_.failed_logins) {
    set.SetFailedLogins(registrar, std::move(failed_logins_[registrar]));
  }
}

}  // namespace registry::store
