#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "registry/base/log.h"

namespace whois {

// The registry did not answer a look-up.
inline void LogFailure(std::string_view lookup, const absl::Status& status) {
  registry::Log(registry::LogLevel::kError, "whois.lookup_failed",
                {{"lookup", lookup}, {"error", std::string(status.message())}});
}

}  // namespace whois
