#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/cds/child_scanner.h"
#include "registry/net/metrics.h"
#include "registry/store/cds_scans.h"
#include "registry/store/store.h"
#include "registry/worker/config.h"

namespace worker {

// When the pass, spread evenly over the keys from the first to the last, gets on from where it is.
absl::Time DueAt(const registry::store::CdsScans::Pass& pass,
                 const registry::store::CdsScans::Keys& keys, absl::Duration spread);

// Looks at the CDS and CDNSKEY records of all delegations, batch by batch in the order of keys, and
// has the DS records changed by what they say (commands/ds_maintenance.h). Where it is stands in
// the database, so that it goes on there after a restart; of several processes one works. Not
// thread-safe, apart from the metrics.
class CdsPass {
 public:
  // kInvalidArgument: settings that are not right. `metrics` outlives this object and is closed
  // before.
  static absl::StatusOr<std::unique_ptr<CdsPass>> Open(Config config,
                                                       registry::net::Metrics& metrics);

  // What the operator wants looked at, then the pass: goes on with it, or begins the next one if
  // its time has come. Whether all went well; what did not has been logged and is tried again.
  bool Round(const std::stop_token& stop = {});
  // A whole pass, or what is left of one, whether or not it is time.
  bool RunOnce();

  // What came of looking at one name, and doing what it asks for.
  struct Finding {
    registry::store::CdsScan scan;
    registry::ChildDsVerdict verdict;
  };
  // Looks at these domains now, under all their names.
  absl::StatusOr<std::vector<Finding>> LookAt(const std::vector<registry::DomainName>& domains);

 private:
  // One name to be looked at, and the domain as it is.
  struct Item;

  CdsPass(Config config, registry::net::Metrics& metrics);
  absl::Status HandleRequests(const std::stop_token& stop);
  absl::Status HandlePass(const std::stop_token& stop, bool now);
  absl::Status RunBatches(const std::stop_token& stop, const registry::store::CdsScans::Pass& pass,
                          bool now);
  absl::StatusOr<bool> IsAhead(const registry::store::CdsScans::Pass& pass);
  absl::StatusOr<std::vector<Finding>> Handle(const registry::store::CdsBatch& batch,
                                              const std::stop_token& stop, bool* complete);
  std::vector<Item> ItemsOf(const registry::store::CdsBatch& batch) const;
  absl::Status Change(const std::vector<Item>& items, std::vector<Finding>* findings);
  void Report(const Item& item, const Finding& finding);
  void CountQueries();
  bool Note(const absl::Status& status);

  const Config config_;
  registry::SystemClock clock_;
  std::unique_ptr<registry::store::Store> store_;
  std::unique_ptr<cds::ChildScanner> scanner_;
  registry::store::CdsScans scans_;
  bool failed_ = false;  // and that has been logged
  cds::QueryCounts counted_;

  prometheus::Counter& CountOf(std::string_view result);
  registry::net::Metrics& metrics_;
  std::map<std::string, prometheus::Counter*, std::less<>> domains_;  // by result
  prometheus::Counter& udp_;
  prometheus::Counter& tcp_;
  prometheus::Counter& unanswered_;
  prometheus::Counter& failures_;
  prometheus::Gauge& resting_;
  prometheus::Gauge& last_pass_;
  struct {
    int64_t looked = 0, changed = 0, refused = 0;
    absl::Time began = absl::Now();
  } pass_;  // since it began, or since this process goes on with it
};

}  // namespace worker
