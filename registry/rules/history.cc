#include "registry/rules/history.h"

#include <concepts>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"

// Written by hand, since every create and renew passes here: the text grows in one buffer, and
// nothing is built only to be serialised.
namespace registry {
namespace {

void Append(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (octet < 0x20) {
      out += "\\u00";
      out += kHex[octet >> 4];
      out += kHex[octet & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void Append(std::string& out, const std::string& text) { Append(out, std::string_view(text)); }

template <std::integral T>
void Append(std::string& out, T number) {
  out += std::to_string(number);
}

void Append(std::string& out, bool flag) { out += flag ? "true" : "false"; }

// Keys. Enumerations that have names are written by functions of their own.
template <class Key>
requires std::is_enum_v<Key> &&
    (sizeof(Key) >= sizeof(int32_t)) void Append(std::string& out, Key key) {
  Append(out, Number(key));
}

void Append(std::string& out, absl::Time time) {
  if (time == absl::InfiniteFuture()) {
    out += "null";
    return;
  }
  out += '"';
  out += registry::FormatUtc(time);
  out += '"';
}

void Append(std::string& out, const DomainName& name) { Append(out, name.text()); }
void Append(std::string& out, const ContactId& id) { Append(out, id.text()); }
void Append(std::string& out, const OrganizationId& id) { Append(out, id.text()); }
void Append(std::string& out, const IpAddress& address) { Append(out, address.ToString()); }
void Append(std::string& out, const DsRecord& ds) { Append(out, ds.StoredText()); }
void Append(std::string& out, const SealedAuthInfo& auth) {
  Append(out, std::string_view(auth.is_set() ? "set" : "unset"));
}

void Append(std::string& out, DomainPhase phase) {
  constexpr std::string_view kNames[] = {"active", "redemption", "pendingDelete", "pendingRestore"};
  Append(out, kNames[static_cast<size_t>(phase)]);
}

void Append(std::string& out, GraceKind kind) {
  constexpr std::string_view kNames[] = {"", "add", "renew", "autoRenew", "transfer"};
  Append(out, kNames[static_cast<size_t>(kind)]);
}

void Append(std::string& out, ContactRole role) {
  Append(out, std::string_view(role == ContactRole::kAdmin     ? "admin"
                               : role == ContactRole::kBilling ? "billing"
                                                               : "tech"));
}

// One JSON object, closed when the writer goes. `Member` writes always, `Changed` only what is new.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  ~ObjectWriter() { out_ += '}'; }

  template <class T>
  ObjectWriter& Member(std::string_view name, const T& value);

  template <class T>
  ObjectWriter& Changed(std::string_view name, const T& before, const T& after) {
    if (before != after) Member(name, after);
    return *this;
  }

 private:
  std::string& out_;
  bool first_ = true;
};

void Append(std::string& out, const GracePeriod& grace) {
  ObjectWriter(out)
      .Member("kind", grace.kind)
      .Member("ends", grace.ends)
      .Member("fee", grace.fee.minor)
      .Member("payer", grace.payer)
      .Member("years", grace.years)
      .Changed("from_leap_day", false, grace.from_leap_day);
}

void Append(std::string& out, TransferState state) { Append(out, TransferStateName(state)); }

void Append(std::string& out, const Transfer& transfer) {
  ObjectWriter(out)
      .Member("state", transfer.state)
      .Member("gaining", transfer.gaining)
      .Member("losing", transfer.losing)
      .Member("requested", transfer.requested)
      .Member("acted", transfer.acted)
      .Member("years", transfer.years)
      .Member("fee", transfer.fee.minor)
      .Member("expires", transfer.expires);
}

void Append(std::string& out, const Launch& launch) {
  ObjectWriter json(out);
  json.Member("phase", LaunchPhaseName(launch.phase));
  if (!launch.proof.empty()) json.Member("proof", launch.proof);
  if (launch.accepted != absl::Time()) {
    json.Member("not_after", launch.not_after).Member("accepted", launch.accepted);
  }
  if (!launch.mark.empty()) json.Member("mark", launch.mark);
}

// Its text is no one else's business.
void Append(std::string& out, const UsedToken& token) { Append(out, token.key); }

void Append(std::string& out, const AdditionalEmail& email) {
  ObjectWriter(out).Member("address", email.address).Member("primary", email.primary);
}

void Append(std::string& out, const DelegationTtls& ttls) {
  ObjectWriter(out).Member("ns", ttls.ns).Member("ds", ttls.ds);
}

void Append(std::string& out, const AddressTtls& ttls) {
  ObjectWriter(out).Member("a", ttls.a).Member("aaaa", ttls.aaaa);
}

void Append(std::string& out, const DomainContact& link) {
  ObjectWriter(out).Member("role", link.role).Member("contact", link.contact);
}

void Append(std::string& out, const OrganizationLink& link) {
  ObjectWriter(out)
      .Member("role", OrganizationRoleName(link.role))
      .Member("organization", link.key)
      .Member("id", link.id);
}

void Append(std::string& out, const HeldRole& role) {
  ObjectWriter(out)
      .Member("role", OrganizationRoleName(role.role))
      .Changed("id", std::string(), role.id)
      .Changed("statuses", StatusSet(), role.statuses);
}

void Append(std::string& out, const OrganizationContact& contact) {
  ObjectWriter(out)
      .Member("type", OrganizationContactTypeName(contact.type))
      .Changed("type_name", std::string(), contact.type_name)
      .Member("contact", contact.contact);
}

void Append(std::string& out, const Phone& phone) {
  ObjectWriter(out).Member("number", phone.number).Member("extension", phone.extension);
}

void Append(std::string& out, const PostalInfo& postal) {
  ObjectWriter(out)
      .Member("name", postal.name)
      .Member("organization", postal.organization)
      .Member("street", postal.street)
      .Member("city", postal.city)
      .Member("state", postal.state)
      .Member("postal_code", postal.postal_code)
      .Member("country", postal.country);
}

template <class T>
void Append(std::string& out, const std::vector<T>& values) {
  out += '[';
  for (const T& value : values) {
    if (out.back() != '[') out += ',';
    Append(out, value);
  }
  out += ']';
}

void Append(std::string& out, StatusSet statuses) {
  std::vector<std::string_view> names;
  for (const Status status : statuses.ToVector()) names.push_back(StatusName(status));
  Append(out, names);
}

void Append(std::string& out, const Disclose& disclose) {
  constexpr std::pair<Disclose::Field, std::string_view> kNames[] = {
      {Disclose::kNameInt, "name_int"}, {Disclose::kNameLoc, "name_loc"},
      {Disclose::kOrgInt, "org_int"},   {Disclose::kOrgLoc, "org_loc"},
      {Disclose::kAddrInt, "addr_int"}, {Disclose::kAddrLoc, "addr_loc"},
      {Disclose::kVoice, "voice"},      {Disclose::kFax, "fax"},
      {Disclose::kEmail, "email"}};
  std::vector<std::string_view> fields;
  for (const auto& [field, name] : kNames) {
    if ((disclose.fields & field) != 0) fields.push_back(name);
  }
  ObjectWriter(out).Member("flag", disclose.flag).Member("fields", fields);
}

template <class T>
void Append(std::string& out, const std::optional<T>& value) {
  if (value) {
    Append(out, *value);
  } else {
    out += "null";
  }
}

template <class T>
void Append(std::string& out, const Rare<T>& value) {
  if (value) {
    Append(out, *value);
  } else {
    out += "null";
  }
}

template <class T>
ObjectWriter& ObjectWriter::Member(std::string_view name, const T& value) {
  if (!first_) out_ += ',';
  first_ = false;
  out_ += '"';
  out_ += name;
  out_ += "\":";
  Append(out_, value);
  return *this;
}

// What domains, hosts and contacts have in common.
template <class T>
void DescribeObject(ObjectWriter& json, const T& before, const T& after) {
  json.Changed("sponsor", before.sponsor, after.sponsor)
      .Changed("creator", before.creator, after.creator)
      .Changed("updater", before.updater, after.updater)
      .Changed("created", before.created, after.created)
      .Changed("updated", before.updated, after.updated)
      .Changed("transferred", before.transferred, after.transferred)
      .Changed("statuses", before.statuses, after.statuses);
}

void DescribeMembers(ObjectWriter& json, const Domain& before, const Domain& after) {
  json.Changed("name", before.name, after.name)
      .Changed("expires", before.expires, after.expires)
      .Changed("auth", before.auth, after.auth)
      .Changed("auth_ends", before.auth_ends, after.auth_ends)
      .Changed("transfer", before.transfer, after.transfer)
      .Changed("launch", before.launch, after.launch)
      .Changed("idn_table", before.idn_table, after.idn_table)
      .Changed("variant_key", before.variant_key, after.variant_key)
      .Changed("variant_follows", before.variant_follows, after.variant_follows)
      .Changed("registrant", before.registrant, after.registrant)
      .Changed("contacts", before.contacts, after.contacts)
      .Changed("name_servers", before.name_servers, after.name_servers)
      .Changed("ds", before.ds, after.ds)
      .Changed("partner_ds", before.partner_ds, after.partner_ds)
      .Changed("ttls", before.ttls, after.ttls)
      .Changed("phase", before.phase, after.phase)
      .Changed("phase_ends", before.phase_ends, after.phase_ends)
      .Changed("redemption_ends", before.redemption_ends, after.redemption_ends)
      .Changed("grace", before.grace, after.grace)
      .Changed("premium_class", before.premium_class, after.premium_class)
      .Changed("token", before.token, after.token)
      .Changed("organizations", before.organizations, after.organizations);
}

void DescribeMembers(ObjectWriter& json, const Host& before, const Host& after) {
  json.Changed("name", before.name, after.name)
      .Changed("addresses", before.addresses, after.addresses)
      .Changed("superordinate", before.superordinate, after.superordinate)
      .Changed("ttls", before.ttls, after.ttls);
}

void DescribeMembers(ObjectWriter& json, const Contact& before, const Contact& after) {
  json.Changed("id", before.id, after.id)
      .Changed("auth", before.auth, after.auth)
      .Changed("auth_ends", before.auth_ends, after.auth_ends)
      .Changed("transfer", before.transfer, after.transfer)
      .Changed("international", before.international, after.international)
      .Changed("localized", before.localized, after.localized)
      .Changed("voice", before.voice, after.voice)
      .Changed("fax", before.fax, after.fax)
      .Changed("email", before.email, after.email)
      .Changed("additional_email", before.additional_email, after.additional_email)
      .Changed("disclose", before.disclose, after.disclose);
}

void DescribeMembers(ObjectWriter& json, const Organization& before, const Organization& after) {
  json.Changed("id", before.id, after.id)
      .Changed("roles", before.roles, after.roles)
      .Changed("parent", before.parent, after.parent)
      .Changed("international", before.international, after.international)
      .Changed("localized", before.localized, after.localized)
      .Changed("voice", before.voice, after.voice)
      .Changed("fax", before.fax, after.fax)
      .Changed("email", before.email, after.email)
      .Changed("url", before.url, after.url)
      .Changed("contacts", before.contacts, after.contacts);
}

template <class T>
void Append(std::string& out, const Change<T>& change) {
  static const T kBlank;
  ObjectWriter json(out);
  if (!change.after) {
    json.Member("deleted", true);
    return;
  }
  const T& before = change.before ? *change.before : kBlank;
  DescribeMembers(json, before, *change.after);
  DescribeObject(json, before, *change.after);
}

template <class T>
std::string Describe(const Change<T>& change) {
  std::string out;
  out.reserve(512);
  Append(out, change);
  return out;
}

}  // namespace

std::string DescribeChange(const Change<Domain>& change) { return Describe(change); }
std::string DescribeChange(const Change<Host>& change) { return Describe(change); }
std::string DescribeChange(const Change<Contact>& change) { return Describe(change); }
std::string DescribeChange(const Change<Organization>& change) { return Describe(change); }

}  // namespace registry
