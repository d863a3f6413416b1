#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "registry/model/directory.h"
#include "registry/model/maintenance.h"
#include "registry/model/poll_message.h"
#include "registry/model/registrar.h"

// Maintenances that registrars are told of, RFC 9167.
namespace registry {

// So many at most are planned or running at a time: what a list shows.
inline constexpr size_t kMostMaintenances = 100;
// One that has ended can be read so much longer.
inline constexpr absl::Duration kReadableAfterEnd = absl::Hours(24 * 30);
// A reminder comes at most so long before the start.
inline constexpr absl::Duration kLongestCourtesy = absl::Hours(24 * 90);

// 1 to 64 letters, digits, dots, hyphens and underlines; a letter or digit comes first.
bool IsMaintenanceId(std::string_view text);
// As of xs:language: "en", "zh-Hant".
bool IsLanguage(std::string_view text);

// What is wrong with it, in a sentence; empty if nothing is. Names its own limits.
std::string WhatIsWrong(const Maintenance& maintenance, const Directory& directory);

// Whether it has anything to do with a TLD that the registrar may sell; of bundled TLDs that is the
// primary.
bool Concerns(const Maintenance& maintenance, const Registrar& registrar,
              const Directory& directory);

// When registrars are to be reminded of a maintenance that they hear of at `now`; InfiniteFuture if
// that is reminder enough. `courtesy`: how long before the start; zero: never.
absl::Time CourtesyTime(const Maintenance& maintenance, absl::Duration courtesy, absl::Time now);

// For any registrar, who is still to be named.
PollMessage MessageOf(const MaintenanceNotice& notice, absl::Time now);

}  // namespace registry
