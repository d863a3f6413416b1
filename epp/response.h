#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "epp/xml_writer.h"
#include "registry/base/outcome.h"
#include "registry/base/result_code.h"
#include "registry/types/transaction_id.h"

namespace epp {

// RFC 5730 section 2.4: the objects and extensions are exactly those that Dispatch understands.
// `server_id` is the svID, 3 to 64 characters; `launch`: the launch extension is offered.
std::string RenderGreeting(std::string_view server_id, absl::Time now, bool launch);

// A response that has nothing but its result and its identifiers. `reason` (Reason::text) and
// `subject` (Rejection::subject) go to <extValue><reason>, whose <value> is `echo`, or stands for
// the whole command. An empty `reason` means: no extValue; an empty `client_id`: no clTRID. Never
// fails, whatever bytes the texts contain.
struct Result {
  registry::ResultCode code = registry::ResultCode::kOk;
  std::string_view reason;
  std::string_view subject;
  std::string_view echo;  // one element, XML written by us; may be empty
  std::string_view client_id;
  registry::TransactionNumber number = 0;  // the svTRID's
};
std::string RenderResult(const Result& result);

// What an answer carries beside its result.
struct Body {
  XmlWriter queue;      // the <msgQ> element
  XmlWriter data;       // what stands in <resData>
  XmlWriter extension;  // what stands in <extension>
  XmlWriter unhandled;  // <extValue> elements of the result: epp/unhandled_namespaces.h
};
std::string RenderResponse(const Result& result, const Body& body);

// <name xmlns="ns">text</name>, for Result::echo.
std::string EchoElement(std::string_view ns, std::string_view name, std::string_view text);

}  // namespace epp
