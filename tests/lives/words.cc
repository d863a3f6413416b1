#include "tests/lives/words.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/commands/domain_create.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_renew.h"
#include "registry/commands/domain_restore_report.h"
#include "registry/commands/domain_restore_request.h"
#include "registry/commands/domain_transfer_decision.h"
#include "registry/commands/domain_transfer_query.h"
#include "registry/commands/domain_transfer_request.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_create.h"
#include "registry/commands/host_delete.h"
#include "registry/commands/host_info.h"
#include "registry/commands/poll_acknowledge.h"
#include "registry/commands/poll_request.h"
#include "registry/commands/registrar_deposit.h"
#include "registry/commands/registrar_update.h"
#include "registry/lifecycle/project.h"
#include "registry/rules/registrable_names.h"
#include "tests/support/scene.h"

namespace lives {
namespace {

using registry::AnyCommand;
using registry::Concat;
using registry::DomainName;
using registry::Scene;

// The words one after the other. The first that does not fit is remembered.
class Sentence {
 public:
  Sentence(std::string_view text, const Speaker& speaker, std::string* answer)
      : speaker_(speaker), answer_(answer) {
    for (const std::string_view word : registry::Split(text, ' ')) words_.push_back(word);
    std::erase(words_, "");
  }

  const Speaker& speaker() const { return speaker_; }

  // Whether these words come next; then they are behind us.
  bool Take(std::string_view expected) {
    const std::vector<std::string_view> parts = registry::Split(expected, ' ');
    if (words_.size() < at_ + parts.size()) return false;
    if (!std::equal(parts.begin(), parts.end(), words_.begin() + at_)) return false;
    at_ += parts.size();
    return true;
  }

  std::string_view Word() {
    if (at_ == words_.size()) {
      complaint_ = "something is missing";
      return "";
    }
    return words_[at_++];
  }

  // Parses the next word.
  template <class T>
  T Read(registry::Outcome<T> (*parse)(std::string_view)) {
    auto value = parse(Word());
    if (!value) {
      Complain();
      return T();
    }
    return *std::move(value);
  }

  // The domain that is said, or the one that is meant.
  DomainName Domain() {
    const bool said = at_ < words_.size() && words_[at_].find('.') != std::string_view::npos;
    return said ? Read(DomainName::Parse) : speaker_.domain;
  }

  // "2y"; one year if nothing is said.
  registry::Years Years() {
    int64_t count = 0;
    if (at_ == words_.size() || !words_[at_].ends_with('y')) return registry::Years(1);
    const std::string_view word = Word();
    if (!registry::ParseNumber(word.substr(0, word.size() - 1), &count)) Complain();
    const auto years = registry::Years::Of(count);
    if (!years) Complain();
    return years ? *years : registry::Years(1);
  }

  // The word that was read last is not understood.
  void Complain() {
    if (complaint_.empty()) complaint_ = Concat("not understood: ", words_[at_ - 1]);
  }

  std::string Complaint() const {
    if (!complaint_.empty() || at_ == words_.size()) return complaint_;
    return Concat("not understood: ", words_[at_]);
  }

  // A command whose answer is no more than a code.
  template <class Command>
  AnyCommand Say(Command command) const {
    return registry::MakeCommand(speaker_.asker, "", std::move(command));
  }

  // One whose answer `describe` puts into words.
  template <class Command, class Describe>
  AnyCommand Ask(Command command, Describe describe) const {
    AnyCommand asked = Say(command);
    asked.decide = [command, describe, decide = asked.decide, answer = answer_](
                       const registry::Context& context, const registry::WorkingSet& set) {
      registry::Decision decision = decide(context, set);
      if (decision.accepted()) *answer = describe(*Apply(command, context, set), context);
      return decision;
    };
    return asked;
  }

