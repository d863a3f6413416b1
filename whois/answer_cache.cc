#include "whois/answer_cache.h"

#include <utility>

#include "absl/hash/hash.h"
#include "whois/http_content.h"

namespace whois {

const std::string& CachedAnswer::Packed() const {
  std::call_once(packing_, [this] { packed_ = Gzip(text); });
  return packed_;
}

AnswerCache::AnswerCache(size_t max_bytes, absl::Duration max_age, const RecentChanges& changes)
    : max_bytes_per_shard_(max_bytes / kShards), max_age_(max_age), changes_(changes) {}

size_t AnswerCache::Hash::operator()(std::string_view name) const {
  return absl::HashOf(absl::string_view(name.data(), name.size()));
}

// The high bits: the low ones choose the place within the shard's table.
AnswerCache::Shard& AnswerCache::ShardOf(std::string_view name) {
  return shards_[(Hash()(name) >> 48) % kShards];
}

size_t AnswerCache::SizeOf(const Entry& entry) {
  constexpr size_t kNode = 128;  // of the container, of the pointer, of the allocator
  const CachedAnswer& answer = *entry.answer;
  return kNode + sizeof(Entry) + entry.name.capacity() + sizeof(CachedAnswer) +
         answer.text.capacity() + answer.text.size() / 4 +  // packed, if it ever is
         answer.entity_tag.capacity();
}

bool AnswerCache::IsTrue(const CachedAnswer& answer, absl::Time now) const {
  return now < answer.valid_until && now < answer.as_of + max_age_ &&
         // Only a sandbox's clock goes back.
         now > answer.as_of - absl::Seconds(1) && changes_.Unchanged(answer.stamp, answer.topics);
}

AnswerCache::Found AnswerCache::Find(std::string_view name, absl::Time now) {
  if (!changes_.current()) return {nullptr, Result::kBehind};
  Shard& shard = ShardOf(name);
  const registry::MutexLock lock(shard.mutex);
  auto& by_name = shard.entries.get<ByName>();
  const auto entry = by_name.find(name);
  if (entry == by_name.end()) return {nullptr, Result::kMiss};
  auto& by_use = shard.entries.get<ByUse>();
  const auto place = shard.entries.project<ByUse>(entry);
  if (!IsTrue(*entry->answer, now)) {
    Remove(shard, place);
    return {nullptr, Result::kOutdated};
  }
  by_use.relocate(by_use.end(), place);
  return {entry->answer, Result::kHit};
}

void AnswerCache::Put(std::string name, std::shared_ptr<const CachedAnswer> answer) {
  Entry entry{std::move(name), std::move(answer)};
  const size_t size = SizeOf(entry);
  if (size > max_bytes_per_shard_) return;
  Shard& shard = ShardOf(entry.name);
  const registry::MutexLock lock(shard.mutex);
  auto& by_use = shard.entries.get<ByUse>();
  const auto old = shard.entries.get<ByName>().find(entry.name);
  if (old != shard.entries.get<ByName>().end()) {
    Remove(shard, shard.entries.project<ByUse>(old));
  }
  while (shard.bytes + size > max_bytes_per_shard_) Remove(shard, by_use.begin());
  by_use.push_back(std::move(entry));
  shard.bytes += size;
  bytes_.fetch_add(static_cast<int64_t>(size), std::memory_order_relaxed);
  answers_.fetch_add(1, std::memory_order_relaxed);
}

void AnswerCache::Remove(Shard& shard, Entries::index<ByUse>::type::iterator entry) {
  const size_t size = SizeOf(*entry);
  shard.entries.get<ByUse>().erase(entry);
  shard.bytes -= size;
  bytes_.fetch_sub(static_cast<int64_t>(size), std::memory_order_relaxed);
  answers_.fetch_sub(1, std::memory_order_relaxed);
}

}  // namespace whois
