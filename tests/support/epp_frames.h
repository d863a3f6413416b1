#pragma once

#include <string>
#include <string_view>

#include "registry/base/text.h"

// Frames for tests, with all namespaces declared at the top as many clients do.
namespace tests {

inline std::string Frame(std::string_view content) {
  return registry::Concat(
      R"(<?xml version="1.0" encoding="UTF-8"?><epp xmlns="urn:ietf:params:xml:ns:epp-1.0")",
      R"( xmlns:domain="urn:ietf:params:xml:ns:domain-1.0")",
      R"( xmlns:host="urn:ietf:params:xml:ns:host-1.0")",
      R"( xmlns:contact="urn:ietf:params:xml:ns:contact-1.0")",
      R"( xmlns:secDNS="urn:ietf:params:xml:ns:secDNS-1.1")",
      R"( xmlns:maint="urn:ietf:params:xml:ns:epp:maintenance-1.0")",
      R"( xmlns:loginSec="urn:ietf:params:xml:ns:epp:loginSec-1.0")",
      R"( xmlns:rgp="urn:ietf:params:xml:ns:rgp-1.0">)", content, "</epp>");
}

inline std::string Command(std::string_view verb, std::string_view extension = {},
                           std::string_view client_id = "ABC-12345") {
  std::string content = registry::Concat("<command>", verb);
  if (!extension.empty()) content += registry::Concat("<extension>", extension, "</extension>");
  if (!client_id.empty()) content += registry::Concat("<clTRID>", client_id, "</clTRID>");
  return Frame(content + "</command>");
}

}  // namespace tests
