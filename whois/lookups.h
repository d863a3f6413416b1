#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "registry/commands/contact_lookup.h"
#include "registry/commands/domain_lookup.h"
#include "registry/commands/host_lookup.h"
#include "registry/model/directory.h"
#include "registry/net/gatherer.h"
#include "registry/net/io_threads.h"
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

// The store's. What one look at the sockets of a thread brings is submitted together, so that one
// group takes it. The store outlives this, this the threads' running.
class StoreLookups final : public Lookups {
 public:
  StoreLookups(registry::store::Store& store, registry::net::IoThreads& threads);

  void Find(registry::DomainLookup command, Then<registry::DomainLookup> then) override;
  void Find(registry::HostLookup command, Then<registry::HostLookup> then) override;
  void Find(registry::ContactLookup command, Then<registry::ContactLookup> then) override;
  bool available() const override;
  std::shared_ptr<const registry::Directory> directory() const override;
  absl::Time Now() const override;

 private:
  using Submissions = registry::net::Gatherer<std::unique_ptr<registry::store::Job>>;

  template <class Command>
  void Submit(std::string_view name, Command command, Then<Command> then);

  registry::store::Store& store_;
  const registry::net::IoThreads& threads_;
  std::vector<std::unique_ptr<Submissions>> submissions_;  // of each of threads_
};

}  // namespace whois
