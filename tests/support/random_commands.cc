#include "tests/support/random_commands.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "registry/commands/contact_check.h"
#include "registry/commands/contact_create.h"
#include "registry/commands/contact_delete.h"
#include "registry/commands/contact_info.h"
#include "registry/commands/contact_materialize.h"
#include "registry/commands/contact_transfer_decision.h"
#include "registry/commands/contact_transfer_query.h"
#include "registry/commands/contact_transfer_request.h"
#include "registry/commands/contact_update.h"
#include "registry/commands/domain_check.h"
#include "registry/commands/domain_create.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_lookup.h"
#include "registry/commands/domain_materialize.h"
#include "registry/commands/domain_renew.h"
#include "registry/commands/domain_restore_report.h"
#include "registry/commands/domain_restore_request.h"
#include "registry/commands/domain_transfer_decision.h"
#include "registry/commands/domain_transfer_query.h"
#include "registry/commands/domain_transfer_request.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_check.h"
#include "registry/commands/host_create.h"
#include "registry/commands/host_delete.h"
#include "registry/commands/host_info.h"
#include "registry/commands/host_lookup.h"
#include "registry/commands/poll_acknowledge.h"
#include "registry/commands/poll_request.h"
#include "registry/commands/registrar_deposit.h"
#include "registry/commands/registrar_update.h"
#include "registry/lifecycle/project.h"

