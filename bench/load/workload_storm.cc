#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "bench/load/workloads.h"

namespace bench {
namespace {

class Storm : public Workload {
 public:
  Storm(const Frames& frames, NameSeries names, uint32_t count, int sessions, StormOrder order)
      : frames_(frames),
        names_(std::move(names)),
        next_(static_cast<size_t>(sessions)),
        unanswered_(int64_t{count} * sessions) {
    std::vector<uint32_t> list(count);
    std::iota(list.begin(), list.end(), 0);
    std::minstd_rand lots(20);
    for (int i = 0; i < sessions; ++i) {
      if (order == StormOrder::kOwn) std::shuffle(list.begin(), list.end(), lots);
      lists_.push_back(list);
    }
  }

  std::optional<Request> Next(int session, std::string& out) override {
    uint32_t& next = next_[static_cast<size_t>(session)];
    const std::vector<uint32_t>& list = lists_[static_cast<size_t>(session)];
    if (next == list.size()) return std::nullopt;
    const uint32_t index = list[next++];
    frames_.Create(names_.At(index), out);
    return Request{Kind::kCreate, index};
  }

  void OnAnswer(int, const Request&, const Answer&) override { --unanswered_; }

  // Answers come in the order of the commands: what is lost are the session's last ones.
  void OnLost(int session, const Request&) override { --next_[static_cast<size_t>(session)]; }

  bool done() const override { return unanswered_ == 0; }

 private:
  const Frames& frames_;
  NameSeries names_;
  std::vector<std::vector<uint32_t>> lists_;  // by session: indexes of all names
  std::vector<uint32_t> next_;                // by session
  int64_t unanswered_;
};

}  // namespace

std::unique_ptr<Workload> MakeStorm(const Frames& frames, NameSeries names, uint32_t count,
                                    int sessions, StormOrder order) {
  return std::make_unique<Storm>(frames, std::move(names), count, sessions, order);
}

}  // namespace bench
