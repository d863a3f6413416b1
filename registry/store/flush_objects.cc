// The statements that write domains, hosts, contacts and organizations.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "registry/base/text.h"
#include "registry/store/flush.h"
#include "registry/store/object_rows.h"

namespace registry::store {
namespace {

struct Column {
  const char* name;
  const char* type;       // of an element of the parameter
  const char* cast = "";  // from there to the column
};

constexpr std::array<Column, 32> kDomain = {{{"id", "int8"},
                                             {"name", "text"},
                                             {"sponsor", "int4"},
                                             {"creator", "int4"},
                                             {"updater", "int4"},
                                             {"created", "timestamptz"},
                                             {"updated", "timestamptz"},
                                             {"transferred", "timestamptz"},
                                             {"expires", "timestamptz"},
                                             {"statuses", "int4"},
                                             {"phase", "int4", "::int2"},
                                             {"phase_ends", "timestamptz"},
                                             {"grace", "text"},
                                             {"version", "int4"},
                                             {"auth", "bytea"},
                                             {"registrant", "int8"},
                                             {"contacts", "text", "::int8[]"},
                                             {"contact_roles", "text"},
                                             {"name_servers", "text", "::int8[]"},
                                             {"ds", "text", "::text[]"},
                                             {"auth_ends", "timestamptz"},
                                             {"transfer", "text"},
                                             {"redemption_ends", "timestamptz"},
                                             {"launch", "text"},
                                             {"partner_ds", "text"},
                                             {"idn_table", "text"},
                                             {"variant_key", "text"},
                                             {"variant_follows", "bool"},
                                             {"premium_class", "text"},
                                             {"token", "text"},
                                             {"ttls", "text"},
                                             {"organizations", "text"}}};
// The first so many are all that a renewal, a deletion or the clock changes.
constexpr size_t kDomainState = 14;
// And so many are all that most domains have when they are created; the others have defaults.
constexpr size_t kDomainUsual = 21;

constexpr std::array<Column, 13> kHost = {{{"id", "int8"},
                                           {"name", "text"},
                                           {"sponsor", "int4"},
                                           {"creator", "int4"},
                                           {"updater", "int4"},
                                           {"created", "timestamptz"},
                                           {"updated", "timestamptz"},
                                           {"transferred", "timestamptz"},
                                           {"statuses", "int4"},
                                           {"addresses", "text", "::inet[]"},
                                           {"superordinate", "int8"},
                                           {"version", "int4"},
                                           {"ttls", "text"}}};

constexpr std::array<Column, 23> kContact = {{{"id", "int8"},
                                              {"handle", "text"},
                                              {"sponsor", "int4"},
                                              {"creator", "int4"},
                                              {"updater", "int4"},
                                              {"created", "timestamptz"},
                                              {"updated", "timestamptz"},
                                              {"transferred", "timestamptz"},
                                              {"statuses", "int4"},
                                              {"auth", "bytea"},
                                              {"international", "text", "::text[]"},
                                              {"localized", "text", "::text[]"},
                                              {"voice", "text"},
                                              {"voice_extension", "text"},
                                              {"fax", "text"},
                                              {"fax_extension", "text"},
                                              {"email", "text"},
                                              {"disclose_flag", "bool"},
                                              {"disclose_fields", "int4"},
                                              {"version", "int4"},
                                              {"auth_ends", "timestamptz"},
                                              {"transfer", "text"},
                                              {"additional_email", "text"}}};

constexpr std::array<Column, 22> kOrganization = {{{"id", "int8"},
                                                   {"handle", "text"},
                                                   {"sponsor", "int4"},
                                                   {"creator", "int4"},
                                                   {"updater", "int4"},
                                                   {"created", "timestamptz"},
                                                   {"updated", "timestamptz"},
                                                   {"transferred", "timestamptz"},
                                                   {"statuses", "int4"},
                                                   {"roles", "text", "::text[]"},
                                                   {"parent", "int8"},
                                                   {"parent_handle", "text"},
                                                   {"international", "text", "::text[]"},
                                                   {"localized", "text", "::text[]"},
                                                   {"voice", "text"},
                                                   {"voice_extension", "text"},
                                                   {"fax", "text"},
                                                   {"fax_extension", "text"},
                                                   {"email", "text"},
                                                   {"url", "text"},
                                                   {"contacts", "text", "::text[]"},
                                                   {"version", "int4"}}};

struct Lists {
  std::string names;   // a, b
  std::string values;  // u.a, u.b::int8[]
  std::string sets;    // b = u.b::int8[]
  std::string arrays;  // $1::int8[], $2::text[]
};

template <size_t N>
Lists ListsOf(const std::array<Column, N>& columns, size_t count) {
  Lists lists;
  for (size_t i = 0; i < count; ++i) {
    const Column& column = columns[i];
    const char* comma = i == 0 ? "" : ", ";
    const std::string value = Concat("u.", column.name, column.cast);
    lists.names += Concat(comma, column.name);
    lists.values += Concat(comma, value);
    if (i > 0) lists.sets += Concat(i == 1 ? "" : ", ", column.name, " = ", value);
    lists.arrays += Concat(comma, "$", i + 1, "::", column.type, "[]");
  }
  return lists;
}

template <size_t N>
std::string InsertSql(const char* table, const std::array<Column, N>& columns, size_t count = N) {
  const Lists lists = ListsOf(columns, count);
  return Concat("INSERT INTO ", table, " (", lists.names, ") SELECT ", lists.values,
                " FROM unnest(", lists.arrays, ") AS u(", lists.names, ")");
}

// A row that is not as it was loaded stops the transaction: nobody's change may be overwritten.
constexpr char kRefuseStale[] =
    " RETURNING 1) SELECT refuse('PT001', 'a row has changed meanwhile') FROM changed HAVING "
    "count(*) <> cardinality($1::int8[])";

// Of the first `count` columns. The parameter behind them is the version that was loaded.
template <size_t N>
std::string UpdateSql(const char* table, const std::array<Column, N>& columns, size_t count) {
  const Lists lists = ListsOf(columns, count);
  return Concat("WITH changed AS (UPDATE ", table, " t SET ", lists.sets, " FROM unnest(",
                lists.arrays, ", $", count + 1, "::int4[]) AS u(", lists.names,
                ", loaded) WHERE t.id = u.id AND t.version = u.loaded", kRefuseStale);
}

std::string DeleteSql(const char* table) {
  return Concat("WITH changed AS (DELETE FROM ", table,
                " t USING unnest($1::int8[], $2::int4[]) AS u(id, loaded) WHERE t.id = u.id AND "
                "t.version = u.loaded",
                kRefuseStale);
}

const auto kByName = [](const auto& a, const auto& b) { return a.name < b.name; };
const auto kById = [](const auto& a, const auto& b) { return a.id < b.id; };
const auto kByKey = [](const auto& a, const auto& b) { return a.key < b.key; };

// NULL for zero.
template <class Key>
std::optional<int64_t> Reference(Key key) {
  if (Number(key) == 0) return std::nullopt;
  return Number(key);
}

// The columns that the kinds of objects have in common.
struct CommonArrays {
  Int8s id;
  Int4s sponsor, creator, updater, statuses, version, loaded;
  Times created, updated, transferred;

