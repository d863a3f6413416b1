#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace registry::net {

// The threads that do a server's I/O, each with an io_context of its own. A connection stays on one
// of them for life, so it needs neither strand nor lock, and its answers wake only that thread
// (docs/decisions/0007). Thread-safe but for Run.
class IoThreads {
 public:
  // `count`: at least 1; 0: one for each processor, at most 8.
  explicit IoThreads(int count);
  IoThreads(const IoThreads&) = delete;
  IoThreads& operator=(const IoThreads&) = delete;

  // For what belongs to the whole server: listeners, signals, timers.
  boost::asio::io_context& first() { return *contexts_.front(); }
  // Where the next connection is to live: each in its turn.
  boost::asio::io_context& Next();
  size_t size() const { return contexts_.size(); }
  boost::asio::io_context& at(size_t index) { return *contexts_[index]; }
  // Whose executor it is; it must be that of one of them.
  size_t IndexOf(const boost::asio::any_io_executor& executor) const;
  // Which of them is calling; none: another thread.
  std::optional<size_t> Calling() const;

  // Serves until Stop, or until there is nothing left to do after Finish. The calling thread is the
  // first of them.
  void Run();
  void Finish();
  void Stop();

 private:
  using Context = boost::asio::io_context;
  void Serve(size_t index);

  std::vector<std::unique_ptr<Context>> contexts_;
  std::vector<boost::asio::executor_work_guard<Context::executor_type>> guards_;
  std::atomic<size_t> next_{0};
};

}  // namespace registry::net
