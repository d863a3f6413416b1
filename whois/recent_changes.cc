#include "whois/recent_changes.h"

#include <algorithm>

#include "absl/hash/hash.h"

namespace whois {
namespace {

template <class Key>
Topic TopicOfKey(char kind, Key key) {
  return absl::HashOf(kind, registry::Number(key));
}

int64_t Nanoseconds(std::chrono::steady_clock::time_point time) {
  return std::chrono::nanoseconds(time.time_since_epoch()).count();
}

}  // namespace

Topic TopicOfDomain(std::string_view name) {
  return absl::HashOf('D', absl::string_view(name.data(), name.size()));
}
Topic TopicOfVariants(std::string_view key) {
  return absl::HashOf('V', absl::string_view(key.data(), key.size()));
}
Topic TopicOf(registry::HostKey key) { return TopicOfKey('H', key); }
Topic TopicOf(registry::ContactKey key) { return TopicOfKey('C', key); }
Topic TopicOf(registry::OrganizationKey key) { return TopicOfKey('O', key); }

RecentChanges::RecentChanges()
    : places_(std::make_unique<std::array<std::atomic<Stamp>, kPlaces>>()) {}

bool RecentChanges::Unchanged(Stamp since, std::span<const Topic> topics) const {
  if (everything_.load(std::memory_order_acquire) > since) return false;
  return std::ranges::all_of(
      topics, [&](Topic topic) { return Place(topic).load(std::memory_order_acquire) <= since; });
}

bool RecentChanges::current() const {
  return Nanoseconds(std::chrono::steady_clock::now()) <
         current_until_.load(std::memory_order_acquire);
}

// The places first: whoever takes the new stamp asks the database after the change.
void RecentChanges::Note(std::span<const Topic> topics) {
  const Stamp stamp = now() + 1;
  for (Topic topic : topics) Place(topic).store(stamp, std::memory_order_release);
  newest_.store(stamp, std::memory_order_release);
}

void RecentChanges::NoteAll() {
  const Stamp stamp = now() + 1;
  everything_.store(stamp, std::memory_order_release);
  newest_.store(stamp, std::memory_order_release);
}

void RecentChanges::Confirm(std::chrono::steady_clock::time_point seen,
                            std::chrono::nanoseconds grace) {
  current_until_.store(Nanoseconds(seen + grace), std::memory_order_release);
}

}  // namespace whois
