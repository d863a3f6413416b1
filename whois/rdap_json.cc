#include "whois/rdap_json.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "registry/base/text.h"
#include "registry/types/dns_key.h"
#include "whois/jcard.h"
#include "whois/json_writer.h"
#include "whois/rdap_objects.h"
#include "whois/rdap_search_query.h"
#include "whois/rdap_status.h"
#include "whois/redacted.h"
#include "whois/time_text.h"

namespace whois {
namespace {

using registry::Concat;
using registry::DomainName;

constexpr std::string_view kRdapType = "application/rdap+json";
constexpr std::string_view kHtmlType = "text/html";

// Opens a body.
void BeginBody(bool redacted, JsonWriter& json) {
  constexpr std::string_view kRedacted[] = {"redacted"};
  using Extensions = std::span<const std::string_view>;
  BeginRdapBody(redacted ? Extensions(kRedacted) : Extensions(), json);
}

struct LinkTo {
  std::string_view rel;
  std::string_view href;
  std::string_view type;
  bool entered = false;  // somebody typed the href: it may hold anything
};
// `value`: a URL of ours.
void AddLink(std::string_view value, const LinkTo& to, JsonWriter& json) {
  json.BeginObject().PlainMember("value", value).PlainMember("rel", to.rel);
  json.PlainMember("type", to.type).Key("href");
  if (to.entered) {
    json.String(to.href);
  } else {
    json.Plain(to.href);
  }
  json.EndObject();
}

// -- notices --

void AddNotice(std::string_view title, std::string_view description, const LinkTo& link,
               const RdapPage& page, JsonWriter& json) {
  json.BeginObject().PlainMember("title", title);
  json.Key("description").BeginArray().Plain(description).EndArray();
  json.Key("links").BeginArray();
  AddLink(page.request_url, link, json);
  json.EndArray().EndObject();
}

// Opens the array: every body has this one.
void BeginNotices(const RdapPage& page, JsonWriter& json) {
  const bool help = page.terms_url == Concat(page.base, "/help");
  json.Key("notices").BeginArray();
  AddNotice("RDAP Terms of Service", "By querying this service you accept its terms of service.",
            {"terms-of-service", page.terms_url, help ? kRdapType : kHtmlType}, page, json);
}

void AddStatusCodes(const RdapPage& page, JsonWriter& json) {
  AddNotice("Status Codes",
            "For more information on domain status codes, please visit https://icann.org/epp",
            {"glossary", "https://icann.org/epp", kHtmlType}, page, json);
}

void AddInaccuracyForm(const RdapPage& page, JsonWriter& json) {
  AddNotice("RDDS Inaccuracy Complaint Form",
            "URL of the ICANN RDDS Inaccuracy Complaint Form: https://icann.org/wicf",
            {"help", "https://icann.org/wicf", kHtmlType}, page, json);
}

// Closes the notices and the body.
std::string Finish(JsonWriter& json) { return json.EndArray().EndObject().Finish(); }

// -- what objects have in common --

// Writes member `events`.
class Events {
 public:
  explicit Events(JsonWriter& json) : json_(json) { json_.Key("events").BeginArray(); }
  Events& Add(std::string_view action, absl::Time date) {
    json_.BeginObject().Member("eventAction", action).Member("eventDate", TimeText(date));
    json_.EndObject();
    return *this;
  }
  Events& AddIfAny(std::string_view action, const std::optional<absl::Time>& date) {
    return date ? Add(action, *date) : *this;
  }
  void Finish(absl::Time as_of) {
    Add("last update of RDAP database", as_of);
    json_.EndArray();
  }

