#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>

#include "bench/load/options.h"
#include "bench/load/tally.h"
#include "bench/load/workload.h"

namespace bench {

// When answers count. Set once, when the preparation is over.
struct Window {
  bool open = false;
  std::chrono::steady_clock::time_point from, until;
};

// One EPP session: connects, logs in, and sends one command after the other until the window
// closes. Everything runs on one thread.
boost::asio::awaitable<void> RunSession(const Options& options, boost::asio::ssl::context& tls,
                                        Workload& workload, Window& window, Tally& tally);

}  // namespace bench
