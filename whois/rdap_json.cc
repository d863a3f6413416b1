#include "whois/rdap_json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <utility>

#include "registry/base/text.h"
#include "whois/jcard.h"
#include "whois/rdap_status.h"
#include "whois/redacted.h"
#include "whois/time_text.h"

namespace whois {
namespace {

namespace json = boost::json;
using registry::Concat;
using registry::DomainName;

constexpr std::string_view kRdapType = "application/rdap+json";
constexpr std::string_view kHtmlType = "text/html";

json::array Conformance(bool redacted) {
  json::array values = {"rdap_level_0", "icann_rdap_response_profile_1",
                        "icann_rdap_technical_implementation_guide_1"};
  if (redacted) values.emplace_back("redacted");
  return values;
}

struct LinkTo {
  std::string_view rel;
  std::string_view href;
  std::string_view type;
};
json::object Link(std::string_view value, const LinkTo& to) {
  return {{"value", json::string(value)},
          {"rel", json::string(to.rel)},
          {"type", json::string(to.type)},
          {"href", json::string(to.href)}};
}

json::object Notice(std::string_view title, std::string_view description, const RdapPage& page,
                    const LinkTo& link) {
  json::object notice;
  notice["title"] = json::string(title);
  notice["description"] = json::array{json::string(description)};
  notice["links"] = json::array{Link(page.request_url, link)};
  return notice;
}

json::object TermsOfService(const RdapPage& page) {
  const bool help = page.terms_url == Concat(page.base, "/help");
  return Notice("RDAP Terms of Service",
                "By querying this service you accept its terms of service.", page,
                {"terms-of-service", page.terms_url, help ? kRdapType : kHtmlType});
}

json::object StatusCodes(const RdapPage& page) {
  return Notice("Status Codes",
                "For more information on domain status codes, please visit https://icann.org/epp",
                page, {"glossary", "https://icann.org/epp", kHtmlType});
}

json::object InaccuracyForm(const RdapPage& page) {
  return Notice("RDDS Inaccuracy Complaint Form",
                "URL of the ICANN RDDS Inaccuracy Complaint Form: https://icann.org/wicf", page,
                {"help", "https://icann.org/wicf", kHtmlType});
}

json::object Truncated() {
  return {{"title", "Search Results Truncated"},
          {"type", "result set truncated due to excessive load"},
          {"description", {"There are more results than one answer shows."}}};
}

class Events {
 public:
  void Add(std::string_view action, absl::Time date) {
    list_.push_back(
        json::object{{"eventAction", json::string(action)}, {"eventDate", TimeText(date)}});
  }
  void AddIfAny(std::string_view action, const std::optional<absl::Time>& date) {
    if (date) Add(action, *date);
  }
  json::array Finish(absl::Time as_of) && {
    Add("last update of RDAP database", as_of);
    return std::move(list_);
  }

