#include "epp/commands/login.h"

#include "absl/strings/match.h"
#include "epp/reasons.h"
#include "epp/services.h"
#include "epp/xml_characters.h"
#include "registry/types/identifiers.h"
#include "registry/types/reasons.h"

namespace epp {
namespace {

// epp:pwType.
std::string ReadPassword(const Element& element, Faults* faults) {
  std::string password = ReadToken(element, faults);
  const size_t length = CountCharacters(password);
  if (element && (length < 6 || length > 16)) {
    faults->Parameter(registry::Reject(kPasswordSyntax), element);
  }
  return password;
}

void ReadOptions(const Element& options, Faults* faults) {
  Content content(options, faults);
  const Element version = content.Require("version"), lang = content.Require("lang");
  content.End();
  if (version && ReadToken(version, faults) != "1.0") faults->Service(kVersionNotOffered, version);
  const std::string language = ReadToken(lang, faults);
  if (lang && !absl::EqualsIgnoreCase(language, "en")) faults->Service(kLanguageNotOffered, lang);
}

void ReadServices(const Element& services, LoginCall* call, Faults* faults) {
  Content content(services, faults);
  for (const Element& uri : content.RequireAll("objURI")) {
    const std::optional<Object> object = ObjectOf(ReadToken(uri, faults));
    if (object) call->objects.Add(*object);
    if (!object) faults->Service(kUnknownObject, uri);
  }
  if (const Element extensions = content.Take("svcExtension")) {
    Content uris(extensions, faults);
    for (const Element& uri : uris.RequireAll("extURI")) {
      const std::optional<Extension> extension = ExtensionOf(ReadToken(uri, faults));
      if (extension) call->extensions.Add(*extension);
      if (!extension) faults->Service(kUnknownExtension, uri);
    }
    uris.End();
  }
  content.End();
}

}  // namespace

LoginCall ReadLogin(const Element& login, Faults* faults) {
  LoginCall call;
  Content content(login, faults);
  const Element id = content.Require("clID");
  call.id = ReadToken(id, faults);
  const registry::Outcome<registry::RegistrarId> registrar = registry::RegistrarId::Parse(call.id);
  if (id && !registrar.ok()) {
    faults->Parameter(registry::Reject(registry::kRegistrarIdSyntax), id);
  }
  call.password = ReadPassword(content.Require("pw"), faults);
  if (const Element changed = content.Take("newPW")) {
    call.new_password = ReadPassword(changed, faults);  // its policy comes after the login's own
  }
  ReadOptions(content.Require("options"), faults);
  ReadServices(content.Require("svcs"), &call, faults);
  content.End();
  return call;
}

}  // namespace epp
