#include "registry/commands/poll_request.h"

#include "epp/commands/commands.h"
#include "registry/types/years.h"

namespace epp {
namespace {

// <msgQ>, RFC 5730 section 2.9.2.3.
void Write(const registry::PollAnswer& answer, const AnswerContext& context, Body* body) {
  if (!answer.message) {
    *context.code = registry::ResultCode::kOkNoMessages;
    return;
  }
  *context.code = registry::ResultCode::kOkAckToDequeue;
  const std::string count = std::to_string(answer.count), id = std::to_string(answer.message->id);
  body->queue.Open("msgQ", {{"count", count}, {"id", id}});
  body->queue.Leaf("qDate", registry::FormatTime(answer.message->queued));
  body->queue.Leaf("msg", answer.message->text, {{"lang", "en"}}).Close();
}

}  // namespace

StoreCall ReadPollRequest(const Request& request) {
  ExpectEmpty(request.object, request.faults);
  registry::PollRequest command{request.session.registrar};
  return MakeStoreCall(request, std::move(command), {kEpp, "poll", ""}, Write);
}

}  // namespace epp