 private:
  json::array list_;
};

json::array Statuses(const std::vector<std::string_view>& epp_words) {
  json::array words;
  for (std::string_view word : epp_words) words.emplace_back(json::string(RdapStatus(word)));
  return words;
}

void SetNames(const DomainName& name, json::object& object) {
  object["ldhName"] = name.text();
  const std::string unicode = name.ToUnicode();
  if (unicode != name.text()) object["unicodeName"] = unicode;
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

json::object SelfLink(const RdapPage& page, std::string_view url) {
  return Link(page.request_url, {"self", url, kRdapType});
}

// -- entities --

json::array RegistrarLinks(const RegistrarView& registrar, const RdapPage& page) {
  const std::string self = EntityUrl(page, registrar.handle);
  json::array links = {SelfLink(page, self)};
  if (!registrar.url.empty()) {
    links.push_back(Link(registrar.rdap_base.empty() ? page.request_url : registrar.rdap_base,
                         {"about", registrar.url, kHtmlType}));
  }
  return links;
}

json::object RegistrarEntity(const RegistrarView& registrar, json::array card,
                             const RdapPage& page) {
  json::object entity;
  entity["objectClassName"] = "entity";
  entity["handle"] = registrar.handle;
  entity["roles"] = {"registrar"};
  if (registrar.iana_id > 0) {
    entity["publicIds"] =
        json::array{json::object{{"type", "IANA Registrar ID"}, {"identifier", registrar.handle}}};
  }
  entity["vcardArray"] = std::move(card);
  entity["links"] = RegistrarLinks(registrar, page);
  return entity;
}

void AddAbuseEntity(const RegistrarView& registrar, json::object& entity) {
  if (registrar.abuse_email.empty() && registrar.abuse_phone.empty()) return;
  json::object abuse;
  abuse["objectClassName"] = "entity";
  abuse["roles"] = {"abuse"};
  abuse["vcardArray"] = AbuseCard(registrar);
  entity["entities"] = json::array{std::move(abuse)};
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

json::object ContactEntity(const ContactView& contact) {
  json::object entity;
  entity["objectClassName"] = "entity";
  if (contact.handle.shown()) entity["handle"] = contact.handle.value();
  const std::string_view role = RoleWord(contact.role);
  if (!role.empty()) entity["roles"] = json::array{json::string(role)};
  entity["vcardArray"] = ContactCard(contact);
  return entity;
}

// -- domains --

// Registrar IDs that ICANN keeps for the registry's own use and for tests: they have no RDAP
// server.
bool IsReserved(int iana_id) { return iana_id >= 9994 && iana_id <= 9999; }

json::array DomainLinks(const DomainView& domain, const RdapPage& page) {
  json::array links = {SelfLink(page, DomainUrl(page, domain.name))};
  const RegistrarView& registrar = domain.registrar;
  if (!registrar.rdap_base.empty() && !IsReserved(registrar.iana_id)) {
    const std::string href = Concat(registrar.rdap_base, "domain/", domain.name.text());
    links.push_back(Link(page.request_url, {"related", href, kRdapType}));
  }
  return links;
}

json::object SecureDns(const DomainView& domain) {
  const std::vector<registry::DsRecord>& records = domain.ds;
  json::object secure;
  secure["delegationSigned"] = domain.signed_delegation;
  if (records.empty()) return secure;
  json::array list;
  for (const registry::DsRecord& ds : records) {
    list.push_back(json::object{{"keyTag", ds.key_tag},
                                {"algorithm", ds.algorithm},
                                {"digestType", ds.digest_type},
                                {"digest", ds.digest_hex()}});
  }
  secure["dsData"] = std::move(list);
  return secure;
}

json::array NameServers(const DomainView& domain, const RdapPage& page) {
  json::array list;
  for (const NameServerView& server : domain.name_servers) {
    json::object object;
    object["objectClassName"] = "nameserver";
    object["handle"] = server.handle;
    SetNames(server.name, object);
    object["links"] = json::array{SelfLink(page, NameServerUrl(page, server.name))};
    list.push_back(std::move(object));
  }
  return list;
}

json::array DomainEntities(const DomainView& domain, const RdapPage& page) {
  json::object registrar =
      RegistrarEntity(domain.registrar, RegistrarNameCard(domain.registrar), page);
  AddAbuseEntity(domain.registrar, registrar);
  json::array entities = {std::move(registrar)};
  for (const ContactView& contact : domain.contacts) entities.push_back(ContactEntity(contact));
  return entities;
}

json::array DomainEvents(const DomainView& domain, const RdapPage& page) {
  Events events;
  events.Add("registration", domain.created);
  events.AddIfAny("last changed", domain.updated);
  events.AddIfAny("transfer", domain.transferred);
  events.Add("expiration", domain.expires);
  return std::move(events).Finish(page.as_of);
}

void AddDomain(const DomainView& domain, const RdapPage& page, json::object& body) {
  body["objectClassName"] = "domain";
  body["handle"] = domain.handle;
  SetNames(domain.name, body);
  body["links"] = DomainLinks(domain, page);
  body["status"] = Statuses(domain.statuses);
  body["events"] = DomainEvents(domain, page);
  body["secureDNS"] = SecureDns(domain);
  if (!domain.name_servers.empty()) body["nameservers"] = NameServers(domain, page);
  body["entities"] = DomainEntities(domain, page);
}

// -- name servers --

json::array HostEvents(const HostView& host, const RdapPage& page) {
  Events events;
  events.Add("registration", host.created);
  events.AddIfAny("last changed", host.updated);
  events.AddIfAny("transfer", host.transferred);
  return std::move(events).Finish(page.as_of);
}

json::object Addresses(const std::vector<registry::IpAddress>& addresses) {
  json::array v4, v6;
  for (const registry::IpAddress& address : addresses) {
    (address.family() == registry::IpAddress::Family::kV4 ? v4 : v6)
        .emplace_back(address.ToString());
  }
  json::object object;
  if (!v4.empty()) object["v4"] = std::move(v4);
  if (!v6.empty()) object["v6"] = std::move(v6);
  return object;
}

void AddHost(const HostView& host, const RdapPage& page, json::object& body) {
  body["objectClassName"] = "nameserver";
  body["handle"] = host.handle;
  SetNames(host.name, body);
  body["links"] = json::array{SelfLink(page, NameServerUrl(page, host.name))};
  body["status"] = Statuses(host.statuses);
  body["events"] = HostEvents(host, page);
  if (!host.addresses.empty()) body["ipAddresses"] = Addresses(host.addresses);
  if (!host.registrar.handle.empty()) {
    body["entities"] =
        json::array{RegistrarEntity(host.registrar, RegistrarNameCard(host.registrar), page)};
  }
}

// -- whole bodies --

// Values may hold any text that a registrar wrote. `<` never stands outside of JSON's strings, and
// escaped it cannot be taken for markup by a program that ignores the media type.
std::string Serialize(const json::object& body) {
  std::string text;
  for (char c : json::serialize(body)) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text;
}

json::object Body(bool redacted) { return {{"rdapConformance", Conformance(redacted)}}; }

std::string Finish(json::object body, json::array more_notices, const RdapPage& page) {
  json::array notices = {TermsOfService(page)};
  for (json::value& notice : more_notices) notices.push_back(std::move(notice));
  body["notices"] = std::move(notices);
  return Serialize(body);
}

void SetPort43(const RdapPage& page, json::object& body) {
  if (!page.port43.empty()) body["port43"] = page.port43;
}

}  // namespace

std::string RdapJson(const DomainView& domain, const RdapPage& page) {
  json::array redacted = RedactedList(domain.contacts);
  json::object body = Body(!redacted.empty());
  AddDomain(domain, page, body);
  SetPort43(page, body);
  if (!redacted.empty()) body["redacted"] = std::move(redacted);
  return Finish(std::move(body), {StatusCodes(page), InaccuracyForm(page)}, page);
}

std::string RdapJson(const HostView& host, const RdapPage& page) {
  json::object body = Body(/*redacted=*/false);
  AddHost(host, page, body);
  SetPort43(page, body);
  return Finish(std::move(body), {}, page);
}

std::string RdapJson(const RegistrarView& registrar, const RdapPage& page) {
  json::object body = Body(/*redacted=*/false);
  for (auto& member : RegistrarEntity(registrar, RegistrarCard(registrar), page)) {
    body[member.key()] = std::move(member.value());
  }
  AddAbuseEntity(registrar, body);
  body["events"] = Events().Finish(page.as_of);
  SetPort43(page, body);
  return Finish(std::move(body), {}, page);
}

std::string RdapJson(const ContactEntityView& contact, const RdapPage& page) {
  json::object body = Body(/*redacted=*/false);
  for (auto& member : ContactEntity(contact.contact)) {
    body[member.key()] = std::move(member.value());
  }
  body["links"] = json::array{SelfLink(page, EntityUrl(page, contact.contact.handle.value()))};
  body["status"] = Statuses(contact.statuses);
  Events events;
  events.Add("registration", contact.created);
  events.AddIfAny("last changed", contact.updated);
  events.AddIfAny("transfer", contact.transferred);
  body["events"] = std::move(events).Finish(page.as_of);
  return Finish(std::move(body), {}, page);
}

std::string RdapJson(const std::vector<HostView>& hosts, bool cut, const RdapPage& page) {
  json::object body = Body(/*redacted=*/false);
  json::array results;
  for (const HostView& host : hosts) {
    json::object object;
    AddHost(host, page, object);
    results.push_back(std::move(object));
  }
  body["nameserverSearchResults"] = std::move(results);
  json::array notices;
  if (cut) notices.push_back(Truncated());
  return Finish(std::move(body), std::move(notices), page);
}

std::string RdapJson(const RdapError& error, const RdapPage& page) {
  json::object body = Body(/*redacted=*/false);
  body["errorCode"] = error.status;
  body["title"] = json::string(error.title);
  body["description"] = json::array{json::string(error.description)};
  return Finish(std::move(body), {}, page);
}

std::string RdapHelpJson(const RdapPage& page) {
  json::object body = Body(/*redacted=*/true);
  json::object queries;
  queries["title"] = "Queries";
  queries["description"] = {
      "/domain/NAME answers for a domain name, in A-label or U-label form.",
      "/nameserver/NAME answers for a host object.",
      "/entity/HANDLE answers for a registrar by its IANA ID or its name, and for a contact by its "
      "ROID if it wants to be published.",
      "/nameservers?ip=ADDRESS and /nameservers?name=NAME search for host objects, exactly.",
      "Other searches are not offered."};
  queries["links"] = json::array{
      Link(page.request_url, {"describedby", "https://www.rfc-editor.org/rfc/rfc9082", kHtmlType})};
  return Finish(std::move(body), {std::move(queries)}, page);
}

}  // namespace whois
