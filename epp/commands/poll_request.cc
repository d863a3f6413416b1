#include "registry/commands/poll_request.h"

#include "epp/change_poll.h"
#include "epp/commands/commands.h"
#include "epp/key_relay.h"
#include "epp/maintenance.h"
#include "epp/transfer_parts.h"
#include "epp/unhandled_namespaces.h"
#include "registry/base/utc_text.h"
#include "registry/types/transaction_id.h"

namespace epp {
namespace {

using registry::PollMessage;

// <domain:renData>, as if the registrar had renewed it himself.
void WriteRenewal(const PollMessage& message, XmlWriter* xml) {
  xml->Open("domain:renData", {{"xmlns:domain", kDomain}});
  xml->Leaf("domain:name", message.object_name);
  xml->Leaf("domain:exDate", registry::FormatUtc(*message.expires)).Close();
}

// <domain:panData>, RFC 5731 section 3.3: the end of a <delete> that was answered with 1001.
void WritePurge(const PollMessage& message, XmlWriter* xml) {
  const PollMessage::Command& deleted_by = *message.deleted_by;
  xml->Open("domain:panData", {{"xmlns:domain", kDomain}});
  xml->Leaf("domain:name", message.object_name, {{"paResult", "1"}});
  xml->Open("domain:paTRID");
  if (!deleted_by.client_id.empty()) xml->Leaf("clTRID", deleted_by.client_id);
  xml->Leaf("svTRID", registry::FormatServerTransactionId(deleted_by.number)).Close();
  xml->Leaf("domain:paDate", registry::FormatUtc(message.queued)).Close();
}

// Nothing, if the text says it all.
void WriteNotice(const PollMessage& message, const AnswerContext& context, XmlWriter* xml) {
  switch (message.notice) {
    case PollMessage::Notice::kText:
      break;
    case PollMessage::Notice::kRenewed:
      if (message.expires) WriteRenewal(message, xml);
      break;
    case PollMessage::Notice::kPurged:
      if (message.deleted_by) WritePurge(message, xml);
      break;
    case PollMessage::Notice::kDomainTransfer:
      if (!message.transfer) break;
      WriteDomainTransfer(message.object_name, *message.transfer, context.directory, xml);
      break;
    case PollMessage::Notice::kContactTransfer:
      if (!message.transfer) break;
      WriteContactTransfer(message.object_name, *message.transfer, context.directory, xml);
      break;
    case PollMessage::Notice::kChange:
      break;  // WriteChange
    case PollMessage::Notice::kKeyRelay:
      WriteKeyRelay(message, context.directory, xml);
      break;
    case PollMessage::Notice::kMaintenance:
      WriteMaintenanceNotice(message, xml);
      break;
  }
}

Object ServiceOf(const PollMessage& message) {
  switch (message.notice) {
    case PollMessage::Notice::kContactTransfer:
      return Object::kContact;
    case PollMessage::Notice::kKeyRelay:
      return Object::kKeyRelay;
    case PollMessage::Notice::kMaintenance:
      return Object::kMaintenance;
    default:
      return Object::kDomain;
  }
}

void WriteChange(const PollMessage& message, const AnswerContext& context, Body* body) {
  const auto notice = registry::ParseChangeNotice(message.detail);
  if (!notice) return;
  WriteObject(ObjectOf(*notice), context, body,
              [&](XmlWriter* part) { WriteChangedObject(*notice, part); });
  WriteExtension(Extension::kChangePoll, context, body,
                 [&](XmlWriter* part) { WriteChangeData(*notice, message.queued, part); });
  WriteChangedExtensions(*notice, context, body);
}

// <msgQ>, RFC 5730 section 2.9.2.3, and what happened to which object.
void Write(const registry::PollAnswer& answer, const AnswerContext& context, Body* body) {
  if (!answer.message) {
    *context.code = registry::ResultCode::kOkNoMessages;
    return;
  }
  *context.code = registry::ResultCode::kOkAckToDequeue;
  const std::string count = std::to_string(answer.count), id = std::to_string(answer.message->id);
  body->queue.Open("msgQ", {{"count", count}, {"id", id}});
  body->queue.Leaf("qDate", registry::FormatUtc(answer.message->queued));
  body->queue.Leaf("msg", answer.message->text, {{"lang", "en"}}).Close();
  if (answer.message->notice == PollMessage::Notice::kChange) {
    return WriteChange(*answer.message, context, body);
  }
  WriteObject(ServiceOf(*answer.message), context, body,
              [&](XmlWriter* part) { WriteNotice(*answer.message, context, part); });
}

}  // namespace

StoreCall ReadPollRequest(const Request& request) {
  ExpectEmpty(request.object, request.faults);
  registry::PollRequest command{request.session.registrar};
  return MakeStoreCall(request, std::move(command), {kEpp, "poll", ""}, Write);
}

}  // namespace epp
