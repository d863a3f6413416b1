#include "registry/store/object_rows.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/store/parameters.h"

namespace registry::store {
namespace {

constexpr size_t kPostalMembers = 6;            // before the lines of the street
constexpr size_t kRoleMembers = 3;              // of each role of an organization
constexpr size_t kContactMembers = 4;           // and of each of its contacts
constexpr std::string_view kFromLeapDay = "+";  // behind the years of a grace period

int64_t NumberIn(std::string_view text) {
  int64_t number = 0;
  POSTEL_CHECK(ParseNumber(text, &number));
  return number;
}

std::optional<PostalInfo> ReadPostal(RowReader& row) {
  if (row.SkipNull()) return std::nullopt;
  const std::vector<std::string_view> texts = row.Elements();
  POSTEL_CHECK(texts.size() >= kPostalMembers);
  PostalInfo info;
  info.name = texts[0];
  info.organization = texts[1];
  info.city = texts[2];
  info.state = texts[3];
  info.postal_code = texts[4];
  info.country = texts[5];
  info.street.assign(texts.begin() + kPostalMembers, texts.end());
  return info;
}

std::optional<Phone> ReadPhone(RowReader& row) {
  const bool present = !row.SkipNull();
  Phone phone;
  if (present) phone.number = row.Text();
  phone.extension = row.TextOrEmpty();
  if (!present) return std::nullopt;
  return phone;
}

// Two TTLs with a blank between, "-" for one that is not chosen.
std::optional<std::string> TtlPairText(Ttl first, Ttl second) {
  if (!first && !second) return std::nullopt;
  const auto text = [](Ttl ttl) { return ttl ? std::to_string(*ttl) : std::string("-"); };
  return Concat(text(first), " ", text(second));
}

std::pair<Ttl, Ttl> ReadTtlPair(std::string_view text) {
  if (text.empty()) return {};
  const std::vector<std::string_view> parts = Split(text, ' ');
  POSTEL_CHECK(parts.size() == 2);
  const auto read = [](std::string_view part) {
    return part == "-" ? Ttl() : Ttl(static_cast<uint32_t>(NumberIn(part)));
  };
  return {read(parts[0]), read(parts[1])};
}

template <class Object>
void ReadWho(RowReader& row, Object& object) {
  object.sponsor = RegistrarKey{row.Int4()};
  object.creator = RegistrarKey{row.Int4()};
  object.updater = RegistrarKey{row.Int4()};
  object.created = row.Time();
  object.updated = row.OptionalTime();
  object.transferred = row.OptionalTime();
}

}  // namespace

DelegationTtls ReadDelegationTtls(std::string_view text) {
  DelegationTtls ttls;
  std::tie(ttls.ns, ttls.ds) = ReadTtlPair(text);
  return ttls;
}

AddressTtls ReadAddressTtls(std::string_view text) {
  AddressTtls ttls;
  std::tie(ttls.a, ttls.aaaa) = ReadTtlPair(text);
  return ttls;
}

Domain ReadDomain(RowReader row) {
  Domain domain;
  domain.key = DomainKey{row.Int8()};
  domain.name = DomainName::Trusted(row.Text());
  ReadWho(row, domain);
  domain.expires = row.Time();
  domain.statuses = StatusSet::FromBits(static_cast<uint32_t>(row.Int4()));
  domain.auth = SealedAuthInfo::Trusted(row.TextOrEmpty());
  domain.registrant = ContactKey{row.Int8OrZero()};
  const std::vector<int64_t> contacts = row.Int8Array();
  const std::string roles = row.Text();
  POSTEL_CHECK(roles.size() == contacts.size());
  for (size_t i = 0; i < contacts.size(); ++i) {
    domain.contacts.push_back({static_cast<ContactRole>(roles[i]), ContactKey{contacts[i]}});
  }
  for (int64_t key : row.Int8Array()) domain.name_servers.push_back(HostKey{key});
  for (const std::string& text : row.TextArray()) {
    Outcome<DsRecord> record = DsRecord::Parse(text);
    POSTEL_CHECK(record.ok());
    domain.ds.push_back(*std::move(record));
  }
  domain.phase = static_cast<DomainPhase>(row.Int2());
  domain.phase_ends = row.OptionalTime().value_or(absl::InfiniteFuture());
  domain.grace = ReadGrace(row.Text());
  domain.version = row.Int4();
  domain.auth_ends = row.OptionalTime();
  domain.transfer = ReadTransfer(row.TextOrEmpty());
  domain.redemption_ends = row.OptionalTime();
  domain.launch = ReadLaunch(row.TextOrEmpty());
  domain.partner_ds = ReadPartnerDs(row.TextOrEmpty());
  domain.idn_table = row.TextOrEmpty();
  domain.variant_key = row.TextOrEmpty();
  domain.variant_follows = row.Bool();
  domain.premium_class = row.TextOrEmpty();
  domain.token = ReadToken(row.TextOrEmpty());
  domain.ttls = ReadDelegationTtls(row.TextOrEmpty());
  domain.organizations = ReadOrganizations(row.TextOrEmpty());
  return domain;
}

Host ReadHost(RowReader row) {
  Host host;
  host.key = HostKey{row.Int8()};
  host.name = DomainName::Trusted(row.Text());
  ReadWho(row, host);
  host.statuses = StatusSet::FromBits(static_cast<uint32_t>(row.Int4()));
  host.addresses = row.AddressArray();
  host.superordinate = DomainKey{row.Int8OrZero()};
  host.version = row.Int4();
  host.ttls = ReadAddressTtls(row.TextOrEmpty());
  return host;
}

// As AdditionalEmailText writes it.
Rare<AdditionalEmail> ReadAdditionalEmail(const std::string& text) {
  if (text.empty()) return {};
  return AdditionalEmail{text.substr(1), text.front() == '+'};
}

Contact ReadContact(RowReader row) {
  Contact contact;
  contact.key = ContactKey{row.Int8()};
  contact.id = ContactId::Trusted(row.Text());
  ReadWho(row, contact);
  contact.statuses = StatusSet::FromBits(static_cast<uint32_t>(row.Int4()));
  contact.auth = SealedAuthInfo::Trusted(row.TextOrEmpty());
  contact.international = ReadPostal(row);
  contact.localized = ReadPostal(row);
  contact.voice = ReadPhone(row);
  contact.fax = ReadPhone(row);
  contact.email = row.Text();
  contact.disclose.flag = row.Bool();
  contact.disclose.fields = static_cast<unsigned>(row.Int4());
  contact.version = row.Int4();
  contact.auth_ends = row.OptionalTime();
  contact.transfer = ReadTransfer(row.TextOrEmpty());
  contact.additional_email = ReadAdditionalEmail(row.TextOrEmpty());
  return contact;
}

Organization ReadOrganization(RowReader row) {
  Organization organization;
  organization.key = OrganizationKey{row.Int8()};
  organization.id = OrganizationId::Trusted(row.Text());
  ReadWho(row, organization);
  organization.statuses = StatusSet::FromBits(static_cast<uint32_t>(row.Int4()));
  std::vector<std::string> roles = row.TextArray();
  POSTEL_CHECK(roles.size() % kRoleMembers == 0);
  for (size_t i = 0; i < roles.size(); i += kRoleMembers) {
    organization.roles.push_back(
        {static_cast<OrganizationRole>(roles[i].at(0)), std::move(roles[i + 1]),
         StatusSet::FromBits(static_cast<uint32_t>(NumberIn(roles[i + 2])))});
  }
  organization.parent = OrganizationKey{row.Int8OrZero()};
  organization.parent_id = OrganizationId::Trusted(row.TextOrEmpty());
  organization.international = ReadPostal(row);
  organization.localized = ReadPostal(row);
  organization.voice = ReadPhone(row);
  organization.fax = ReadPhone(row);
  organization.email = row.Text();
  organization.url = row.Text();
  std::vector<std::string> contacts = row.TextArray();
  POSTEL_CHECK(contacts.size() % kContactMembers == 0);
  for (size_t i = 0; i < contacts.size(); i += kContactMembers) {
    organization.contacts.push_back(
        {static_cast<OrganizationContactType>(contacts[i].at(0)), std::move(contacts[i + 3]),
         ContactKey{NumberIn(contacts[i + 1])}, ContactId::Trusted(std::move(contacts[i + 2]))});
  }
  organization.version = row.Int4();
  return organization;
}

std::string GraceText(const std::vector<GracePeriod>& grace) {
  std::string text;
  for (const GracePeriod& period : grace) {
    if (!text.empty()) text += ' ';
    text += Concat(static_cast<int>(period.kind), " ", absl::ToUnixMillis(period.ends), " ",
                   period.fee.minor, " ", Number(period.payer), " ", period.years,
                   period.from_leap_day ? kFromLeapDay : "");
  }
  return text;
}

std::vector<GracePeriod> ReadGrace(const std::string& text) {
  std::vector<GracePeriod> grace;
  if (text.empty()) return grace;
  const std::vector<std::string_view> parts = Split(text, ' ');
  POSTEL_CHECK(parts.size() % 5 == 0);
  for (size_t i = 0; i < parts.size(); i += 5) {
    std::string_view years = parts[i + 4];
    const bool from_leap_day = years.ends_with(kFromLeapDay);
    if (from_leap_day) years.remove_suffix(kFromLeapDay.size());
    grace.push_back({static_cast<GraceKind>(NumberIn(parts[i])),
                     absl::FromUnixMillis(NumberIn(parts[i + 1])), Money{NumberIn(parts[i + 2])},
                     RegistrarKey{static_cast<int32_t>(NumberIn(parts[i + 3]))},
                     static_cast<int>(NumberIn(years)), from_leap_day});
  }
  return grace;
}

std::string TransferText(const Transfer& transfer) {
  const std::string expires =
      transfer.expires ? std::to_string(absl::ToUnixMillis(*transfer.expires)) : "-";
  return Concat(static_cast<int>(transfer.state), " ", Number(transfer.gaining), " ",
                Number(transfer.losing), " ", absl::ToUnixMillis(transfer.requested), " ",
                absl::ToUnixMillis(transfer.acted), " ", transfer.years, " ", transfer.fee.minor,
                " ", expires);
}

Rare<Transfer> ReadTransfer(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const std::vector<std::string_view> parts = Split(text, ' ');
  POSTEL_CHECK(parts.size() == 8);
  Transfer transfer;
  transfer.state = static_cast<TransferState>(NumberIn(parts[0]));
  transfer.gaining = RegistrarKey{static_cast<int32_t>(NumberIn(parts[1]))};
  transfer.losing = RegistrarKey{static_cast<int32_t>(NumberIn(parts[2]))};
  transfer.requested = absl::FromUnixMillis(NumberIn(parts[3]));
  transfer.acted = absl::FromUnixMillis(NumberIn(parts[4]));
  transfer.years = static_cast<int>(NumberIn(parts[5]));
  transfer.fee = Money{NumberIn(parts[6])};
  if (parts[7] != "-") transfer.expires = absl::FromUnixMillis(NumberIn(parts[7]));
  return transfer;
}

std::string AdditionalEmailText(const Contact& contact) {
  if (!contact.additional_email) return {};
  return Concat(contact.additional_email->primary ? "+" : "-", contact.additional_email->address);
}

std::string PartnerDsText(const Domain& domain) {
  std::string text;
  for (const DsRecord& record : domain.partner_ds) {
    text += Concat(text.empty() ? "" : ";", record.StoredText());
  }
  return text;
}

std::vector<DsRecord> ReadPartnerDs(std::string_view text) {
  std::vector<DsRecord> records;
  while (!text.empty()) {
    const size_t end = std::min(text.find(';'), text.size());
    Outcome<DsRecord> record = DsRecord::Parse(text.substr(0, end));
    POSTEL_CHECK(record.ok());
    records.push_back(*std::move(record));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return records;
}

std::optional<std::string> TtlsText(const DelegationTtls& ttls) {
  return TtlPairText(ttls.ns, ttls.ds);
}

std::optional<std::string> TtlsText(const AddressTtls& ttls) {
  return TtlPairText(ttls.a, ttls.aaaa);
}

std::string LaunchText(const Launch& launch) {
  std::string text(LaunchPhaseName(launch.phase));
  if (!launch.proof.empty()) text += Concat(" ", launch.proof);
  if (launch.accepted != absl::Time()) {
    text +=
        Concat(" ", absl::ToUnixMillis(launch.not_after), " ", absl::ToUnixMillis(launch.accepted));
  }
  if (!launch.mark.empty()) text += Concat("\n", launch.mark);
  return text;
}

std::optional<Launch> ReadLaunch(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const std::string_view whole = text;
  const size_t end = whole.find('\n');
  const std::vector<std::string_view> parts = Split(whole.substr(0, end), ' ');
  const std::optional<LaunchPhase> phase = ParseLaunchPhase(parts[0]);
  POSTEL_CHECK(phase && (parts.size() <= 2 || parts.size() == 4));
  Launch launch;
  launch.phase = *phase;
  if (parts.size() > 1) launch.proof = std::string(parts[1]);
  if (parts.size() == 4) {
    launch.not_after = absl::FromUnixMillis(NumberIn(parts[2]));
    launch.accepted = absl::FromUnixMillis(NumberIn(parts[3]));
  }
  if (end != std::string_view::npos) launch.mark = std::string(whole.substr(end + 1));
  return launch;
}

std::string TokenText(const UsedToken& token) { return Concat(token.key, " ", token.text); }

std::optional<UsedToken> ReadToken(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const size_t blank = text.find(' ');
  POSTEL_CHECK(blank != std::string::npos);
  return UsedToken{NumberIn(std::string_view(text).substr(0, blank)), text.substr(blank + 1)};
}

std::string OrganizationsText(const Domain& domain) {
  std::string text;
  if (!domain.organizations) return text;
  for (const auto& [role, key, id] : *domain.organizations) {
    const std::string letter(1, static_cast<char>(role));
    text += Concat(text.empty() ? "" : "\n", letter, " ", Number(key), " ", id.text());
  }
  return text;
}

Rare<std::vector<OrganizationLink>> ReadOrganizations(const std::string& text) {
  if (text.empty()) return std::nullopt;
  std::vector<OrganizationLink> links;
  for (const std::string_view line : Split(text, '\n')) {
    const size_t blank = line.find(' ', 2);
    POSTEL_CHECK(blank != std::string_view::npos);
    links.push_back({static_cast<OrganizationRole>(line[0]),
                     OrganizationKey{NumberIn(line.substr(2, blank - 2))},
                     OrganizationId::Trusted(std::string(line.substr(blank + 1)))});
  }
  return links;
}

std::string ContactsText(const Domain& domain) {
  std::vector<int64_t> keys;
  for (const DomainContact& contact : domain.contacts) keys.push_back(Number(contact.contact));
  return ArrayLiteral(keys);
}

std::string ContactRolesText(const Domain& domain) {
  std::string roles;
  for (const DomainContact& contact : domain.contacts) roles += static_cast<char>(contact.role);
  return roles;
}

std::string NameServersText(const Domain& domain) {
  std::vector<int64_t> keys;
  for (HostKey key : domain.name_servers) keys.push_back(Number(key));
  return ArrayLiteral(keys);
}

std::string DsText(const Domain& domain) {
  std::vector<std::string> texts;
  for (const DsRecord& record : domain.ds) texts.push_back(record.StoredText());
  return ArrayLiteral(texts);
}

std::string AddressesText(const Host& host) {
  std::vector<std::string> texts;
  for (const IpAddress& address : host.addresses) texts.push_back(address.ToString());
  return ArrayLiteral(texts);
}

std::string PostalText(const PostalInfo& info) { return ArrayLiteral(PostalTexts(info)); }

std::string RolesText(const Organization& organization) {
  std::vector<std::string> texts;
  for (const HeldRole& held : organization.roles) {
    texts.emplace_back(1, static_cast<char>(held.role));
    texts.push_back(held.id);
    texts.push_back(std::to_string(held.statuses.bits()));
  }
  return ArrayLiteral(texts);
}

std::string ContactsText(const Organization& organization) {
  std::vector<std::string> texts;
  for (const OrganizationContact& contact : organization.contacts) {
    texts.emplace_back(1, static_cast<char>(contact.type));
    texts.push_back(std::to_string(Number(contact.contact)));
    texts.push_back(contact.id.text());
    texts.push_back(contact.type_name);
  }
  return ArrayLiteral(texts);
}

std::vector<std::string> PostalTexts(const PostalInfo& info) {
  std::vector<std::string> texts = {info.name,  info.organization, info.city,
                                    info.state, info.postal_code,  info.country};
  texts.insert(texts.end(), info.street.begin(), info.street.end());
  return texts;
}

}  // namespace registry::store
