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

// What stands in <pw> or <newPW> if the password itself is in loginSec.
constexpr std::string_view kInLoginSec = "[LOGIN-SECURITY]";

// loginSec:userAgentType.
UserAgent ReadUserAgent(const Element& element, Faults* faults) {
  Content content(element, faults);
  const Element app = content.Take("app"), tech = content.Take("tech"), os = content.Take("os");
  if (element && !app && !tech && !os) content.Require("os");
  content.End();
  return {ReadToken(app, faults), ReadToken(tech, faults), ReadToken(os, faults)};
}

// loginSec:pwType. White space is collapsed in it as in any token.
std::string ReadLongPassword(const Element& element, Faults* faults) {
  std::string password = ReadToken(element, faults);
  if (element && CountCharacters(password) < 6) {
    faults->Parameter(registry::Reject(kPasswordTooShort), element);
  }
  return password;
}

// Replaces `password`, which `plain` holds, by the one in loginSec where it stands for that.
void TakeLongPassword(const Element& plain, const Element& in_login_sec, std::string* password,
                      Faults* faults) {
  const bool asked = *password == kInLoginSec;
  std::string longer = ReadLongPassword(in_login_sec, faults);
  if (asked && !in_login_sec) faults->Parameter(registry::Reject(kLoginSecMissing), plain);
  if (!asked && in_login_sec) faults->Parameter(registry::Reject(kLoginSecUnasked), in_login_sec);
  if (asked) *password = std::move(longer);
}

}  // namespace

LoginCall ReadLogin(const Element& login, const Element& login_sec, size_t longest_password,
                    Faults* faults) {
  LoginCall call;
  Content content(login, faults);
  const Element id = content.Require("clID");
  call.id = ReadToken(id, faults);
  const registry::Outcome<registry::RegistrarId> registrar = registry::RegistrarId::Parse(call.id);
  if (id && !registrar.ok()) {
    faults->Parameter(registry::Reject(registry::kRegistrarIdSyntax), id);
  }
  const Element pw = content.Require("pw"), new_pw = content.Take("newPW");
  call.password = ReadPassword(pw, faults);
  if (new_pw) call.new_password = ReadPassword(new_pw, faults);
  ReadOptions(content.Require("options"), faults);
  ReadServices(content.Require("svcs"), &call, faults);
  content.End();

  Content security(login_sec, faults);
  call.user_agent = ReadUserAgent(security.Take("userAgent"), faults);
  const Element long_pw = security.Take("pw"), long_new_pw = security.Take("newPW");
  security.End();
  TakeLongPassword(pw, long_pw, &call.password, faults);
  if (CountCharacters(call.password) > longest_password) {
    faults->Parameter(registry::Reject(kPasswordTooLong, std::to_string(longest_password)),
                      long_pw);
  }
  // The policy of a new one comes after the login's own.
  std::string changed = call.new_password.value_or("");
  TakeLongPassword(new_pw, long_new_pw, &changed, faults);
  if (call.new_password) call.new_password = std::move(changed);
  return call;
}

}  // namespace epp
