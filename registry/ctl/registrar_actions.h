#pragma once

#include <optional>
#include <string>
#include <utility>

#include "registry/ctl/session.h"
#include "registry/model/directory.h"
#include "registry/rules/reasons.h"
#include "registry/store/operator_reader.h"

namespace ctl {

// What the subcommands of `registrar` do; each gives the exit code.

// registrar_show.cc
int ListRegistrars(Session& session);
int ShowRegistrar(Session& session, const std::string& id);

// registrar_money.cc
int Deposit(Session& session, const std::string& id, const std::string& amount,
            const std::string& reference);
int ShowLedger(Session& session, const std::string& id, int limit);

// registrar_certificates.cc; `certificate` is a PEM file to add, a fingerprint to remove.
int Certificate(Session& session, const std::string& id, const std::string& action,
                const std::string& certificate);

// Says what was done to the registrar.
int Confirm(Session& session, const std::string& what, const std::string& id);

// The account of one registrar; an empty one if it has none yet.
absl::StatusOr<registry::store::RegistrarAccount> AccountOf(const std::string& database,
                                                            registry::RegistrarKey key);

// Finds the registrar as it is now, and goes on with `then(directory, registrar)`.
template <class Then>
int WithRegistrar(Session& session, const std::string& id, Then then) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  const auto parsed = registry::RegistrarId::Parse(id);
  if (!parsed) return ReportRejection(parsed.rejection(), session.json);
  const registry::Registrar* registrar = (*directory)->Registrar(*parsed);
  if (registrar == nullptr) {
    return ReportRejection(registry::Reject(registry::kRegistrarNotFound, id), session.json);
  }
  return then(**directory, *registrar);
}

}  // namespace ctl
