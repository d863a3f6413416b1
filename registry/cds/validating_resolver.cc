#include "registry/cds/validating_resolver.h"

#include <unbound.h>

#include <utility>

#include "registry/base/text.h"
#include "registry/net/await_callback.h"

namespace cds {
namespace {

namespace asio = boost::asio;
using registry::Concat;
using registry::net::Callback;
using Answer = ValidatingResolver::Answer;

constexpr int kClassIn = 1;

Answer ReadResult(int error, const ub_result* result) {
  if (error != 0 || result == nullptr) return {Answer::State::kFailed, {}, ub_strerror(error)};
  Answer answer;
  if (result->bogus) {
    answer.trouble = result->why_bogus != nullptr ? result->why_bogus : "validation failed";
    return answer;
  }
  const bool nothing = result->nxdomain || (result->rcode == 0 && !result->havedata);
  if (!result->havedata && !nothing) {
    answer.trouble = Concat("RCODE ", result->rcode);
    return answer;
  }
  answer.state = result->secure ? Answer::State::kSecure : Answer::State::kInsecure;
  for (int i = 0; result->havedata && result->data[i] != nullptr; ++i) {
    answer.rdata.emplace_back(result->data[i], static_cast<size_t>(result->len[i]));
  }
  return answer;
}

void Finish(void* data, int error, ub_result* result) {
  const std::unique_ptr<Callback<Answer>> callback(static_cast<Callback<Answer>*>(data));
  Answer answer = ReadResult(error, result);
  ub_resolve_free(result);
  std::move (*callback)(std::move(answer));
}

absl::Status Check(int error, std::string_view what) {
  if (error == 0) return absl::OkStatus();
  return absl::InvalidArgumentError(Concat(what, ": ", ub_strerror(error)));
}

absl::Status Configure(ub_ctx* context, const ValidatingResolver::Options& options) {
  absl::Status status = Check(ub_ctx_async(context, 1), "libunbound");
  // Its own messages go to nowhere: what matters of them stands in the answers.
  if (status.ok()) status = Check(ub_ctx_debugout(context, nullptr), "libunbound");
  for (const auto& [option, value] :
       {std::pair("msg-cache-size:", "32m"), std::pair("rrset-cache-size:", "64m"),
        std::pair("num-queries-per-thread:", "2048"), std::pair("outgoing-range:", "4096")}) {
    if (status.ok()) status = Check(ub_ctx_set_option(context, option, value), option);
  }
  if (status.ok() && options.asks_localhost) {
    status = Check(ub_ctx_set_option(context, "do-not-query-localhost:", "no"), "libunbound");
  }
  if (status.ok() && !options.configuration.empty()) {
    status = Check(ub_ctx_config(context, options.configuration.c_str()), options.configuration);
  }
  if (status.ok() && !options.forwarder.empty()) {
    status = Check(ub_ctx_set_fwd(context, options.forwarder.c_str()), options.forwarder);
  }
  for (const std::string& file : options.trust_anchors) {
    if (status.ok()) status = Check(ub_ctx_add_ta_file(context, file.c_str()), file);
  }
  return status;
}

}  // namespace

void ValidatingResolver::Delete::operator()(ub_ctx* context) const { ub_ctx_delete(context); }

absl::StatusOr<std::unique_ptr<ValidatingResolver>> ValidatingResolver::Open(
    asio::io_context& io, const Options& options) {
  std::unique_ptr<ub_ctx, Delete> context(ub_ctx_create());
  if (context == nullptr) return absl::ResourceExhaustedError("libunbound: out of memory");
  if (absl::Status status = Configure(context.get(), options); !status.ok()) return status;
  // Files are read with the first look-up: one that needs no network.
  ub_result* result = nullptr;
  const int error = ub_resolve(context.get(), "localhost.", 1, kClassIn, &result);
  ub_resolve_free(result);
  if (error != 0) {
    std::string what = "the resolver cannot be set up";
    for (const std::string& file : options.trust_anchors) what += Concat(", ", file);
    return Check(error, what);
  }
  return std::unique_ptr<ValidatingResolver>(new ValidatingResolver(io, context.release()));
}

ValidatingResolver::ValidatingResolver(asio::io_context& io, ub_ctx* context)
    : context_(context), readable_(io) {}

ValidatingResolver::~ValidatingResolver() {
  if (readable_.is_open()) readable_.release();  // it belongs to libunbound
}

void ValidatingResolver::Watch() {
  if (watching_ || pending_ == 0) return;
  // The pipe is there from the first look-up on.
  if (!readable_.is_open()) readable_.assign(ub_fd(context_.get()));
  watching_ = true;
  readable_.async_wait(asio::posix::descriptor_base::wait_read,
                       [this](boost::system::error_code error) {
                         watching_ = false;
                         if (error) return;
                         ub_process(context_.get());
                         Watch();
                       });
}

asio::awaitable<Answer> ValidatingResolver::Resolve(std::string name, RecordType type) {
  ub_ctx* const context = context_.get();
  registry::net::Start<Answer> start = [context, name, type](Callback<Answer> callback) {
    auto* data = new Callback<Answer>(std::move(callback));
    const int error = ub_resolve_async(context, name.c_str(), static_cast<int>(type), kClassIn,
                                       data, Finish, nullptr);
    if (error != 0) Finish(data, error, nullptr);
  };
  ++pending_;
  // The descriptor is waited for before the answer can be: both happen on this thread.
  asio::post(readable_.get_executor(), [this] { Watch(); });
  Answer answer = co_await registry::net::AwaitCallback<Answer>(std::move(start));
  --pending_;
  co_return answer;
}

}  // namespace cds
