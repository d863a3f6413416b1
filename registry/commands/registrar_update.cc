#include "registry/commands/registrar_update.h"

#include <algorithm>
#include <utility>

#include "registry/rules/registrar_record.h"

namespace registry {
namespace {

// Each member of the command beside the member of the record that it changes.
template <class Update, class Record, class Each>
void VisitMembers(Update& update, Record& record, Each each) {
  each(update.suspended, record.suspended);
  each(update.credit_limit, record.credit_limit);
  each(update.low_balance, record.low_balance);
  each(update.max_sessions, record.max_sessions);
  each(update.iana_id, record.iana_id);
  each(update.password_days, record.password_days);
  each(update.minimum_data, record.minimum_data);
  each(update.tlds, record.tlds);
  each(update.street, record.street);
  each(update.name, record.name);
  each(update.city, record.city);
  each(update.state, record.state);
  each(update.postal_code, record.postal_code);
  each(update.country, record.country);
  each(update.phone, record.phone);
  each(update.fax, record.fax);
  each(update.email, record.email);
  each(update.url, record.url);
  each(update.whois_server, record.whois_server);
  each(update.rdap_base, record.rdap_base);
  each(update.abuse_email, record.abuse_email);
  each(update.abuse_phone, record.abuse_phone);
  const auto visit_contact = [&](auto& change, auto& contact) {
    each(change.name, contact.name);
    each(change.phone, contact.phone);
    each(change.fax, contact.fax);
    each(change.email, contact.email);
  };
  visit_contact(update.admin, record.admin);
  visit_contact(update.tech, record.tech);
}

// False if one that is to go is not there.
bool ChangeCertificates(const RegistrarUpdate& command, std::vector<Fingerprint>& certificates) {
  const std::vector<Fingerprint> before = certificates;
  for (const Fingerprint& fingerprint : command.remove_certificates) {
    if (std::ranges::find(before, fingerprint) == before.end()) return false;
    std::erase(certificates, fingerprint);
  }
  for (const Fingerprint& fingerprint : command.add_certificates) {
    if (std::ranges::find(certificates, fingerprint) == certificates.end()) {
      certificates.push_back(fingerprint);
    }
  }
  return true;
}

}  // namespace

bool RegistrarUpdate::empty() const {
  bool given = !add_certificates.empty() || !remove_certificates.empty();
  const Registrar none;
  VisitMembers(*this, none, [&](const auto& change, const auto&) { given |= change.has_value(); });
  return !given;
}

void RegistrarUpdate::WriteTo(Registrar& registrar) const {
  VisitMembers(*this, registrar, [](const auto& change, auto& member) {
    if (change) member = *change;
  });
}

Needs NeedsOf(const RegistrarUpdate& /*command*/) { return {}; }

Outcome<Applied<Done>> Apply(const RegistrarUpdate& command, const Context& context,
                             const WorkingSet& /*set*/) {
  if (context.asker != kOperator) return Reject(kOperatorOnly);
  if (command.empty()) return Reject(kNothingToDo);
  const Registrar* current = context.directory.Registrar(command.id);
  if (current == nullptr) return Reject(kRegistrarNotFound, command.id.text());

  Registrar updated = *current;
  if (!ChangeCertificates(command, updated.certificates)) return Reject(kCertificateNotFound);
  command.WriteTo(updated);
  if (auto refused = CheckRegistrar(updated, current, context.directory)) return *refused;
  Changes changes;
  changes.Put(std::move(updated));
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
