#include "bench/load/workloads.h"

#include "registry/base/text.h"

namespace bench {
namespace {

bool Changes(const Options& options) {
  return options.command == "renew" || options.command == "mix";
}

bool UsesStock(const Options& options) {
  return Changes(options) || options.command == "check" || options.command == "info";
}

}  // namespace

bool NeedsPreparation(const Options& options) {
  return UsesStock(options) && options.names_prefix.empty();
}

Stock MakeStock(const Options& options, std::string_view run) {
  // A run's creates are of another series, so that they never meet its stock.
  Stock stock{options.names_prefix.empty()
                  ? NameSeries::Fresh(registry::Concat(options.prefix, "-s"), run, options.tld)
                  : NameSeries::Existing(options.names_prefix, static_cast<uint64_t>(options.first),
                                         options.tld),
              static_cast<uint32_t>(options.names), nullptr};
  if (!Changes(options)) return stock;
  stock.renewals = std::make_unique<Renewals>(stock.count);
  if (options.names_prefix.empty()) return stock;
  VisitingOrder order(stock.count);
  for (uint32_t i = 0; i < stock.count; ++i) stock.renewals->Add(order.Next(), options.expiry);
  return stock;
}

absl::StatusOr<std::unique_ptr<Workload>> MakeWorkload(const Options& options, std::string_view run,
                                                       const Frames& frames, Stock& stock) {
  const std::string& command = options.command;
  NameSeries fresh = NameSeries::Fresh(options.prefix, run, options.tld);
  if (command == "create") return MakeCreates(frames, std::move(fresh));
  if (command == "renew") return MakeRenewals(frames, stock);
  if (command == "check") return MakeChecks(frames, stock);
  if (command == "info") return MakeInfos(frames, stock);
  if (command == "hello") return MakeHellos(frames);
  if (command == "delegations") return MakeDelegations(options, frames, std::move(fresh));
  if (command == "storm") {
    return MakeStorm(frames, std::move(fresh), static_cast<uint32_t>(options.names),
                     options.sessions, options.same_order ? StormOrder::kSame : StormOrder::kOwn);
  }
  if (command != "mix") return nullptr;
  absl::StatusOr<Deck> deck = Deck::Parse(options.mix);
  if (!deck.ok()) return deck.status();
  return MakeMix(frames, stock, std::move(fresh), *std::move(deck));
}

}  // namespace bench