  template <class T>
  void Add(const Change<T>& change) {
    const T& object = *change.after;
    id.Add(Number(object.key));
    sponsor.Add(Number(object.sponsor));
    creator.Add(Number(object.creator));
    updater.Add(Number(object.updater));
    created.Add(object.created);
    updated.AddOptional(object.updated);
    transferred.AddOptional(object.transferred);
    statuses.Add(static_cast<int32_t>(object.statuses.bits()));
    version.Add(object.version);
    loaded.Add(change.before ? change.before->version : 0);
  }
};

template <class T>
Parameters KeysAndVersions(const std::vector<const Change<T>*>& changes) {
  Int8s keys;
  Int4s versions;
  for (const Change<T>* change : changes) {
    keys.Add(Number(change->before->key));
    versions.Add(change->before->version);
  }
  return Parameters().Add(keys).Add(versions);
}

void AddTransfer(Texts& column, const Rare<Transfer>& transfer) {
  if (transfer) {
    column.Add(TransferText(*transfer));
  } else {
    column.AddNull();
  }
}

void AddUnlessEmpty(Texts& column, const std::string& text) {
  if (text.empty()) {
    column.AddNull();
  } else {
    column.Add(text);
  }
}

template <class Ttls>
void AddTtls(Texts& column, const Ttls& ttls) {
  if (const auto text = TtlsText(ttls)) {
    column.Add(*text);
  } else {
    column.AddNull();
  }
}

// How many of the columns of kDomain: kDomainState, kDomainUsual, all.
enum class Extent { kState, kUsual, kAll };

bool IsUsual(const Domain& domain) {
  return !domain.transfer && !domain.redemption_ends && !domain.launch &&
         domain.partner_ds.empty() && domain.idn_table.empty() && domain.variant_key.empty() &&
         !domain.variant_follows && domain.premium_class.empty() && !domain.token &&
         domain.ttls == DelegationTtls() && !domain.organizations;
}

class DomainArrays {
 public:
  DomainArrays(Extent extent, const std::vector<const Change<Domain>*>& changes) : extent_(extent) {
    for (const Change<Domain>* change : changes) {
      common.Add(*change);
      AddState(*change->after);
      if (extent_ != Extent::kState) AddUsual(*change->after);
      if (extent_ == Extent::kAll) AddRare(*change->after);
    }
  }

