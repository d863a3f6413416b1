#include <vector>

#include "bench/load/workloads.h"

namespace bench {
namespace {

class Storm : public Workload {
 public:
  Storm(const Frames& frames, NameSeries names, uint32_t count, int sessions)
      : frames_(frames),
        names_(std::move(names)),
        count_(count),
        next_(static_cast<size_t>(sessions)),
        unanswered_(int64_t{count} * sessions) {}

  std::optional<Request> Next(int session, std::string& out) override {
    uint32_t& next = next_[static_cast<size_t>(session)];
    if (next == count_) return std::nullopt;
    frames_.Create(names_.At(next), out);
    return Request{Kind::kCreate, next++};
  }

  void OnAnswer(int, const Request&, const Answer&) override { --unanswered_; }

  // Answers come in the order of the commands: what is lost are the session's last ones.
  void OnLost(int session, const Request&) override { --next_[static_cast<size_t>(session)]; }

  bool done() const override { return unanswered_ == 0; }

 private:
  const Frames& frames_;
  NameSeries names_;
  const uint32_t count_;
  std::vector<uint32_t> next_;  // by session
  int64_t unanswered_;
};

}  // namespace

std::unique_ptr<Workload> MakeStorm(const Frames& frames, NameSeries names, uint32_t count,
                                    int sessions) {
  return std::make_unique<Storm>(frames, std::move(names), count, sessions);
}

}  // namespace bench
