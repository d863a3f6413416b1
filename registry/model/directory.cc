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
  std::string tld = policy.tld;
  bundles_.Set(tld, policy.bundle_of);
  tlds_.insert_or_assign(std::move(tld), std::move(policy));
}

void Directory::Add(registry::Registrar registrar) {
  if (const registry::Registrar* known = Registrar(registrar.key)) registrar_keys_.erase(known->id);
  registrar_keys_.insert_or_assign(registrar.id, registrar.key);
  const RegistrarKey key = registrar.key;
  registrars_.insert_or_assign(key, std::move(registrar));
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

std::vector<const registry::Registrar*> Directory::registrars() const {
  std::vector<const registry::Registrar*> all = Values(registrars_);
  std::sort(all.begin(), all.end(), [](const registry::Registrar* a, const registry::Registrar* b) {
    return a->key < b->key;
  });
  return all;
}

}  // namespace registry
