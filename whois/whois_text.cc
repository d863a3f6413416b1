#include "whois/whois_text.h"

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "whois/time_text.h"

namespace whois {
namespace {

using registry::Concat;

constexpr std::string_view kWithheld = "REDACTED FOR PRIVACY";
constexpr std::string_view kStatusHelp =
    "For more information on domain status codes, please visit https://icann.org/epp";

class Lines {
 public:
  void Add(std::string_view key, std::string_view value) { Raw(Concat(key, ": ", value)); }
  void AddIfAny(std::string_view key, std::string_view value) {
    if (!value.empty()) Add(key, value);
  }
  void Raw(std::string_view line) {
    text_ += line;
    text_ += "\r\n";
  }
  std::string Finish(const WhoisFooter& footer, std::string_view note = {}) && {
    Raw(Concat(">>> Last update of WHOIS database: ", TimeText(footer.as_of), " <<<"));
    if (!note.empty()) {
      Raw("");
      Raw(note);
    }
    if (!footer.disclaimer.empty()) Raw("");
    for (const std::string& line : footer.disclaimer) Raw(line);
    return std::move(text_);
  }

 private:
  std::string text_;
};

std::string UpperCase(const registry::DomainName& name) {
  return absl::AsciiStrToUpper(name.text());
}

// The contact of one role: `prefix` begins the labels.
class ContactLines {
 public:
  ContactLines(std::string_view prefix, Lines& lines) : prefix_(prefix), lines_(lines) {}

  void Add(const ContactView& contact) {
    AddValue(Concat("Registry ", prefix_, " ID"), contact.handle);
    Add(" Name", contact.name);
    Add(" Organization", contact.organization);
    AddStreet(contact.street);
    Add(" City", contact.city);
    Add(" State/Province", contact.state);
    Add(" Postal Code", contact.postal_code);
    Add(" Country", contact.country);
    Add(" Phone", contact.phone);
    Add(" Phone Ext", contact.phone_extension);
    Add(" Fax", contact.fax);
    Add(" Fax Ext", contact.fax_extension);
    AddEmail(contact.email);
  }

 private:
  void AddValue(std::string_view key, const Published<std::string>& part) {
    if (part.held()) lines_.Add(key, part.withheld() ? kWithheld : part.value());
  }
  void Add(std::string_view label, const Published<std::string>& part) {
    AddValue(Concat(prefix_, label), part);
  }
  void AddStreet(const Published<std::vector<std::string>>& street) {
    const std::string key = Concat(prefix_, " Street");
    if (street.withheld()) lines_.Add(key, kWithheld);
    for (const std::string& line : street.value()) lines_.AddIfAny(key, line);
  }
  void AddEmail(const Published<std::string>& email) {
    const std::string key = Concat(prefix_, " Email");
    if (email.shown()) lines_.Add(key, email.value());
    if (!email.withheld()) return;
    lines_.Add(key, Concat("Please query the RDDS service of the Registrar of Record identified in "
                           "this output for how to contact the ",
                           prefix_ == "Registrant" ? "Registrant." : Concat(prefix_, " contact.")));
  }

