#include <array>

#include "bench/load/workloads.h"

namespace bench {
namespace {

class Mix : public Workload {
 public:
  Mix(const Frames& frames, Stock& stock, NameSeries fresh, Deck deck) : deck_(std::move(deck)) {
    Part(Kind::kCreate) = MakeCreates(frames, std::move(fresh));
    Part(Kind::kRenew) = MakeRenewals(frames, stock);
    Part(Kind::kCheck) = MakeChecks(frames, stock);
    Part(Kind::kInfo) = MakeInfos(frames, stock);
    Part(Kind::kUpdate) = MakeUpdates(frames, stock);
    Part(Kind::kHello) = MakeHellos(frames);
  }

  std::optional<Request> Next(int session, std::string& out) override {
    std::optional<Request> request = Part(deck_.Top())->Next(session, out);
    // A card that cannot be played stays on top: the proportions are kept.
    if (request.has_value()) deck_.Deal();
    return request;
  }

  void OnAnswer(int session, const Request& request, const Answer& answer) override {
    Part(request.kind)->OnAnswer(session, request, answer);
  }

  void OnLost(int session, const Request& request) override {
    Part(request.kind)->OnLost(session, request);
  }

  std::string problem() const override {
    if (!deck_.Has(Kind::kRenew) && !deck_.Has(Kind::kUpdate)) return "";
    return parts_[static_cast<size_t>(Kind::kRenew)]->problem();
  }

 private:
  std::unique_ptr<Workload>& Part(Kind kind) { return parts_[static_cast<size_t>(kind)]; }

  Deck deck_;
  std::array<std::unique_ptr<Workload>, kKinds> parts_;
};

}  // namespace

std::unique_ptr<Workload> MakeMix(const Frames& frames, Stock& stock, NameSeries fresh, Deck deck) {
  return std::make_unique<Mix>(frames, stock, std::move(fresh), std::move(deck));
}

}  // namespace bench
