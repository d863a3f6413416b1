#include "epp/execute.h"

#include <utility>

#include "registry/net/await_callback.h"

namespace epp {

boost::asio::awaitable<Answer> ExecuteCall(Submissions& submissions, StoreCall call) {
  registry::net::Start<Rendering> submit = [&submissions,
                                            &call](registry::net::Callback<Rendering> done) {
    submissions.Add(std::move(call.make_job)(std::move(done)));
  };
  Rendering rendering = co_await registry::net::AwaitCallback<Rendering>(std::move(submit));
  co_return std::move(rendering)();
}

}  // namespace epp
