#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

#include "absl/time/time.h"
#include "registry/model/context.h"
#include "registry/model/working_set.h"
#include "tests/support/memory_registry.h"

namespace registry {

inline constexpr RegistrarKey kGold{1};
inline constexpr RegistrarKey kSilver{2};
inline constexpr RegistrarKey kStranger{99};  // a key that no registrar has

// A registry in memory in which commands succeed until a test spoils something: the TLD org with
// the standing policy (maximum data model), and the registrars "gold" and "silver" with 1000.00
// each. Objects belong to gold, who asks, unless a test says otherwise.
class Scene : public MemoryRegistry {
 public:
  Scene();

  absl::Time now;
  RegistrarKey asker = kGold;
  TransactionNumber number = 1000;  // the command's, and the key of what it creates
  WorkingSet set;                   // what the last command saw

  // A change of the policy of org, of a registrar: `change` is called with a reference to it.
  template <class F>
  void ChangePolicy(F change) {
    TldPolicy policy = *directory.Tld("org");
    change(policy);
    directory.Add(std::move(policy));
  }
  template <class F>
  void ChangeRegistrar(RegistrarKey key, F change) {
    Registrar registrar = *directory.Registrar(key);
    change(registrar);
    directory.Add(std::move(registrar));
  }

  // The rows, to be changed in place; the references stay valid. The adders' objects were made 100
  // days ago, so that no grace period runs.
  //
  // A domain of gold's for two years, with the authInfo kAuth and the registrant "holder" (made if
  // it is not there), without name servers.
  Domain& AddDomain(std::string_view name);
  // Below a domain of the scene: subordinate to it, with its sponsor and, unless other addresses
  // are given, 192.0.2.1. Else external, gold's.
  Host& AddHost(std::string_view name, std::initializer_list<std::string_view> addresses = {});
  Contact& AddContact(std::string_view id);            // with the authInfo kAuth
  Organization& AddOrganization(std::string_view id);  // a reseller
  // Makes the hosts the domain's name servers; those that are not there are added.
  void Delegate(Domain& domain, std::initializer_list<std::string_view> host_names);
  // One that allocates any reserved name once.
  AllocationToken& AddToken(std::string_view text);

  Domain& domain(std::string_view name) { return domains.at(FindRow(DomainName(name))->key); }
  Host& host(std::string_view name) { return hosts.at(FindHost(DomainName(name))->key); }
  Contact& contact(std::string_view id) { return contacts.at(FindContact(ContactId(id))->key); }
  Organization& organization(std::string_view id) {
    return organizations.at(FindOrganization(OrganizationId(id))->key);
  }

  Context context() const { return Context{asker, now, number, "client-1", directory}; }

  // Loads what the command needs and applies it. Nothing is written.
  template <class Command>
  auto Run(const Command& command) {
    set = Load({NeedsOf(command)}, now);
    return Apply(command, context(), set);
  }
  // Run; what is accepted is written, and the next command has the next number.
  template <class Command>
  auto Commit(const Command& command) {
    auto result = Run(command);
    if (result.ok()) Write(set.Merge(result->changes));
    ++number;
    return result;
  }
  using MemoryRegistry::Run;

  static constexpr std::string_view kAuth = "2fooBAR-2fooBAR-2fooBAR";

 private:
  int64_t next_key_ = 100;
};

// The time that an RFC 3339 text says; aborts if it is none.
absl::Time At(std::string_view text);

// The DS record of a key, as the key data interface has it.
DsRecord KeyRecord(const DomainName& owner);

}  // namespace registry
