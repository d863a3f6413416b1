#pragma once

#include <memory>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "registry/commands/contact_lookup.h"
#include "registry/commands/domain_lookup.h"
#include "registry/commands/host_lookup.h"
#include "registry/model/directory.h"
#include "registry/store/store.h"

namespace whois {

// What the servers ask the registry for. Nothing here writes. Thread-safe.
class Lookups {
 public:
  template <class Command>
  using Then = absl::AnyInvocable<void(registry::store::Reply<registry::store::AnswerOf<Command>>)>;

  virtual ~Lookups() = default;
  // `then` is called once, from any thread, and must not block.
  virtual void Find(registry::DomainLookup command, Then<registry::DomainLookup> then) = 0;
  virtual void Find(registry::HostLookup command, Then<registry::HostLookup> then) = 0;
  virtual void Find(registry::ContactLookup command, Then<registry::ContactLookup> then) = 0;

  // False: nothing can be answered now, not even from the directory.
  virtual bool available() const = 0;
  virtual std::shared_ptr<const registry::Directory> directory() const = 0;
  virtual absl::Time Now() const = 0;
};

// The store's. It outlives this.
class StoreLookups final : public Lookups {
 public:
  explicit StoreLookups(registry::store::Store& store) : store_(store) {}

  void Find(registry::DomainLookup command, Then<registry::DomainLookup> then) override;
  void Find(registry::HostLookup command, Then<registry::HostLookup> then) override;
  void Find(registry::ContactLookup command, Then<registry::ContactLookup> then) override;
  bool available() const override;
  std::shared_ptr<const registry::Directory> directory() const override;
  absl::Time Now() const override;

 private:
  registry::store::Store& store_;
};

}  // namespace whois
