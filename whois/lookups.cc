#include "whois/lookups.h"

#include <utility>

namespace whois {
namespace {

using JobPointer = std::unique_ptr<registry::store::Job>;

}  // namespace

StoreLookups::StoreLookups(registry::store::Store& store, registry::net::IoThreads& threads)
    : store_(store), threads_(threads) {
  for (size_t i = 0; i < threads.size(); ++i) {
    submissions_.push_back(std::make_unique<Submissions>(
        threads.at(i).get_executor(),
        [this](std::vector<JobPointer> jobs) { store_.SubmitAll(std::move(jobs)); }));
  }
}

template <class Command>
void StoreLookups::Submit(std::string_view name, Command command, Then<Command> then) {
  JobPointer job =
      registry::store::MakeJob({registry::kPublic, {}, name}, std::move(command), std::move(then));
  if (const std::optional<size_t> thread = threads_.Calling()) {
    submissions_[*thread]->Add(std::move(job));
  } else {
    store_.Submit(std::move(job));
  }
}

void StoreLookups::Find(registry::DomainLookup command, Then<registry::DomainLookup> then) {
  Submit("domain-lookup", std::move(command), std::move(then));
}

void StoreLookups::Find(registry::HostLookup command, Then<registry::HostLookup> then) {
  Submit("host-lookup", std::move(command), std::move(then));
}

void StoreLookups::Find(registry::ContactLookup command, Then<registry::ContactLookup> then) {
  Submit("contact-lookup", std::move(command), std::move(then));
}

bool StoreLookups::available() const { return store_.healthy() && !store_.full(); }

std::shared_ptr<const registry::Directory> StoreLookups::directory() const {
  return store_.directory();
}

absl::Time StoreLookups::Now() const { return store_.clock().Now(); }

}  // namespace whois