  Parameters All() const {
    Parameters parameters;
    AddStateTo(parameters);
    if (extent_ != Extent::kState) AddUsualTo(parameters);
    if (extent_ == Extent::kAll) AddRareTo(parameters);
    return parameters;
  }

  CommonArrays common;

 private:
  const Extent extent_;
  Texts name, grace, contacts, contact_roles, name_servers, ds, transfer, launch, partner_ds;
  Texts premium_class, token, ttls, organizations;
  Times expires, phase_ends, auth_ends, redemption_ends;
  Int4s phase;
  ByteStrings auth;
  Int8s registrant;
  Texts idn_table, variant_key;
  Bools variant_follows;

  void AddState(const Domain& domain) {
    name.Add(domain.name.text());
    expires.Add(domain.expires);
    phase.Add(static_cast<int32_t>(domain.phase));
    if (domain.phase == DomainPhase::kActive) {
      phase_ends.AddNull();
    } else {
      phase_ends.Add(domain.phase_ends);
    }
    grace.Add(GraceText(domain.grace));
  }

  void AddUsual(const Domain& domain) {
    if (domain.auth.is_set()) {
      auth.Add(Bytes{domain.auth.octets()});
    } else {
      auth.AddNull();
    }
    registrant.AddOptional(Reference(domain.registrant));
    contacts.Add(ContactsText(domain));
    contact_roles.Add(ContactRolesText(domain));
    name_servers.Add(NameServersText(domain));
    ds.Add(DsText(domain));
    auth_ends.AddOptional(domain.auth_ends);
  }

  void AddRare(const Domain& domain) {
    AddTransfer(transfer, domain.transfer);
    redemption_ends.AddOptional(domain.redemption_ends);
    if (domain.launch) {
      launch.Add(LaunchText(*domain.launch));
    } else {
      launch.AddNull();
    }
    AddUnlessEmpty(partner_ds, PartnerDsText(domain));
    AddUnlessEmpty(idn_table, domain.idn_table);
    AddUnlessEmpty(variant_key, domain.variant_key);
    variant_follows.Add(domain.variant_follows);
    AddUnlessEmpty(premium_class, domain.premium_class);
    AddUnlessEmpty(token, domain.token ? TokenText(*domain.token) : "");
    AddTtls(ttls, domain.ttls);
    AddUnlessEmpty(organizations, OrganizationsText(domain));
  }

  void AddStateTo(Parameters& parameters) const {
    parameters.Add(common.id)
        .Add(name)
        .Add(common.sponsor)
        .Add(common.creator)
        .Add(common.updater)
        .Add(common.created)
        .Add(common.updated)
        .Add(common.transferred)
        .Add(expires)
        .Add(common.statuses)
        .Add(phase)
        .Add(phase_ends)
        .Add(grace)
        .Add(common.version);
  }
  void AddUsualTo(Parameters& parameters) const {
    parameters.Add(auth).Add(registrant).Add(contacts).Add(contact_roles).Add(name_servers).Add(ds);
    parameters.Add(auth_ends);
  }
  void AddRareTo(Parameters& parameters) const {
    parameters.Add(transfer).Add(redemption_ends).Add(launch).Add(partner_ds);
    parameters.Add(idn_table).Add(variant_key).Add(variant_follows).Add(premium_class).Add(token);
    parameters.Add(ttls).Add(organizations);
  }
};

bool OnlyStateDiffers(const Change<Domain>& change) {
  const Domain& before = *change.before;
  const Domain& after = *change.after;
  return before.auth == after.auth && before.registrant == after.registrant &&
         before.contacts == after.contacts && before.name_servers == after.name_servers &&
         before.ds == after.ds && before.auth_ends == after.auth_ends &&
         before.transfer == after.transfer && before.redemption_ends == after.redemption_ends &&
         before.launch == after.launch && before.partner_ds == after.partner_ds &&
         before.idn_table == after.idn_table && before.variant_key == after.variant_key &&
         before.variant_follows == after.variant_follows &&
         before.premium_class == after.premium_class && before.token == after.token &&
         before.ttls == after.ttls && before.organizations == after.organizations;
}

struct HostArrays {
  CommonArrays common;
  Texts name, addresses, ttls;
  Int8s superordinate;

