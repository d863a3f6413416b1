#include "registry/net/signals.h"

#include <csignal>
#include <utility>

namespace registry::net {

Signals::Signals(boost::asio::io_context& io, std::function<void()> stop,
                 std::function<void()> reload)
    : set_(io, SIGTERM, SIGINT, SIGHUP), stop_(std::move(stop)), reload_(std::move(reload)) {
  std::signal(SIGPIPE, SIG_IGN);
  Wait();
}

void Signals::Wait() {
  set_.async_wait([this](boost::system::error_code error, int number) {
    if (error) return;
    if (number == SIGHUP) {
      if (!stopping_) reload_();
    } else if (!std::exchange(stopping_, true)) {
      stop_();
    }
    Wait();
  });
}

void Signals::Close() {
  boost::system::error_code ignored;
  set_.cancel(ignored);
}

}  // namespace registry::net
