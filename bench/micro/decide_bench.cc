// How long the core takes to decide a group of creates, merging included.
#include <benchmark/benchmark.h>

#include "registry/base/text.h"
#include "registry/commands/domain_create.h"
#include "registry/lifecycle/project.h"

namespace {

using namespace registry;  // NOLINT: a benchmark of one namespace

constexpr RegistrarKey kGold{1};

Directory OneTld() {
  Directory directory;
  TldPolicy policy;
  policy.tld = "org";
  directory.Add(policy);
  Registrar gold;
  gold.key = kGold;
  gold.id = RegistrarId("gold");
  directory.Add(gold);
  return directory;
}

std::vector<DomainCreate> Creates(int64_t count) {
  std::vector<DomainCreate> creates;
  for (int64_t i = 0; i < count; ++i) {
    DomainCreate create;
    create.name = DomainName::Trusted(Concat("sample-", i, ".org"));
    create.registrant = ContactId("sample");
    create.name_servers = {DomainName("ns1.sample.example"), DomainName("ns2.sample.example")};
    creates.push_back(create);
  }
  return creates;
}

WorkingSet LoadedSet(const std::vector<DomainCreate>& creates) {
  WorkingSet set;
  for (const DomainCreate& create : creates) set.AddAbsentDomain(create.name);
  for (int i : {1, 2}) {
    Host host;
    host.key = HostKey{i};
    host.name = DomainName(Concat("ns", i, ".sample.example"));
    set.Add(host);
  }
  Contact contact;
  contact.key = ContactKey{3};
  contact.id = ContactId("sample");
  set.Add(contact);
  set.SetBalance(kGold, Money{1'000'000'000});
  return set;
}

void DecideGroupOfCreates(benchmark::State& state) {
  const Directory directory = OneTld();
  const std::vector<DomainCreate> creates = Creates(state.range(0));
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  for (auto _ : state) {
    state.PauseTiming();
    WorkingSet set = LoadedSet(creates);
    state.ResumeTiming();
    TransactionNumber number = 100;
    for (const DomainCreate& create : creates) {
      Context context{kGold, now, number++, "", directory};
      auto result = Apply(create, context, set);
      if (!result.ok()) state.SkipWithError("refused");
      benchmark::DoNotOptimize(set.Merge(std::move(result->changes)));
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(DecideGroupOfCreates)->Arg(1)->Arg(128);

void ProjectAnOrdinaryDomain(benchmark::State& state) {
  const Directory directory = OneTld();
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  Domain row;
  row.name = DomainName("sample.org");
  row.created = now - absl::Hours(1000);
  row.expires = now + absl::Hours(1000);
  for (auto _ : state) benchmark::DoNotOptimize(Project(row, now, directory));
}
BENCHMARK(ProjectAnOrdinaryDomain);

}  // namespace
