#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// The operator changes a registrar. Only what is given changes, and it changes the record as it is
// when the command is applied: of two operators who change different members at once neither loses.
struct RegistrarUpdate {
  RegistrarId id;
  std::optional<bool> suspended, minimum_data;
  std::optional<Money> credit_limit, low_balance;
  std::optional<int> max_sessions, iana_id, password_days;
  std::optional<std::vector<std::string>> tlds, street;  // replaced whole
  std::optional<std::string> name, city, state, postal_code, country, phone, fax, email;
  std::optional<std::string> url, whois_server, rdap_base, abuse_email, abuse_phone;
  struct Contact {
    std::optional<std::string> name, phone, fax, email;
  };
  Contact admin, tech;
  std::vector<Fingerprint> add_certificates;  // those that are there already stay
  std::vector<Fingerprint> remove_certificates;

  bool empty() const;
  // Writes the members that are given into `registrar`, but for the certificates.
  void WriteTo(Registrar& registrar) const;
};

inline constexpr std::array kRegistrarUpdateReasons = {kOperatorOnly, kNothingToDo,
                                                       kRegistrarNotFound, kCertificateNotFound,
                                                       /* those of CheckRegistrar */
                                                       kRegistrarName};

Needs NeedsOf(const RegistrarUpdate& command);
Outcome<Applied<Done>> Apply(const RegistrarUpdate& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
