#include "registry/store/zone_reader.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/rules/bundles.h"
#include "registry/rules/delegation.h"
#include "registry/rules/record_ttls.h"
#include "registry/store/connection.h"
#include "registry/store/directory_loader.h"
#include "registry/store/object_rows.h"
#include "registry/store/snapshot.h"
#include "registry/store/zone_line.h"

// A table is cut into ranges of pages (ctid), which the connections take one after the other: no
// index and no sort stands between the disk and the socket. All rows that the snapshot sees are in
// pages that the table had when its size was asked for, after the snapshot; the last range is open
// all the same. The lock keeps away what would move rows (VACUUM FULL, CLUSTER).

namespace registry::store {
namespace {

constexpr char kApplication[] = "postel-zone-reader";
// Less is read before another connection is there.
constexpr int64_t kPagesWorthAConnection = 1024;
// Enough pieces that the connections end at about the same time, each large enough that beginning
// it costs nothing.
constexpr int64_t kRangesPerConnection = 32;
constexpr int64_t kMostPagesAtOnce = 16 * 1024;
constexpr int64_t kDomainsAtOnce = 1000;  // of those that are fetched by key

using RowTaker = std::function<absl::Status(int reader, RowReader row)>;

bool IsLabel(std::string_view text) {
  return !text.empty() && text.size() <= 63 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

// A condition for SQL: one of the phases of domains without a hold that are wanted. Comparisons one
// by one: for every row IN would go through a list.
template <class Predicate>
std::string PhasesOf(Predicate wanted) {
  std::string list;
  for (const DomainPhase phase : {DomainPhase::kActive, DomainPhase::kRedemption,
                                  DomainPhase::kPendingDelete, DomainPhase::kPendingRestore}) {
    if (!wanted(ZonePartOf(phase, {}))) continue;
    list += Concat(list.empty() ? "(" : " OR ", "phase = ", static_cast<int>(phase));
  }
  return list + ")";
}

std::string PhasesInZones() {
  return PhasesOf([](ZonePart part) { return part != ZonePart::kNothing; });
}

std::string PhasesThatDependOnTheTime() {
  return PhasesOf([](ZonePart part) { return part == ZonePart::kDependsOnTheTime; });
}

// The statuses each of which alone keeps a domain out of every zone.
uint32_t Holds() {
  uint32_t holds = 0;
  for (int bit = 0; bit < 31; ++bit) {
    const StatusSet one = StatusSet::FromBits(1u << bit);
    if (ZonePartOf(DomainPhase::kActive, one) == ZonePart::kNothing) holds |= one.bits();
  }
  return holds;
}

class Scan {
 public:
  Scan(const ZoneScan& order, ZoneSink& sink)
      : order_(order),
        sink_(sink),
        readers_(std::clamp(order.connections, 1, kMostZoneConnections)) {}

  absl::Status Run() {
    if (absl::Status status = Open(); !status.ok()) return status;
    if (absl::Status status = ReadHosts(); !status.ok()) return status;
    if (absl::Status status = sink_.HostsAreComplete(); !status.ok()) return status;
    if (absl::Status status = ReadDomains(); !status.ok()) return status;
    return FetchThoseThatDependOnTheTime();
  }

 private:
  struct Reader {
    std::unique_ptr<Connection> connection;
    std::vector<int64_t> depend_on_the_time;  // keys of domains
    // For the row at hand.
    std::vector<std::string_view> elements;
    ZoneLine line;
  };

  absl::Status Open() {
    auto first = OpenSnapshot(order_.database, kApplication, Freshness::kPrimary);
    if (!first.ok()) return first.status();
    readers_[0].connection = *std::move(first);
    Connection& connection = *readers_[0].connection;
    // Before the snapshot, or what was done to the tables in between would be missed.
    absl::Status status = connection.Script("LOCK TABLE domains, hosts IN ACCESS SHARE MODE");
    if (!status.ok()) return status;
    auto directory = LoadDirectory(connection);
    if (!directory.ok()) return directory.status();
    directory_ = *std::move(directory);
    // The second names of a bundle are those of the primary's domains.
    primary_ = directory_->bundles().PrimaryTld(order_.tld);
    if (!IsLabel(primary_)) {
      return absl::InternalError("bundled with what is no top-level domain");
    }
    suffix_ = Concat(".", primary_);
    return AskForSizes(connection);
  }

  absl::Status AskForSizes(Connection& connection) {
    static const Statement kSizes{
        "zone_table_pages",
        "SELECT pg_relation_size('hosts') / current_setting('block_size')::bigint, "
        "pg_relation_size('domains') / current_setting('block_size')::bigint"};
    absl::StatusOr<Result> sizes = connection.Run(kSizes);
    if (!sizes.ok()) return sizes.status();
    RowReader row = sizes->Row(0);
    host_pages_ = row.Int8();
    domain_pages_ = row.Int8();
    return absl::OkStatus();
  }

  absl::Status ReadHosts() {
    return ReadTable("SELECT id, name, addresses, ttls FROM hosts WHERE ", host_pages_,
                     [this](int reader, RowReader row) { return TakeHost(reader, row); });
  }

  absl::Status ReadDomains() {
    const TldPolicy* policy = directory_->Tld(order_.tld);
    has_ttls_ =
        policy == nullptr || NsTtlLimits(*policy).offered() || DsTtlLimits(*policy).offered();
    const std::string sql = Concat("SELECT zone_line, CASE WHEN ", PhasesThatDependOnTheTime(),
                                   " THEN id END FROM domains WHERE ", PhasesInZones(),
                                   " AND statuses & ", Holds(), " = 0 AND ");
    return ReadTable(sql, domain_pages_,
                     [this](int reader, RowReader row) { return TakeDomain(reader, row); });
  }

  bool IsPrimary() const { return primary_ == order_.tld; }

  absl::Status TakeHost(int reader, RowReader row) {
    Reader& own = readers_[static_cast<size_t>(reader)];
    ZoneHostRow host;
    host.key = HostKey{row.Int8()};
    host.name = row.View();
    row.AddressOctets(own.elements);
    host.addresses = own.elements;
    host.ttls = ReadAddressTtls(row.ViewOrEmpty());
    return sink_.Take(reader, host);
  }

  absl::Status TakeDomain(int reader, RowReader row) {
    Reader& own = readers_[static_cast<size_t>(reader)];
    const std::string_view text = row.View();
    if (!row.SkipNull()) {
      own.depend_on_the_time.push_back(row.Int8());
      return absl::OkStatus();
    }
    ZoneLine& line = own.line;
    if (!line.Read(text)) {
      return absl::DataLossError(Concat("zone_line \"", Excerpt(text), "\" is not in its form"));
    }
    if (!line.name.ends_with(suffix_)) return absl::OkStatus();
    ZoneDomainRow domain;
    domain.label = line.name.substr(0, line.name.size() - suffix_.size());
    domain.name_servers = line.name_servers;
    domain.ds = IsPrimary() ? line.ds : line.partner_ds;
    if (has_ttls_) domain.ttls = line.ttls;
    return sink_.Take(reader, domain);
  }

  absl::Status ReadTable(const std::string& select, int64_t pages, const RowTaker& take) {
    const int readers = pages < kPagesWorthAConnection && order_.pages_at_once == 0
                            ? 1
                            : static_cast<int>(readers_.size());
    if (absl::Status status = Connect(readers); !status.ok()) return status;
    Ranges ranges{.pages = pages, .each = order_.pages_at_once, .next = 0};
    if (ranges.each == 0) {
      ranges.each = std::clamp<int64_t>(pages / (readers * kRangesPerConnection),
                                        kPagesWorthAConnection, kMostPagesAtOnce);
    }
    {
      std::vector<std::jthread> others;
      for (int reader = 1; reader < readers; ++reader) {
        others.emplace_back([&, reader] { ReadRanges(reader, select, ranges, take); });
      }
      ReadRanges(0, select, ranges, take);
    }
    const std::lock_guard lock(mutex_);
    return status_;
  }

  absl::Status Connect(int readers) {
    for (int reader = 1; reader < readers; ++reader) {
      Reader& own = readers_[static_cast<size_t>(reader)];
      if (own.connection != nullptr) continue;
      if (shared_.empty()) {
        auto shared = ShareSnapshot(*readers_[0].connection);
        if (!shared.ok()) return shared.status();
        shared_ = *std::move(shared);
      }
      auto joined = JoinSnapshot(order_.database, kApplication, shared_, Freshness::kPrimary);
      if (!joined.ok()) return joined.status();
      own.connection = *std::move(joined);
    }
    return absl::OkStatus();
  }

  struct Ranges {
    int64_t pages;
    int64_t each;
    std::atomic<int64_t> next;
  };

  void ReadRanges(int reader, const std::string& select, Ranges& ranges, const RowTaker& take) {
    Connection& connection = *readers_[static_cast<size_t>(reader)].connection;
    while (!failed_) {
      if (order_.stop.stop_requested()) return Fail(absl::CancelledError("asked to stop"));
      const int64_t begin = ranges.next.fetch_add(ranges.each);
      if (begin > 0 && begin >= ranges.pages) return;
      const int64_t end = begin + ranges.each;
      const std::string from = Concat("ctid >= '(", begin, ",0)'::tid");
      const std::string to =
          end < ranges.pages ? Concat(" AND ctid < '(", end, ",0)'::tid") : std::string();
      const absl::Status status = connection.CopyOut(
          Concat("COPY (", select, from, to, ") TO STDOUT (FORMAT binary)"), [&](RowReader row) {
            if (order_.stop.stop_requested()) return absl::CancelledError("asked to stop");
            if (failed_) return absl::AbortedError("another reader failed");
            return take(reader, row);
          });
      if (!status.ok()) return Fail(status);
      Report(std::min(end, ranges.pages) - begin);
    }
  }

  void Fail(const absl::Status& status) {
    const std::lock_guard lock(mutex_);
    if (status_.ok()) status_ = status;
    failed_ = true;
  }

  void Report(int64_t pages) {
    const std::lock_guard lock(mutex_);
    pages_done_ += pages;
    if (order_.progress) order_.progress(pages_done_, host_pages_ + domain_pages_);
  }

  absl::Status FetchThoseThatDependOnTheTime() {
    for (const Reader& reader : readers_) {
      const std::vector<int64_t>& keys = reader.depend_on_the_time;
      for (size_t begin = 0; begin < keys.size(); begin += kDomainsAtOnce) {
        const size_t count = std::min<size_t>(kDomainsAtOnce, keys.size() - begin);
        const absl::Status status = Fetch(std::span(keys).subspan(begin, count));
        if (!status.ok()) return status;
      }
    }
    return absl::OkStatus();
  }

  absl::Status Fetch(std::span<const int64_t> keys) {
    static const Statement kFetch{
        "zone_domains_by_key",
        Concat("SELECT ", kDelegationColumns,
               " FROM domains WHERE id = ANY($1::bigint[]) AND right(name, $2) = $3")};
    Int8s array;
    for (const int64_t key : keys) array.Add(key);
    absl::StatusOr<Result> found = readers_[0].connection->Run(
        kFetch, Parameters().Add(array).Add(static_cast<int32_t>(suffix_.size())).Add(suffix_));
    if (!found.ok()) return found.status();
    for (int i = 0; i < found->rows(); ++i) {
      if (order_.stop.stop_requested()) return absl::CancelledError("asked to stop");
      const Domain domain = ReadDomain(found->Row(i));
      const absl::Status status = sink_.Take(Shown(domain), *directory_);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  Domain Shown(const Domain& domain) const {
    if (IsPrimary()) return domain;
    return ShownAs(domain, directory_->bundles().Other(domain.name).value_or(domain.name));
  }

  const ZoneScan& order_;
  ZoneSink& sink_;
  std::vector<Reader> readers_;
  std::shared_ptr<const Directory> directory_;
  std::string primary_;   // the TLD that the domains are kept under
  std::string suffix_;    // of their names
  bool has_ttls_ = true;  // that registrars choose
  std::string shared_;    // the snapshot's name, once others have joined
  int64_t host_pages_ = 0, domain_pages_ = 0;

  std::atomic<bool> failed_ = false;
  std::mutex mutex_;  // of what follows
  absl::Status status_;
  int64_t pages_done_ = 0;
};

}  // namespace

absl::Status ScanZone(const ZoneScan& scan, ZoneSink& sink) {
  // It becomes part of the SQL: COPY takes no parameters.
  if (!IsLabel(scan.tld)) return absl::InvalidArgumentError("not a top-level domain");
  return Scan(scan, sink).Run();
}

}  // namespace registry::store
