#include "bench/load/answer.h"
#include "bench/load/workloads.h"
#include "registry/base/text.h"

namespace bench {
namespace {

constexpr int kCommandFailed = 2400;  // the registry's fault: nothing has changed

class RenewLoad : public Workload {
 public:
  RenewLoad(const Frames& frames, Stock& stock) : frames_(frames), stock_(stock) {}

  std::optional<Request> Next(int, std::string& out) override {
    const std::optional<uint32_t> name = stock_.renewals->Take();
    if (!name.has_value()) return std::nullopt;
    frames_.Renew(stock_.names.At(*name), stock_.renewals->ExpiryDayOf(*name), out);
    return Request{Kind::kRenew, *name};
  }

  void OnAnswer(int, const Request& request, const Answer& answer) override {
    const std::string_view day = ExpiryDayOf(answer.xml);
    if (answer.code == 1000 && !day.empty()) {
      stock_.renewals->Renewed(request.name, day);
    } else if (answer.code == kCommandFailed) {
      stock_.renewals->GiveBack(request.name);
    } else {
      stock_.renewals->Drop(request.name);
    }
  }

  void OnLost(int, const Request& request) override { stock_.renewals->Drop(request.name); }

  std::string problem() const override {
    if (!stock_.renewals->used_up()) return "";
    return registry::Concat("all ", stock_.count, " names are used up: each was renewed ",
                            Renewals::kMost, " times, or refused; give more --names");
  }

 private:
  const Frames& frames_;
  Stock& stock_;
};

}  // namespace

std::unique_ptr<Workload> MakeRenewals(const Frames& frames, Stock& stock) {
  return std::make_unique<RenewLoad>(frames, stock);
}

}  // namespace bench
