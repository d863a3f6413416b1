#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <functional>

namespace registry::net {

// SIGTERM and SIGINT stop a server, SIGHUP makes it read its certificates again. SIGPIPE is
// ignored. The callbacks run on the io_context's threads, one at a time; `stop` is called once.
class Signals {
 public:
  Signals(boost::asio::io_context& io, std::function<void()> stop, std::function<void()> reload);
  // Waits for no more signals, so that the io_context can run out of work. From the callbacks or
  // when no thread runs the io_context.
  void Close();

 private:
  void Wait();

  boost::asio::signal_set set_;
  std::function<void()> stop_;
  std::function<void()> reload_;
  bool stopping_ = false;
};

}  // namespace registry::net
