// What a command costs our own process from its frame to its answer's XML, the store's part with it
// and TLS apart: the bytes that it allocates, in a group of a hundred.
// tests/end_to_end/instructions_test.py runs this under callgrind and counts instructions. The
// limits are there to be lowered; raising one takes a reason.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "absl/time/civil_time.h"
#include "bench/load/frames.h"
#include "epp/dispatch.h"
#include "registry/base/text.h"
#include "registry/types/years.h"
#include "tests/registry/store/group_scene.h"

namespace {

std::atomic<int64_t> allocated_bytes{0};

void* Allocate(size_t size) {
  allocated_bytes.fetch_add(static_cast<int64_t>(size), std::memory_order_relaxed);
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

// All of the process: what OpenSSL and libpq allocate by malloc is not counted.
void* operator new(size_t size) { return Allocate(size); }
void* operator new[](size_t size) { return Allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, size_t) noexcept { std::free(memory); }

namespace epp {
namespace {

using registry::Concat;
using registry::ResultCode;

constexpr int kGroup = 100;

// As many groups as POSTEL_COST_GROUPS says, so that two runs tell what a group takes.
int Groups() {
  const char* const groups = std::getenv("POSTEL_COST_GROUPS");
  return groups == nullptr ? 2 : std::atoi(groups);
}

class CostTest : public testing::Test {
 protected:
  CostTest() : frames_(Sample()) {
    session_.logged_in = true;
    session_.registrar = group_.scene.gold;
    session_.objects.Add(Object::kDomain);
  }

  static bench::Options Sample() {
    bench::Options options;
    options.registrant = "holder";
    options.name_servers = {"ns1.example.net", "ns2.example.net"};
    return options;
  }

  // Reads, decides, commits and answers the frames as one group. Gives the bytes that it allocated.
  int64_t Run(const std::vector<std::string>& frames) {
    group_.Begin();
    const int64_t before = allocated_bytes;
    std::vector<Rendering> renderings(frames.size());
    registry::store::Answers arrived;
    for (size_t i = 0; i < frames.size(); ++i) {
      Call call = Dispatch(std::string_view(frames[i]).substr(4), session_);
      auto done = arrived.Place();
      Finished finished = [&renderings, i, done](Rendering rendering) {
        renderings[i] = std::move(rendering);
        done(ResultCode::kOk);
      };
      auto& action = std::get<StoreCall>(call.action);
      group_.scene.store->Submit(std::move(action.make_job)(std::move(finished)));
    }
    group_.End();
    arrived.Await();
    for (Rendering& rendering : renderings) {
      const Answer answer = std::move(rendering)();
      EXPECT_EQ(answer.code, ResultCode::kOk) << answer.xml;
    }
    EXPECT_EQ(group_.GroupsSinceEnd(), 1);
    return allocated_bytes - before;
  }

  std::vector<std::string> Creates(int group) const {
    std::vector<std::string> frames(kGroup);
    for (int i = 0; i < kGroup; ++i) frames_.Create(Concat("n", group, "-", i, ".org"), frames[i]);
    return frames;
  }
  std::vector<std::string> Renewals(int group) const {
    const absl::Time expires = registry::AddYears(group_.scene.clock.Now(), 1);
    const std::string expiry = absl::FormatCivilTime(registry::UtcDay(expires));
    std::vector<std::string> frames(kGroup);
    for (int i = 0; i < kGroup; ++i) {
      frames_.Renew(Concat("n", group, "-", i, ".org"), expiry, frames[i]);
    }
    return frames;
  }

  registry::store::GroupScene group_;
  SessionView session_;
  bench::Frames frames_;
};

TEST_F(CostTest, BytesOfACreate) {
  int64_t bytes = 0;
  for (int group = 0; group < Groups(); ++group) bytes = Run(Creates(group));
  RecordProperty("bytes_per_create", Concat(bytes / kGroup));
  EXPECT_LT(bytes / kGroup,
            24000);  // measured: 22166
}

TEST_F(CostTest, BytesOfARenewal) {
  int64_t bytes = 0;
  for (int group = 0; group < Groups(); ++group) {
    Run(Creates(group));
    bytes = Run(Renewals(group));
  }
  RecordProperty("bytes_per_renewal", Concat(bytes / kGroup));
  EXPECT_LT(bytes / kGroup, 22000);  // measured: 20405
}

}  // namespace
}  // namespace epp