  void Add(const Change<Host>& change) {
    const Host& host = *change.after;
    common.Add(change);
    name.Add(host.name.text());
    addresses.Add(AddressesText(host));
    superordinate.AddOptional(Reference(host.superordinate));
    AddTtls(ttls, host.ttls);
  }
  Parameters All() const {
    return Parameters()
        .Add(common.id)
        .Add(name)
        .Add(common.sponsor)
        .Add(common.creator)
        .Add(common.updater)
        .Add(common.created)
        .Add(common.updated)
        .Add(common.transferred)
        .Add(common.statuses)
        .Add(addresses)
        .Add(superordinate)
        .Add(common.version)
        .Add(ttls);
  }
};

void AddPostal(Texts& column, const std::optional<PostalInfo>& info) {
  if (info) {
    column.Add(PostalText(*info));
  } else {
    column.AddNull();
  }
}

void AddPhone(Texts& number, Texts& extension, const std::optional<Phone>& phone) {
  if (phone) {
    number.Add(phone->number);
  } else {
    number.AddNull();
  }
  AddUnlessEmpty(extension, phone ? phone->extension : std::string());
}

struct ContactArrays {
  CommonArrays common;
  Texts handle, international, localized, voice, voice_extension, fax, fax_extension, email;
  Texts transfer, additional_email;
  Times auth_ends;
  ByteStrings auth;
  Bools disclose_flag;
  Int4s disclose_fields;

  void Add(const Change<Contact>& change) {
    const Contact& contact = *change.after;
    common.Add(change);
    handle.Add(contact.id.text());
    if (contact.auth.is_set()) {
      auth.Add(Bytes{contact.auth.octets()});
    } else {
      auth.AddNull();
    }
    AddPostal(international, contact.international);
    AddPostal(localized, contact.localized);
    AddPhone(voice, voice_extension, contact.voice);
    AddPhone(fax, fax_extension, contact.fax);
    email.Add(contact.email);
    disclose_flag.Add(contact.disclose.flag);
    disclose_fields.Add(static_cast<int32_t>(contact.disclose.fields));
    auth_ends.AddOptional(contact.auth_ends);
    AddTransfer(transfer, contact.transfer);
    AddUnlessEmpty(additional_email, AdditionalEmailText(contact));
  }
  Parameters All() const {
    return Parameters()
        .Add(common.id)
        .Add(handle)
        .Add(common.sponsor)
        .Add(common.creator)
        .Add(common.updater)
        .Add(common.created)
        .Add(common.updated)
        .Add(common.transferred)
        .Add(common.statuses)
        .Add(auth)
        .Add(international)
        .Add(localized)
        .Add(voice)
        .Add(voice_extension)
        .Add(fax)
        .Add(fax_extension)
        .Add(email)
        .Add(disclose_flag)
        .Add(disclose_fields)
        .Add(common.version)
        .Add(auth_ends)
        .Add(transfer)
        .Add(additional_email);
  }
};

struct OrganizationArrays {
  CommonArrays common;
  Texts handle, roles, parent_handle, international, localized, voice, voice_extension, fax;
  Texts fax_extension, email, url, contacts;
  Int8s parent;

