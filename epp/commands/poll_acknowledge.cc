#include "registry/commands/poll_acknowledge.h"

#include "epp/commands/commands.h"
#include "epp/reasons.h"

namespace epp {
namespace {

// <msgQ> with what remains, RFC 5730 section 2.9.2.3.
void Write(const registry::PollAcknowledged& answer, const AnswerContext&, Body* body) {
  const std::string count = std::to_string(answer.remaining), id = std::to_string(answer.id);
  body->queue.Empty("msgQ", {{"count", count}, {"id", id}});
}

}  // namespace

StoreCall ReadPollAcknowledge(const Request& request) {
  ExpectEmpty(request.object, request.faults);
  registry::PollAcknowledge command{request.session.registrar};
  const std::optional<std::string> id = request.object.Attribute("msgID");
  if (!id || id->empty()) {
    request.faults->Parameter(registry::Reject(kMessageIdMissing), request.object);
  } else {
    // What is not written as our numbers are names no message: zero is nobody's.
    const int64_t number = ParseInteger(*id).value_or(0);
    command.id = std::to_string(number) == *id ? number : 0;
  }
  return MakeStoreCall(request, std::move(command), {kEpp, "poll", "", request.object.Echo()},
                       Write);
}

}  // namespace epp
