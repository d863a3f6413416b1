#include "registry/commands/key_relay.h"

#include <string>
#include <utility>

#include "registry/base/text.h"
#include "registry/rules/registrable_names.h"

namespace registry {

Needs NeedsOf(const KeyRelay& command) {
  Needs needs;
  const bool details = !command.credential.owner.empty();
  needs.domains.push_back({command.name, Lock::kNone, details, /*subordinates=*/false});
  return needs;
}

Outcome<Applied<Done>> Apply(const KeyRelay& command, const Context& context,
                             const WorkingSet& set) {
  const Domain* domain = set.Find(command.name);
  const auto policy = PolicyOf(command.name, context.directory);
  if (domain == nullptr || !policy) return Reject(kDomainNotFound);
  if (context.directory.Registrar(context.asker) == nullptr) return Reject(kRegistrarOnly);
  if (!Opens(command.credential, *domain, context, set)) return Reject(kWrongAuthInfo);
  if (domain->sponsor == context.asker) return Reject(kRelayToSelf);
  if (std::ssize(command.keys) > (*policy)->max_ds) return Reject(kTooManyKeys);

  PollMessage message;
  message.registrar = domain->sponsor;
  message.queued = context.now;
  message.text = Concat("Keys for the domain ", command.name.text(), " from ",
                        context.directory.RegistrarText(context.asker));
  message.object_name = command.name.text();
  message.notice = PollMessage::Notice::kKeyRelay;
  message.detail = FormatKeyRelay({registry::Number(context.asker), command.keys});
  Changes changes;
  changes.Queue(std::move(message));
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
