#include <fstream>

#include "bench/load/workloads.h"

namespace bench {
namespace {

class Recorded : public Workload {
 public:
  Recorded(std::unique_ptr<Workload> inner, NameSeries fresh, std::ofstream file)
      : inner_(std::move(inner)), fresh_(std::move(fresh)), file_(std::move(file)) {}

  std::optional<Request> Next(int session, std::string& out) override {
    return inner_->Next(session, out);
  }
  void OnAnswer(int session, const Request& request, const Answer& answer) override {
    Record(request, answer.code);
    inner_->OnAnswer(session, request, answer);
  }
  void OnLost(int session, const Request& request) override {
    Record(request, 0);
    inner_->OnLost(session, request);
  }
  bool done() const override { return inner_->done(); }
  std::string problem() const override { return inner_->problem(); }

 private:
  void Record(const Request& request, int code) {
    if (request.kind == Kind::kCreate) file_ << code << ' ' << fresh_.At(request.name) << '\n';
  }

  std::unique_ptr<Workload> inner_;
  NameSeries fresh_;
  std::ofstream file_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Workload>> MakeRecorded(std::unique_ptr<Workload> inner,
                                                       NameSeries fresh, const std::string& path) {
  std::ofstream file(path);
  if (!file) return absl::NotFoundError(path + ": cannot be written");
  return std::make_unique<Recorded>(std::move(inner), std::move(fresh), std::move(file));
}

}  // namespace bench
