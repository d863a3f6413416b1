#include "bench/load/workloads.h"

namespace bench {
namespace {

using Append = void (Frames::*)(std::string_view name, std::string& out) const;

class Queries : public Workload {
 public:
  Queries(Kind kind, Append append, const Frames& frames, Stock& stock)
      : kind_(kind), append_(append), frames_(frames), stock_(stock), order_(stock.count) {}

  std::optional<Request> Next(int, std::string& out) override {
    const uint32_t name = order_.Next();
    (frames_.*append_)(stock_.names.At(name), out);
    return Request{kind_, name};
  }

 private:
  const Kind kind_;
  const Append append_;
  const Frames& frames_;
  Stock& stock_;
  VisitingOrder order_;
};

class Hellos : public Workload {
 public:
  explicit Hellos(const Frames& frames) : frames_(frames) {}

  std::optional<Request> Next(int, std::string& out) override {
    frames_.Hello(out);
    return Request{Kind::kHello, 0};
  }

 private:
  const Frames& frames_;
};

}  // namespace

std::unique_ptr<Workload> MakeChecks(const Frames& frames, Stock& stock) {
  return std::make_unique<Queries>(Kind::kCheck, &Frames::Check, frames, stock);
}

std::unique_ptr<Workload> MakeInfos(const Frames& frames, Stock& stock) {
  return std::make_unique<Queries>(Kind::kInfo, &Frames::Info, frames, stock);
}

std::unique_ptr<Workload> MakeHellos(const Frames& frames) {
  return std::make_unique<Hellos>(frames);
}

}  // namespace bench
