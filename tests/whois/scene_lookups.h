#pragma once

#include <memory>
#include <utility>

#include "tests/support/fake_store.h"
#include "whois/lookups.h"

namespace tests {

// Looks up in a scene what whois::StoreLookups looks up in the database.
class SceneLookups final : public whois::Lookups {
 public:
  explicit SceneLookups(registry::Scene& scene) : scene_(scene), store_(scene) {}

  void Find(registry::DomainLookup command, Then<registry::DomainLookup> then) override;
  void Find(registry::HostLookup command, Then<registry::HostLookup> then) override;
  void Find(registry::ContactLookup command, Then<registry::ContactLookup> then) override;
  bool available() const override { return up_; }
  std::shared_ptr<const registry::Directory> directory() const override;
  absl::Time Now() const override { return scene_.now; }

  void GoDown() { up_ = false; }
  void ComeBack() { up_ = true; }
  // The next look-up fails as if the database were away.
  void FailNext() { store_.FailNext(absl::UnavailableError("no database")); }
  // From now on look-ups are never answered.
  void Hang() { hanging_ = true; }

 private:
  template <class Command>
  void Submit(Command command, Then<Command> then);

  registry::Scene& scene_;
  FakeStore store_;
  bool up_ = true;
  bool hanging_ = false;
};

}  // namespace tests
