#include "tests/whois/scene_lookups.h"

namespace tests {

template <class Command>
void SceneLookups::Submit(Command command, Then<Command> then) {
  if (hanging_) return;
  store_.Submit(registry::store::MakeJob({registry::kPublic, {}, "lookup"}, std::move(command),
                                         std::move(then)));
}

void SceneLookups::Find(registry::DomainLookup command, Then<registry::DomainLookup> then) {
  Submit(std::move(command), std::move(then));
}

void SceneLookups::Find(registry::HostLookup command, Then<registry::HostLookup> then) {
  Submit(std::move(command), std::move(then));
}

void SceneLookups::Find(registry::ContactLookup command, Then<registry::ContactLookup> then) {
  Submit(std::move(command), std::move(then));
}

std::shared_ptr<const registry::Directory> SceneLookups::directory() const {
  return std::make_shared<const registry::Directory>(scene_.directory);
}

}  // namespace tests
