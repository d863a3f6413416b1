#include "registry/cds/server_table.h"

#include <algorithm>
#include <string>

namespace cds {
namespace {

absl::Time Take(absl::Time& next, double per_second, absl::Time now) {
  const absl::Time turn = std::max(next, now);
  next = turn + absl::Seconds(1) / per_second;
  return turn;
}

std::string Key(const registry::IpAddress& server) { return std::string(server.octets()); }

}  // namespace

ServerTable::Entry& ServerTable::Find(const registry::IpAddress& server, absl::Time now) {
  std::string key = Key(server);
  const auto found = entries_.find(key);
  if (found != entries_.end()) return found->second;
  if (entries_.size() >= limits_.most) {
    absl::erase_if(entries_, [now](const auto& entry) {
      return entry.second.next <= now && entry.second.rests_until <= now;
    });
    // All of them are at rest, or busy: they are more than we care to know.
    if (entries_.size() >= limits_.most) entries_.erase(entries_.begin());
  }
  return entries_[std::move(key)];
}

absl::Time ServerTable::TakeTurn(const registry::IpAddress& server, absl::Time now) {
  return Take(Find(server, now).next, limits_.per_server, now);
}

absl::Time ServerTable::TakeTurn(absl::Time now) { return Take(next_, limits_.total, now); }

bool ServerTable::Rests(const registry::IpAddress& server, absl::Time now) const {
  const auto found = entries_.find(Key(server));
  return found != entries_.end() && found->second.rests_until > now;
}

void ServerTable::NoteAnswer(const registry::IpAddress& server) {
  const auto found = entries_.find(Key(server));
  if (found == entries_.end()) return;
  found->second.failures = 0;
  found->second.rest = absl::ZeroDuration();
  found->second.rests_until = absl::InfinitePast();
}

void ServerTable::NoteSilence(const registry::IpAddress& server, absl::Time now) {
  Entry& entry = Find(server, now);
  if (++entry.failures < limits_.failures || entry.rests_until > now) return;
  entry.rest = std::clamp(2 * entry.rest, limits_.shortest_rest, limits_.longest_rest);
  entry.rests_until = now + entry.rest;
}

size_t ServerTable::Resting(absl::Time now) const {
  return static_cast<size_t>(std::ranges::count_if(
      entries_, [now](const auto& entry) { return entry.second.rests_until > now; }));
}

}  // namespace cds
