#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/change_notice.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"

namespace registry::store {

// Who sends a command.
struct Origin {
  RegistrarKey asker = kNoRegistrar;
  std::string client_id;     // clTRID, may be empty
  std::string_view command;  // static text for logs and history, "domain-renew"
  OperatorNote note = {};    // with kOperator
};

// What became of a command.
template <class Answer>
struct Reply {
  // Not ok: the world broke and nothing was changed, or kUnknown: nobody can say whether it was.
  absl::Status status;
  std::optional<Outcome<Answer>> outcome;      // there if status is ok
  ResultCode code = ResultCode::kOk;           // of an outcome that is ok
  TransactionNumber number = 0;                // the svTRID's
  absl::Time now;                              // as the command saw it
  std::shared_ptr<const Directory> directory;  // as the command saw it
};

// One command on its way through a group (DESIGN section 3). Decide may run several times, in
// groups that are rolled back; the last decision counts. Then exactly one of Finish and Fail is
// called.
class Job {
 public:
  explicit Job(Origin origin) : origin_(std::move(origin)) {}
  virtual ~Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  const Origin& origin() const { return origin_; }
  virtual bool read_only() const = 0;
  virtual Needs CollectNeeds() const = 0;
  // Appends to `changes` if accepted; leaves it alone if rejected. Does not wait or do I/O.
  virtual void Decide(const Context& context, const WorkingSet& set, Changes* changes) = 0;
  virtual void Finish(TransactionNumber number, absl::Time now,
                      std::shared_ptr<const Directory> directory) = 0;
  virtual void Fail(TransactionNumber number, const absl::Status& status) = 0;

 private:
  Origin origin_;
};

namespace internal {
template <class T>
struct ApplyResult;  // Outcome<Applied<A>> changes the registry, Outcome<A> only reads it
template <class A>
struct ApplyResult<Outcome<Applied<A>>> {
  using Answer = A;
  static constexpr bool kReadOnly = false;
};
template <class A>
struct ApplyResult<Outcome<A>> {
  using Answer = A;
  static constexpr bool kReadOnly = true;
};
template <class Command>
using ResultOf =
    ApplyResult<decltype(Apply(std::declval<const Command&>(), std::declval<const Context&>(),
                               std::declval<const WorkingSet&>()))>;
}  // namespace internal

template <class Command>
using AnswerOf = typename internal::ResultOf<Command>::Answer;
template <class Command>
inline constexpr bool kReadOnly = internal::ResultOf<Command>::kReadOnly;

// Checks Admit, then the command's Apply. `Then` is called as then(Reply<AnswerOf<Command>>), from
// one of the store's threads; it must not block.
template <class Command, class Then>
class CommandJob;

template <class Command, class Then>
std::unique_ptr<Job> MakeJob(Origin origin, Command command, Then then);

}  // namespace registry::store

#include "registry/store/command_job.h"  // IWYU pragma: export
