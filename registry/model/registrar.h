#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/types/fingerprint.h"
#include "registry/types/identifiers.h"
#include "registry/types/keys.h"
#include "registry/types/money.h"

namespace registry {

// Whom to ask at a registrar, as WHOIS and RDAP show it. Texts may be empty; without a name it is
// not shown.
struct RegistrarContact {
  std::string name, phone, fax, email;
  friend bool operator==(const RegistrarContact&, const RegistrarContact&) = default;
};

// A registrar as the operator keeps it. The balance is not here: it changes with every charge (see
// WorkingSet::Balance). The first group is what commands and logins go by, the second what WHOIS
// and RDAP publish.
struct Registrar {
  RegistrarKey key = kNoRegistrar;
  RegistrarId id;
  bool suspended = false;
  Money credit_limit;                     // the balance may fall to minus this
  Money low_balance;                      // told when less is left to spend; zero: not told
  std::vector<std::string> tlds;          // which it may sell; empty: all
  std::string password_hash;              // argon2id, encoded form
  std::vector<Fingerprint> certificates;  // any of these may log in; none: no login
  int max_sessions = 0;                   // per server process; 0: the server's default
  absl::Time password_set;                // when the password became what it is
  int password_days = 0;                  // it expires so many days later; 0: never
  bool minimum_data = false;              // where the TLD leaves the data model to registrars

  std::string name;
  int iana_id = 0;  // 0: none
  std::vector<std::string> street;
  std::string city, state, postal_code, country;
  std::string phone, fax, email;
  std::string url, whois_server, rdap_base;  // rdap_base ends in '/'
  std::string abuse_email, abuse_phone;
  RegistrarContact admin, tech;

  bool MaySell(std::string_view tld) const;
  absl::Time PasswordExpires() const;  // InfiniteFuture: never
  friend bool operator==(const Registrar&, const Registrar&) = default;
};

}  // namespace registry
