#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/commands/contact_create.h"
#include "registry/commands/domain_create.h"
#include "registry/commands/host_create.h"
#include "registry/store/faults.h"
#include "registry/store/store.h"

namespace registry::store {

// A registry in a database of its own: the TLDs org (maximum data model) and ngo (minimum), the
// registrars gold and silver with 100,000.00 each, gold's contact "holder" and external hosts
// ns1.example.net and ns2.example.net.
class StoreScene {
 public:
  struct Options {
    StoreOptions store;
    FaultPoints faults;
    bool sandbox = true;
  };
  StoreScene() : StoreScene(Options()) {}
  explicit StoreScene(Options options);

  // Another process on the same database. Its clock is `other_clock`.
  std::unique_ptr<Store> OpenAnother(SystemClock* other_clock, FaultPoints faults = {},
                                     StoreOptions options = {}) const;

  template <class Command>
  auto Run(RegistrarKey asker, Command command) {
    return store->Run({asker, "client-1", "test"}, std::move(command));
  }
  // The code of the answer; kCommandFailed if the world broke.
  template <class Command>
  ResultCode Code(RegistrarKey asker, Command command) {
    return CodeOf(Run(asker, std::move(command)));
  }
  template <class Answer>
  static ResultCode CodeOf(const Reply<Answer>& reply) {
    if (!reply.status.ok()) return ResultCode::kCommandFailed;
    return reply.outcome->ok() ? reply.code : reply.outcome->rejection().code();
  }

  std::string Query(const std::string& sql) const;
  int64_t Number(const std::string& sql) const;
  // What `Audit` finds, one line each.
  std::vector<std::string> Findings() const;
  // Moves the sandbox's clock, and waits until the store follows.
  void SetClock(absl::Duration offset);

  std::string database;
  SystemClock clock;
  std::unique_ptr<Store> store;
  RegistrarKey gold{}, silver{};
};

DomainCreate CreateOrg(std::string_view name);  // with the holder and both hosts
DomainCreate CreateNgo(std::string_view name);  // with nothing
ContactCreate CreateContact(std::string_view id);
HostCreate CreateHost(std::string_view name, std::vector<IpAddress> addresses = {});
Registrar MakeRegistrar(std::string_view id);

inline constexpr std::string_view kSecret = "2fooBAR-2fooBAR-2fooBAR";

}  // namespace registry::store
