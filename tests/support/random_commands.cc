#include "tests/support/random_commands.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "registry/base/text.h"
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

template <class Values, class TextOf>
std::string List(std::string_view title, const Values& values, TextOf text_of) {
  std::string list;
  for (const auto& value : values) list += Concat(list.empty() ? " " : ",", text_of(value));
  return list.empty() ? "" : Concat(" ", title, list);
}
std::string List(std::string_view title, const std::vector<DomainName>& names) {
  return List(title, names, [](const DomainName& name) { return name.text(); });
}
std::string List(std::string_view title, StatusSet statuses) {
  return List(title, statuses.ToVector(), [](Status status) { return StatusName(status); });
}
std::string List(std::string_view title, const std::vector<IpAddress>& addresses) {
  return List(title, addresses, [](const IpAddress& address) { return address.ToString(); });
}
std::string List(std::string_view title, const std::vector<DomainCreate::ContactLink>& links) {
  return List(title, links, [](const DomainCreate::ContactLink& link) { return link.id.text(); });
}

std::string Text(const DomainUpdate& update) {
  const auto part = [](std::string_view title, const DomainUpdate::Part& change) {
    const std::string text = List("ns", change.name_servers) + List("status", change.statuses) +
                             List("tech", change.contacts);
    return text.empty() ? "" : Concat(" ", title, text);
  };
  return Concat("update ", update.name.text(), part("add", update.add),
                part("remove", update.remove), update.auth ? " set authInfo" : "",
                update.registrant ? Concat(" registrant ", update.registrant->text()) : "");
}
std::string Text(const HostUpdate& update) {
  return Concat("host update ", update.name.text(), List("add", update.add.addresses),
                List("add", update.add.statuses), List("remove", update.remove.addresses),
                List("remove", update.remove.statuses),
                update.new_name ? Concat(" name ", update.new_name->text()) : "");
}

std::string_view Text(TransferDecision decision) {
  constexpr std::string_view kTexts[] = {"approve", "reject", "cancel"};
  return kTexts[static_cast<size_t>(decision)];
}

// The command, with how it reads in a table.
template <class Command>
AnyCommand Say(RegistrarKey asker, std::string_view kind, const Command& command,
               std::string text) {
  AnyCommand said = MakeCommand(asker, kind, command);
  said.text = std::move(text);
  return said;
}

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
                                       &This::LockDomain,
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
  return Say(Anybody(), "domain-create", create,
             Concat("create ", create.name.text(), " ", create.period.count(), "y",
                    List("ns", create.name_servers),
                    create.registrant ? Concat(" registrant ", create.registrant->text()) : "",
                    List("tech", create.contacts)));
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
  if (row != nullptr && update.name.tld() == "thick" && dice_.Percent(20)) {
    update.add.contacts.push_back({ContactRole::kTech, SomeContact(true)});
  }
  if (row != nullptr && !row->contacts.empty() && dice_.Percent(30)) {
    const DomainContact& link = dice_.Of(row->contacts);
    update.remove.contacts.push_back({link.role, registry_.contacts.at(link.contact).id});
  }
  return Say(SponsorOf(row), "domain-update", update, Text(update));
}

AnyCommand RandomCommands::LockDomain(absl::Time) {
  DomainUpdate update;
  update.name = SomeDomain(true);
  const auto statuses = {Status::kServerHold, Status::kServerDeleteProhibited,
                         Status::kServerRenewProhibited, Status::kServerTransferProhibited,
                         Status::kServerUpdateProhibited};
  if (dice_.Percent(40)) update.add.statuses = SomeStatus(statuses);
  const Domain* row = registry_.FindRow(update.name);
  for (const Status status : row == nullptr ? std::vector<Status>() : row->statuses.ToVector()) {
    if (dice_.Percent(70)) update.remove.statuses.Add(status);
  }
  return Say(kOperator, "domain-lock", update, Text(update));
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
  return Say(SponsorOf(row), "domain-renew", renew,
             Concat("renew ", renew.name.text(), " ", renew.period.count(), "y from ",
                    absl::FormatCivilTime(renew.current_expiry)));
}

AnyCommand RandomCommands::DeleteDomain(absl::Time) {
  const DomainDelete command{SomeDomain(true)};
  return Say(SponsorOf(registry_.FindRow(command.name)), "domain-delete", command,
             Concat("delete ", command.name.text()));
}

AnyCommand RandomCommands::MaterializeDomain(absl::Time) {
  const DomainName name = SomeDomain(true);
  const Domain* row = registry_.FindRow(name);
  const DomainMaterialize command{row == nullptr ? DomainKey{999'999'999} : row->key};
  return Say(kLifecycle, "domain-materialize", command, Concat("write ", name.text()));
}

AnyCommand RandomCommands::RestoreDomain(absl::Time) {
  DomainRestoreRequest request{SomeDomain(true)};
  for (const auto& [key, domain] : registry_.domains) {
    if (domain.phase == DomainPhase::kRedemption && dice_.Percent(80)) request.name = domain.name;
  }
  return Say(SponsorOf(registry_.FindRow(request.name)), "domain-restore-request", request,
             Concat("restore request ", request.name.text()));
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
  return Say(SponsorOf(registry_.FindRow(command.name)), "domain-restore-report", command,
             Concat("restore report ", command.name.text()));
}

