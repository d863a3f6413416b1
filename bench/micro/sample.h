#pragma once

#include <cstdint>
#include <memory>

#include "bench/load/frames.h"
#include "registry/commands/domain_check.h"
#include "registry/commands/domain_create.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_renew.h"
#include "registry/model/directory.h"
#include "registry/model/working_set.h"

// A small registry to measure with: one TLD, one registrar, two name servers, one contact, and as
// many domains sample-0.org, sample-1.org ... as wanted.
namespace bench::sample {

inline constexpr registry::RegistrarKey kGold{1};

absl::Time Now();
std::shared_ptr<const registry::Directory> OneTld();
registry::Context AsGold(const registry::Directory& directory, registry::TransactionNumber number);

registry::DomainName NameOf(int64_t number);
// What NameOf(number) is once it is registered.
registry::Domain DomainOf(int64_t number);

// What a group of commands on so many names finds: the names are registered, or are not.
registry::WorkingSet Registered(int64_t count);
registry::WorkingSet Unregistered(int64_t count);

registry::DomainCreate CreateOf(int64_t number);
registry::DomainRenew RenewOf(int64_t number);
registry::DomainCheck CheckOf(int64_t number);
registry::DomainInfo InfoOf(int64_t number);

// The same commands as data units.
const Frames& SampleFrames();

}  // namespace bench::sample
