#pragma once

// The templates of job.h. Include that.
#include "registry/commands/operator_changes.h"
#include "registry/rules/access.h"
#include "registry/store/job.h"

namespace registry::store {

template <class Command, class Then>
class CommandJob final : public Job {
 public:
  using Answer = AnswerOf<Command>;

  CommandJob(Origin origin, Command command, Then then)
      : Job(std::move(origin)), command_(std::move(command)), then_(std::move(then)) {}

  bool read_only() const override { return kReadOnly<Command>; }
  Needs CollectNeeds() const override {
    Needs needs = NeedsOf(command_);
    if (IsOperators()) AddWhatIsShown(&needs);
    return needs;
  }

  void Decide(const Context& context, const WorkingSet& set, Changes* changes) override {
    code_ = ResultCode::kOk;
    if (std::optional<Rejection> refused = Admit(context)) {
      outcome_.emplace(*std::move(refused));
      return;
    }
    auto result = Apply(command_, context, set);
    if constexpr (kReadOnly<Command>) {
      outcome_.emplace(std::move(result));
    } else if (result.ok()) {
      code_ = result->code;
      if (IsOperators()) {
        TellSponsors(origin().note, origin().command, context, set, &result->changes);
      }
      changes->Append(std::move(result->changes));
      outcome_.emplace(std::move(result->answer));
    } else {
      outcome_.emplace(result.rejection());
    }
  }

  void Finish(TransactionNumber number, absl::Time now,
              std::shared_ptr<const Directory> directory) override {
    then_(Reply<Answer>{absl::OkStatus(), std::move(outcome_), code_, number, now,
                        std::move(directory)});
  }
  void Fail(TransactionNumber number, const absl::Status& status) override {
    then_(Reply<Answer>{status, std::nullopt, ResultCode::kCommandFailed, number, absl::Time(),
                        nullptr});
  }

 private:
  bool IsOperators() const { return !kReadOnly<Command> && origin().asker == kOperator; }

  Command command_;
  Then then_;
  std::optional<Outcome<Answer>> outcome_;
  ResultCode code_ = ResultCode::kOk;
};

template <class Command, class Then>
std::unique_ptr<Job> MakeJob(Origin origin, Command command, Then then) {
  return std::make_unique<CommandJob<Command, Then>>(std::move(origin), std::move(command),
                                                     std::move(then));
}

}  // namespace registry::store