 private:
  JsonWriter& json_;
};

void AddStatuses(const std::vector<std::string_view>& epp_words, JsonWriter& json) {
  json.Key("status").BeginArray();
  for (std::string_view word : epp_words) json.Plain(RdapStatus(word));
  json.EndArray();
}

void AddNames(const DomainName& name, JsonWriter& json) {
  json.PlainMember("ldhName", name.text());
  if (name.text().find("xn--") == std::string::npos) return;
  const std::string unicode = name.ToUnicode();
  if (unicode != name.text()) json.Member("unicodeName", unicode);
}

std::string DomainUrl(const RdapPage& page, const DomainName& name) {
  return Concat(page.base, "/domain/", name.text());
}

std::string NameServerUrl(const RdapPage& page, const DomainName& name) {
  return Concat(page.base, "/nameserver/", name.text());
}

// A handle as a segment of a path: what RFC 3986 does not reserve stands for itself.
std::string EntityUrl(const RdapPage& page, std::string_view handle) {
  std::string url = Concat(page.base, "/entity/");
  for (char c : handle) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    constexpr char kHex[] = "0123456789ABCDEF";
    const auto octet = static_cast<unsigned char>(c);
    if (plain) {
      url += c;
    } else {
      url += {'%', kHex[octet >> 4], kHex[octet & 15]};
    }
  }
  return url;
}

void AddSelfLink(std::string_view url, const RdapPage& page, JsonWriter& json) {
  AddLink(page.request_url, {"self", url, kRdapType}, json);
}

void AddSelfLinks(std::string_view url, const RdapPage& page, JsonWriter& json) {
  json.Key("links").BeginArray();
  AddSelfLink(url, page, json);
  json.EndArray();
}

void AddPort43(const RdapPage& page, JsonWriter& json) { json.MemberIfAny("port43", page.port43); }

// -- entities --

// Both ends of it were entered by the operator.
void AddAboutLink(const RegistrarView& registrar, const RdapPage& page, JsonWriter& json) {
  const std::string& value = registrar.rdap_base.empty() ? page.request_url : registrar.rdap_base;
  json.BeginObject().Member("value", value).PlainMember("rel", "about");
  json.PlainMember("type", kHtmlType).Member("href", registrar.url).EndObject();
}

void AddRegistrarLinks(const RegistrarView& registrar, const RdapPage& page, JsonWriter& json) {
  json.Key("links").BeginArray();
  AddSelfLink(EntityUrl(page, registrar.handle), page, json);
  if (!registrar.url.empty()) {
    AddAboutLink(registrar, page, json);
  }
  json.EndArray();
}

using WriteCard = void (*)(const RegistrarView&, JsonWriter&);
void AddRegistrarMembers(const RegistrarView& registrar, WriteCard card, const RdapPage& page,
                         JsonWriter& json) {
  json.PlainMember("objectClassName", "entity").Member("handle", registrar.handle);
  json.Key("roles").BeginArray().Plain("registrar").EndArray();
  if (registrar.iana_id > 0) {
    json.Key("publicIds").BeginArray().BeginObject().Member("type", "IANA Registrar ID");
    json.Member("identifier", registrar.handle).EndObject().EndArray();
  }
  json.Key("vcardArray");
  card(registrar, json);
  AddRegistrarLinks(registrar, page, json);
}

// Opens an entity of that role, and its card, which is to follow.
void BeginRoleEntity(std::string_view role, JsonWriter& json) {
  json.BeginObject().PlainMember("objectClassName", "entity");
  json.Key("roles").BeginArray().Plain(role).EndArray();
  json.Key("vcardArray");
}

bool HasAbuseContact(const RegistrarView& registrar) {
  return !registrar.abuse_email.empty() || !registrar.abuse_phone.empty();
}

void AddAbuseEntity(const RegistrarView& registrar, JsonWriter& json) {
  if (!HasAbuseContact(registrar)) return;
  BeginRoleEntity("abuse", json);
  WriteAbuseCard(registrar, json);
  json.EndObject();
}

void AddAbuseEntities(const RegistrarView& registrar, JsonWriter& json) {
  if (!HasAbuseContact(registrar)) return;
  json.Key("entities").BeginArray();
  AddAbuseEntity(registrar, json);
  json.EndArray();
}

// Of a registrar that was asked for itself (response profile 3.2).
void AddRegistrarEntities(const RegistrarView& registrar, JsonWriter& json) {
  if (!HasAbuseContact(registrar) && registrar.admin.name.empty() && registrar.tech.name.empty()) {
    return;
  }
  json.Key("entities").BeginArray();
  AddAbuseEntity(registrar, json);
  for (const auto& [role, contact] :
       {std::pair("administrative", &registrar.admin), std::pair("technical", &registrar.tech)}) {
    if (contact->name.empty()) continue;
    BeginRoleEntity(role, json);
    WriteRegistrarContactCard(*contact, json);
    json.EndObject();
  }
  json.EndArray();
}

std::string_view RoleWord(ContactRole role) {
  switch (role) {
    case ContactRole::kRegistrant:
      return "registrant";
    case ContactRole::kAdministrative:
      return "administrative";
    case ContactRole::kTechnical:
      return "technical";
    case ContactRole::kBilling:
      return "billing";
    case ContactRole::kNone:
      break;
  }
  return {};
}

void AddContactMembers(const ContactView& contact, JsonWriter& json) {
  json.PlainMember("objectClassName", "entity");
  if (contact.handle.shown()) json.Member("handle", contact.handle.value());
  const std::string_view role = RoleWord(contact.role);
  if (!role.empty()) json.Key("roles").BeginArray().Plain(role).EndArray();
  json.Key("vcardArray");
  WriteContactCard(contact, json);
}

// -- domains --

// Registrar IDs that ICANN keeps for the registry's own use and for tests: they have no RDAP
// server.
bool IsReserved(int iana_id) { return iana_id >= 9994 && iana_id <= 9999; }

void AddDomainLinks(const DomainView& domain, const RdapPage& page, JsonWriter& json) {
  json.Key("links").BeginArray();
  AddSelfLink(DomainUrl(page, domain.name), page, json);
  const RegistrarView& registrar = domain.registrar;
  if (!registrar.rdap_base.empty() && !IsReserved(registrar.iana_id)) {
    const std::string href = Concat(registrar.rdap_base, "domain/", domain.name.text());
    AddLink(page.request_url, {"related", href, kRdapType, /*entered=*/true}, json);
  }
  json.EndArray();
}

// Of records that were made from keys, where keys are what registrars provide.
void AddKeys(const std::vector<registry::DsRecord>& records, JsonWriter& json) {
  bool any = false;
  for (const registry::DsRecord& ds : records) {
    if (ds.key.empty()) continue;
    const registry::Outcome<registry::DnsKey> key = registry::DnsKey::Parse(ds.key);
    if (!key.ok()) continue;
    if (!any) json.Key("keyData").BeginArray();
    any = true;
    json.BeginObject().Key("flags").Number(key->flags).Key("protocol").Number(3);
    json.Key("algorithm").Number(key->algorithm).PlainMember("publicKey", key->base64());
    json.EndObject();
  }
  if (any) json.EndArray();
}

void AddSecureDns(const DomainView& domain, JsonWriter& json) {
  json.Key("secureDNS").BeginObject().Key("delegationSigned").Bool(domain.signed_delegation);
  if (!domain.ds.empty()) {
    json.Key("dsData").BeginArray();
    for (const registry::DsRecord& ds : domain.ds) {
      json.BeginObject().Key("keyTag").Number(ds.key_tag).Key("algorithm").Number(ds.algorithm);
      json.Key("digestType").Number(ds.digest_type).PlainMember("digest", ds.digest_hex());
      json.EndObject();
    }
    json.EndArray();
  }
  AddKeys(domain.ds, json);
  json.EndObject();
}

void AddNameServers(const DomainView& domain, const RdapPage& page, JsonWriter& json) {
  json.Key("nameservers").BeginArray();
  for (const NameServerView& server : domain.name_servers) {
    json.BeginObject()
        .PlainMember("objectClassName", "nameserver")
        .PlainMember("handle", server.handle);
    AddNames(server.name, json);
    AddSelfLinks(NameServerUrl(page, server.name), page, json);
    json.EndObject();
  }
  json.EndArray();
}

void AddDomainEntities(const DomainView& domain, const RdapPage& page, JsonWriter& json) {
  json.Key("entities").BeginArray().BeginObject();
  AddRegistrarMembers(domain.registrar, WriteRegistrarNameCard, page, json);
  AddAbuseEntities(domain.registrar, json);
  json.EndObject();
  if (!domain.reseller.empty()) {
    BeginRoleEntity("reseller", json);
    WriteNameCard(domain.reseller, json);
    json.EndObject();
  }
  for (const ContactView& contact : domain.contacts) {
    json.BeginObject();
    AddContactMembers(contact, json);
    json.EndObject();
  }
  json.EndArray();
}

using Relations = std::initializer_list<std::string_view>;

void BeginVariant(Relations relations, std::string_view idn_table, JsonWriter& json) {
  json.BeginObject().Key("relation").BeginArray();
  for (const std::string_view relation : relations) json.String(relation);
  json.EndArray();
  if (!idn_table.empty()) json.Member("idnTable", idn_table);
}

void AddVariant(const DomainName& name, Relations relations, std::string_view idn_table,
                JsonWriter& json) {
  BeginVariant(relations, idn_table, json);
  json.Key("variantNames").BeginArray().BeginObject();
  AddNames(name, json);
  json.EndObject().EndArray().EndObject();
}

// The other name of a bundle, registered variants, and that other variants by the same table are not
// for everybody. RFC 9083 section 5.3.
void AddVariants(const DomainView& domain, JsonWriter& json) {
  if (!domain.other_name && domain.variants.empty() && domain.idn_table.empty()) return;
  json.Key("variants").BeginArray();
  if (domain.other_name) AddVariant(*domain.other_name, {"registered", "conjoined"}, "", json);
  for (const auto& variant : domain.variants) {
    AddVariant(variant.name, {"registered"}, variant.idn_table, json);
  }
  if (!domain.idn_table.empty()) {
    BeginVariant({"unregistered", "registration restricted"}, domain.idn_table, json);
    json.EndObject();
  }
  json.EndArray();
}

void AddDomainMembers(const DomainView& domain, const RdapPage& page, JsonWriter& json) {
  json.PlainMember("objectClassName", "domain").PlainMember("handle", domain.handle);
  AddNames(domain.name, json);
  AddVariants(domain, json);
  AddDomainLinks(domain, page, json);
  AddStatuses(domain.statuses, json);
  Events(json)
      .Add("registration", domain.created)
      .AddIfAny("last changed", domain.updated)
      .AddIfAny("transfer", domain.transferred)
      .Add("expiration", domain.expires)
      .Finish(page.as_of);
  AddSecureDns(domain, json);
  if (!domain.name_servers.empty()) AddNameServers(domain, page, json);
  AddDomainEntities(domain, page, json);
}

// -- name servers --

void AddAddresses(const std::vector<registry::IpAddress>& addresses, JsonWriter& json) {
  using Family = registry::IpAddress::Family;
  json.Key("ipAddresses").BeginObject();
  for (const auto& [key, family] : {std::pair("v4", Family::kV4), std::pair("v6", Family::kV6)}) {
    bool any = false;
    for (const registry::IpAddress& address : addresses) {
      if (address.family() != family) continue;
      if (!any) json.Key(key).BeginArray();
      any = true;
      json.String(address.ToString());
    }
    if (any) json.EndArray();
  }
  json.EndObject();
}

void AddHostMembers(const HostView& host, const RdapPage& page, JsonWriter& json) {
  json.PlainMember("objectClassName", "nameserver").PlainMember("handle", host.handle);
  AddNames(host.name, json);
  AddSelfLinks(NameServerUrl(page, host.name), page, json);
  AddStatuses(host.statuses, json);
  Events(json)
      .Add("registration", host.created)
      .AddIfAny("last changed", host.updated)
      .AddIfAny("transfer", host.transferred)
      .Finish(page.as_of);
  if (!host.addresses.empty()) AddAddresses(host.addresses, json);
  if (!host.registrar.handle.empty()) {
    json.Key("entities").BeginArray().BeginObject();
    AddRegistrarMembers(host.registrar, WriteRegistrarNameCard, page, json);
    json.EndObject().EndArray();
  }
}

// -- in searches --

void AddRegistrar(const RegistrarView& registrar, const RdapPage& page, JsonWriter& json) {
  AddRegistrarMembers(registrar, WriteRegistrarCard, page, json);
  AddRegistrarEntities(registrar, json);
  Events(json).Finish(page.as_of);
}

void AddContact(const ContactEntityView& contact, const RdapPage& page, JsonWriter& json) {
  AddContactMembers(contact.contact, json);
  AddSelfLinks(EntityUrl(page, contact.contact.handle.value()), page, json);
  AddStatuses(contact.statuses, json);
  Events(json)
      .Add("registration", contact.created)
      .AddIfAny("last changed", contact.updated)
      .AddIfAny("transfer", contact.transferred)
      .Finish(page.as_of);
}

// Closes an object of which a part was left out. RDAP technical implementation guide, section 3.6.
void EndShortObject(JsonWriter& json) {
  json.Key("remarks").BeginArray().BeginObject().Member("title", "Incomplete Data");
  json.Member("type", "object truncated due to unexplainable reasons");
  json.Key("description").BeginArray();
  json.String("This is the part that fieldSet asked for; query the object itself for all of it.");
  json.EndArray().EndObject().EndArray().EndObject();
}

// What domains and name servers have in short.
template <class View>
void AddShort(std::string_view type, std::string_view url, const View& view, FieldSet set,
              const RdapPage& page, JsonWriter& json) {
  json.Member("objectClassName", type);
  if (set == FieldSet::kId) {
    json.Member("ldhName", view.name.text());
    return;
  }
  json.Member("handle", view.handle);
  AddNames(view.name, json);
  AddSelfLinks(url, page, json);
  AddStatuses(view.statuses, json);
}

void AddEntityId(std::string_view handle, JsonWriter& json) {
  json.Member("objectClassName", "entity").Member("handle", handle);
}

}  // namespace

