#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace bench {

// TLS on a non-blocking socket, which it closes in the end. Never waits.
class TlsStream {
 public:
  enum class Io { kDone, kWantsRead, kWantsWrite, kClosed };

  TlsStream(SSL_CTX* context, int fd);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  Io Connect();  // the client's handshake
  Io Accept();   // the server's
  // kDone: at least one octet was read.
  Io Read(std::span<char> buffer, size_t* count);
  // Sends what goes without waiting, and takes it off the front of `data`. kDone: all of it.
  Io Send(std::string& data);

  // Octets have been taken from the socket that Read has not given yet; no poll will tell of them.
  bool has_pending() const { return SSL_has_pending(ssl_.get()) == 1; }
  int fd() const { return fd_; }
  // After kClosed: why.
  const std::string& problem() const { return problem_; }

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  Io Outcome(int result);
  void NoteProblem(int error);

  std::unique_ptr<SSL, Free> ssl_;
  int fd_;
  bool broken_ = false;
  std::string problem_;
};

// A socket as TlsStream wants it: neither waits nor delays small segments.
void MakeQuick(int fd);

}  // namespace bench
