#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

// Stage 2 of a command's way: is the frame a well-formed document at all? XML 1.0 (fifth edition)
// and Namespaces in XML 1.0, less what EPP forbids or has no use for: no document type declaration,
// so no entities but the five built in. The XML library behind it is lenient and is only given what
// passed here.
namespace epp {

// Each bounds memory or work; a frame beyond one is refused. Real frames need about a third.
struct FrameLimits {
  int depth = 32;       // of nested elements
  int attributes = 32;  // of one element
  int namespaces = 64;  // declarations in force at one place
};

// The frame in UTF-8 without byte order mark, from UTF-8 or UTF-16 (which needs its mark). An error
// if the octets are not of their encoding, or the XML declaration names another one.
absl::StatusOr<std::string> DecodeFrame(std::string_view octets);

// An error says what is wrong, for people. `utf8` comes from DecodeFrame.
absl::Status CheckFrame(std::string_view utf8, const FrameLimits& limits = {});

}  // namespace epp
