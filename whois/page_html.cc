#include "whois/page_html.h"

#include <utility>

#include "registry/base/text.h"
#include "whois/dnssec_words.h"
#include "whois/domain_state.h"
#include "whois/page_parts.h"

namespace whois {
namespace {

using registry::Concat;

// Registrar IDs that ICANN keeps for the registry's own use and for tests have no RDAP server.
bool HasRdap(const RegistrarView& registrar) {
  return !registrar.rdap_base.empty() && !(registrar.iana_id >= 9994 && registrar.iana_id <= 9999);
}

std::string OtherForm(const registry::DomainName& name) {
  return name.ToUnicode() == name.text() ? std::string() : name.text();
}

void AddIanaId(int iana_id, Html& html) {
  if (iana_id > 0) AddFact("IANA ID", std::to_string(iana_id), html);
}

// On a domain's page: who it is, and how to complain.
void AddRegistrar(const DomainView& domain, const PageContext& context, Html& html) {
  const RegistrarView& registrar = domain.registrar;
  if (registrar.name.empty()) return;
  OpenCard("registrar", "Registrar", html);
  html.Add("p", {{"class", "about"}},
           "The company through which the name is registered. It knows the holder and can pass "
           "messages on.");
  html.Open("dl", {{"class", "facts"}});
  AddRegistrarLink(registrar, context, html);
  AddIanaId(registrar.iana_id, html);
  AddWebLink("Web site", registrar.url, html);
  AddMail("Report abuse", registrar.abuse_email, html);
  AddPhone("Abuse hotline", registrar.abuse_phone, "", html);
  AddFact("Sold by its reseller", domain.reseller, html);
  html.Close().Close();
}

void AddNameServers(const DomainView& domain, const DomainState& state, const PageContext& context,
                    Html& html) {
  OpenCard("name-servers", "Name servers", html);
  if (domain.name_servers.empty()) {
    html.Add("p", "None. Without name servers nothing works at this name.");
  } else {
    html.Open("ul", {{"class", "names"}, {"role", "list"}});
    for (const NameServerView& server : domain.name_servers) {
      html.Open("li");
      AddNameLink(server.name, Concat("nameserver ", server.name.text()), context, html);
      html.Close();
    }
    html.Close();
    if (!state.in_dns) {
      html.Add("p", {{"class", "about"}}, "Not in use now, since the name is out of the DNS.");
    }
  }
  html.Close();
}

void AddDs(const registry::DsRecord& ds, Html& html) {
  html.Open("li").Open("dl", {{"class", "facts"}});
  AddFact("Key tag", std::to_string(ds.key_tag), html);
  AddFact("Algorithm",
          Concat(AlgorithmName(ds.algorithm), " (", static_cast<int>(ds.algorithm), ")"), html);
  AddFact("Digest type",
          Concat(DigestName(ds.digest_type), " (", static_cast<int>(ds.digest_type), ")"), html);
  html.Close();
  html.Add("code", {{"class", "digest"}}, ds.digest_hex()).Close();
}

void AddDnssec(const DomainView& domain, Html& html) {
  OpenCard("dnssec", "DNSSEC", html);
  html.Open("p");
  if (domain.signed_delegation) {
    html.Add("strong", {{"class", "badge good"}}, "Signed");
    html.Text(
        " The registry vouches for the keys of this name, so that forged DNS answers can be told "
        "from true ones. The fingerprints of these keys:");
  } else if (!domain.ds.empty()) {
    html.Add("strong", {{"class", "badge notice"}}, "Not in effect");
    html.Text(
        " The registry holds fingerprints of this name\u2019s keys, but as long as the name is not "
        "in the DNS neither are they.");
  } else {
    html.Add("strong", {{"class", "badge plain"}}, "Not signed");
    html.Text(
        " DNS answers for this name are not protected against forgery. That is common, and not a "
        "fault by itself.");
  }
  html.Close();
  if (!domain.ds.empty()) {
    html.Open("ul", {{"class", "keys"}, {"role", "list"}});
    for (const registry::DsRecord& ds : domain.ds) AddDs(ds, html);
    html.Close();
  }
  html.Close();
}

std::string_view RoleTitle(ContactRole role) {
  switch (role) {
    case ContactRole::kRegistrant:
      return "Holder (registrant)";
    case ContactRole::kAdministrative:
      return "Administrative contact";
    case ContactRole::kTechnical:
      return "Technical contact";
    case ContactRole::kBilling:
      return "Billing contact";
    case ContactRole::kNone:
      return "Contact";
  }
  return "Contact";
}

// "name, street and city"; empty if nothing is withheld.
std::string WithheldParts(const ContactView& contact) {
  const std::pair<bool, std::string_view> parts[] = {
      {contact.name.withheld(), "name"},
      {contact.organization.withheld(), "organization"},
      {contact.street.withheld(), "street"},
      {contact.city.withheld(), "city"},
      {contact.state.withheld(), "state or province"},
      {contact.postal_code.withheld(), "postal code"},
      {contact.country.withheld(), "country"},
      {contact.phone.withheld() || contact.phone_extension.withheld(), "phone"},
      {contact.fax.withheld() || contact.fax_extension.withheld(), "fax"},
      {contact.email.withheld(), "e-mail"},
      {contact.handle.withheld(), "registry ID"},
  };
  std::vector<std::string_view> withheld;
  for (const auto& [is_withheld, part] : parts) {
    if (is_withheld) withheld.push_back(part);
  }
  std::string text;
  for (size_t i = 0; i < withheld.size(); ++i) {
    const bool last = i + 1 == withheld.size();
    text += Concat(i == 0 ? "" : last ? " and " : ", ", withheld[i]);
  }
  return text;
}

void AddContactFacts(const ContactView& contact, Html& html) {
  html.Open("dl", {{"class", "facts"}});
  AddFact("Name", contact.name.value(), html);
  AddFact("Organization", contact.organization.value(), html);
  AddAddress({contact.street.value(), contact.city.value(), contact.state.value(),
              contact.postal_code.value(), contact.country.value()},
             html);
  AddPhone("Phone", contact.phone.value(), contact.phone_extension.value(), html);
  AddPhone("Fax", contact.fax.value(), contact.fax_extension.value(), html);
  AddMail("E-mail", contact.email.value(), html);
  AddFact("Registry ID", contact.handle.value(), html);
  html.Close();
}

bool ShowsAnything(const ContactView& contact) {
  return contact.name.shown() || contact.organization.shown() || contact.street.shown() ||
         contact.city.shown() || contact.state.shown() || contact.postal_code.shown() ||
         contact.country.shown() || contact.phone.shown() || contact.fax.shown() ||
         contact.email.shown() || contact.handle.shown();
}

// True: something of it is withheld.
bool AddContact(const ContactView& contact, Html& html) {
  html.Open("div", {{"class", "contact"}}).Add("h3", RoleTitle(contact.role));
  if (ShowsAnything(contact)) AddContactFacts(contact, html);
  const std::string withheld = WithheldParts(contact);
  if (!withheld.empty()) {
    html.Open("p", {{"class", "withheld"}}).Add("strong", {{"class", "badge plain"}}, "Withheld");
    html.Text(" ").Text(withheld).Close();
  }
  html.Close();
  return !withheld.empty();
}

void AddWhyWithheld(const RegistrarView& registrar, const PageContext& context, Html& html) {
  html.Open("p", {{"class", "about"}});
  html.Text(
      "To protect people\u2019s privacy, the registry does not publish what is marked as withheld. "
      "To reach a contact all the same, ask the registrar");
  if (!registrar.name.empty()) {
    html.Text(", ").Open("a",
                         {{"href", LookUpUrl(context, Concat("registrar ", registrar.handle))}});
    html.Add("bdi", registrar.name).Close();
  }
  html.Text(": it can pass a message on, or say how to write to the contact.").Close();
}

void AddContacts(const DomainView& domain, const PageContext& context, Html& html) {
  OpenCard("contacts", "Contacts", html);
  if (domain.contacts.empty()) {
    html.Add("p", "The registry publishes no contacts of this name. The registrar may know more.");
  } else {
    bool withheld = false;
    html.Open("div", {{"class", "contacts"}});
    for (const ContactView& contact : domain.contacts) {
      withheld = AddContact(contact, html) || withheld;
    }
    html.Close();
    if (withheld) AddWhyWithheld(domain.registrar, context, html);
  }
  html.Close();
}

void AddHistory(const DomainView& domain, const DomainState& state, const PageContext& context,
                Html& html) {
  html.Open("dl", {{"class", "facts dates"}});
  AddDate(state.deleted                    ? "Was to expire"
          : domain.expires > context.as_of ? "Expires"
                                           : "Expired",
          domain.expires, context, html);
  AddDate("Registered", domain.created, context, html);
  AddDate("Last changed", domain.updated, context, html);
  AddDate("Last transferred", domain.transferred, context, html);
  AddFact("Registry ID", domain.handle, html);
  html.Close();
}

// A bundle (RFC 9095): one registration of two names.
void AddOtherName(const DomainView& domain, const PageContext& context, Html& html) {
  if (!domain.other_name) return;
  OpenCard("bundle", "Belongs together with", html);
  html.Open("ul", {{"class", "names"}, {"role", "list"}}).Open("li");
  AddNameLink(*domain.other_name, domain.other_name->text(), context, html);
  html.Close().Close();
  html.Add("p", {{"class", "about"}},
           "The two names are one registration: whoever has one has the other, and they cannot be "
           "separated.");
  html.Close();
}

void AddVariants(const DomainView& domain, const PageContext& context, Html& html) {
  if (domain.variants.empty()) return;
  OpenCard("variants", "Counts as the same name", html);
  html.Open("ul", {{"class", "names"}, {"role", "list"}});
  for (const auto& variant : domain.variants) {
    html.Open("li");
    AddNameLink(variant.name, variant.name.text(), context, html);
    html.Close();
  }
  html.Close();
  html.Add("p", {{"class", "about"}},
           "These names are registered too. They can be taken for this one, so only its registrant "
           "may have them.");
  html.Close();
}

template <class View>
void AddObjectDates(const View& view, const PageContext& context, Html& html) {
  AddDate("Entered", view.created, context, html);
  AddDate("Last changed", view.updated, context, html);
  AddDate("Last transferred", view.transferred, context, html);
}

void AddAddresses(const std::vector<registry::IpAddress>& addresses, const PageContext& context,
                  Html& html) {
  OpenCard("addresses", "IP addresses", html);
  if (addresses.empty()) {
    html.Add("p",
             "None in this registry. It holds addresses only of name servers below its own names; "
             "those of others are in the DNS.");
  } else {
    html.Open("ul", {{"class", "names"}, {"role", "list"}});
    for (const registry::IpAddress& address : addresses) {
      const std::string text = address.ToString();
      html.Open("li").Add("a", {{"class", "name"}, {"href", LookUpUrl(context, text)}}, text);
      html.Close();
    }
    html.Close();
  }
  html.Close();
}

void AddRegistrarContact(Html::Literal id, std::string_view heading,
                         const registry::RegistrarContact& contact, Html& html) {
  if (contact.name.empty()) return;
  OpenCard(id, heading, html);
  html.Open("dl", {{"class", "facts"}});
  AddFact("Name", contact.name, html);
  AddMail("E-mail", contact.email, html);
  AddPhone("Phone", contact.phone, "", html);
  AddPhone("Fax", contact.fax, "", html);
  html.Close().Close();
}

PageHead HeadOf(std::string title) {
  PageHead head;
  head.title = std::move(title);
  return head;
}

}  // namespace

std::string PageHtml(const DomainView& domain, const PageContext& context) {
  const std::string json_path = Concat("/domain/", domain.name.text());
  const DomainState state = StateOf(domain, context.as_of);
  Html html;
  BeginPage(context, HeadOf(Concat(domain.name.ToUnicode(), ": ", state.title)), html);
  BeginAnswer({"Domain name", domain.name.ToUnicode(), OtherForm(domain.name), json_path}, context,
              html);
  html.Open("section", {{"class", "card summary"}, {"aria-labelledby", "state"}});
  AddState(state.tone, state.title, state.sentence, html);
  AddHistory(domain, state, context, html);
  html.Close();
  AddRegistrar(domain, context, html);
  html.Open("div", {{"class", "details"}});
  AddOtherName(domain, context, html);
  AddVariants(domain, context, html);
  AddStatuses(domain.statuses, html);
  AddNameServers(domain, state, context, html);
  AddDnssec(domain, html);
  AddContacts(domain, context, html);
  AddSources(json_path,
             HasRdap(domain.registrar)
                 ? Concat(domain.registrar.rdap_base, "domain/", domain.name.text())
                 : std::string(),
             context, html);
  html.Close();
  EndAnswer(html);
  EndPage(context, html);
  return html.Take();
}

std::string PageHtml(const HostView& host, const PageContext& context) {
  const std::string json_path = Concat("/nameserver/", host.name.text());
  Html html;
  BeginPage(context, HeadOf(host.name.ToUnicode()), html);
  BeginAnswer({"Name server", host.name.ToUnicode(), OtherForm(host.name), json_path}, context,
              html);
  html.Open("section", {{"class", "card summary"}, {"aria-labelledby", "state"}});
  AddState(Tone::kGood, "In the registry",
           "Domain names in this registry can use this name server.", html);
  html.Open("dl", {{"class", "facts dates"}});
  AddObjectDates(host, context, html);
  AddRegistrarLink(host.registrar, context, html);
  AddFact("Registry ID", host.handle, html);
  html.Close().Close();
  html.Open("div", {{"class", "details"}});
  AddAddresses(host.addresses, context, html);
  AddStatuses(host.statuses, html);
  AddSources(json_path, "", context, html);
  html.Close();
  EndAnswer(html);
  EndPage(context, html);
  return html.Take();
}

std::string PageHtml(const RegistrarView& registrar, const PageContext& context) {
  const std::string json_path = Concat("/entity/", UrlEncode(registrar.handle));
  Html html;
  BeginPage(context, HeadOf(registrar.name), html);
  BeginAnswer({"Registrar", registrar.name, "", json_path}, context, html);
  html.Open("div", {{"class", "details"}});
  OpenCard("contact", "Contact", html);
  html.Open("dl", {{"class", "facts"}});
  AddIanaId(registrar.iana_id, html);
  AddWebLink("Web site", registrar.url, html);
  AddMail("E-mail", registrar.email, html);
  AddPhone("Phone", registrar.phone, "", html);
  AddPhone("Fax", registrar.fax, "", html);
  AddAddress(
      {registrar.street, registrar.city, registrar.state, registrar.postal_code, registrar.country},
      html);
  html.Close().Close();
  if (!registrar.abuse_email.empty() || !registrar.abuse_phone.empty()) {
    OpenCard("abuse", "To report abuse", html);
    html.Open("dl", {{"class", "facts"}});
    AddMail("E-mail", registrar.abuse_email, html);
    AddPhone("Phone", registrar.abuse_phone, "", html);
    html.Close().Close();
  }
  AddRegistrarContact("admin", "Administrative contact", registrar.admin, html);
  AddRegistrarContact("tech", "Technical contact", registrar.tech, html);
  if (!registrar.whois_server.empty() || HasRdap(registrar)) {
    OpenCard("servers", "Its own look-up servers", html);
    html.Open("dl", {{"class", "facts"}});
    if (HasRdap(registrar)) AddWebLink("RDAP", registrar.rdap_base, html);
    AddFact("WHOIS", registrar.whois_server, html);
    html.Close().Close();
  }
  AddSources(json_path, "", context, html);
  html.Close();
  EndAnswer(html);
  EndPage(context, html);
  return html.Take();
}

std::string PageHtml(const ContactEntityView& entity, const PageContext& context) {
  const ContactView& contact = entity.contact;
  const std::string json_path = Concat("/entity/", UrlEncode(contact.handle.value()));
  Html html;
  BeginPage(context, HeadOf(contact.name.value()), html);
  BeginAnswer({"Contact", contact.name.value(), "", json_path}, context, html);
  html.Open("div", {{"class", "details"}});
  OpenCard("contact", "What it publishes of itself", html);
  AddContactFacts(contact, html);
  if (const std::string withheld = WithheldParts(contact); !withheld.empty()) {
    html.Open("p", {{"class", "withheld"}}).Add("strong", {{"class", "badge plain"}}, "Withheld");
    html.Text(" ").Text(withheld).Close();
  }
  html.Open("dl", {{"class", "facts dates"}});
  AddObjectDates(entity, context, html);
  html.Close().Close();
  AddStatuses(entity.statuses, html);
  AddSources(json_path, "", context, html);
  html.Close();
  EndAnswer(html);
  EndPage(context, html);
  return html.Take();
}

std::string PageHtml(const registry::IpAddress& address, const std::vector<HostView>& hosts,
                     bool cut, const PageContext& context) {
  const std::string text = address.ToString();
  const std::string json_path = Concat("/nameservers?ip=", UrlEncode(text));
  Html html;
  BeginPage(context, HeadOf(Concat("Name servers at ", text)), html);
  BeginAnswer({"IP address", text, "", json_path}, context, html);
  html.Open("div", {{"class", "details"}});
  OpenCard("name-servers", "Name servers with this address", html);
  html.Open("ul", {{"class", "names"}, {"role", "list"}});
  for (const HostView& host : hosts) {
    html.Open("li");
    AddNameLink(host.name, Concat("nameserver ", host.name.text()), context, html);
    html.Close();
  }
  html.Close();
  if (cut) {
    html.Add("p", {{"class", "about"}},
             Concat("There are more; these are the first ", hosts.size(), "."));
  }
  html.Close();
  AddSources(json_path, "", context, html);
  html.Close();
  EndAnswer(html);
  EndPage(context, html);
  return html.Take();
}

}  // namespace whois
