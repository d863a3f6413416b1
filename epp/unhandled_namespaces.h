#pragma once

#include "absl/functional/function_ref.h"
#include "epp/store_command.h"

// Where the part of an answer goes that belongs to a service of its own: to its place if the login
// named the service; else to the result's <extValue>, if the login named unhandled-namespaces-1.0
// (RFC 9038); else nowhere.
namespace epp {

// Writes one element that declares its namespace, or nothing.
using WritePart = absl::FunctionRef<void(XmlWriter* xml)>;

// A part of <extension>, RFC 9038 section 3.2.
void WriteExtension(Extension extension, const AnswerContext& context, Body* body, WritePart write);
// What stands in <resData>, where the object service is not the command's own: messages of a poll.
// RFC 9038 section 3.1.
void WriteObject(Object object, const AnswerContext& context, Body* body, WritePart write);

}  // namespace epp
