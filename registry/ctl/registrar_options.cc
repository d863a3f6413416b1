#include "registry/ctl/registrar_options.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/types/contact_details.h"

namespace ctl {
namespace {

using registry::Outcome;
using registry::RegistrarUpdate;

Outcome<std::string> ParsePhone(const std::string& text) {
  Outcome<registry::Phone> phone = registry::Phone::Parse(text, "");
  if (!phone) return phone.rejection();
  return phone->number;
}

Outcome<std::string> ParseCountry(const std::string& text) {
  return registry::ParseCountry(absl::AsciiStrToUpper(text));
}

Outcome<std::string> ParseEmail(const std::string& text) { return registry::ParseEmail(text); }

// The base of the registrar's own RDAP service, with the final slash that RDAP links rely on.
Outcome<std::string> ParseRdapBase(const std::string& text) {
  return text.ends_with('/') ? text : text + "/";
}

struct ParsedText {
  const std::optional<std::string>& given;
  Outcome<std::string> (*parse)(const std::string&);
  std::optional<std::string>& out;
};

void AddContact(CLI::App& command, const std::string& prefix, const std::string& whose,
                RegistrarOptions::Contact& contact) {
  command.add_option("--" + prefix + "-name", contact.name,
                     whose + "'s name; without one it is not shown");
  command.add_option("--" + prefix + "-phone", contact.phone, whose + "'s phone");
  command.add_option("--" + prefix + "-fax", contact.fax, whose + "'s fax");
  command.add_option("--" + prefix + "-email", contact.email, whose + "'s e-mail address");
}

std::vector<std::string> LowerCase(std::vector<std::string> texts) {
  for (std::string& text : texts) absl::AsciiStrToLower(&text);
  return texts;
}

std::vector<std::string> WithoutEmpty(std::vector<std::string> lines) {
  std::erase_if(lines, [](const std::string& line) { return registry::Trim(line).empty(); });
  return lines;
}

}  // namespace

void RegistrarOptions::AddTo(CLI::App& command) {
  command.add_option("--name", name, "Name, as WHOIS and RDAP show it");
  command.add_option("--iana-id", iana_id, "IANA registrar ID")->check(CLI::Range(1, 99999999));
  command.add_option("--street", street, "Street; up to three times")->allow_extra_args(false);
  command.add_option("--city", city, "City");
  command.add_option("--state", state, "State or province");
  command.add_option("--postal-code", postal_code, "Postal code");
  command.add_option("--country", country, "ISO 3166-1 code, such as CA");
  command.add_option("--phone", phone, "Such as +1.5555550100");
  command.add_option("--fax", fax, "Such as +1.5555550101");
  command.add_option("--email", email, "E-mail address");
  command.add_option("--url", url, "Web site");
  command.add_option("--whois-server", whois_server, "Host name of its WHOIS server");
  command.add_option("--rdap-base", rdap_base, "Base URL of its RDAP service, as IANA lists it");
  command.add_option("--abuse-email", abuse_email, "Abuse contact's e-mail address");
  command.add_option("--abuse-phone", abuse_phone, "Abuse contact's phone");
  AddContact(command, "admin", "Administrative contact", admin);
  AddContact(command, "tech", "Technical contact", tech);
  command.add_option(
      "--credit-limit", credit_limit,
      "How far the balance may fall below zero (post-paid); 0.00 by default: prepaid");
  command.add_option("--low-balance", low_balance,
                     "Puts a message into its queue when less than this is left to spend;\n"
                     "0.00, as by default: none");
  command
      .add_option(
          "--data-model", data_model,
          "minimum (no contacts) or maximum (as in the beginning), for TLDs whose data model\n"
          "is per-registrar")
      ->check(CLI::IsMember({"minimum", "maximum"}));
  CLI::Option* tld =
      command.add_option("--tld", tlds, "A TLD it may sell; may be repeated; all if never given")
          ->allow_extra_args(false);
  command.add_flag("--all-tlds", all_tlds, "It may sell every TLD, as in the beginning")
      ->excludes(tld);
  command
      .add_option("--max-sessions", max_sessions,
                  "EPP sessions per server process; 0: the server's default")
      ->check(CLI::Range(0, 100000));
  command
      .add_option("--password-days", password_days,
                  "Days after which a password has expired, counted from when it was set; 0: never")
      ->check(CLI::Range(0, 36500));
}

Outcome<RegistrarUpdate> RegistrarOptions::Parse(const registry::RegistrarId& id) const {
  RegistrarUpdate update{.id = id};
  update.name = name;
  update.iana_id = iana_id;
  update.max_sessions = max_sessions;
  if (data_model) update.minimum_data = *data_model == "minimum";
  update.password_days = password_days;
  update.city = city;
  update.state = state;
  update.postal_code = postal_code;
  update.url = url;
  update.whois_server = whois_server;
  update.admin.name = admin.name;
  update.tech.name = tech.name;
  if (!street.empty()) update.street = WithoutEmpty(street);
  if (!tlds.empty()) update.tlds = LowerCase(tlds);
  if (all_tlds) update.tlds.emplace();

  for (const ParsedText& text :
       {ParsedText{country, &ParseCountry, update.country},
        ParsedText{phone, &ParsePhone, update.phone}, ParsedText{fax, &ParsePhone, update.fax},
        ParsedText{email, &ParseEmail, update.email},
        ParsedText{rdap_base, &ParseRdapBase, update.rdap_base},
        ParsedText{abuse_email, &ParseEmail, update.abuse_email},
        ParsedText{abuse_phone, &ParsePhone, update.abuse_phone},
        ParsedText{admin.phone, &ParsePhone, update.admin.phone},
        ParsedText{admin.fax, &ParsePhone, update.admin.fax},
        ParsedText{admin.email, &ParseEmail, update.admin.email},
        ParsedText{tech.phone, &ParsePhone, update.tech.phone},
        ParsedText{tech.fax, &ParsePhone, update.tech.fax},
        ParsedText{tech.email, &ParseEmail, update.tech.email}}) {
    if (!text.given) continue;
    Outcome<std::string> parsed =
        text.given->empty() ? Outcome<std::string>(std::string()) : text.parse(*text.given);
    if (!parsed) return parsed.rejection();
    text.out = *std::move(parsed);
  }
  if (credit_limit) {
    Outcome<registry::Money> limit = registry::ParseMoney(*credit_limit);
    if (!limit) return limit.rejection();
    update.credit_limit = *limit;
  }
  if (low_balance) {
    Outcome<registry::Money> low = registry::ParseMoney(*low_balance);
    if (!low) return low.rejection();
    update.low_balance = *low;
  }
  return update;
}

}  // namespace ctl