  std::string_view prefix_;
  Lines& lines_;
};

std::string_view LabelOf(ContactRole role) {
  switch (role) {
    case ContactRole::kRegistrant:
      return "Registrant";
    case ContactRole::kAdministrative:
      return "Admin";
    case ContactRole::kTechnical:
      return "Tech";
    case ContactRole::kBilling:
      return "Billing";
    case ContactRole::kNone:
      break;
  }
  return "Contact";
}

void AddRegistrarOfDomain(const RegistrarView& registrar, Lines& lines) {
  lines.Add("Registrar", registrar.name);
  if (registrar.iana_id > 0) lines.Add("Registrar IANA ID", std::to_string(registrar.iana_id));
  lines.AddIfAny("Registrar Abuse Contact Email", registrar.abuse_email);
  lines.AddIfAny("Registrar Abuse Contact Phone", registrar.abuse_phone);
}

// A contact of a registrar; `label` is the key of its name.
void AddRegistrarContact(std::string_view label, const registry::RegistrarContact& contact,
                         Lines& lines) {
  if (contact.name.empty()) return;
  lines.Add(label, contact.name);
  lines.AddIfAny("Phone Number", contact.phone);
  lines.AddIfAny("Fax Number", contact.fax);
  lines.AddIfAny("Email", contact.email);
}

void AddDnssec(const DomainView& domain, Lines& lines) {
  lines.Add("DNSSEC", domain.signed_delegation ? "signedDelegation" : "unsigned");
  for (const registry::DsRecord& ds : domain.ds) lines.Add("DNSSEC DS Data", ds.ToString());
}

void AddHost(const HostView& host, Lines& lines) {
  lines.Add("Server Name", UpperCase(host.name));
  for (const auto& address : host.addresses) lines.Add("IP Address", address.ToString());
  lines.AddIfAny("Registrar", host.registrar.name);
  lines.AddIfAny("Registrar WHOIS Server", host.registrar.whois_server);
  lines.AddIfAny("Registrar URL", host.registrar.url);
}

}  // namespace

std::string WhoisText(const DomainView& domain, const WhoisFooter& footer) {
  Lines lines;
  lines.Add("Domain Name", UpperCase(domain.name));
  lines.Add("Registry Domain ID", domain.handle);
  lines.AddIfAny("Registrar WHOIS Server", domain.registrar.whois_server);
  lines.AddIfAny("Registrar URL", domain.registrar.url);
  if (domain.updated) lines.Add("Updated Date", TimeText(*domain.updated));
  lines.Add("Creation Date", TimeText(domain.created));
  lines.Add("Registry Expiry Date", TimeText(domain.expires));
  AddRegistrarOfDomain(domain.registrar, lines);
  lines.AddIfAny("Reseller", domain.reseller);
  for (std::string_view word : domain.statuses) {
    lines.Add("Domain Status", Concat(word, " https://icann.org/epp#", word));
  }
  for (const ContactView& contact : domain.contacts) {
    ContactLines(LabelOf(contact.role), lines).Add(contact);
  }
  for (const NameServerView& server : domain.name_servers) {
    lines.Add("Name Server", UpperCase(server.name));
  }
  AddDnssec(domain, lines);
  lines.Add("URL of the ICANN Whois Inaccuracy Complaint Form", "https://www.icann.org/wicf/");
  return std::move(lines).Finish(footer, kStatusHelp);
}

std::string WhoisText(const std::vector<HostView>& hosts, bool cut, const WhoisFooter& footer) {
  Lines lines;
  for (size_t i = 0; i < hosts.size(); ++i) {
    if (i > 0) lines.Raw("");
    AddHost(hosts[i], lines);
  }
  return std::move(lines).Finish(
      footer, cut ? "There are more name servers with this address than are shown here." : "");
}

std::string WhoisText(const RegistrarView& registrar, const WhoisFooter& footer) {
  Lines lines;
  lines.Add("Registrar", registrar.name);
  for (const std::string& line : registrar.street) lines.AddIfAny("Street", line);
  lines.AddIfAny("City", registrar.city);
  lines.AddIfAny("State/Province", registrar.state);
  lines.AddIfAny("Postal Code", registrar.postal_code);
  lines.AddIfAny("Country", registrar.country);
  lines.AddIfAny("Phone Number", registrar.phone);
  lines.AddIfAny("Fax Number", registrar.fax);
  lines.AddIfAny("Email", registrar.email);
  lines.AddIfAny("Registrar WHOIS Server", registrar.whois_server);
  lines.AddIfAny("Registrar URL", registrar.url);
  AddRegistrarContact("Admin Contact", registrar.admin, lines);
  AddRegistrarContact("Technical Contact", registrar.tech, lines);
  return std::move(lines).Finish(footer);
}

std::string WhoisNoMatch(std::string_view subject, const WhoisFooter& footer) {
  return WhoisRefusal(Concat("No match for \"", subject, "\"."), footer);
}

std::string WhoisRefusal(std::string_view line, const WhoisFooter& footer) {
  Lines lines;
  lines.Raw(line);
  return std::move(lines).Finish(footer);
}

}  // namespace whois
