#pragma once

#include <cstdint>
#include <string_view>

namespace whois {

// How something is to be taken, for colour and sign; the words say it too.
enum class Tone : uint8_t { kPlain, kGood, kNotice, kWarning, kBad };

// A status for people who have never heard of EPP.
struct StatusWords {
  std::string_view word;   // EPP's, or RFC 3915's: "clientHold"
  std::string_view title;  // a few words
  std::string_view sentence;
  Tone tone = Tone::kPlain;
};

// Every status of registry/types/status.h and of RFC 3915 has its own; any other word gets one that
// says no more than that it is a status.
StatusWords ExplainStatus(std::string_view word);

}  // namespace whois
