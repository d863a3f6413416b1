#pragma once

#include <initializer_list>
#include <random>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/commands/host_update.h"
#include "registry/rules/transfers.h"
#include "tests/support/memory_registry.h"

namespace registry {

// Seeded: the same numbers everywhere.
class Dice {
 public:
  explicit Dice(uint32_t seed) : random_(seed) {}
  int Below(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }
  bool Percent(int chance) { return Below(100) < chance; }
  template <class T>
  const T& Of(const std::vector<T>& choices) {
    return choices[Below(static_cast<int>(choices.size()))];
  }

 private:
  std::mt19937 random_;  // the same numbers everywhere
};

// The kind of a command that renames an external host.
inline constexpr std::string_view kExternalRename = "external-host-rename";
// The kind of one that acknowledges its asker's oldest message.
inline constexpr std::string_view kPollAcknowledge = "poll-acknowledge";

// Invents commands of registrars 1 to 3, the operator and the clock for a registry with the TLDs
// "thick" (maximum data model) and "thin" (minimum), small enough for everybody to get into
// everybody's way. Looks at the registry so that many succeed.
class RandomCommands {
 public:
  // Longer than most pauses, so that there is something to transfer with.
  static constexpr absl::Duration kAuthInfoTtl = absl::Hours(24 * 400);

  RandomCommands(uint32_t seed, const MemoryRegistry& registry);

  AnyCommand Next(absl::Time now);
  // A read. These have groups of their own.
  AnyCommand Look();
  // The operator suspends a registrar, or lets one work again. Runs in a group of its own: commands
  // see the directory as it was before their group.
  AnyCommand Suspension();
  // How long nobody does anything: mostly minutes, sometimes months.
  absl::Duration Pause();
  int GroupSize();  // 1 to 8

 private:
  RegistrarKey Anybody() { return RegistrarKey{1 + dice_.Below(3)}; }
  // Mostly somebody else than the sponsor.
  template <class Object>
  RegistrarKey OtherThan(const Object* object) {
    RegistrarKey asker = Anybody();
    while (object != nullptr && asker == object->sponsor && dice_.Percent(80)) asker = Anybody();
    return asker;
  }
  // Mostly the sponsor of the object, if there is one; now and then the operator.
  template <class Object>
  RegistrarKey SponsorOf(const Object* object) {
    if (object != nullptr && dice_.Percent(2)) return kOperator;
    return object != nullptr && dice_.Percent(80) ? object->sponsor : Anybody();
  }
  // Mostly of an object that is there, or mostly of one that is not.
  DomainName SomeDomain(bool there);
  DomainName SomeHost(bool there);
  ContactId SomeContact(bool there);
  StatusSet SomeStatus(std::initializer_list<Status> choices);
  std::vector<IpAddress> SomeAddresses();
  std::vector<DomainName> SomeHosts(int most);
  HostUpdate SomeHostUpdate();
  // The sponsor of the host as rows say it: of its domain, if it is subordinate.
  RegistrarKey SponsorOfHost(const Host* host);
  // Who decides a transfer: mostly the one who may.
  template <class Object>
  RegistrarKey DeciderOf(const Object* object, TransferDecision decision);

  AnyCommand CreateDomain(absl::Time);
  AnyCommand UpdateDomain(absl::Time);
  AnyCommand LockDomain(absl::Time);
  AnyCommand RenewDomain(absl::Time now);
  AnyCommand DeleteDomain(absl::Time);
  AnyCommand MaterializeDomain(absl::Time);
  AnyCommand RestoreDomain(absl::Time);
  AnyCommand ReportRestore(absl::Time);
  AnyCommand TransferDomain(absl::Time);
  AnyCommand DecideDomainTransfer(absl::Time);
  AnyCommand TransferContact(absl::Time);
  AnyCommand DecideContactTransfer(absl::Time);
  AnyCommand MaterializeContact(absl::Time);
  AnyCommand CreateHost(absl::Time);
  AnyCommand UpdateHost(absl::Time);
  AnyCommand RenameHost(absl::Time);
  AnyCommand DeleteHost(absl::Time);
  AnyCommand CreateContact(absl::Time);
  AnyCommand UpdateContact(absl::Time);
  AnyCommand DeleteContact(absl::Time);
  AnyCommand AcknowledgePoll(absl::Time);
  AnyCommand Deposit(absl::Time);

  Dice dice_;
  const MemoryRegistry& registry_;
  std::vector<DomainName> domains_;
  std::vector<DomainName> hosts_;
  std::vector<ContactId> contacts_;
};

}  // namespace registry
