#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bench/load/instant.h"

namespace bench {

enum class Kind : uint8_t { kCreate, kRenew, kCheck, kInfo, kUpdate, kHello };
inline constexpr int kKinds = 6;

struct Request {
  Kind kind = Kind::kHello;
  uint32_t name = 0;  // index of the name
};

struct Answer {
  int code = 0;
  std::string_view xml;
};

// Decides what each session sends next, and learns from the answers. One thread.
class Workload {
 public:
  virtual ~Workload() = default;

  // Appends the data unit that `session` is to send. Nothing, and no request, if there is none for
  // it now; to be asked again after the next answer.
  virtual std::optional<Request> Next(int session, std::string& out) = 0;
  virtual void OnAnswer(int /*session*/, const Request&, const Answer&) {}
  // The connection broke before the answer came.
  virtual void OnLost(int /*session*/, const Request&) {}

  // What is answered in [from, until) counts.
  virtual void Measures(Instant /*from*/, Instant /*until*/) {}
  // After the last answer: further members of the report's JSON object, each with a comma before
  // it.
  virtual std::string Finish() { return ""; }

  // All has been sent and answered. A workload that is ended by the clock never is.
  virtual bool done() const { return false; }
  // Why there is no going on; empty while there is.
  virtual std::string problem() const { return ""; }
};

}  // namespace bench
