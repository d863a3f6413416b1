// How long the core takes to decide: one command alone, and a group with all that it merges.
#include <benchmark/benchmark.h>

#include "bench/micro/sample.h"
#include "registry/lifecycle/project.h"

namespace {

namespace sample = bench::sample;

// Neither changes the set.
template <class Command>
void ApplyOne(benchmark::State& state, const Command& command, const registry::WorkingSet& set) {
  const auto directory = sample::OneTld();
  const registry::Context context = sample::AsGold(*directory, 100);
  for (auto _ : state) {
    auto result = Apply(command, context, set);
    if (!result.ok()) state.SkipWithError("refused");
    benchmark::DoNotOptimize(result);
  }
}

void ApplyCreate(benchmark::State& state) {
  ApplyOne(state, sample::CreateOf(0), sample::Unregistered(1));
}
BENCHMARK(ApplyCreate);

void ApplyRenew(benchmark::State& state) {
  ApplyOne(state, sample::RenewOf(0), sample::Registered(1));
}
BENCHMARK(ApplyRenew);

void ApplyCheck(benchmark::State& state) {
  ApplyOne(state, sample::CheckOf(0), sample::Registered(1));
}
BENCHMARK(ApplyCheck);

void ApplyInfo(benchmark::State& state) {
  ApplyOne(state, sample::InfoOf(0), sample::Registered(1));
}
BENCHMARK(ApplyInfo);

template <class Command>
void DecideGroup(benchmark::State& state, Command (*command_of)(int64_t),
                 registry::WorkingSet (*loaded)(int64_t)) {
  const auto directory = sample::OneTld();
  std::vector<Command> commands;
  for (int64_t i = 0; i < state.range(0); ++i) commands.push_back(command_of(i));
  for (auto _ : state) {
    state.PauseTiming();
    registry::WorkingSet set = loaded(state.range(0));
    state.ResumeTiming();
    registry::TransactionNumber number = 1'000'000;
    for (const Command& command : commands) {
      auto result = Apply(command, sample::AsGold(*directory, number++), set);
      if (!result.ok()) state.SkipWithError("refused");
      benchmark::DoNotOptimize(set.Merge(std::move(result->changes)));
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void DecideGroupOfCreates(benchmark::State& state) {
  DecideGroup(state, sample::CreateOf, sample::Unregistered);
}
BENCHMARK(DecideGroupOfCreates)->Arg(1)->Arg(128);

void DecideGroupOfRenewals(benchmark::State& state) {
  DecideGroup(state, sample::RenewOf, sample::Registered);
}
BENCHMARK(DecideGroupOfRenewals)->Arg(1)->Arg(128);

void ProjectAnOrdinaryDomain(benchmark::State& state) {
  const auto directory = sample::OneTld();
  const registry::Domain row = sample::DomainOf(0);
  for (auto _ : state) benchmark::DoNotOptimize(Project(row, sample::Now(), *directory));
}
BENCHMARK(ProjectAnOrdinaryDomain);

}  // namespace
