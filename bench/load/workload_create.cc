#include "bench/load/workloads.h"

namespace bench {
namespace {

class Creates : public Workload {
 public:
  Creates(const Frames& frames, NameSeries fresh) : frames_(frames), fresh_(std::move(fresh)) {}

  std::optional<Request> Next(int, std::string& out) override {
    const uint32_t name = next_++;
    frames_.Create(fresh_.At(name), out);
    return Request{Kind::kCreate, name};
  }

 private:
  const Frames& frames_;
  NameSeries fresh_;
  uint32_t next_ = 0;
};

}  // namespace

std::unique_ptr<Workload> MakeCreates(const Frames& frames, NameSeries fresh) {
  return std::make_unique<Creates>(frames, std::move(fresh));
}

}  // namespace bench