 private:
  const Speaker& speaker_;
  std::string* const answer_;
  std::vector<std::string_view> words_;
  size_t at_ = 0;  // the next word
  std::string complaint_;
};

registry::SealedAuthInfo SceneAuth() {
  return registry::AuthInfo(Scene::kAuth).Seal(registry::SealedAuthInfo::Salt{});
}

std::optional<registry::Credential> TakeCredential(Sentence& said) {
  if (said.Take("without authInfo")) return std::nullopt;
  if (said.Take("with a wrong authInfo")) {
    return registry::Credential{registry::AuthInfo("guessed-guessed-guessed"), ""};
  }
  return registry::Credential{registry::AuthInfo(Scene::kAuth), ""};
}

// -- domains --

AnyCommand Create(Sentence& said) {
  registry::DomainCreate command;
  command.name = said.Read(DomainName::Parse);
  command.period = said.Years();
  command.registrant = registry::ContactId("holder");
  if (!said.Take("without name servers")) {
    command.name_servers = {DomainName("ns1.example.net"), DomainName("ns2.example.net")};
  }
  return said.Say(std::move(command));
}

// The date that the registrar saw last.
absl::CivilDay ExpiryDay(const Speaker& speaker, const DomainName& name) {
  const registry::Domain* row = speaker.registry.FindRow(name);
  if (row == nullptr) return absl::CivilDay();
  const auto domain = Project(*row, speaker.now, speaker.registry.directory).domain;
  return domain ? registry::UtcDay(domain->expires) : absl::CivilDay();
}

AnyCommand Renew(Sentence& said) {
  registry::DomainRenew command;
  command.name = said.Domain();
  command.period = said.Years();
  command.current_expiry = ExpiryDay(said.speaker(), command.name);
  if (said.Take("from")) {
    const std::string_view day = said.Word();
    if (!absl::ParseCivilTime(std::string(day), &command.current_expiry)) said.Complain();
  }
  return said.Say(std::move(command));
}

AnyCommand Delete(Sentence& said) { return said.Say(registry::DomainDelete{said.Domain()}); }

AnyCommand Info(Sentence& said) {
  registry::DomainInfo command;
  command.name = said.Domain();
  return said.Say(std::move(command));
}

void TakePart(Sentence& said, registry::DomainUpdate::Part& part) {
  if (said.Take("ns")) {
    part.name_servers.push_back(said.Read(DomainName::Parse));
  } else if (said.Take("status")) {
    const auto status = registry::ParseStatus(said.Word());
    status ? part.statuses.Add(*status) : said.Complain();
  } else {
    said.Word();
    said.Complain();
  }
}

AnyCommand Update(Sentence& said) {
  registry::DomainUpdate command;
  command.name = said.Domain();
  if (said.Take("add")) {
    TakePart(said, command.add);
  } else if (said.Take("remove")) {
    TakePart(said, command.remove);
  } else if (said.Take("set authInfo")) {
    command.auth = SceneAuth();
  } else if (said.Take("clear authInfo")) {
    command.auth = registry::SealedAuthInfo();
  }
  return said.Say(std::move(command));
}

AnyCommand RequestTransfer(Sentence& said) {
  registry::DomainTransferRequest command;
  command.name = said.Domain();
  command.period = said.Years();
  command.credential = TakeCredential(said);
  return said.Say(std::move(command));
}

AnyCommand QueryTransfer(Sentence& said) {
  registry::DomainTransferQuery command;
  command.name = said.Domain();
  return said.Ask(std::move(command),
                  [](const registry::DomainTransferAnswer& answer, const auto&) {
                    return Concat("1000 ", TransferStateName(answer.transfer.state));
                  });
}

template <registry::TransferDecision kDecision>
AnyCommand Decide(Sentence& said) {
  registry::DomainTransferDecision command;
  command.name = said.Domain();
  command.decision = kDecision;
  return said.Say(std::move(command));
}

AnyCommand RequestRestore(Sentence& said) {
  registry::DomainRestoreRequest command;
  command.name = said.Domain();
  return said.Say(std::move(command));
}

AnyCommand ReportRestore(Sentence& said) {
  registry::DomainRestoreReport command;
  command.name = said.Domain();
  command.report.deleted = command.report.restored = said.speaker().now;
  command.report.statements = {"not restored in order to use or sell it", "the report is true"};
  return said.Say(std::move(command));
}

// -- hosts --

AnyCommand CreateHost(Sentence& said) {
  registry::HostCreate command;
  command.name = said.Read(DomainName::Parse);
  if (!SuperordinateName(command.name, said.speaker().registry.directory).empty()) {
    command.addresses = {registry::IpAddress("192.0.2.1")};
  }
  return said.Say(std::move(command));
}

AnyCommand DeleteHost(Sentence& said) {
  return said.Say(registry::HostDelete{said.Read(DomainName::Parse)});
}

// Whose it is.
AnyCommand HostInfo(Sentence& said) {
  return said.Ask(registry::HostInfo{said.Read(DomainName::Parse)},
                  [](const registry::HostInfoAnswer& answer, const registry::Context& context) {
                    return Concat("1000 ", context.directory.RegistrarText(answer.host.sponsor));
                  });
}

// -- messages --

AnyCommand Poll(Sentence& said) {
  const registry::PollRequest command{said.speaker().asker};
  return said.Ask(command, [](const registry::PollAnswer& answer, const auto&) {
    return answer.message ? Concat("1301 ", answer.message->text) : "1300";
  });
}

// The oldest message.
AnyCommand Acknowledge(Sentence& said) {
  registry::PollAcknowledge command{said.speaker().asker, 0};
  const auto& messages = said.speaker().registry.messages;
  const auto oldest =
      std::ranges::find(messages, said.speaker().asker, &registry::PollMessage::registrar);
  if (oldest != messages.end()) command.id = oldest->id;
  return said.Say(command);
}

// -- the operator's --

AnyCommand Suspend(Sentence& said) {
  registry::RegistrarUpdate command;
  command.id = said.Read(registry::RegistrarId::Parse);
  command.suspended = true;
  return said.Say(std::move(command));
}

AnyCommand Readmit(Sentence& said) {
  registry::RegistrarUpdate command;
  command.id = said.Read(registry::RegistrarId::Parse);
  command.suspended = false;
  return said.Say(std::move(command));
}

// From then on it may sell nothing but names below ngo.
AnyCommand Withdraw(Sentence& said) {
  registry::RegistrarUpdate command;
  command.id = said.Read(registry::RegistrarId::Parse);
  command.tlds = {"ngo"};
  return said.Say(std::move(command));
}

AnyCommand Grant(Sentence& said) {
  registry::RegistrarUpdate command;
  command.id = said.Read(registry::RegistrarId::Parse);
  command.tlds.emplace();
  return said.Say(std::move(command));
}

AnyCommand Deposit(Sentence& said) {
  registry::RegistrarDeposit command;
  command.amount = said.Read(registry::ParseMoney);
  if (!said.Take("for")) said.Complain();
  command.id = said.Read(registry::RegistrarId::Parse);
  return said.Say(std::move(command));
}

struct Verb {
  std::string_view words;
  AnyCommand (*make)(Sentence&);
};

constexpr Verb kVerbs[] = {
    {"create", Create},
    {"renew", Renew},
    {"delete", Delete},
    {"info", Info},
    {"update", Update},
    {"transfer request", RequestTransfer},
    {"transfer query", QueryTransfer},
    {"approve", Decide<registry::TransferDecision::kApprove>},
    {"reject", Decide<registry::TransferDecision::kReject>},
    {"cancel", Decide<registry::TransferDecision::kCancel>},
    {"restore request", RequestRestore},
    {"restore report", ReportRestore},
    {"host create", CreateHost},
    {"host delete", DeleteHost},
    {"host info", HostInfo},
    {"poll", Poll},
    {"ack", Acknowledge},
    {"suspend", Suspend},
    {"readmit", Readmit},
    {"withdraw org from", Withdraw},
    {"grant org to", Grant},
    {"deposit", Deposit},
};

}  // namespace

absl::StatusOr<AnyCommand> Understand(std::string_view words, const Speaker& speaker,
                                      std::string* answer) {
  Sentence said(words, speaker, answer);
  for (const Verb& verb : kVerbs) {
    if (!said.Take(verb.words)) continue;
    AnyCommand command = verb.make(said);
    if (said.Complaint().empty()) return command;
    return absl::InvalidArgumentError(said.Complaint());
  }
  return absl::InvalidArgumentError(Concat("not understood: ", words));
}

}  // namespace lives
