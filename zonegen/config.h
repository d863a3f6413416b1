#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/base/config.h"
#include "registry/base/log.h"
#include "registry/net/endpoint.h"
#include "zonegen/change_limits.h"
#include "zonegen/follow_settings.h"

namespace zonegen {

// Every setting of postel-zonegen, by the names that a settings file has.
struct Config {
  std::string database;   // libpq connection string; required
  std::string directory;  // the zone of org is DIRECTORY/org.zone; required by `watch` and `follow`
  std::vector<std::string> tlds;  // `tld`, may repeat: which zones; none: all of the registry

  // A zone is made at most once in so long, 100ms to 1d.
  absl::Duration interval = absl::Seconds(2);
  // max_shrink and max_growth, may repeat, each such as "delegations 10% 100": a zone that has
  // fewer, or more, of that than the one before by more than the share and the number at once is
  // not published. Counted are delegations, ns, ds, a, aaaa and static (the policy's own records);
  // `all` means each. Shares to shrink are 0% to 100%, to grow 0% to 1000000%, numbers 0 to
  // 1,000,000,000. Default: all 10% 100 to shrink, all 50% 100000 to grow.
  ChangeLimits limits;
  int keep_zones = 3;  // earlier zones that stay beside the file, 0 to 1000

  int connections = 2;  // to the database, that a zone is read over; as many threads; 1 to 16

  // What tells the name server about a new zone file: a program with its arguments, in which {tld}
  // and {file} are replaced. No shell has a part in it. Empty: nothing.
  std::vector<std::string> reload_command;
  absl::Duration reload_timeout = absl::Seconds(30);  // then it is killed; 1s to 10m

  // The name under which the database keeps how far this process is with the change feed. Two that
  // run at once need two names.
  std::string feed_reader = "zonegen";

  FollowSettings follow;

  // Where http://.../metrics is served.
  registry::net::Endpoint metrics_listen{"127.0.0.1", 9703};
  registry::LogLevel log_level = registry::LogLevel::kInfo;  // debug, info, warning, error
};

// Takes all settings. Errors name file, line and key.
absl::StatusOr<Config> ReadConfig(registry::Config settings);

// The zone file of a TLD under `directory`.
std::string ZoneFilePath(const Config& config, const std::string& tld);

}  // namespace zonegen
