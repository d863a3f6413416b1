#pragma once

#include <array>
#include <atomic>
#include <boost/multi_index/hashed_index.hpp>
#include <boost/multi_index/member.hpp>
#include <boost/multi_index/sequenced_index.hpp>
#include <boost/multi_index_container.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"
#include "registry/base/mutex.h"
#include "whois/recent_changes.h"

namespace whois {

// An answer that may be given again.
struct CachedAnswer {
  bool found = false;
  std::string text;
  std::string entity_tag;             // of the text; empty where there are none
  const std::string& Packed() const;  // gzip of the text; made when it is first asked for

  RecentChanges::Stamp stamp = 0;  // taken before the database was asked
  absl::InlinedVector<Topic, 8> topics;
  absl::Time as_of;                                 // of the data
  absl::Time valid_until = absl::InfiniteFuture();  // by then the clock changes what is true

 private:
  mutable std::once_flag packing_;
  mutable std::string packed_;
};

// Keeps answers by the names that they are asked by, those last asked for, within a bound of
// memory. What it gives is what the database would say: an answer is dropped when anything it
// depends on has changed, when the clock has changed it, and after `max_age` in any case. While
// the changes are not known to the full it gives nothing. Thread-safe.
class AnswerCache {
 public:
  enum class Result : uint8_t {
    kHit,
    kMiss,
    kOutdated,
    kBehind,  // the changes are not known: ask the database
  };
  struct Found {
    std::shared_ptr<const CachedAnswer> answer;  // with kHit
    Result result = Result::kMiss;
  };

  // `max_bytes` in all, roughly. `changes` outlives this.
  AnswerCache(size_t max_bytes, absl::Duration max_age, const RecentChanges& changes);

  Found Find(std::string_view name, absl::Time now);
  void Put(std::string name, std::shared_ptr<const CachedAnswer> answer);

  RecentChanges::Stamp stamp() const { return changes_.now(); }
  int64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }
  int64_t answers() const { return answers_.load(std::memory_order_relaxed); }

 private:
  struct Entry {
    std::string name;
    std::shared_ptr<const CachedAnswer> answer;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view name) const;
  };
  struct ByUse {};
  struct ByName {};
  // The most recently used last.
  using Entries = boost::multi_index_container<
      Entry, boost::multi_index::indexed_by<
                 boost::multi_index::sequenced<boost::multi_index::tag<ByUse>>,
                 boost::multi_index::hashed_unique<
                     boost::multi_index::tag<ByName>,
                     boost::multi_index::member<Entry, std::string, &Entry::name>, Hash,
                     std::equal_to<>>>>;
  struct Shard {
    registry::Mutex mutex;
    Entries entries ABSL_GUARDED_BY(mutex);
    size_t bytes ABSL_GUARDED_BY(mutex) = 0;
  };
  static constexpr size_t kShards = 64;

  static size_t SizeOf(const Entry& entry);
  Shard& ShardOf(std::string_view name);
  bool IsTrue(const CachedAnswer& answer, absl::Time now) const;
  void Remove(Shard& shard, Entries::index<ByUse>::type::iterator entry)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(shard.mutex);

  const size_t max_bytes_per_shard_;
  const absl::Duration max_age_;
  const RecentChanges& changes_;
  std::array<Shard, kShards> shards_;
  std::atomic<int64_t> bytes_{0};
  std::atomic<int64_t> answers_{0};
};

}  // namespace whois
