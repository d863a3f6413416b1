// How long a domain takes to become lines of the zone, apart from being read and put in order.
#include <benchmark/benchmark.h>

#include "bench/micro/sample.h"
#include "registry/rules/delegation.h"
#include "zonegen/zone_text.h"

namespace {

namespace sample = bench::sample;

void ZoneLinesOfADomain(benchmark::State& state) {
  const registry::Domain domain = sample::DomainOf(0);
  const registry::WorkingSet set = sample::Registered(1);
  std::vector<const registry::Host*> hosts;
  for (registry::HostKey key : domain.name_servers) hosts.push_back(set.FindHost(key));
  const zonegen::ZoneText text(*sample::OneTld()->Tld("org"));
  std::string lines;
  for (auto _ : state) {
    lines.clear();
    text.AppendDelegation(registry::DelegationOf(domain, hosts), lines);
    benchmark::DoNotOptimize(lines.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ZoneLinesOfADomain);

}  // namespace
