#include "registry/net/io_threads.h"

#include <algorithm>
#include <thread>

#include "registry/base/check.h"

namespace registry::net {
namespace {

// What the calling thread serves.
thread_local const IoThreads* serves = nullptr;
thread_local size_t serves_index = 0;

int CountOf(int wanted) {
  if (wanted > 0) return wanted;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 8);
}

}  // namespace

IoThreads::IoThreads(int count) {
  for (int i = CountOf(count); i > 0; --i) {
    contexts_.push_back(std::make_unique<Context>(/*concurrency_hint=*/1));
    guards_.push_back(boost::asio::make_work_guard(*contexts_.back()));
  }
}

boost::asio::io_context& IoThreads::Next() {
  return *contexts_[next_.fetch_add(1, std::memory_order_relaxed) % contexts_.size()];
}

size_t IoThreads::IndexOf(const boost::asio::any_io_executor& executor) const {
  const auto found = std::find_if(contexts_.begin(), contexts_.end(), [&](const auto& context) {
    return executor == context->get_executor();
  });
  POSTEL_CHECK(found != contexts_.end());
  return static_cast<size_t>(found - contexts_.begin());
}

std::optional<size_t> IoThreads::Calling() const {
  if (serves != this) return std::nullopt;
  return serves_index;
}

void IoThreads::Serve(size_t index) {
  serves = this;
  serves_index = index;
  contexts_[index]->run();
  serves = nullptr;
}

void IoThreads::Run() {
  std::vector<std::thread> others;
  for (size_t i = 1; i < contexts_.size(); ++i) {
    others.emplace_back([this, i] { Serve(i); });
  }
  Serve(0);
  for (std::thread& other : others) other.join();
}

void IoThreads::Finish() {
  for (auto& guard : guards_) guard.reset();
}

void IoThreads::Stop() {
  for (const auto& context : contexts_) context->stop();
}

}  // namespace registry::net
