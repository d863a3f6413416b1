#pragma once

#include <string_view>

namespace registry {

// The result codes of EPP, RFC 5730 section 3. The operator's commands use the same ones, so that a
// script sees one vocabulary.
enum class ResultCode : int {
  kOk = 1000,
  kOkPending = 1001,
  kOkNoMessages = 1300,
  kOkAckToDequeue = 1301,
  kOkEndingSession = 1500,
  kUnknownCommand = 2000,
  kSyntaxError = 2001,
  kUseError = 2002,
  kParameterMissing = 2003,
  kParameterRange = 2004,
  kParameterSyntax = 2005,
  kUnimplementedVersion = 2100,
  kUnimplementedCommand = 2101,
  kUnimplementedOption = 2102,
  kUnimplementedExtension = 2103,
  kBillingFailure = 2104,
  kNotRenewable = 2105,
  kNotTransferable = 2106,
  kAuthenticationError = 2200,
  kAuthorizationError = 2201,
  kInvalidAuthInfo = 2202,
  kPendingTransfer = 2300,
  kNotPendingTransfer = 2301,
  kObjectExists = 2302,
  kObjectMissing = 2303,
  kStatusProhibits = 2304,
  kAssociationProhibits = 2305,
  kParameterPolicy = 2306,
  kUnimplementedService = 2307,
  kDataPolicyViolation = 2308,
  kCommandFailed = 2400,
  kCommandFailedClosing = 2500,
  kAuthenticationErrorClosing = 2501,
  kSessionLimitClosing = 2502,
};

// The text of RFC 5730 section 3, word for word, in English.
std::string_view Message(ResultCode code);

// True for the codes after which the server ends the session: 1500 and 25xx.
bool ClosesSession(ResultCode code);

inline bool IsSuccess(ResultCode code) { return static_cast<int>(code) < 2000; }

}  // namespace registry
