#pragma once

#include <string_view>

#include "epp/call.h"
#include "epp/frame_check.h"

namespace epp {

struct DispatchLimits {
  FrameLimits frame;
  int names_per_check = 50;             // 2306 beyond, 1 to 1000
  size_t longest_password = 128;        // in loginSec-1.0, in characters; 2306 beyond
  size_t signed_mark_bytes = 48 << 10;  // 2005 beyond; without its encoding
};

struct Clearinghouse;

// Reads one frame: the stages 2 to 11 of the order of checks (well-formed, one known command, right
// for the session's state, known namespaces, offered, valid, options, parameters). Pure: no I/O, no
// clock. `xml` is one data unit without its length (RFC 5734 section 4), of any bytes, and need not
// outlive the call. Thread-safe.
// `clearinghouse`: what launch phases are judged by; null: the launch extension is not offered.
Call Dispatch(std::string_view xml, const SessionView& session, const DispatchLimits& limits = {},
              const Clearinghouse* clearinghouse = nullptr);

}  // namespace epp