void BeginRdapBody(std::span<const std::string_view> extensions, JsonWriter& json) {
  json.BeginObject().Key("rdapConformance").BeginArray();
  json.Plain("rdap_level_0").Plain("icann_rdap_response_profile_1");
  json.Plain("icann_rdap_technical_implementation_guide_1");
  for (std::string_view extension : extensions) json.Plain(extension);
  json.EndArray();
}

void BeginRdapNotices(const RdapPage& page, JsonWriter& json) { BeginNotices(page, json); }

std::string FinishRdapBody(JsonWriter& json) { return Finish(json); }

void WriteRdapLink(std::string_view rel, std::string_view href, const RdapPage& page,
                   JsonWriter& json) {
  AddLink(page.request_url, {rel, href, kRdapType, /*entered=*/true}, json);
}

void WriteRdapObject(const DomainView& domain, FieldSet set, const RdapPage& page,
                     JsonWriter& json) {
  json.BeginObject();
  if (set != FieldSet::kFull) {
    AddShort("domain", DomainUrl(page, domain.name), domain, set, page, json);
    return EndShortObject(json);
  }
  AddDomainMembers(domain, page, json);
  if (HasRedactions(domain.contacts)) {
    json.Key("redacted");
    WriteRedacted(domain.contacts, json);
  }
  json.EndObject();
}

