#include "registry/store/bulk_insert.h"

#include <algorithm>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/lifecycle/project.h"
#include "registry/rules/history.h"
#include "registry/store/object_rows.h"

namespace registry::store {
namespace {

std::string CopySql(std::string_view table, std::string_view columns) {
  return Concat("COPY ", table, " (", columns, ") FROM STDIN (FORMAT binary)");
}

template <class Object>
void AddWho(CopyRows& row, const Object& object) {
  row.Add(Number(object.sponsor))
      .Add(Number(object.creator))
      .Add(Number(object.updater))
      .Add(object.created)
      .Add(object.updated)
      .Add(object.transferred);
}

void AddStatuses(CopyRows& row, StatusSet statuses) {
  row.Add(static_cast<int32_t>(statuses.bits()));
}

void AddAuth(CopyRows& row, const SealedAuthInfo& auth) {
  if (auth.is_set()) {
    row.Add(Bytes{auth.octets()});
  } else {
    row.AddNull();
  }
}

template <class Key>
void AddReference(CopyRows& row, Key key) {
  if (Number(key) != 0) {
    row.Add(Number(key));
  } else {
    row.AddNull();
  }
}

void AddTransfer(CopyRows& row, const Rare<Transfer>& transfer) {
  if (transfer) {
    row.Add(TransferText(*transfer));
  } else {
    row.AddNull();
  }
}

template <class Ttls>
void AddTtls(CopyRows& row, const Ttls& ttls) {
  if (const auto text = TtlsText(ttls)) {
    row.Add(*text);
  } else {
    row.AddNull();
  }
}

void AddPostal(CopyRows& row, const std::optional<PostalInfo>& info) {
  if (!info) {
    row.AddNull();
    return;
  }
  const std::vector<std::string> texts = PostalTexts(*info);
  Texts array;
  for (const std::string& text : texts) array.Add(text);
  row.Add(array);
}

void AddPhone(CopyRows& row, const std::optional<Phone>& phone) {
  if (phone) {
    row.Add(phone->number);
  } else {
    row.AddNull();
  }
  if (phone && !phone->extension.empty()) {
    row.Add(phone->extension);
  } else {
    row.AddNull();
  }
}

Addresses AddressesOf(const Host& host) {
  Addresses array;
  for (const IpAddress& address : host.addresses) array.Add(address);
  return array;
}

}  // namespace

void BulkInsert::Add(const Changes& changes) {
  POSTEL_CHECK(changes.messages.empty() && changes.removed_messages.empty() &&
               changes.reports.empty() && changes.registrars.empty() && changes.tlds.empty() &&
               changes.idn_tables.empty() && changes.used_tokens.empty() &&
               changes.organizations.empty());
  const auto add = [this](const auto& objects) {
    for (const auto& change : objects) {
      POSTEL_CHECK(!change.before && change.after);
      Add(*change.after);
    }
  };
  add(changes.contacts);
  add(changes.hosts);
  add(changes.domains);
  for (const LedgerEntry& entry : changes.ledger) Add(entry);
}

// The columns as kDomainColumns lists them.
void BulkInsert::Add(const Domain& domain) {
  domains_.Begin(32).Add(Number(domain.key)).Add(domain.name.text());
  AddWho(domains_, domain);
  domains_.Add(domain.expires);
  AddStatuses(domains_, domain.statuses);
  AddAuth(domains_, domain.auth);
  AddReference(domains_, domain.registrant);
  Int8s contacts, name_servers;
  for (const DomainContact& contact : domain.contacts) contacts.Add(Number(contact.contact));
  for (HostKey key : domain.name_servers) name_servers.Add(Number(key));
  domains_.Add(contacts).Add(ContactRolesText(domain)).Add(name_servers);
  Texts ds;
  for (const DsRecord& record : domain.ds) ds.Add(record.StoredText());
  domains_.Add(ds).Add(static_cast<int16_t>(domain.phase));
  if (domain.phase == DomainPhase::kActive) {
    domains_.AddNull();
  } else {
    domains_.Add(domain.phase_ends);
  }
  domains_.Add(GraceText(domain.grace)).Add(domain.version).Add(domain.auth_ends);
  AddTransfer(domains_, domain.transfer);
  domains_.Add(domain.redemption_ends);
  if (domain.launch) {
    domains_.Add(LaunchText(*domain.launch));
  } else {
    domains_.AddNull();
  }
  if (domain.partner_ds.empty()) {
    domains_.AddNull();
  } else {
    domains_.Add(PartnerDsText(domain));
  }
  for (const std::string* text : {&domain.idn_table, &domain.variant_key}) {
    if (text->empty()) {
      domains_.AddNull();
    } else {
      domains_.Add(*text);
    }
  }
  domains_.Add(domain.variant_follows);
  if (domain.premium_class.empty()) {
    domains_.AddNull();
  } else {
    domains_.Add(domain.premium_class);
  }
  domains_.AddNull();  // token
  AddTtls(domains_, domain.ttls);
  domains_.AddNull();  // organizations

  const std::vector<Link> links = LinksOf(domain);
  links_.insert(links_.end(), links.begin(), links.end());
  if (const absl::Time next = NextEvent(domain); next != absl::InfiniteFuture()) {
    calendar_.Begin(2).Add(next).Add(Number(domain.key));
  }
  AddHistory(domain, 'D');
  AddFeed('D', Number(domain.key), domain.name);
}

// As kHostColumns.
void BulkInsert::Add(const Host& host) {
  hosts_.Begin(13).Add(Number(host.key)).Add(host.name.text());
  AddWho(hosts_, host);
  AddStatuses(hosts_, host.statuses);
  hosts_.Add(AddressesOf(host));
  AddReference(hosts_, host.superordinate);
  hosts_.Add(host.version);
  AddTtls(hosts_, host.ttls);
  AddHistory(host, 'H');
  AddFeed('H', Number(host.key), host.name);
}

// As kContactColumns.
void BulkInsert::Add(const Contact& contact) {
  POSTEL_CHECK(NextEvent(contact) == absl::InfiniteFuture());  // nothing for the calendar
  contacts_.Begin(23).Add(Number(contact.key)).Add(contact.id.text());
  AddWho(contacts_, contact);
  AddStatuses(contacts_, contact.statuses);
  AddAuth(contacts_, contact.auth);
  AddPostal(contacts_, contact.international);
  AddPostal(contacts_, contact.localized);
  AddPhone(contacts_, contact.voice);
  AddPhone(contacts_, contact.fax);
  contacts_.Add(contact.email)
      .Add(contact.disclose.flag)
      .Add(static_cast<int32_t>(contact.disclose.fields))
      .Add(contact.version)
      .Add(contact.auth_ends);
  AddTransfer(contacts_, contact.transfer);
  if (contact.additional_email) {
    contacts_.Add(AdditionalEmailText(contact));
  } else {
    contacts_.AddNull();
  }
  AddHistory(contact, 'C');
}

template <class Object>
void BulkInsert::AddHistory(const Object& object, char kind) {
  const int64_t key = Number(object.key);
  history_.Begin(9)
      .Add(booking_.at)
      .Add(key)
      .Add(kind)
      .Add(key)
      .Add(object.version)
      .Add(Number(booking_.actor))
      .Add(std::string_view())
      .Add(booking_.command)
      .Add(DescribeChange(Change<Object>{std::nullopt, object}));
}

void BulkInsert::Add(const LedgerEntry& entry) {
  ledger_.Begin(8)
      .Add(booking_.at)
      .Add(Number(entry.registrar))
      .Add(static_cast<char>(entry.kind))
      .Add(entry.amount.minor)
      .Add(entry.what)
      .Add(Number(entry.domain))
      .Add(entry.domain_version)
      .Add(Number(entry.domain));
  deltas_[entry.registrar] += entry.amount;
}

void BulkInsert::AddFeed(char kind, int64_t object, const DomainName& name) {
  feed_.Begin(5)
      .Add(static_cast<int32_t>(feed_.rows()))
      .Add(kind)
      .Add(object)
      .Add(name.text())
      .Add(name.tld());
}

absl::Status BulkInsert::CopyObjects(Connection& connection) {
  static const std::string kHosts = CopySql("hosts", kHostColumns);
  static const std::string kContacts = CopySql("contacts", kContactColumns);
  static const std::string kDomains = CopySql("domains", kDomainColumns);
  static const std::string kLinks = CopySql("links", "target, domain");
  static const std::string kCalendar = CopySql("calendar", "at, domain");
  static const std::string kHistory =
      CopySql("history", "at, number, kind, object, version, actor, client_id, command, change");
  static const std::string kLedger =
      CopySql("ledger", "at, registrar, kind, amount, what, domain, domain_version, number");
  // By target, so that entries of one name server reach the index together.
  std::sort(links_.begin(), links_.end());
  CopyRows links;
  for (const Link& link : links_) links.Begin(2).Add(link.target).Add(link.domain);
  const std::pair<const std::string*, const CopyRows*> tables[] = {
      {&kHosts, &hosts_},       {&kContacts, &contacts_}, {&kDomains, &domains_}, {&kLinks, &links},
      {&kCalendar, &calendar_}, {&kHistory, &history_},   {&kLedger, &ledger_}};
  for (const auto& [sql, rows] : tables) {
    if (rows->rows() == 0) continue;
    if (absl::Status status = connection.CopyIn(*sql, rows->octets()); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status BulkInsert::Announce(Connection& connection) {
  static const std::string kFeed = CopySql("feed", "ordinal, kind, object, name, tld");
  static const Statement kCharge{
      "bulk_charge",
      "UPDATE balances b SET balance = b.balance + u.amount FROM unnest($1::int4[], $2::int8[]) AS "
      "u(registrar, amount) WHERE b.registrar = u.registrar"};
  if (feed_.rows() > 0) {
    if (absl::Status status = connection.CopyIn(kFeed, feed_.octets()); !status.ok()) return status;
  }
  if (deltas_.empty()) return absl::OkStatus();
  Int4s registrars;
  Int8s amounts;
  for (const auto& [registrar, amount] : deltas_) {
    registrars.Add(Number(registrar));
    amounts.Add(amount.minor);
  }
  return connection.Run(kCharge, Parameters().Add(registrars).Add(amounts)).status();
}

}  // namespace registry::store
