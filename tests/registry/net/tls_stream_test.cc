#include "registry/net/tls_stream.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <csignal>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace registry::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// A key and a certificate that it signed itself.
void UseNewCertificate(SSL_CTX* context) {
  EVP_PKEY* const key = EVP_EC_gen("P-256");
  X509* const certificate = X509_new();
  X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, key);
  X509_sign(certificate, key, EVP_sha256());
  EXPECT_EQ(SSL_CTX_use_certificate(context, certificate), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey(context, key), 1);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

// A blocking client.
class Client {
 public:
  explicit Client(const tcp::endpoint& server)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)),
        context_(SSL_CTX_new(TLS_client_method())),
        ssl_(SSL_new(context_)) {
    EXPECT_EQ(::connect(socket_, server.data(), static_cast<socklen_t>(server.size())), 0);
    SSL_set_fd(ssl_, socket_);
  }
  ~Client() {
    Hide();
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool Handshake() { return SSL_connect(ssl_) == 1; }
  // One record each.
  void Write(std::string_view data) {
    ASSERT_EQ(SSL_write(ssl_, data.data(), static_cast<int>(data.size())),
              static_cast<int>(data.size()));
  }
  void WritePlain(std::string_view data) {
    ASSERT_EQ(::send(socket_, data.data(), data.size(), 0), static_cast<ssize_t>(data.size()));
  }
  // So many bytes, or those before the end.
  std::string Read(size_t size) {
    std::string data(size, '\0');
    size_t at = 0;
    while (at < size) {
      const int got = SSL_read(ssl_, &data[at], static_cast<int>(size - at));
      if (got <= 0) break;
      at += static_cast<size_t>(got);
    }
    data.resize(at);
    return data;
  }
  bool SaidGoodbye() { return (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) != 0; }
  void SayGoodbye() { SSL_shutdown(ssl_); }
  // The end of what it sends, without a goodbye.
  void EndPlainly() { ::shutdown(socket_, SHUT_WR); }
  // Likewise, and nothing is read any more: the server's next write breaks.
  void Hide() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

 private:
  int socket_;
  SSL_CTX* context_;
  SSL* ssl_;
};

class TlsStreamTest : public testing::Test {
 protected:
  using Error = TlsStream::Error;
  using Body = std::function<asio::awaitable<void>(TlsStream&)>;

  TlsStreamTest() : acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    ::signal(SIGPIPE, SIG_IGN);  // as the servers do
    UseNewCertificate(tls_.native_handle());
    client_.emplace(acceptor_.local_endpoint());
    stream_ = std::make_unique<TlsStream>(acceptor_.accept(), tls_);
  }
  ~TlsStreamTest() override {
    if (client_) client_->Hide();
    if (server_.joinable()) server_.join();
  }

  // The server's part, on a thread of its own.
  void Serve(Body body) {
    body_ = std::move(body);
    asio::co_spawn(context_, body_(*stream_), [](std::exception_ptr error) {
      if (error) std::rethrow_exception(error);
    });
    server_ = std::thread([this] { context_.run(); });
  }
  // Likewise, behind a handshake that succeeds.
  void ServeAfterHandshake(Body body) {
    after_ = std::move(body);
    Serve([this](TlsStream& stream) { return Greet(stream); });
    ASSERT_TRUE(client_->Handshake());
  }
  void Join() { server_.join(); }

  // What the stream gives until an error, in pieces of at most so many bytes.
  static asio::awaitable<Error> ReadAll(TlsStream& stream, size_t most, std::string* data) {
    std::string space(most, '\0');
    while (true) {
      const TlsStream::ReadResult read =
          co_await stream.ReadSome(absl::MakeSpan(space.data(), space.size()));
      if (read.error) co_return read.error;
      data->append(space, 0, read.bytes);
    }
  }

  asio::io_context context_{1};
  asio::ssl::context tls_{asio::ssl::context::tls_server};
  tcp::acceptor acceptor_;
  std::optional<Client> client_;
  std::unique_ptr<TlsStream> stream_;
  std::thread server_;

 private:
  asio::awaitable<void> Greet(TlsStream& stream) {
    const Error error = co_await stream.Handshake();
    EXPECT_FALSE(error) << error.message();
    if (!error) co_await after_(stream);
  }

  Body body_, after_;
};