void WriteRdapObject(const HostView& host, FieldSet set, const RdapPage& page, JsonWriter& json) {
  json.BeginObject();
  if (set != FieldSet::kFull) {
    AddShort("nameserver", NameServerUrl(page, host.name), host, set, page, json);
    return EndShortObject(json);
  }
  AddHostMembers(host, page, json);
  json.EndObject();
}

void WriteRdapObject(const RegistrarView& registrar, FieldSet set, const RdapPage& page,
                     JsonWriter& json) {
  json.BeginObject();
  if (set == FieldSet::kFull) {
    AddRegistrar(registrar, page, json);
    json.EndObject();
    return;
  }
  if (set == FieldSet::kId) AddEntityId(registrar.handle, json);
  if (set == FieldSet::kBrief) AddRegistrarMembers(registrar, WriteRegistrarCard, page, json);
  EndShortObject(json);
}

void WriteRdapObject(const ContactEntityView& contact, FieldSet set, const RdapPage& page,
                     JsonWriter& json) {
  const std::string& handle = contact.contact.handle.value();
  json.BeginObject();
  if (set == FieldSet::kFull) {
    AddContact(contact, page, json);
    json.EndObject();
    return;
  }
  if (set == FieldSet::kId) AddEntityId(handle, json);
  if (set == FieldSet::kBrief) {
    AddContactMembers(contact.contact, json);
    AddSelfLinks(EntityUrl(page, handle), page, json);
    AddStatuses(contact.statuses, json);
  }
  EndShortObject(json);
}

