#pragma once

#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "registry/base/outcome.h"
#include "registry/model/registrar.h"

namespace ctl {

// The options of `registrar create` and `registrar update`: the same names, all optional for
// update.
struct RegistrarOptions {
  std::optional<std::string> name, city, state, postal_code, country, phone, fax, email;
  std::optional<std::string> url, whois_server, rdap_base, abuse_email, abuse_phone, credit_limit;
  std::optional<int> iana_id, max_sessions;
  std::vector<std::string> street, tlds;

  void AddTo(CLI::App& command);
  // Writes what was given into `registrar`, checked.
  registry::Outcome<registry::Done> ApplyTo(registry::Registrar& registrar) const;
};

}  // namespace ctl
