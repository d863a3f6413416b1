#include "bench/load/tls_stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "bench/load/tls_context.h"

namespace bench {

TlsStream::TlsStream(SSL_CTX* context, int fd) : ssl_(SSL_new(context)), fd_(fd) {
  SSL_set_fd(ssl_.get(), fd);
}

TlsStream::~TlsStream() {
  if (!broken_ && SSL_is_init_finished(ssl_.get())) SSL_shutdown(ssl_.get());
  TakeTlsError();
  close(fd_);
}

TlsStream::Io TlsStream::Connect() { return Outcome(SSL_connect(ssl_.get())); }

TlsStream::Io TlsStream::Accept() { return Outcome(SSL_accept(ssl_.get())); }

TlsStream::Io TlsStream::Read(std::span<char> buffer, size_t* count) {
  return Outcome(SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), count));
}

TlsStream::Io TlsStream::Send(std::string& data) {
  size_t sent = 0;
  Io io = Io::kDone;
  while (sent < data.size() && io == Io::kDone) {
    size_t count = 0;
    io = Outcome(SSL_write_ex(ssl_.get(), data.data() + sent, data.size() - sent, &count));
    sent += count;
  }
  data.erase(0, sent);
  return io;
}

TlsStream::Io TlsStream::Outcome(int result) {
  if (result == 1) return Io::kDone;
  const int error = SSL_get_error(ssl_.get(), result);
  if (error == SSL_ERROR_WANT_READ) return Io::kWantsRead;
  if (error == SSL_ERROR_WANT_WRITE) return Io::kWantsWrite;
  broken_ = error != SSL_ERROR_ZERO_RETURN;
  NoteProblem(error);
  return Io::kClosed;
}

void TlsStream::NoteProblem(int error) {
  const int system = errno;
  const long verified = SSL_get_verify_result(ssl_.get());  // NOLINT(google-runtime-int)
  if (verified != X509_V_OK) {
    problem_ = X509_verify_cert_error_string(verified);
  } else if (error == SSL_ERROR_SSL) {
    problem_ = TakeTlsError();
  } else if (error == SSL_ERROR_SYSCALL && system != 0) {
    problem_ = std::strerror(system);
  } else {
    problem_ = "closed by the peer";
  }
  TakeTlsError();
}

void MakeQuick(int fd) {
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(fd, F_SETFL, O_NONBLOCK);
}

}  // namespace bench
