#include "registry/model/directory.h"

#include <algorithm>

namespace registry {
namespace {

template <class Map>
auto Values(const Map& map) {
  std::vector<const typename Map::mapped_type*> values;
  values.reserve(map.size());
  for (const auto& [key, value] : map) values.push_back(&value);
  return values;
}

}  // namespace

void Directory::Add(TldPolicy policy) {
  Fold(policy);
  std::string tld = policy.tld;
  bundles_.Set(tld, policy.bundle_of);
  tlds_.insert_or_assign(std::move(tld), std::move(policy));
}

void Directory::Add(IdnTable table) {
  const std::string id = table.id;
  idn_tables_.insert_or_assign(id, std::make_shared<const IdnTable>(std::move(table)));
  for (const auto& [tld, policy] : tlds_) {
    if (std::ranges::find(policy.idn_tables, id) != policy.idn_tables.end()) Fold(policy);
  }
}

void Directory::Fold(const TldPolicy& policy) {
  std::vector<const IdnTable*> tables;
  for (const std::string& id : policy.idn_tables) {
    if (const IdnTable* table = Idn(id)) tables.push_back(table);
  }
  VariantFold fold = VariantFold::Of(tables);
  if (fold.empty()) {
    folds_.erase(policy.tld);
  } else {
    folds_.insert_or_assign(policy.tld, std::move(fold));
  }
}

const IdnTable* Directory::Idn(std::string_view id) const {
  const auto found = idn_tables_.find(id);
  return found == idn_tables_.end() ? nullptr : found->second.get();
}

const VariantFold* Directory::Variants(std::string_view tld) const {
  if (folds_.empty()) return nullptr;
  const auto found = folds_.find(std::string(tld));
  return found == folds_.end() ? nullptr : &found->second;
}

std::string Directory::VariantKey(const DomainName& name) const {
  const VariantFold* fold = Variants(name.tld());
  return fold == nullptr ? std::string() : fold->KeyOf(name);
}

void Directory::Add(registry::Registrar registrar) {
  if (const registry::Registrar* known = Registrar(registrar.key)) registrar_keys_.erase(known->id);
  registrar_keys_.insert_or_assign(registrar.id, registrar.key);
  const RegistrarKey key = registrar.key;
  registrars_.insert_or_assign(key, std::move(registrar));
}

void Directory::Add(RddsToken token) {
  std::string digest = token.digest;
  tokens_.insert_or_assign(std::move(digest), std::move(token));
}

const RddsToken* Directory::Token(std::string_view digest) const {
  const auto found = tokens_.find(std::string(digest));
  return found == tokens_.end() ? nullptr : &found->second;
}

const TldPolicy* Directory::Tld(std::string_view tld) const {
  const auto found = tlds_.find(std::string(tld));
  return found == tlds_.end() ? nullptr : &found->second;
}

const registry::Registrar* Directory::Registrar(RegistrarKey key) const {
  const auto found = registrars_.find(key);
  return found == registrars_.end() ? nullptr : &found->second;
}

const registry::Registrar* Directory::Registrar(const RegistrarId& id) const {
  const auto found = registrar_keys_.find(id);
  return found == registrar_keys_.end() ? nullptr : Registrar(found->second);
}

std::string_view Directory::RegistrarText(RegistrarKey key) const {
  const registry::Registrar* registrar = Registrar(key);
  return registrar == nullptr ? std::string_view() : std::string_view(registrar->id.text());
}

std::vector<const TldPolicy*> Directory::tlds() const {
  std::vector<const TldPolicy*> policies = Values(tlds_);
  std::sort(policies.begin(), policies.end(),
            [](const TldPolicy* a, const TldPolicy* b) { return a->tld < b->tld; });
  return policies;
}

std::vector<const IdnTable*> Directory::idn_tables() const {
  std::vector<const IdnTable*> all;
  for (const auto& [id, table] : idn_tables_) all.push_back(table.get());
  return all;
}

std::vector<const registry::Registrar*> Directory::registrars() const {
  std::vector<const registry::Registrar*> all = Values(registrars_);
  std::sort(all.begin(), all.end(), [](const registry::Registrar* a, const registry::Registrar* b) {
    return a->key < b->key;
  });
  return all;
}

bool Directory::Lists(std::string_view tld) const { return listed_.contains(std::string(tld)); }

}  // namespace registry
