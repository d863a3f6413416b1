#include "bench/load/workloads.h"

namespace bench {
namespace {

class Updates : public Workload {
 public:
  Updates(const Frames& frames, Stock& stock) : frames_(frames), stock_(stock) {}

  // From the names that may be renewed, so that nobody renews it meanwhile.
  std::optional<Request> Next(int, std::string& out) override {
    const std::optional<uint32_t> name = stock_.renewals->Take();
    if (!name.has_value()) return std::nullopt;
    const char variant = static_cast<char>('0' + updates_++ % 10);
    frames_.Update(stock_.names.At(*name), {&variant, 1}, out);
    return Request{Kind::kUpdate, *name};
  }

  void OnAnswer(int, const Request& request, const Answer&) override {
    stock_.renewals->GiveBack(request.name);
  }

  void OnLost(int, const Request& request) override { stock_.renewals->GiveBack(request.name); }

 private:
  const Frames& frames_;
  Stock& stock_;
  uint32_t updates_ = 0;
};

}  // namespace

std::unique_ptr<Workload> MakeUpdates(const Frames& frames, Stock& stock) {
  return std::make_unique<Updates>(frames, stock);
}

}  // namespace bench
