// A settings file of any of the servers. (The operator writes it, not an enemy; but it is read by
// hand-written code, and with rights.)
#include "registry/base/config.h"

#include <optional>
#include <string>
#include <vector>

#include "epp/config.h"
#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/worker/config.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/fuzz/target.h"
#include "whois/config.h"
#include "zonegen/config.h"

namespace fuzz {
namespace {

using registry::Config;

constexpr std::string_view kFile = "settings.conf";

// A refusal says where, and is one printable line.
template <class Settings>
bool CheckReader(absl::StatusOr<Settings> (*read)(Config), std::string_view text) {
  const absl::StatusOr<Settings> settings = read(Config(std::string(kFile), text));
  if (settings.ok()) return true;
  const std::string message(settings.status().message());
  POSTEL_CHECK(message.starts_with(kFile));
  POSTEL_CHECK(registry::PrintableLength(message).has_value());
  return false;
}

// Any printable text survives being written to a settings file.
void CheckWriting(std::string_view value) {
  if (!registry::PrintableLength(value)) return;
  Config config("", registry::FormatSetting("key", value));
  std::string read = "not there";
  config.Require("key").Take("key", &read);
  POSTEL_CHECK(config.Finish().ok() && read == value);
}

void CheckDuration(std::string_view text) {
  const absl::StatusOr<absl::Duration> duration = registry::ParseDuration(text);
  if (!duration.ok()) return;
  const auto again = registry::ParseDuration(registry::FormatDuration(*duration));
  POSTEL_CHECK(again.ok() && *again == *duration);
}

}  // namespace

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds = {"key = \"a \\\"quoted\\\" value\" # comment\n",
                                    "250ms",
                                    "-45d",
                                    "9223372036854775807ms",
                                    "a#b",
                                    " # c",
                                    "\"",
                                    "=\n"};
  for (const char* server : {"epp", "whois", "worker", "zonegen"}) {
    seeds.push_back(SourceFile(registry::Concat("deploy/", std::string_view(server), ".conf")));
  }
  return seeds;
}

bool Check(std::string_view input) {
  CheckWriting(input);
  CheckDuration(input);
  const bool epp = CheckReader(epp::ReadConfig, input);
  const bool whois = CheckReader(whois::ReadConfig, input);
  const bool worker = CheckReader(worker::ReadConfig, input);
  const bool zonegen = CheckReader(zonegen::ReadConfig, input);
  return epp || whois || worker || zonegen;
}

}  // namespace fuzz
