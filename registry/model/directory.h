#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "registry/model/bundles.h"
#include "registry/model/idn_table.h"
#include "registry/model/rdds_token.h"
#include "registry/model/registrar.h"
#include "registry/model/tld_policy.h"
#include "registry/model/variant_fold.h"

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
  // Registrars are reminded of a maintenance so long before it begins; zero: they are not.
  absl::Duration maintenance_courtesy = absl::Hours(24);
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
  void Add(IdnTable table);
  void Add(RddsToken token);
  // Says that listed_labels has labels of this TLD; where it has none, nobody looks.
  void SetListed(std::string tld) { listed_.insert(std::move(tld)); }

  const TldPolicy* Tld(std::string_view tld) const;
  bool Lists(std::string_view tld) const;
  const Bundles& bundles() const { return bundles_; }
  const IdnTable* Idn(std::string_view id) const;
  // Of the TLD's tables together; null if they know no variants.
  const VariantFold* Variants(std::string_view tld) const;
  // What the name's variants have in common; empty if the TLD's tables give it none.
  std::string VariantKey(const DomainName& name) const;
  const registry::Registrar* Registrar(RegistrarKey key) const;
  const registry::Registrar* Registrar(const RegistrarId& id) const;
  // By the SHA-256 of its secret; null if there is none. It may be over or revoked.
  const RddsToken* Token(std::string_view digest) const;
  // "" for those that are not registrars.
  std::string_view RegistrarText(RegistrarKey key) const;
  std::vector<const TldPolicy*> tlds() const;                  // by name
  std::vector<const registry::Registrar*> registrars() const;  // by key
  std::vector<const IdnTable*> idn_tables() const;             // by id

 private:
  void Fold(const TldPolicy& policy);

  absl::flat_hash_map<std::string, TldPolicy> tlds_;
  Bundles bundles_;
  // Shared by the directories that follow each other in tests; never changed.
  std::map<std::string, std::shared_ptr<const IdnTable>, std::less<>> idn_tables_;
  absl::flat_hash_map<std::string, VariantFold> folds_;  // by TLD; only those with variants
  absl::flat_hash_map<RegistrarKey, registry::Registrar> registrars_;
  absl::flat_hash_map<RegistrarId, RegistrarKey> registrar_keys_;
  absl::flat_hash_map<std::string, RddsToken> tokens_;  // by digest
  absl::flat_hash_set<std::string> listed_;
};

}  // namespace registry
