#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/cds/dns_message.h"

struct ub_ctx;

namespace cds {

// Looks names up as a resolver does, and validates what it finds down from a trust anchor:
// libunbound, with a thread of its own. To be used on the context's one thread.
class ValidatingResolver {
 public:
  struct Options {
    // Files of DS or DNSKEY records, those of the root usually. None: nothing is ever secure.
    std::vector<std::string> trust_anchors;
    // A resolver that is asked, "192.0.2.53" or "192.0.2.53@5353"; empty: it goes from the root
    // down by itself.
    std::string forwarder;
    std::string configuration;    // a file in the form of unbound.conf; empty: none
    bool asks_localhost = false;  // for tests
  };
  struct Answer {
    enum class State {
      kSecure,    // validated, be it that there is nothing
      kInsecure,  // it is not signed, provably
      kFailed,    // bogus, or no answer
    };
    State state = State::kFailed;
    std::vector<std::string> rdata;  // empty: there is no such record
    std::string trouble;             // for people; with kFailed
  };

  // kInvalidArgument: what it was given is not right; the message says which.
  static absl::StatusOr<std::unique_ptr<ValidatingResolver>> Open(boost::asio::io_context& io,
                                                                  const Options& options);
  ~ValidatingResolver();
  ValidatingResolver(const ValidatingResolver&) = delete;
  ValidatingResolver& operator=(const ValidatingResolver&) = delete;

  // `name` is absolute, with or without the final dot. CNAMEs are followed.
  boost::asio::awaitable<Answer> Resolve(std::string name, RecordType type);

 private:
  ValidatingResolver(boost::asio::io_context& io, ub_ctx* context);
  void Watch();

  struct Delete {
    void operator()(ub_ctx* context) const;
  };
  std::unique_ptr<ub_ctx, Delete> context_;
  boost::asio::posix::stream_descriptor readable_;  // its end of a pipe
  int pending_ = 0;                                 // look-ups
  bool watching_ = false;
};

}  // namespace cds
