#include "registry/rules/authorization.h"

#include <algorithm>

#include "registry/types/roid.h"

namespace registry {
namespace {

bool RefersTo(const Domain& domain, ContactKey key) {
  return key == domain.registrant ||
         std::ranges::find(domain.contacts, key, &DomainContact::contact) != domain.contacts.end();
}

template <class Object>
bool OpensOwn(const AuthInfo& auth, const Object& object, absl::Time now) {
  return (!object.auth_ends || now < *object.auth_ends) && auth.Opens(object.auth);
}

}  // namespace

bool Opens(const Credential& credential, const Domain& domain, const Context& context,
           const WorkingSet& set) {
  if (credential.owner.empty()) return OpensOwn(credential.auth, domain, context.now);
  const auto roid = ParseRoid(credential.owner, context.directory.settings.repository_id);
  if (!roid) return false;
  if (roid->kind == ObjectKind::kDomain) {
    return DomainKey{roid->number} == domain.key && OpensOwn(credential.auth, domain, context.now);
  }
  const ContactKey key{roid->number};
  if (roid->kind != ObjectKind::kContact || !RefersTo(domain, key)) return false;
  const Contact* contact = set.FindContact(key);
  return contact != nullptr && OpensOwn(credential.auth, *contact, context.now);
}

bool Opens(const Credential& credential, const Contact& contact, const Context& context) {
  const std::string roid = FormatRoid(ObjectKind::kContact, Number(contact.key),
                                      context.directory.settings.repository_id);
  const bool own = credential.owner.empty() || credential.owner == roid;
  return own && OpensOwn(credential.auth, contact, context.now);
}

std::optional<absl::Time> AuthInfoEnds(const SealedAuthInfo& auth, absl::Time now,
                                       absl::Duration ttl) {
  if (!auth.is_set() || ttl == absl::ZeroDuration()) return std::nullopt;
  return now + ttl;
}

}  // namespace registry
