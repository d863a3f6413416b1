#include "registry/base/result_code.h"

namespace registry {

std::string_view Message(ResultCode code) {
  switch (code) {
    case ResultCode::kOk:
      return "Command completed successfully";
    case ResultCode::kOkPending:
      return "Command completed successfully; action pending";
    case ResultCode::kOkNoMessages:
      return "Command completed successfully; no messages";
    case ResultCode::kOkAckToDequeue:
      return "Command completed successfully; ack to dequeue";
    case ResultCode::kOkEndingSession:
      return "Command completed successfully; ending session";
    case ResultCode::kUnknownCommand:
      return "Unknown command";
    case ResultCode::kSyntaxError:
      return "Command syntax error";
    case ResultCode::kUseError:
      return "Command use error";
    case ResultCode::kParameterMissing:
      return "Required parameter missing";
    case ResultCode::kParameterRange:
      return "Parameter value range error";
    case ResultCode::kParameterSyntax:
      return "Parameter value syntax error";
    case ResultCode::kUnimplementedVersion:
      return "Unimplemented protocol version";
    case ResultCode::kUnimplementedCommand:
      return "Unimplemented command";
    case ResultCode::kUnimplementedOption:
      return "Unimplemented option";
    case ResultCode::kUnimplementedExtension:
      return "Unimplemented extension";
    case ResultCode::kBillingFailure:
      return "Billing failure";
    case ResultCode::kNotRenewable:
      return "Object is not eligible for renewal";
    case ResultCode::kNotTransferable:
      return "Object is not eligible for transfer";
    case ResultCode::kAuthenticationError:
      return "Authentication error";
    case ResultCode::kAuthorizationError:
      return "Authorization error";
    case ResultCode::kInvalidAuthInfo:
      return "Invalid authorization information";
    case ResultCode::kPendingTransfer:
      return "Object pending transfer";
    case ResultCode::kNotPendingTransfer:
      return "Object not pending transfer";
    case ResultCode::kObjectExists:
      return "Object exists";
    case ResultCode::kObjectMissing:
      return "Object does not exist";
    case ResultCode::kStatusProhibits:
      return "Object status prohibits operation";
    case ResultCode::kAssociationProhibits:
      return "Object association prohibits operation";
    case ResultCode::kParameterPolicy:
      return "Parameter value policy error";
    case ResultCode::kUnimplementedService:
      return "Unimplemented object service";
    case ResultCode::kDataPolicyViolation:
      return "Data management policy violation";
    case ResultCode::kCommandFailed:
      return "Command failed";
    case ResultCode::kCommandFailedClosing:
      return "Command failed; server closing connection";
    case ResultCode::kAuthenticationErrorClosing:
      return "Authentication error; server closing connection";
    case ResultCode::kSessionLimitClosing:
      return "Session limit exceeded; server closing connection";
  }
  return "Command failed";
}

bool ClosesSession(ResultCode code) {
  return code == ResultCode::kOkEndingSession || static_cast<int>(code) >= 2500;
}

}  // namespace registry
