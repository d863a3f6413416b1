#include "epp/response.h"
#include "epp/services.h"
#include "epp/xml_writer.h"
#include "registry/base/utc_text.h"

namespace epp {
namespace {

void WriteServices(bool launch, XmlWriter* xml) {
  xml->Open("svcMenu").Leaf("version", "1.0").Leaf("lang", "en");
  for (const ObjectService& service : kObjectServices) xml->Leaf("objURI", service.ns);
  xml->Open("svcExtension");
  for (const ExtensionService& service : kExtensionServices) {
    if (service.extension != Extension::kLaunch || launch) xml->Leaf("extURI", service.ns);
  }
  xml->Close().Close();
}

// RFC 5730 section 2.4, <dcp>: data is collected to run the registry and to be published as far as
// policy says, and is kept as long as the policy states.
void WriteDataCollectionPolicy(XmlWriter* xml) {
  xml->Open("dcp").Open("access").Empty("all").Close().Open("statement");
  xml->Open("purpose").Empty("admin").Empty("prov").Close();
  xml->Open("recipient").Empty("ours").Empty("public").Close();
  xml->Open("retention").Empty("stated").Close();
  xml->Close().Close();
}

}  // namespace

std::string RenderGreeting(std::string_view server_id, absl::Time now, bool launch) {
  XmlWriter xml;
  xml.Insert(R"(<?xml version="1.0" encoding="UTF-8" standalone="no"?>)");
  xml.Open("epp", {{"xmlns", kEpp}}).Open("greeting");
  xml.Leaf("svID", server_id).Leaf("svDate", registry::FormatUtc(now));
  WriteServices(launch, &xml);
  WriteDataCollectionPolicy(&xml);
  xml.Close().Close();
  return xml.Take();
}

}  // namespace epp
