// The client certificates that may log in as a registrar.
#include <algorithm>
#include <iostream>
#include <optional>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/commands/registrar_update.h"
#include "registry/ctl/certificate_file.h"
#include "registry/ctl/registrar_actions.h"

namespace ctl {
namespace {

using registry::Fingerprint;
using registry::Registrar;
using registry::RegistrarUpdate;

int List(Session& session, const Registrar& registrar) {
  Table table(std::vector<Table::Column>{{"sha256", "SHA-256 fingerprint"}});
  for (const auto& fingerprint : registrar.certificates) {
    table.AddRow({registry::FormatFingerprint(fingerprint)});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

int Send(Session& session, RegistrarUpdate update, const std::string& what) {
  const std::string id = update.id.text();
  return session.Run("registrar-update", std::move(update),
                     [&](const auto&) { return Confirm(session, what, id); });
}

int Add(Session& session, const registry::RegistrarId& id, const std::string& path) {
  const absl::StatusOr<Fingerprint> fingerprint = ReadCertificate(path);
  if (!fingerprint.ok()) {
    return ReportUsage(std::string(fingerprint.status().message()), session.json);
  }
  RegistrarUpdate update{.id = id};
  update.add_certificates = {*fingerprint};
  return Send(session, std::move(update),
              registry::Concat("certificate added: ", registry::FormatFingerprint(*fingerprint)));
}

// Only those of the registrar can be removed, so its list says what the text means.
int Remove(Session& session, const Registrar& registrar, const std::string& text) {
  const std::string wanted = absl::AsciiStrToLower(text);
  const auto found =
      std::ranges::find(registrar.certificates, wanted, &registry::FormatFingerprint);
  if (found == registrar.certificates.end()) {
    return ReportRejection(registry::Reject(registry::kCertificateNotFound, text), session.json);
  }
  RegistrarUpdate update{.id = registrar.id};
  update.remove_certificates = {*found};
  return Send(session, std::move(update), "certificate removed");
}

}  // namespace

int Certificate(Session& session, const std::string& id, const std::string& action,
                const std::string& certificate) {
  if (action != "list" && certificate.empty()) {
    return ReportUsage("certificate add needs a PEM file, certificate remove a fingerprint",
                       session.json);
  }
  return WithRegistrar(session, id, [&](const registry::Directory&, const Registrar& registrar) {
    if (action == "list") return List(session, registrar);
    if (action == "add") return Add(session, registrar.id, certificate);
    return Remove(session, registrar, certificate);
  });
}

}  // namespace ctl
