#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "registry/types/keys.h"

namespace whois {

// What an answer depends on: a hash. Two topics may be equal by chance, which makes an answer look
// outdated that is not.
using Topic = uint64_t;
Topic TopicOfDomain(std::string_view name);  // lower-case A-labels
Topic TopicOfVariants(std::string_view key);   // of names: Directory::VariantKey
Topic TopicOf(registry::HostKey key);
Topic TopicOf(registry::ContactKey key);
Topic TopicOf(registry::OrganizationKey key);

// Which objects have changed lately, so that what is kept of them can be told from what is still
// true. Memory is bounded: topics share a fixed number of places. Thread-safe; readers never wait.
//
// Take now() before you ask the database. What it answers is still true as long as
// Unchanged(that, its topics), if current().
class RecentChanges {
 public:
  using Stamp = uint64_t;

  RecentChanges();

  Stamp now() const { return newest_.load(std::memory_order_acquire); }
  bool Unchanged(Stamp since, std::span<const Topic> topics) const;
  // All changes are known that the database showed not long ago (Confirm). False: ask the database.
  bool current() const;

  // For the one who follows the changes.
  void Note(std::span<const Topic> topics);
  void NoteAll();  // anything may have changed
  // What was noted so far is all there was at `seen`; that may be believed for `grace`.
  void Confirm(std::chrono::steady_clock::time_point seen, std::chrono::nanoseconds grace);

 private:
  static constexpr size_t kPlaces = size_t{1} << 18;

  std::atomic<Stamp>& Place(Topic topic) const { return (*places_)[topic % kPlaces]; }

  // Of each place the stamp of the newest change there.
  const std::unique_ptr<std::array<std::atomic<Stamp>, kPlaces>> places_;
  std::atomic<Stamp> newest_{1};
  std::atomic<Stamp> everything_{1};       // the newest change of anything
  std::atomic<int64_t> current_until_{0};  // nanoseconds of the steady clock
};

}  // namespace whois