TEST_F(TlsStreamTest, ReadsEveryRecordWhateverTheSpace) {
  std::string received;
  Error end;
  ServeAfterHandshake([&](TlsStream& stream) -> asio::awaitable<void> {
    end = co_await ReadAll(stream, 7, &received);
  });
  std::string sent;
  for (size_t size : {size_t{1}, size_t{20}, size_t{16384}, size_t{3}}) {
    const std::string record(size, static_cast<char>('a' + size % 26));
    client_->Write(record);
    sent += record;
  }
  client_->SayGoodbye();
  Join();
  EXPECT_EQ(received, sent);
  EXPECT_EQ(end, asio::error::eof);
}

TEST_F(TlsStreamTest, WritesAllToAClientThatReadsLate) {
  const std::string much(std::size_t{8} << 20, 'x');
  Error error = asio::error::fault;
  ServeAfterHandshake(
      [&](TlsStream& stream) -> asio::awaitable<void> { error = co_await stream.Write(much); });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(client_->Read(much.size()), much);
  Join();
  EXPECT_FALSE(error);
}

TEST_F(TlsStreamTest, AnEndWithoutGoodbyeIsToldFromOneWith) {
  std::string received;
  Error end;
  ServeAfterHandshake([&](TlsStream& stream) -> asio::awaitable<void> {
    end = co_await ReadAll(stream, 100, &received);
  });
  client_->Write("half a comm");
  client_->EndPlainly();
  Join();
  EXPECT_EQ(received, "half a comm");
  EXPECT_EQ(end, asio::ssl::error::stream_truncated);
}

TEST_F(TlsStreamTest, ReadingGoesOnAfterACancellation) {
  std::promise<Error> first;
  std::string received;
  ServeAfterHandshake([&](TlsStream& stream) -> asio::awaitable<void> {
    std::string space(100, '\0');
    const TlsStream::ReadResult read =
        co_await stream.ReadSome(absl::MakeSpan(space.data(), space.size()));
    first.set_value(read.error);
    (void)co_await ReadAll(stream, 100, &received);
  });
  std::future<Error> cancelled = first.get_future();
  while (cancelled.wait_for(std::chrono::milliseconds(5)) != std::future_status::ready) {
    asio::post(context_, [this] { stream_->socket().cancel(); });
  }
  EXPECT_EQ(cancelled.get(), asio::error::operation_aborted);
  client_->Write("afterwards");
  client_->SayGoodbye();
  Join();
  EXPECT_EQ(received, "afterwards");
}

TEST_F(TlsStreamTest, AHandshakeFailsAtPlainText) {
  Error error;
  Serve([&](TlsStream& stream) -> asio::awaitable<void> { error = co_await stream.Handshake(); });
  client_->WritePlain("GET / HTTP/1.1\r\n\r\n");
  Join();
  EXPECT_EQ(error.category(), asio::error::get_ssl_category()) << error.message();
}

TEST_F(TlsStreamTest, AHandshakeFailsWhenTheClientGoes) {
  Error error;
  Serve([&](TlsStream& stream) -> asio::awaitable<void> { error = co_await stream.Handshake(); });
  client_->Hide();
  Join();
  EXPECT_EQ(error, asio::ssl::error::stream_truncated) << error.message();
}

TEST_F(TlsStreamTest, WritingFailsWhenTheClientIsGone) {
  const std::string much(std::size_t{8} << 20, 'x');
  Error error;
  ServeAfterHandshake([&](TlsStream& stream) -> asio::awaitable<void> {
    while (!error) error = co_await stream.Write(much);
  });
  client_->Hide();
  Join();
  EXPECT_TRUE(error == asio::error::broken_pipe || error == asio::error::connection_reset)
      << error.message();
}

TEST_F(TlsStreamTest, ShutdownPassesOverWhatStillComes) {
  Error error = asio::error::fault;
  ServeAfterHandshake(
      [&](TlsStream& stream) -> asio::awaitable<void> { error = co_await stream.Shutdown(); });
  client_->Write("one more command");
  EXPECT_EQ(client_->Read(1), "");
  EXPECT_TRUE(client_->SaidGoodbye());
  client_->SayGoodbye();
  Join();
  EXPECT_FALSE(error) << error.message();
}

}  // namespace
}  // namespace registry::net
