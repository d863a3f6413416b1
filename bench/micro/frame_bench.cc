// How long a frame takes to become a command.
#include <benchmark/benchmark.h>

#include "bench/load/frames.h"
#include "epp/dispatch.h"

namespace {

epp::SessionView LoggedIn() {
  epp::SessionView session;
  session.logged_in = true;
  session.registrar = registry::RegistrarKey{1};
  session.objects.Add(epp::Object::kDomain);
  return session;
}

void Parse(benchmark::State& state, const std::string& frame) {
  const epp::SessionView session = LoggedIn();
  const std::string_view xml = std::string_view(frame).substr(4);
  for (auto _ : state) {
    epp::Call call = epp::Dispatch(xml, session);
    if (!std::holds_alternative<epp::StoreCall>(call.action)) state.SkipWithError("not understood");
    benchmark::DoNotOptimize(call);
  }
}

void ParseCreate(benchmark::State& state) {
  bench::Options options;
  options.registrant = "sample-contact";
  options.name_servers = "ns1.sample.org,ns2.sample.org";
  Parse(state, bench::CreateFrame(options, "sample-name.org"));
}
BENCHMARK(ParseCreate);

void ParseRenew(benchmark::State& state) {
  Parse(state, bench::RenewFrame("sample-name.org", "2027-11-23"));
}
BENCHMARK(ParseRenew);

void ParseCheck(benchmark::State& state) { Parse(state, bench::CheckFrame("sample-name.org")); }
BENCHMARK(ParseCheck);

}  // namespace
