#include "epp/domain_parts.h"

#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/rules/reasons.h"

namespace epp {
namespace {

using registry::ContactRole;

// <domain:hostAttr>: read, so that a malformed one is a syntax error, then left to the registry to
// refuse.
void RefuseHostAttribute(const Element& attribute, Faults* faults) {
  Content content(attribute, faults);
  ReadHostName(content.Require("hostName"), faults);
  for (const Element& address : content.TakeAll("hostAddr", {"ip"})) ReadAddress(address, faults);
  content.End();
  faults->Policy(registry::Reject(registry::kHostAttributesNotOffered), attribute);
}

ContactRole ReadRole(const Element& element, Faults* faults) {
  if (!element.Attribute("type")) {
    faults->Parameter(registry::Reject(kContactTypeMissing), element);
    return ContactRole::kAdmin;
  }
  const std::string type = RequireAttribute(element, "type", {"admin", "billing", "tech"}, faults);
  if (type == "billing") return ContactRole::kBilling;
  return type == "tech" ? ContactRole::kTech : ContactRole::kAdmin;
}

}  // namespace

std::vector<registry::DomainName> ReadNameServers(const Element& ns, Faults* faults) {
  std::vector<registry::DomainName> names;
  if (!ns) return names;
  Content content(ns, faults);
  const std::vector<Element> attributes = content.TakeAll("hostAttr");
  for (const Element& attribute : attributes) RefuseHostAttribute(attribute, faults);
  if (attributes.empty()) {
    for (const Element& host : content.RequireAll("hostObj")) {
      names.push_back(ReadHostName(host, faults));
    }
  }
  content.End();
  LimitValues(names.size(), registry::kTooManyNameServers, ns, faults);
  return names;
}

std::vector<registry::DomainCreate::ContactLink> ReadContactLinks(
    const std::vector<Element>& elements, Faults* faults) {
  std::vector<registry::DomainCreate::ContactLink> links;
  for (const Element& element : elements) {
    links.push_back({ReadRole(element, faults), ReadContactId(element, faults)});
  }
  if (!links.empty()) {
    LimitValues(links.size(), registry::kTooManyContacts, elements.front(), faults);
  }
  return links;
}

}  // namespace epp
