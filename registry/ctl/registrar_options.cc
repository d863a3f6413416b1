#include "registry/ctl/registrar_options.h"

#include "absl/strings/ascii.h"
#include "registry/types/contact_details.h"

namespace ctl {
namespace {

using registry::Done;
using registry::Outcome;

Outcome<Done> TakePhone(const std::optional<std::string>& given, std::string* out) {
  if (!given) return Done{};
  Outcome<registry::Phone> phone = registry::Phone::Parse(*given, "");
  if (!phone) return registry::Reject(phone.rejection().reason, *given);
  *out = phone->number;
  return Done{};
}

Outcome<Done> TakeEmail(const std::optional<std::string>& given, std::string* out) {
  if (!given) return Done{};
  Outcome<std::string> email = registry::ParseEmail(*given);
  if (!email) return registry::Reject(email.rejection().reason, *given);
  *out = *email;
  return Done{};
}

Outcome<Done> TakeCountry(const std::optional<std::string>& given, std::string* out) {
  if (!given) return Done{};
  Outcome<std::string> country = registry::ParseCountry(*given);
  if (!country) return registry::Reject(country.rejection().reason, *given);
  *out = *country;
  return Done{};
}

Outcome<Done> TakeMoney(const std::optional<std::string>& given, registry::Money* out) {
  if (!given) return Done{};
  Outcome<registry::Money> money = registry::ParseMoney(*given);
  if (!money) return registry::Reject(money.rejection().reason, *given);
  *out = *money;
  return Done{};
}

template <class T>
void Take(const std::optional<T>& given, T* out) {
  if (given) *out = *given;
}

// The base of the registrar's own RDAP service, with the final slash that RDAP links rely on.
std::string WithSlash(std::string url) {
  if (!url.empty() && url.back() != '/') url += '/';
  return url;
}

}  // namespace

void RegistrarOptions::AddTo(CLI::App& command) {
  command.add_option("--name", name, "Name, as WHOIS and RDAP show it");
  command.add_option("--iana-id", iana_id, "IANA registrar ID")->check(CLI::Range(1, 99999999));
  command.add_option("--street", street, "Street; up to three times");
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
  command.add_option("--credit-limit", credit_limit,
                     "How far the balance may fall below zero; 0.00 by default");
  command.add_option("--tld", tlds, "A TLD it may sell; may be repeated; all if never given");
  command
      .add_option("--max-sessions", max_sessions,
                  "EPP sessions per server process; 0: the server's default")
      ->check(CLI::Range(0, 100000));
}

Outcome<Done> RegistrarOptions::ApplyTo(registry::Registrar& registrar) const {
  Take(name, &registrar.name);
  Take(iana_id, &registrar.iana_id);
  Take(max_sessions, &registrar.max_sessions);
  Take(city, &registrar.city);
  Take(state, &registrar.state);
  Take(postal_code, &registrar.postal_code);
  Take(url, &registrar.url);
  Take(whois_server, &registrar.whois_server);
  if (rdap_base) registrar.rdap_base = WithSlash(*rdap_base);
  if (!street.empty()) registrar.street = street;
  if (!tlds.empty()) registrar.tlds = tlds;
  for (std::string& tld : registrar.tlds) absl::AsciiStrToLower(&tld);

  for (const Outcome<Done>& taken :
       {TakeCountry(country, &registrar.country), TakePhone(phone, &registrar.phone),
        TakePhone(fax, &registrar.fax), TakePhone(abuse_phone, &registrar.abuse_phone),
        TakeEmail(email, &registrar.email), TakeEmail(abuse_email, &registrar.abuse_email),
        TakeMoney(credit_limit, &registrar.credit_limit)}) {
    if (!taken) return taken;
  }
  return Done{};
}

}  // namespace ctl
