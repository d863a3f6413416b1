// How long a frame takes to become a command, and an answer to become a frame.
#include <benchmark/benchmark.h>

#include "bench/micro/sample.h"
#include "epp/dispatch.h"
#include "registry/store/job.h"

namespace {

namespace sample = bench::sample;

epp::SessionView LoggedIn() {
  epp::SessionView session;
  session.logged_in = true;
  session.registrar = sample::kGold;
  session.objects.Add(epp::Object::kDomain);
  return session;
}

std::string CreateFrame() {
  std::string frame;
  sample::SampleFrames().Create(sample::NameOf(0).text(), frame);
  return frame;
}

std::string RenewFrame() {
  const std::string day = absl::FormatCivilTime(sample::RenewOf(0).current_expiry);
  std::string frame;
  sample::SampleFrames().Renew(sample::NameOf(0).text(), day, frame);
  return frame;
}

std::string CheckFrame() {
  std::string frame;
  sample::SampleFrames().Check(sample::NameOf(0).text(), frame);
  return frame;
}

std::string InfoFrame() {
  std::string frame;
  sample::SampleFrames().Info(sample::NameOf(0).text(), frame);
  return frame;
}

epp::Call Dispatch(const std::string& frame) {
  return epp::Dispatch(std::string_view(frame).substr(4), LoggedIn());
}

void Parse(benchmark::State& state, std::string (*frame_of)()) {
  const std::string frame = frame_of();
  for (auto _ : state) {
    epp::Call call = Dispatch(frame);
    if (!std::holds_alternative<epp::StoreCall>(call.action)) state.SkipWithError("not understood");
    benchmark::DoNotOptimize(call);
  }
}
BENCHMARK_CAPTURE(Parse, Create, CreateFrame);
BENCHMARK_CAPTURE(Parse, Renew, RenewFrame);
BENCHMARK_CAPTURE(Parse, Check, CheckFrame);
BENCHMARK_CAPTURE(Parse, Info, InfoFrame);

// The frame's command, decided: all but the rendering is done.
epp::Rendering Decided(const std::string& frame, const registry::WorkingSet& set,
                       const std::shared_ptr<const registry::Directory>& directory) {
  epp::Rendering rendering;
  epp::Call call = Dispatch(frame);
  auto job = std::move(std::get<epp::StoreCall>(call.action).make_job)(
      [&rendering](epp::Rendering made) { rendering = std::move(made); });
  registry::Changes changes;
  job->Decide(sample::AsGold(*directory, 1'000'000), set, &changes);
  job->Finish(1'000'000, sample::Now(), directory);
  return rendering;
}

void Render(benchmark::State& state, std::string (*frame_of)(),
            registry::WorkingSet (*loaded)(int64_t)) {
  constexpr int kBatch = 256;  // stopping the clock takes as long as rendering
  const std::string frame = frame_of();
  const registry::WorkingSet set = loaded(1);
  const auto directory = sample::OneTld();
  std::vector<epp::Rendering> renderings(kBatch);
  while (state.KeepRunningBatch(kBatch)) {
    state.PauseTiming();
    for (epp::Rendering& rendering : renderings) rendering = Decided(frame, set, directory);
    state.ResumeTiming();
    for (epp::Rendering& rendering : renderings) {
      const epp::Answer answer = std::move(rendering)();
      if (answer.code != registry::ResultCode::kOk) state.SkipWithError("refused");
    }
  }
}
BENCHMARK_CAPTURE(Render, Create, CreateFrame, sample::Unregistered);
BENCHMARK_CAPTURE(Render, Renew, RenewFrame, sample::Registered);
BENCHMARK_CAPTURE(Render, Check, CheckFrame, sample::Registered);
BENCHMARK_CAPTURE(Render, Info, InfoFrame, sample::Registered);

}  // namespace