std::string RdapJson(const DomainView& domain, const RdapPage& page) {
  const bool redacted = HasRedactions(domain.contacts);
  JsonWriter json;
  BeginBody(redacted, json);
  AddDomainMembers(domain, page, json);
  AddPort43(page, json);
  if (redacted) {
    json.Key("redacted");
    WriteRedacted(domain.contacts, json);
  }
  BeginNotices(page, json);
  AddStatusCodes(page, json);
  AddInaccuracyForm(page, json);
  return Finish(json);
}

std::string RdapJson(const HostView& host, const RdapPage& page) {
  JsonWriter json;
  BeginBody(/*redacted=*/false, json);
  AddHostMembers(host, page, json);
  AddPort43(page, json);
  BeginNotices(page, json);
  return Finish(json);
}

std::string RdapJson(const RegistrarView& registrar, const RdapPage& page) {
  JsonWriter json;
  BeginBody(/*redacted=*/false, json);
  AddRegistrar(registrar, page, json);
  AddPort43(page, json);
  BeginNotices(page, json);
  return Finish(json);
}

std::string RdapJson(const ContactEntityView& contact, const RdapPage& page) {
  JsonWriter json;
  BeginBody(/*redacted=*/false, json);
  AddContact(contact, page, json);
  BeginNotices(page, json);
  return Finish(json);
}