AnyCommand RandomCommands::TransferDomain(absl::Time) {
  DomainTransferRequest request;
  request.name = SomeDomain(true);
  request.period = Years(dice_.Percent(80) ? 1 : 1 + dice_.Below(10));
  if (dice_.Percent(95)) request.credential = SomeCredential(dice_);
  return Say(OtherThan(registry_.FindRow(request.name)), "domain-transfer-request", request,
             Concat("transfer request ", request.name.text(), " ", request.period.count(), "y"));
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
  return Say(asker, "domain-transfer-decision", command,
             Concat(Text(command.decision), " ", command.name.text()));
}

AnyCommand RandomCommands::TransferContact(absl::Time) {
  ContactTransferRequest request;
  request.id = SomeContact(true);
  if (dice_.Percent(95)) request.credential = SomeCredential(dice_);
  return Say(OtherThan(registry_.FindContact(request.id)), "contact-transfer-request", request,
             Concat("contact transfer request ", request.id.text()));
}

AnyCommand RandomCommands::DecideContactTransfer(absl::Time) {
  ContactTransferDecision command;
  command.id = SomeContact(true);
  for (const auto& [key, contact] : registry_.contacts) {
    if (IsPending(contact.transfer) && dice_.Percent(70)) command.id = contact.id;
  }
  command.decision = static_cast<TransferDecision>(dice_.Below(3));
  const RegistrarKey asker = DeciderOf(registry_.FindContact(command.id), command.decision);
  return Say(asker, "contact-transfer-decision", command,
             Concat("contact ", Text(command.decision), " ", command.id.text()));
}

AnyCommand RandomCommands::MaterializeContact(absl::Time) {
  const ContactId id = SomeContact(true);
  const Contact* row = registry_.FindContact(id);
  const ContactMaterialize command{row == nullptr ? ContactKey{999'999'999} : row->key};
  return Say(kLifecycle, "contact-materialize", command, Concat("write contact ", id.text()));
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
  return Say(SponsorOf(above), "host-create", create,
             Concat("host create ", create.name.text(), List("with", create.addresses)));
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
  return Say(SponsorOfHost(row), "host-update", update, Text(update));
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
  return Say(SponsorOfHost(row), external ? kExternalRename : "host-rename", update, Text(update));
}

AnyCommand RandomCommands::DeleteHost(absl::Time) {
  const HostDelete command{SomeHost(true)};
  return Say(SponsorOfHost(registry_.FindHost(command.name)), "host-delete", command,
             Concat("host delete ", command.name.text()));
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
  return Say(Anybody(), "contact-create", create, Concat("contact create ", create.id.text()));
}

AnyCommand RandomCommands::UpdateContact(absl::Time) {
  ContactUpdate update;
  update.id = SomeContact(true);
  const auto statuses = {Status::kClientDeleteProhibited, Status::kClientUpdateProhibited};
  if (dice_.Percent(30)) update.add = SomeStatus(statuses);
  if (dice_.Percent(70)) update.remove = SomeStatus(statuses);
  if (dice_.Percent(50)) update.email = "jon@example.org";
  if (dice_.Percent(40)) update.auth = Sealed();
  return Say(SponsorOf(registry_.FindContact(update.id)), "contact-update", update,
             Concat("contact update ", update.id.text(), List("add", update.add),
                    List("remove", update.remove), update.auth ? " set authInfo" : ""));
}

AnyCommand RandomCommands::DeleteContact(absl::Time) {
  const ContactDelete command{SomeContact(true)};
  return Say(SponsorOf(registry_.FindContact(command.id)), "contact-delete", command,
             Concat("contact delete ", command.id.text()));
}

AnyCommand RandomCommands::AcknowledgePoll(absl::Time) {
  PollAcknowledge command;
  command.registrar = Anybody();
  const auto mine =
      std::ranges::find(registry_.messages, command.registrar, &PollMessage::registrar);
  command.id = mine == registry_.messages.end() ? 999'999 : mine->id;
  return Say(command.registrar, kPollAcknowledge, command, "ack the oldest");
}

AnyCommand RandomCommands::Deposit(absl::Time) {
  const RegistrarKey registrar = Anybody();
  const RegistrarDeposit command{registry_.directory.Registrar(registrar)->id,
                                 Money{dice_.Below(20000) - 2000}, "transfer"};
  return Say(dice_.Percent(90) ? kOperator : registrar, "registrar-deposit", command,
             Concat("deposit ", FormatMoney(command.amount), " for ", command.id.text()));
}

AnyCommand RandomCommands::Suspension() {
  RegistrarUpdate command;
  command.id = registry_.directory.Registrar(Anybody())->id;
  command.suspended = dice_.Percent(8);
  return Say(kOperator, "registrar-update", command,
             Concat(*command.suspended ? "suspend " : "readmit ", command.id.text()));
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
