#pragma once

#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "registry/base/outcome.h"
#include "registry/commands/registrar_update.h"

namespace ctl {

// The options of `registrar create` and `registrar update`: the same names, all optional.
struct RegistrarOptions {
  std::optional<std::string> name, city, state, postal_code, country, phone, fax, email;
  std::optional<std::string> url, whois_server, rdap_base, abuse_email, abuse_phone, credit_limit,
      low_balance, data_model;
  struct Contact {
    std::optional<std::string> name, phone, fax, email;
  };
  Contact admin, tech;
  std::optional<int> iana_id, max_sessions, password_days;
  std::vector<std::string> street, tlds;
  bool all_tlds = false;

  void AddTo(CLI::App& command);
  // What was given as a change of the registrar; an empty text takes a member away.
  registry::Outcome<registry::RegistrarUpdate> Parse(const registry::RegistrarId& id) const;
};

}  // namespace ctl
