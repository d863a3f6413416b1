#pragma once

#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "registry/base/outcome.h"
#include "registry/commands/domain_update.h"

namespace ctl {

// The options of `domain update`.
struct DomainUpdateOptions {
  std::vector<std::string> add_name_servers, remove_name_servers;
  std::vector<std::string> add_contacts, remove_contacts;  // "tech=holder-1"
  std::vector<std::string> add_ds, remove_ds;              // "12345 13 2 ABCD..."
  std::vector<std::string> add_keys, remove_keys;          // "257 3 13 BASE64"
  std::optional<std::string> registrant;                   // empty: removed
  bool remove_all_ds = false;
  bool clear_auth = false;

  void AddTo(CLI::App& command);
  // The same as a change of the domain.
  registry::Outcome<registry::DomainUpdate> Parse(const std::string& name) const;
};

}  // namespace ctl