namespace registry {
namespace {

constexpr std::string_view kAuth = "2fooBAR-2fooBAR-2fooBAR";

SealedAuthInfo Sealed() { return AuthInfo(kAuth).Seal(SealedAuthInfo::Salt{}); }

// Mostly the right one.
Credential SomeCredential(Dice& dice) {
  return {AuthInfo(dice.Percent(85) ? kAuth : "2fooBAR-2fooBAR-2fooBAX"), {}};
}

}  // namespace

RandomCommands::RandomCommands(uint32_t seed, const MemoryRegistry& registry)
    : dice_(seed), registry_(registry) {
  for (const std::string tld : {".thick", ".thin"}) {
    for (const std::string label : {"a", "b", "c"}) {
      domains_.emplace_back(label + tld);
      hosts_.emplace_back("ns1." + label + tld);
      hosts_.emplace_back("ns2.deep." + label + tld);
    }
  }
  hosts_.push_back(domains_.front());
  for (const std::string label : {"x", "y", "z"}) hosts_.emplace_back("ns." + label + ".net");
  for (const std::string id : {"jon", "paul", "joyce", "vint"}) contacts_.emplace_back(id);
}

AnyCommand RandomCommands::Next(absl::Time now) {
  using Invent = AnyCommand (RandomCommands::*)(absl::Time);
  using This = RandomCommands;
  static constexpr Invent kInvent[] = {&This::CreateDomain,
                                       &This::CreateDomain,
                                       &This::UpdateDomain,
                                       &This::UpdateDomain,
                                       &This::RenewDomain,
                                       &This::DeleteDomain,
                                       &This::DeleteDomain,
                                       &This::MaterializeDomain,
                                       &This::TransferDomain,
                                       &This::DecideDomainTransfer,
                                       &This::TransferContact,
                                       &This::DecideContactTransfer,
                                       &This::MaterializeContact,
                                       &This::CreateHost,
                                       &This::CreateHost,
                                       &This::UpdateHost,
                                       &This::RenameHost,
                                       &This::RenameHost,
                                       &This::DeleteHost,
                                       &This::DeleteHost,
                                       &This::CreateContact,
                                       &This::UpdateContact,
                                       &This::DeleteContact,
                                       &This::AcknowledgePoll,
                                       &This::Deposit,
                                       &This::RestoreDomain,
                                       &This::RestoreDomain,
                                       &This::ReportRestore,
                                       &This::ReportRestore,
                                       &This::TransferDomain,
                                       &This::DecideDomainTransfer,
                                       &This::DecideDomainTransfer,
                                       &This::DecideContactTransfer,
                                       &This::TransferContact};
  return (this->*kInvent[dice_.Below(std::size(kInvent))])(now);
}

absl::Duration RandomCommands::Pause() {
  if (dice_.Percent(60)) return absl::Minutes(dice_.Below(120));
  if (dice_.Percent(60)) return absl::Hours(24) * dice_.Below(10);
  if (dice_.Percent(80)) return absl::Hours(24) * dice_.Below(60);
  return absl::Hours(24) * dice_.Below(500);
}

int RandomCommands::GroupSize() { return 1 + dice_.Below(8); }

DomainName RandomCommands::SomeDomain(bool there) {
  DomainName name = dice_.Of(domains_);
  while ((registry_.FindRow(name) != nullptr) != there && dice_.Percent(75)) {
    name = dice_.Of(domains_);
  }
  return name;
}
DomainName RandomCommands::SomeHost(bool there) {
  DomainName name = dice_.Of(hosts_);
  while ((registry_.FindHost(name) != nullptr) != there && dice_.Percent(75)) {
    name = dice_.Of(hosts_);
  }
  return name;
}
ContactId RandomCommands::SomeContact(bool there) {
  ContactId id = dice_.Of(contacts_);
  while ((registry_.FindContact(id) != nullptr) != there && dice_.Percent(75)) {
    id = dice_.Of(contacts_);
  }
  return id;
}

StatusSet RandomCommands::SomeStatus(std::initializer_list<Status> choices) {
  if (dice_.Percent(60)) return {};
  return {dice_.Of(std::vector<Status>(choices))};
}

std::vector<IpAddress> RandomCommands::SomeAddresses() {
  std::vector<IpAddress> addresses;
  for (int i = 1 + dice_.Below(2); i > 0; --i) {
    addresses.emplace_back(dice_.Percent(50) ? "192.0.2." + std::to_string(1 + dice_.Below(4))
                                             : "2001:db8::" + std::to_string(1 + dice_.Below(4)));
  }
  return addresses;
}

std::vector<DomainName> RandomCommands::SomeHosts(int most) {
  std::vector<DomainName> hosts;
  for (int i = dice_.Below(most + 1); i > 0; --i) hosts.push_back(SomeHost(true));
  return hosts;
}

AnyCommand RandomCommands::CreateDomain(absl::Time) {
  DomainCreate create;
  create.name = SomeDomain(false);
  if (dice_.Percent(80)) create.auth = Sealed();
  create.period = Years(dice_.Percent(70) ? 1 : 1 + dice_.Below(10));
  create.name_servers = SomeHosts(2);
  if (create.name.tld() == "thick") {
    create.registrant = SomeContact(true);
    if (dice_.Percent(50)) create.contacts.push_back({ContactRole::kTech, SomeContact(true)});
  }
  return MakeCommand(Anybody(), "domain-create", create);
}

AnyCommand RandomCommands::UpdateDomain(absl::Time) {
  DomainUpdate update;
  update.name = SomeDomain(true);
  if (dice_.Percent(60)) update.add.name_servers = SomeHosts(1);
  const Domain* row = registry_.FindRow(update.name);
  if (row != nullptr && !row->name_servers.empty() && dice_.Percent(40)) {
    update.remove.name_servers = {registry_.hosts.at(dice_.Of(row->name_servers)).name};
  }
  const auto statuses = {Status::kClientHold, Status::kClientDeleteProhibited,
                         Status::kClientRenewProhibited, Status::kClientTransferProhibited};
  if (dice_.Percent(30)) update.add.statuses = SomeStatus(statuses);
  if (dice_.Percent(50)) update.remove.statuses = SomeStatus(statuses);
  if (dice_.Percent(40)) update.auth = Sealed();
  if (update.name.tld() == "thick" && dice_.Percent(30)) {
    update.change_registrant = true;
    update.registrant = SomeContact(true);
  }
  return MakeCommand(SponsorOf(row), "domain-update", update);
}

AnyCommand RandomCommands::RenewDomain(absl::Time now) {
  DomainRenew renew;
  renew.name = SomeDomain(true);
  renew.period = Years(dice_.Percent(70) ? 1 : 1 + dice_.Below(10));
  const Domain* row = registry_.FindRow(renew.name);
  if (row != nullptr && dice_.Percent(90)) {
    const auto current = Project(*row, now, registry_.directory).domain;
    if (current) renew.current_expiry = UtcDay(current->expires);
  }
  return MakeCommand(SponsorOf(row), "domain-renew", renew);
}

AnyCommand RandomCommands::DeleteDomain(absl::Time) {
  const DomainDelete command{SomeDomain(true)};
  return MakeCommand(SponsorOf(registry_.FindRow(command.name)), "domain-delete", command);
}

AnyCommand RandomCommands::MaterializeDomain(absl::Time) {
  const Domain* row = registry_.FindRow(SomeDomain(true));
  const DomainMaterialize command{row == nullptr ? DomainKey{999'999'999} : row->key};
  return MakeCommand(kLifecycle, "domain-materialize", command);
}

AnyCommand RandomCommands::RestoreDomain(absl::Time) {
  DomainRestoreRequest request{SomeDomain(true)};
  for (const auto& [key, domain] : registry_.domains) {
    if (domain.phase == DomainPhase::kRedemption && dice_.Percent(80)) request.name = domain.name;
  }
  return MakeCommand(SponsorOf(registry_.FindRow(request.name)), "domain-restore-request", request);
}

AnyCommand RandomCommands::ReportRestore(absl::Time now) {
  DomainRestoreReport command;
  command.name = SomeDomain(true);
  for (const auto& [key, domain] : registry_.domains) {
    if (domain.phase == DomainPhase::kPendingRestore && dice_.Percent(90)) {
      command.name = domain.name;
    }
  }
  command.report.deleted = command.report.restored = now;
  command.report.statements = {"I have not"};
  return MakeCommand(SponsorOf(registry_.FindRow(command.name)), "domain-restore-report", command);
}

AnyCommand RandomCommands::TransferDomain(absl::Time) {
  DomainTransferRequest request;
  request.name = SomeDomain(true);
  request.period = Years(dice_.Percent(80) ? 1 : 1 + dice_.Below(10));
  if (dice_.Percent(95)) request.credential = SomeCredential(dice_);
  return MakeCommand(OtherThan(registry_.FindRow(request.name)), "domain-transfer-request",
                     request);
}

template <class Object>
RegistrarKey RandomCommands::DeciderOf(const Object* object, TransferDecision decision) {
  if (object == nullptr || !object->transfer || dice_.Percent(20)) return Anybody();
  if (dice_.Percent(10)) return kOperator;
  return decision == TransferDecision::kCancel ? object->transfer->gaining
                                               : object->transfer->losing;
}

AnyCommand RandomCommands::DecideDomainTransfer(absl::Time) {
  DomainTransferDecision command;
  command.name = SomeDomain(true);
  // Mostly one that is pending.
  for (const auto& [key, domain] : registry_.domains) {
    if (IsPending(domain.transfer) && dice_.Percent(70)) command.name = domain.name;
  }
  command.decision = static_cast<TransferDecision>(dice_.Below(3));
  if (dice_.Percent(20)) command.credential = SomeCredential(dice_);
  const RegistrarKey asker = DeciderOf(registry_.FindRow(command.name), command.decision);
  return MakeCommand(asker, "domain-transfer-decision", command);
}

AnyCommand RandomCommands::TransferContact(absl::Time) {
  ContactTransferRequest request;
  request.id = SomeContact(true);
  if (dice_.Percent(95)) request.credential = SomeCredential(dice_);
  return MakeCommand(OtherThan(registry_.FindContact(request.id)), "contact-transfer-request",
                     request);
}

AnyCommand RandomCommands::DecideContactTransfer(absl::Time) {
  ContactTransferDecision command;
  command.id = SomeContact(true);
  for (const auto& [key, contact] : registry_.contacts) {
    if (IsPending(contact.transfer) && dice_.Percent(70)) command.id = contact.id;
  }
  command.decision = static_cast<TransferDecision>(dice_.Below(3));
  const RegistrarKey asker = DeciderOf(registry_.FindContact(command.id), command.decision);
  return MakeCommand(asker, "contact-transfer-decision", command);
}

AnyCommand RandomCommands::MaterializeContact(absl::Time) {
  const Contact* row = registry_.FindContact(SomeContact(true));
  const ContactMaterialize command{row == nullptr ? ContactKey{999'999'999} : row->key};
  return MakeCommand(kLifecycle, "contact-materialize", command);
}

RegistrarKey RandomCommands::SponsorOfHost(const Host* host) {
  if (host == nullptr || host->superordinate == DomainKey{}) return SponsorOf(host);
  const auto domain = registry_.domains.find(host->superordinate);
  return SponsorOf(domain == registry_.domains.end() ? nullptr : &domain->second);
}

AnyCommand RandomCommands::CreateHost(absl::Time) {
  HostCreate create;
  create.name = SomeHost(false);
  if (dice_.Percent(create.name.tld() == "net" ? 10 : 90)) create.addresses = SomeAddresses();
  const Domain* above = nullptr;
  for (const DomainName& domain : domains_) {
    if (create.name == domain || create.name.IsBelow(domain.text())) {
      above = registry_.FindRow(domain);
    }
  }
  return MakeCommand(SponsorOf(above), "host-create", create);
}

HostUpdate RandomCommands::SomeHostUpdate() {
  HostUpdate update;
  update.name = SomeHost(true);
  const auto statuses = {Status::kClientDeleteProhibited, Status::kClientUpdateProhibited};
  if (dice_.Percent(40)) update.add.addresses = SomeAddresses();
  if (dice_.Percent(30)) update.add.statuses = SomeStatus(statuses);
  if (dice_.Percent(40)) update.remove.statuses = SomeStatus(statuses);
  return update;
}

AnyCommand RandomCommands::UpdateHost(absl::Time) {
  HostUpdate update = SomeHostUpdate();
  const Host* row = registry_.FindHost(update.name);
  if (row != nullptr && !row->addresses.empty() && dice_.Percent(40)) {
    update.remove.addresses = {dice_.Of(row->addresses)};
  }
  return MakeCommand(SponsorOfHost(row), "host-update", update);
}

AnyCommand RandomCommands::RenameHost(absl::Time) {
  HostUpdate update = SomeHostUpdate();
  const Host* row = registry_.FindHost(update.name);
  update.new_name = SomeHost(false);
  if (row != nullptr && update.new_name->tld() == "net" && dice_.Percent(90)) {
    update.add.addresses.clear();
    update.remove.addresses = row->addresses;
  }
  const bool external = row != nullptr && row->superordinate == DomainKey{};
  return MakeCommand(SponsorOfHost(row), external ? kExternalRename : "host-rename", update);
}

AnyCommand RandomCommands::DeleteHost(absl::Time) {
  const HostDelete command{SomeHost(true)};
  return MakeCommand(SponsorOfHost(registry_.FindHost(command.name)), "host-delete", command);
}

AnyCommand RandomCommands::CreateContact(absl::Time) {
  ContactCreate create;
  create.id = SomeContact(false);
  create.international = PostalInfo{.name = "Jon Postel",
                                    .organization = "",
                                    .street = {},
                                    .city = "Marina del Rey",
                                    .state = "CA",
                                    .postal_code = "90292",
                                    .country = "US"};
  create.email = "hostmaster@example.net";
  if (dice_.Percent(80)) create.auth = Sealed();
  return MakeCommand(Anybody(), "contact-create", create);
}

AnyCommand RandomCommands::UpdateContact(absl::Time) {
  ContactUpdate update;
  update.id = SomeContact(true);
  const auto statuses = {Status::kClientDeleteProhibited, Status::kClientUpdateProhibited};
  if (dice_.Percent(30)) update.add = SomeStatus(statuses);
  if (dice_.Percent(70)) update.remove = SomeStatus(statuses);
  if (dice_.Percent(50)) update.email = "jon@example.org";
  if (dice_.Percent(40)) update.auth = Sealed();
  return MakeCommand(SponsorOf(registry_.FindContact(update.id)), "contact-update", update);
}

AnyCommand RandomCommands::DeleteContact(absl::Time) {
  const ContactDelete command{SomeContact(true)};
  return MakeCommand(SponsorOf(registry_.FindContact(command.id)), "contact-delete", command);
}

AnyCommand RandomCommands::AcknowledgePoll(absl::Time) {
  PollAcknowledge command;
  command.registrar = Anybody();
  const auto mine =
      std::ranges::find(registry_.messages, command.registrar, &PollMessage::registrar);
  command.id = mine == registry_.messages.end() ? 999'999 : mine->id;
  return MakeCommand(command.registrar, "poll-acknowledge", command);
}

AnyCommand RandomCommands::Deposit(absl::Time) {
  const RegistrarKey registrar = Anybody();
  const RegistrarDeposit command{registry_.directory.Registrar(registrar)->id,
                                 Money{dice_.Below(20000) - 2000}, "transfer"};
  return MakeCommand(dice_.Percent(90) ? kOperator : registrar, "registrar-deposit", command);
}

AnyCommand RandomCommands::Suspension() {
  RegistrarUpdate command;
  command.id = registry_.directory.Registrar(Anybody())->id;
  command.suspended = dice_.Percent(8);
  return MakeCommand(kOperator, "registrar-update", command);
}

AnyCommand RandomCommands::Look() {
  const DomainName& domain = dice_.Of(domains_);
  const DomainName& host = dice_.Of(hosts_);
  const ContactId& contact = dice_.Of(contacts_);
  const RegistrarKey asker = Anybody();
  switch (dice_.Below(11)) {
    case 0:
      return MakeCommand(asker, "check", DomainCheck{{{domain.text(), domain}}});
    case 1:
      return MakeCommand(asker, "check", HostCheck{{{host.text(), host}}});
    case 2:
      return MakeCommand(asker, "check", ContactCheck{{{contact.text(), contact}}});
    case 3:
      return MakeCommand(asker, "info", DomainInfo{domain});
    case 4:
      return MakeCommand(asker, "info", HostInfo{host});
    case 5:
      return MakeCommand(asker, "info", ContactInfo{contact, {}});
    case 9:
      return MakeCommand(asker, "query", DomainTransferQuery{domain, SomeCredential(dice_)});
    case 10:
      return MakeCommand(asker, "query", ContactTransferQuery{contact, {}});
    case 6:
      return MakeCommand(kPublic, "lookup", DomainLookup{domain});
    case 7:
      return MakeCommand(kPublic, "lookup", HostLookup{{}, IpAddress("192.0.2.1")});
    default:
      return MakeCommand(asker, "poll-request", PollRequest{asker});
  }
}

}  // namespace registry
