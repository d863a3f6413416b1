#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "registry/model/bundles.h"
#include "registry/model/registrar.h"
#include "registry/model/tld_policy.h"

namespace registry {

// The registry as a whole: one row in the database.
struct RegistrySettings {
  std::string repository_id = "POSTEL";  // the suffix of ROIDs; IANA registers it
  std::string currency = "USD";          // ISO 4217, two decimals
  bool sandbox = false;                  // set once, when the schema is made
  absl::Duration clock_offset;           // zero outside a sandbox
  // As of TldPolicy, for contacts, which belong to no TLD.
  absl::Duration contact_transfer_wait = absl::Hours(24 * 5);
  absl::Duration contact_auth_info_ttl = absl::Hours(24 * 14);
};

// Settings, TLDs and registrars: few and seldom changed, so every process holds them whole and
// replaces them whole (std::shared_ptr<const Directory>). The store reloads it before a group of
// commands whenever `version` in the database is another one.
class Directory {
 public:
  int64_t version = 0;
  RegistrySettings settings;

  void Add(TldPolicy policy);
  void Add(Registrar registrar);

  const TldPolicy* Tld(std::string_view tld) const;
  const Bundles& bundles() const { return bundles_; }
  const registry::Registrar* Registrar(RegistrarKey key) const;
  const registry::Registrar* Registrar(const RegistrarId& id) const;
  // "" for those that are not registrars.
  std::string_view RegistrarText(RegistrarKey key) const;
  std::vector<const TldPolicy*> tlds() const;                  // by name
  std::vector<const registry::Registrar*> registrars() const;  // by key

 private:
  absl::flat_hash_map<std::string, TldPolicy> tlds_;
  Bundles bundles_;
  absl::flat_hash_map<RegistrarKey, registry::Registrar> registrars_;
  absl::flat_hash_map<RegistrarId, RegistrarKey> registrar_keys_;
};

}  // namespace registry
