// postel-whois: the public looks names up over WHOIS (RFC 3912) and RDAP (RFC 9082, RFC 9083).
#include <cstdio>
#include <exception>
#include <string>

#include "registry/base/log.h"
#include "registry/net/server_command_line.h"
#include "whois/config.h"
#include "whois/server.h"

namespace {

constexpr int kFailed = 1;

int Complain(const absl::Status& status, int code) {
  std::fprintf(stderr, "postel-whois: %s\n", std::string(status.message()).c_str());
  return code;
}

int Main(int argc, char** argv) {
  auto line = registry::net::ReadServerCommandLine(
      argc, argv, "postel-whois", "The WHOIS and RDAP server of the Postel registry.");
  if (!line.config) return line.exit_code;
  auto config = whois::ReadConfig(*std::move(line.config));
  if (!config.ok()) return Complain(config.status(), registry::net::kWrongUsage);
  if (line.check) {
    std::puts("postel-whois: the settings are right");
    return 0;
  }
  registry::SetLogLevel(config->log_level);
  auto server = whois::Server::Open(*std::move(config));
  if (!server.ok()) return Complain(server.status(), kFailed);
  (*server)->Run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "postel-whois: %s\n", error.what());
    return kFailed;
  }
}
