#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "bench/load/deck.h"
#include "bench/load/frames.h"
#include "bench/load/name_series.h"
#include "bench/load/options.h"
#include "bench/load/renewals.h"
#include "bench/load/workload.h"

namespace bench {

// What renew, check, info and update work on.
struct Stock {
  NameSeries names;
  uint32_t count = 0;
  std::unique_ptr<Renewals> renewals;  // null if nothing changes the names
};

// The names that exist by the options, or those that a preparation is to make in the run `run`.
Stock MakeStock(const Options& options, std::string_view run);

// `frames` and `stock` must outlive the workloads.

// Creates the stock's names and notes their expiry days; done when all are there.
std::unique_ptr<Workload> MakePreparation(const Frames& frames, Stock& stock);
// Creates fresh names without end.
std::unique_ptr<Workload> MakeCreates(const Frames& frames, NameSeries fresh);
// Asks about the stock's names in an order that no cache is fond of.
std::unique_ptr<Workload> MakeChecks(const Frames& frames, Stock& stock);
std::unique_ptr<Workload> MakeInfos(const Frames& frames, Stock& stock);
std::unique_ptr<Workload> MakeHellos(const Frames& frames);
// Renews the stock's names by a year until all are used up.
std::unique_ptr<Workload> MakeRenewals(const Frames& frames, Stock& stock);
// Replaces the authInfo of the stock's names.
std::unique_ptr<Workload> MakeUpdates(const Frames& frames, Stock& stock);
// All of these in the proportions of `deck`.
std::unique_ptr<Workload> MakeMix(const Frames& frames, Stock& stock, NameSeries fresh, Deck deck);
// Creates delegations, changes their name servers and DS records and deletes them, and watches the
// name servers that the options name for it. kInvalidArgument: too few hosts, or no such server.
absl::StatusOr<std::unique_ptr<Workload>> MakeDelegations(const Options& options,
                                                          const Frames& frames, NameSeries fresh);
// Does every session work through the names in an order of its own, or all in the same? In the same
// order a session that is ahead once is the first to ask for every name that follows.
enum class StormOrder { kOwn, kSame };
// Every session creates the same `count` names.
std::unique_ptr<Workload> MakeStorm(const Frames& frames, NameSeries names, uint32_t count,
                                    int sessions, StormOrder order);

// Also writes a line for each create of `inner` to a file: the result code, 0 if the connection
// broke before the answer, and the name.
absl::StatusOr<std::unique_ptr<Workload>> MakeRecorded(std::unique_ptr<Workload> inner,
                                                       NameSeries fresh, const std::string& path);

// The one that the options ask for; none for `idle`.
absl::StatusOr<std::unique_ptr<Workload>> MakeWorkload(const Options& options, std::string_view run,
                                                       const Frames& frames, Stock& stock);
// Whether the stock's names have to be made for it.
bool NeedsPreparation(const Options& options);

}  // namespace bench
