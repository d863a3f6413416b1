// postel-epp: registrars provision domains over EPP, RFC 5730 to 5734.
#include <cstdio>
#include <exception>
#include <string>

#include "epp/config.h"
#include "epp/server.h"
#include "registry/base/log.h"
#include "registry/net/server_command_line.h"

namespace {

constexpr int kFailed = 1;

int Complain(const absl::Status& status, int code) {
  std::fprintf(stderr, "postel-epp: %s\n", std::string(status.message()).c_str());
  return code;
}

int Check(const epp::Config& config) {
  auto tls =
      registry::net::LoadTlsContext({config.certificate, config.certificate_key, config.client_ca});
  if (!tls.ok()) return Complain(tls.status(), registry::net::kWrongUsage);
  if (!config.tmch.folder.empty()) {
    auto files = epp::ReadClearinghouse(config.tmch);
    if (!files.ok()) return Complain(files.status(), registry::net::kWrongUsage);
  }
  std::puts("postel-epp: the settings and certificates are right");
  return 0;
}

int Main(int argc, char** argv) {
  auto line = registry::net::ReadServerCommandLine(
      argc, argv, "postel-epp", "The EPP server of the Postel registry (RFC 5730 to 5734).");
  if (!line.config) return line.exit_code;
  auto config = epp::ReadConfig(*std::move(line.config));
  if (!config.ok()) return Complain(config.status(), registry::net::kWrongUsage);
  if (line.check) return Check(*config);
  registry::SetLogLevel(config->log_level);
  auto server = epp::Server::Open(*std::move(config));
  if (!server.ok()) return Complain(server.status(), kFailed);
  (*server)->Run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "postel-epp: %s\n", error.what());
    return kFailed;
  }
}
