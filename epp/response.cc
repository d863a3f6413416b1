#include "epp/response.h"

#include <utility>

#include "epp/namespaces.h"

namespace epp {
namespace {

constexpr std::string_view kDeclaration =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="no"?>)";
// Stands for the whole command where no element of it is to blame: <value> must not be empty.
constexpr std::string_view kWholeCommand = R"(<command xmlns="urn:ietf:params:xml:ns:epp-1.0"/>)";

// `unhandled`: further <extValue> elements.
void WriteResult(const Result& result, const XmlWriter& unhandled, XmlWriter* xml) {
  const std::string code = std::to_string(static_cast<int>(result.code));
  xml->Open("result", {{"code", code}}).Leaf("msg", Message(result.code));
  if (!result.reason.empty()) {
    std::string reason(result.reason);
    if (!result.subject.empty()) reason.append(": ").append(result.subject);
    xml->Open("extValue").Open("value");
    xml->Insert(result.echo.empty() ? kWholeCommand : result.echo).Close();
    xml->Leaf("reason", reason).Close();
  }
  xml->Insert(unhandled.text()).Close();
}

void WriteIdentifiers(const Result& result, XmlWriter* xml) {
  xml->Open("trID");
  if (!result.client_id.empty()) xml->Leaf("clTRID", result.client_id);
  xml->Leaf("svTRID", registry::FormatServerTransactionId(result.number)).Close();
}

void WriteAround(std::string_view tag, const XmlWriter& content, XmlWriter* xml) {
  if (!content.text().empty()) xml->Open(tag).Insert(content.text()).Close();
}

}  // namespace

std::string RenderResponse(const Result& result, const Body& body) {
  XmlWriter xml;
  xml.Insert(kDeclaration).Open("epp", {{"xmlns", kEpp}}).Open("response");
  WriteResult(result, body.unhandled, &xml);
  xml.Insert(body.queue.text());
  WriteAround("resData", body.data, &xml);
  WriteAround("extension", body.extension, &xml);
  WriteIdentifiers(result, &xml);
  xml.Close().Close();
  return xml.Take();
}

std::string RenderResult(const Result& result) { return RenderResponse(result, Body()); }

std::string EchoElement(std::string_view ns, std::string_view name, std::string_view text) {
  std::string out = "<";
  out.append(name).append(" xmlns=\"");
  AppendEscaped(ns, &out);
  if (text.empty()) return out += "\"/>";
  out += "\">";
  AppendEscaped(text, &out);
  return out.append("</").append(name).append(">");
}

}  // namespace epp
