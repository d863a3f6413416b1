#include "epp/bundle.h"

#include "epp/namespaces.h"
#include "epp/unhandled_namespaces.h"
#include "epp/values.h"

namespace epp {

std::optional<registry::DomainName> ReadBundleCreate(const Element& create, Faults* faults) {
  if (!create) return std::nullopt;
  faults->CheckAttributes(create, {});
  Content content(create, faults);
  const Element rdn = content.Take("rdn", {"uLabel"});
  content.End();
  if (!rdn) return std::nullopt;
  return ReadDomainName(rdn, faults);
}

void WriteBundle(std::string_view tag, const registry::DomainName& name,
                 const AnswerContext& context, Body* body) {
  const registry::Bundles& bundles = context.directory.bundles();
  const registry::DomainName primary = bundles.Primary(name);
  const std::optional<registry::DomainName> partner = bundles.Other(primary);
  if (!partner) return;
  const auto write = [&](XmlWriter* xml) {
    xml->Open(tag, {{"xmlns:b-dn", kBundle}}).Open("b-dn:bundle");
    xml->Leaf("b-dn:rdn", primary.text()).Leaf("b-dn:bdn", partner->text());
    xml->Close().Close();
  };
  // As with fees: what a login did not ask for is no news to it, but what an info leaves out is.
  if (tag == "b-dn:infData") return WriteExtension(Extension::kBundle, context, body, write);
  if (context.extensions.Has(Extension::kBundle)) write(&body->extension);
}

void WriteUpdated(const registry::DomainUpdated& updated, const AnswerContext& context,
                  Body* body) {
  WriteBundle("b-dn:upData", updated.name, context, body);
}

}  // namespace epp
