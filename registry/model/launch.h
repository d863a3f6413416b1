#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/base/outcome.h"
#include "registry/types/notice_id.h"

// Launch phases, RFC 8334, and the proofs of trademark rights that they ask for: signed marks (RFC
// 7848) and claims notices (RFC 9361).
namespace registry {

enum class LaunchPhase : uint8_t { kNone, kSunrise, kLandrush, kClaims, kOpen, kCustom };

std::string_view LaunchPhaseName(LaunchPhase phase);  // launch:phaseTypeValue; "none"
std::optional<LaunchPhase> ParseLaunchPhase(std::string_view name);  // of launch:phaseTypeValue

// When a TLD is in a phase: from `starts` until just before `ends`.
struct LaunchPeriod {
  LaunchPhase phase = LaunchPhase::kOpen;
  absl::Time starts = absl::InfinitePast();
  absl::Time ends = absl::InfiniteFuture();
  friend bool operator==(const LaunchPeriod&, const LaunchPeriod&) = default;
};

// "PHASE [from TIME] [until TIME]" with sunrise, claims or open. The error is a sentence.
Outcome<LaunchPeriod> ParseLaunchPeriod(std::string_view text);  // kLaunchPeriodSyntax
std::string FormatLaunchPeriod(const LaunchPeriod& period);

// The registrant was told of the trademarks that the label is like, and went on.
struct ClaimsNotice {
  NoticeId id;
  std::string validator;  // who gave it
  absl::Time not_after;
  absl::Time accepted;
};

// A signed mark, as far as signature and certificates bear it out. What depends on the time or the
// name is not judged yet.
struct SignedMark {
  std::string id;  // "0000001751376056503931-65535"
  absl::Time not_before, not_after;
  // The certificates, from the signer's to one that we trust, are all valid from `signer_starts`
  // until `signer_ends`.
  absl::Time signer_starts, signer_ends;
  bool revoked = false;             // on the list of revoked marks
  std::vector<std::string> labels;  // in lower case
  std::string mark;                 // the <mark:mark> element with its namespaces
};

// <launch:create>.
struct LaunchRequest {
  LaunchPhase phase = LaunchPhase::kNone;  // kCustom also for phases with a name of their own
  bool application = false;
  // Refused: nobody we trust has signed it.
  std::optional<Outcome<SignedMark>> mark;
  std::vector<ClaimsNotice> notices;
};

// What of it is kept with a domain.
struct Launch {
  LaunchPhase phase = LaunchPhase::kOpen;
  std::string proof;  // the signed mark's or the notice's identifier; empty: none was needed
  absl::Time not_after, accepted;  // of a notice
  std::string mark;                // of a signed mark
  friend bool operator==(const Launch&, const Launch&) = default;
};

// Whether a label stands on the list of claims; kUnknown: there is no list at hand.
enum class Claims : uint8_t { kUnknown, kNo, kYes };

}  // namespace registry
