#include "bench/load/session.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <iostream>

#include "bench/load/frames.h"

namespace bench {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using Stream = asio::ssl::stream<asio::ip::tcp::socket>;

asio::awaitable<std::string> ReadFrame(Stream& stream) {
  unsigned char head[4];
  auto head_buffer = asio::buffer(head);
  co_await asio::async_read(stream, head_buffer, asio::use_awaitable);
  const size_t length =
      size_t{head[0]} << 24 | size_t{head[1]} << 16 | size_t{head[2]} << 8 | head[3];
  std::string body(length < 4 ? 0 : length - 4, '\0');
  auto body_buffer = asio::buffer(body);
  co_await asio::async_read(stream, body_buffer, asio::use_awaitable);
  co_return body;
}

asio::awaitable<std::string> Ask(Stream& stream, const std::string& frame) {
  auto buffer = asio::buffer(frame);
  co_await asio::async_write(stream, buffer, asio::use_awaitable);
  std::string answer = co_await ReadFrame(stream);
  co_return answer;
}

asio::awaitable<void> Connect(Stream& stream, const Options& options) {
  asio::ip::tcp::resolver resolver(stream.get_executor());
  const auto endpoints =
      co_await resolver.async_resolve(options.host, options.port, asio::use_awaitable);
  co_await asio::async_connect(stream.lowest_layer(), endpoints, asio::use_awaitable);
  stream.lowest_layer().set_option(asio::ip::tcp::no_delay(true));
  co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  const std::string greeting = co_await ReadFrame(stream);
  const std::string login = LoginFrame(options);
  const std::string answer = co_await Ask(stream, login);
  if (ResultCodeOf(answer) != 1000) throw std::runtime_error("login refused: " + answer);
}

// The first session that finds the preparation done opens the window for all.
void OpenWindow(const Options& options, Window& window) {
  if (window.open) return;
  window.open = true;
  window.from = Clock::now() + std::chrono::seconds(options.warm_up_seconds);
  window.until = window.from + std::chrono::seconds(options.seconds);
}

asio::awaitable<void> SendUntilClosed(Stream& stream, const Options& options, Workload& workload,
                                      Window& window, Tally& tally) {
  asio::steady_timer pause(stream.get_executor());
  for (;;) {
    if (!workload.preparing()) OpenWindow(options, window);
    if (window.open && Clock::now() >= window.until) co_return;
    const Workload::Request request = workload.Next();
    if (request.frame.empty()) {
      pause.expires_after(std::chrono::milliseconds(1));
      co_await pause.async_wait(asio::use_awaitable);
      continue;
    }
    const auto sent = Clock::now();
    const std::string answer = co_await Ask(stream, request.frame);
    const auto received = Clock::now();
    const int code = ResultCodeOf(answer);
    workload.OnAnswer(request, code, answer);
    if (!request.prepares && received >= window.from && received < window.until) {
      const auto taken = std::chrono::duration_cast<std::chrono::microseconds>(received - sent);
      tally.microseconds.push_back(static_cast<uint32_t>(taken.count()));
      ++tally.codes[code];
    }
  }
}

}  // namespace

asio::awaitable<void> RunSession(const Options& options, asio::ssl::context& tls,
                                 Workload& workload, Window& window, Tally& tally) {
  const auto executor = co_await asio::this_coro::executor;
  Stream stream(executor, tls);
  try {
    co_await Connect(stream, options);
    co_await SendUntilClosed(stream, options, workload, window, tally);
  } catch (const std::exception& error) {
    ++tally.broken;
    std::cerr << "epp-load: " << error.what() << "\n";
  }
}

}  // namespace bench
