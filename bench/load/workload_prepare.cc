#include <vector>

#include "bench/load/answer.h"
#include "bench/load/workloads.h"
#include "registry/base/text.h"

namespace bench {
namespace {

class Preparation : public Workload {
 public:
  Preparation(const Frames& frames, Stock& stock) : frames_(frames), stock_(stock) {}

  std::optional<Request> Next(int, std::string& out) override {
    uint32_t name = next_;
    if (!lost_.empty()) {
      name = lost_.back();
      lost_.pop_back();
    } else if (next_ < stock_.count) {
      ++next_;
    } else {
      return std::nullopt;
    }
    frames_.Create(stock_.names.At(name), out);
    return Request{Kind::kCreate, name};
  }

  void OnAnswer(int, const Request& request, const Answer& answer) override {
    // A name whose first answer was lost may be there already.
    const bool there = answer.code == 1000 || (answer.code == 2302 && any_lost_);
    if (!there) {
      problem_ = registry::Concat("a name could not be prepared: ", answer.xml);
      return;
    }
    ++made_;
    const std::string_view day = ExpiryDayOf(answer.xml);
    if (stock_.renewals != nullptr && !day.empty()) stock_.renewals->Add(request.name, day);
  }

  void OnLost(int, const Request& request) override {
    any_lost_ = true;
    lost_.push_back(request.name);
  }

  bool done() const override { return made_ == stock_.count; }
  std::string problem() const override { return problem_; }

 private:
  const Frames& frames_;
  Stock& stock_;
  uint32_t next_ = 0, made_ = 0;
  std::vector<uint32_t> lost_;
  bool any_lost_ = false;
  std::string problem_;
};

}  // namespace

std::unique_ptr<Workload> MakePreparation(const Frames& frames, Stock& stock) {
  return std::make_unique<Preparation>(frames, stock);
}

}  // namespace bench
