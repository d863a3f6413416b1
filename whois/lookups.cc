#include "whois/lookups.h"

#include <utility>

namespace whois {
namespace {

using registry::store::Origin;

Origin Public(std::string_view command) { return {registry::kPublic, {}, command}; }

}  // namespace

void StoreLookups::Find(registry::DomainLookup command, Then<registry::DomainLookup> then) {
  store_.Execute(Public("domain-lookup"), std::move(command), std::move(then));
}

void StoreLookups::Find(registry::HostLookup command, Then<registry::HostLookup> then) {
  store_.Execute(Public("host-lookup"), std::move(command), std::move(then));
}

void StoreLookups::Find(registry::ContactLookup command, Then<registry::ContactLookup> then) {
  store_.Execute(Public("contact-lookup"), std::move(command), std::move(then));
}

bool StoreLookups::available() const { return store_.healthy() && !store_.full(); }

std::shared_ptr<const registry::Directory> StoreLookups::directory() const {
  return store_.directory();
}

absl::Time StoreLookups::Now() const { return store_.clock().Now(); }

}  // namespace whois