std::string RdapJson(const RdapError& error, const RdapPage& page) {
  JsonWriter json;
  BeginBody(/*redacted=*/false, json);
  json.Key("errorCode").Number(error.status).Member("title", error.title);
  json.Key("description").BeginArray().String(error.description).EndArray();
  BeginNotices(page, json);
  return Finish(json);
}

std::string RdapHelpJson(const RdapPage& page) {
  constexpr std::string_view kExtensions[] = {"redacted", "paging", "sorting", "subsetting",
                                              "reverse_search"};
  JsonWriter json;
  BeginRdapBody(kExtensions, json);
  json.Key("reverse_search_properties").BeginArray();
  for (const NamedPath& property : ReverseProperties()) {
    json.BeginObject().Member("searchableResourceType", "domains");
    json.Member("relatedResourceType", "entity").Member("property", property.name).EndObject();
  }
  json.EndArray();
  BeginNotices(page, json);
  json.BeginObject().Member("title", "Queries").Key("description").BeginArray();
  for (std::string_view line :
       {"/domain/NAME answers for a domain name, in A-label or U-label form.",
        "/nameserver/NAME answers for a host object.",
        "/entity/HANDLE answers for a registrar by its IANA ID or its name, and for a contact by "
        "its ROID if it wants to be published.",
        "/domains?name=PATTERN, /domains?nsLdhName=PATTERN and /domains?nsIp=ADDRESS search for "
        "domains, by their name, and by name and address of their name servers.",
        "/nameservers?name=PATTERN and /nameservers?ip=ADDRESS search for host objects.",
        "/entities?fn=PATTERN and /entities?handle=PATTERN search for registrars, and for contacts "
        "that want to be published.",
        "/domains/reverse_search/entity?PROPERTY=PATTERN searches, for authorised clients, for the "
        "domains of contacts by handle (exactly), fn and email, and by role beside one of these.",
        "A PATTERN is a whole value, or its beginning and an asterisk; of a name, whole labels may "
        "stand behind the asterisk.",
        "Searches take count=true, sort=PROPERTY:a or sort=PROPERTY:d, cursor as the links of a "
        "page have it, and fieldSet=id, brief or full. Their answers list the properties."}) {
    json.String(line);
  }
  json.EndArray().Key("links").BeginArray();
  AddLink(page.request_url, {"describedby", "https://www.rfc-editor.org/rfc/rfc9082", kHtmlType},
          json);
  json.EndArray().EndObject();
  return Finish(json);
}

}  // namespace whois
