#include "whois/connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace whois {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto kAwaitTuple = asio::as_tuple(asio::use_awaitable);
constexpr absl::Duration kLinger = absl::Seconds(2);
constexpr size_t kLingerBytes = 64 * 1024;

}  // namespace

Connection::Connection(tcp::socket socket)
    : socket_(std::move(socket)), deadline_(socket_.get_executor(), [this] {
        boost::system::error_code ignored;
        socket_.cancel(ignored);
      }) {
  boost::system::error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
}

asio::awaitable<Connection::Received> Connection::Read(std::string& buffer, bool idle) {
  if (deadline_.missed() || (idle && stopping_)) co_return Received::kGone;
  idle_ = idle;
  auto [error, size] = co_await socket_.async_read_some(asio::buffer(chunk_), kAwaitTuple);
  idle_ = false;
  if (error == asio::error::eof) co_return Received::kEnd;
  if (error) co_return Received::kGone;
  buffer.append(chunk_.data(), size);
  co_return Received::kData;
}

asio::awaitable<bool> Connection::Write(std::string text) {
  auto [error, size] = co_await asio::async_write(socket_, asio::buffer(text), kAwaitTuple);
  co_return !error && size == text.size();
}

asio::awaitable<void> Connection::Close() {
  boost::system::error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  deadline_.SetAfter(kLinger);
  for (size_t discarded = 0; discarded < kLingerBytes && !deadline_.missed();) {
    auto [error, size] = co_await socket_.async_read_some(asio::buffer(chunk_), kAwaitTuple);
    if (error) break;
    discarded += size;
  }
  deadline_.Clear();
  socket_.close(ignored);
}

void Connection::Stop() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->stopping_ = true;
    if (!self->idle_) return;
    boost::system::error_code ignored;
    self->socket_.cancel(ignored);
  });
}

}  // namespace whois