  void Add(const Change<Organization>& change) {
    const Organization& organization = *change.after;
    common.Add(change);
    handle.Add(organization.id.text());
    roles.Add(RolesText(organization));
    parent.AddOptional(Reference(organization.parent));
    AddUnlessEmpty(parent_handle, organization.parent_id.text());
    AddPostal(international, organization.international);
    AddPostal(localized, organization.localized);
    AddPhone(voice, voice_extension, organization.voice);
    AddPhone(fax, fax_extension, organization.fax);
    email.Add(organization.email);
    url.Add(organization.url);
    contacts.Add(ContactsText(organization));
  }
  Parameters All() const {
    return Parameters()
        .Add(common.id)
        .Add(handle)
        .Add(common.sponsor)
        .Add(common.creator)
        .Add(common.updater)
        .Add(common.created)
        .Add(common.updated)
        .Add(common.transferred)
        .Add(common.statuses)
        .Add(roles)
        .Add(parent)
        .Add(parent_handle)
        .Add(international)
        .Add(localized)
        .Add(voice)
        .Add(voice_extension)
        .Add(fax)
        .Add(fax_extension)
        .Add(email)
        .Add(url)
        .Add(contacts)
        .Add(common.version);
  }
};

template <class Arrays, class T>
Arrays ArraysOf(const std::vector<const Change<T>*>& changes) {
  Arrays arrays;
  for (const Change<T>* change : changes) arrays.Add(*change);
  return arrays;
}

}  // namespace

void Flush::QueueDeletes(Connection& connection) const {
  static const Statement kDomains{"delete_domains", DeleteSql("domains")};
  static const Statement kHosts{"delete_hosts", DeleteSql("hosts")};
  static const Statement kContacts{"delete_contacts", DeleteSql("contacts")};
  if (const auto gone = domains_.Deleted(kByKey); !gone.empty()) {
    connection.Queue(kDomains, KeysAndVersions(gone));
  }
  if (const auto gone = hosts_.Deleted(kByKey); !gone.empty()) {
    connection.Queue(kHosts, KeysAndVersions(gone));
  }
  if (const auto gone = contacts_.Deleted(kByKey); !gone.empty()) {
    connection.Queue(kContacts, KeysAndVersions(gone));
  }
  static const Statement kOrganizations{"delete_organizations", DeleteSql("organizations")};
  if (const auto gone = organizations_.Deleted(kByKey); !gone.empty()) {
    connection.Queue(kOrganizations, KeysAndVersions(gone));
  }
}

void Flush::QueueDomains(Connection& connection) const {
  static const Statement kInsert{"insert_domains", InsertSql("domains", kDomain)};
  static const Statement kInsertUsual{"insert_usual_domains",
                                      InsertSql("domains", kDomain, kDomainUsual)};
  static const Statement kUpdate{"update_domains", UpdateSql("domains", kDomain, kDomain.size())};
  static const Statement kUpdateState{"update_domain_states",
                                      UpdateSql("domains", kDomain, kDomainState)};
  std::vector<const Change<Domain>*> states, others;
  for (const Change<Domain>* change : domains_.Updated(kByKey)) {
    (OnlyStateDiffers(*change) ? states : others).push_back(change);
  }
  if (!states.empty()) {
    const DomainArrays arrays(Extent::kState, states);
    connection.Queue(kUpdateState, arrays.All().Add(arrays.common.loaded));
  }
  if (!others.empty()) {
    const DomainArrays arrays(Extent::kAll, others);
    connection.Queue(kUpdate, arrays.All().Add(arrays.common.loaded));
  }
  if (const auto inserted = domains_.Inserted(kByName); !inserted.empty()) {
    const bool usual = std::ranges::all_of(
        inserted, [](const Change<Domain>* change) { return IsUsual(*change->after); });
    const DomainArrays arrays(usual ? Extent::kUsual : Extent::kAll, inserted);
    connection.Queue(usual ? kInsertUsual : kInsert, arrays.All());
  }
}

void Flush::QueueHosts(Connection& connection) const {
  static const Statement kInsert{"insert_hosts", InsertSql("hosts", kHost)};
  static const Statement kUpdate{"update_hosts", UpdateSql("hosts", kHost, kHost.size())};
  if (const auto updated = hosts_.Updated(kByKey); !updated.empty()) {
    const auto arrays = ArraysOf<HostArrays>(updated);
    connection.Queue(kUpdate, arrays.All().Add(arrays.common.loaded));
  }
  if (const auto inserted = hosts_.Inserted(kByName); !inserted.empty()) {
    connection.Queue(kInsert, ArraysOf<HostArrays>(inserted).All());
  }
}

void Flush::QueueContacts(Connection& connection) const {
  static const Statement kInsert{"insert_contacts", InsertSql("contacts", kContact)};
  static const Statement kUpdate{"update_contacts",
                                 UpdateSql("contacts", kContact, kContact.size())};
  if (const auto updated = contacts_.Updated(kByKey); !updated.empty()) {
    const auto arrays = ArraysOf<ContactArrays>(updated);
    connection.Queue(kUpdate, arrays.All().Add(arrays.common.loaded));
  }
  if (const auto inserted = contacts_.Inserted(kById); !inserted.empty()) {
    connection.Queue(kInsert, ArraysOf<ContactArrays>(inserted).All());
  }
}

void Flush::QueueOrganizations(Connection& connection) const {
  static const Statement kInsert{"insert_organizations", InsertSql("organizations", kOrganization)};
  static const Statement kUpdate{"update_organizations",
                                 UpdateSql("organizations", kOrganization, kOrganization.size())};
  if (const auto updated = organizations_.Updated(kByKey); !updated.empty()) {
    const auto arrays = ArraysOf<OrganizationArrays>(updated);
    connection.Queue(kUpdate, arrays.All().Add(arrays.common.loaded));
  }
  if (const auto inserted = organizations_.Inserted(kById); !inserted.empty()) {
    connection.Queue(kInsert, ArraysOf<OrganizationArrays>(inserted).All());
  }
}

}  // namespace registry::store
