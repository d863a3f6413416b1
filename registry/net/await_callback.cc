#include "registry/net/await_callback.h"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "registry/base/check.h"
#include "registry/base/log.h"

namespace registry::net {
namespace {

thread_local CallTogether* together = nullptr;

}  // namespace

CallTogether::CallTogether() {
  POSTEL_CHECK(together == nullptr);
  together = this;
}

CallTogether::~CallTogether() {
  together = nullptr;
  for (Group& group : groups_) {
    boost::asio::post(group.executor,
                      [resumptions = std::move(group.resumptions)]() mutable noexcept {
                        const LogTogether lines;
                        for (auto& resume : resumptions) resume();
                      });
  }
}

void PostOrKeep(const boost::asio::any_io_executor& executor,
                absl::AnyInvocable<void()> resumption) {
  if (together == nullptr) {
    boost::asio::post(executor, std::move(resumption));
    return;
  }
  auto& groups = together->groups_;
  auto group = std::find_if(groups.begin(), groups.end(),
                            [&](const auto& g) { return g.executor == executor; });
  if (group == groups.end()) group = groups.insert(group, {executor, {}});
  group->resumptions.push_back(std::move(resumption));
}

}  // namespace registry::net
