#include "zonegen/comparison.h"

#include <unistd.h>

#include "absl/time/clock.h"
#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/delegation_reader.h"
#include "zonegen/generate.h"
#include "zonegen/master_file_reader.h"
#include "zonegen/wanted_file.h"
#include "zonegen/zone_difference.h"

namespace zonegen {
namespace {

// Removes what was only made to be compared.
class TemporaryZone {
 public:
  // What a process that was killed has left goes first: no zone is judged by it.
  explicit TemporaryZone(std::string file) : file_(std::move(file)) { Remove(); }
  ~TemporaryZone() { Remove(); }
  TemporaryZone(const TemporaryZone&) = delete;
  TemporaryZone& operator=(const TemporaryZone&) = delete;

 private:
  void Remove() const {
    for (const char* suffix : {"", ".manifest"}) {
      ::unlink(registry::Concat(file_, suffix).c_str());
    }
  }

  const std::string file_;
};

absl::StatusOr<uint64_t> BarrierNow(const std::string& database) {
  registry::store::ConnectionOptions options;
  options.application = "postel-zonegen-compare";
  auto connection = registry::store::Connection::Open(database, options);
  if (!connection.ok()) return connection.status();
  return registry::store::ReadTransactionBarrier(**connection);
}

}  // namespace

absl::StatusOr<ComparisonResult> CompareZone(const ComparisonOrder& order, absl::Time now,
                                             std::stop_token stop) {
  const absl::Time started = absl::Now();
  ZoneOrder wanted;
  wanted.database = order.database;
  wanted.tld = order.tld;
  wanted.file = order.file;
  wanted.keep = 0;
  const TemporaryZone temporary(order.file);
  const auto made = GenerateZone(wanted, now, stop);
  if (!made.ok()) return made.status();
  ComparisonResult result;
  const auto barrier = BarrierNow(order.database);
  if (!barrier.ok()) return barrier.status();
  result.barrier = *barrier;

  auto reader = MasterFileReader::Open(order.file, order.tld);
  if (!reader.ok()) return reader.status();
  WantedFile names(*std::move(reader), order.fixed);
  ZoneDifference difference(names, static_cast<size_t>(order.max_differences));
  OwnerGatherer gatherer;
  Primary primary(order.server, order.tld, order.timeout);
  OwnerRecords served;
  absl::Status status = primary.Transfer([&](const DnsReply::Record& record) {
    if (stop.stop_requested()) return absl::CancelledError("asked to stop");
    if (!gatherer.Add(record.owner, record.record, &served)) return absl::OkStatus();
    return difference.Serve(std::move(served));
  });
  if (status.ok() && gatherer.Finish(&served)) status = difference.Serve(std::move(served));
  if (status.ok()) status = difference.Finish();
  if (!status.ok()) return status;
  result.owners = std::move(difference.owners());
  result.different = difference.different();
  result.compared = difference.compared();
  result.took = absl::Now() - started;
  return result;
}

}  // namespace zonegen
