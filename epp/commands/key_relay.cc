#include "registry/commands/key_relay.h"

#include "absl/strings/escaping.h"
#include "epp/commands/commands.h"
#include "epp/key_relay.h"
#include "epp/namespaces.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"
#include "registry/types/date_time.h"

namespace epp {
namespace {

using registry::RelayedKey;

std::string ReadPublicKey(const Element& element, Faults* faults) {
  constexpr size_t kLongest = 4096;  // RFC 3110: the longest RSA key is shorter
  std::string text = ReadToken(element, faults), decoded;
  std::erase(text, ' ');
  const bool right =
      !text.empty() && text.size() <= kLongest && absl::Base64Unescape(text, &decoded);
  if (element && !right) faults->Parameter(registry::Reject(kPublicKeySyntax), element);
  return text;
}

void ReadExpiry(const Element& expiry, RelayedKey* key, Faults* faults) {
  if (!expiry) return;
  Content content(expiry, faults);
  if (const Element relative = content.Take("relative")) {
    key->after = ReadToken(relative, faults);
    if (!IsDuration(key->after)) faults->Parameter(registry::Reject(kDurationSyntax), relative);
  } else if (const Element absolute = content.Require("absolute")) {
    key->until = registry::ParseDateTime(ReadToken(absolute, faults));
    if (!key->until) faults->Parameter(registry::Reject(kDateTimeSyntax), absolute);
  }
  content.End();
}

RelayedKey ReadKey(const Element& element, Faults* faults) {
  RelayedKey key;
  Content content(element, faults);
  const Element data = content.Require("keyData");
  Content inner(data, kSecDns, faults);
  key.flags = static_cast<uint16_t>(ReadInteger(inner.Require("flags"), 0, 65535, faults));
  key.protocol = static_cast<uint8_t>(ReadInteger(inner.Require("protocol"), 3, 3, faults));
  key.algorithm = static_cast<uint8_t>(ReadInteger(inner.Require("alg"), 0, 255, faults));
  key.public_key = ReadPublicKey(inner.Require("pubKey"), faults);
  inner.End();
  ReadExpiry(content.Take("expiry"), &key, faults);
  content.End();
  return key;
}

void WriteKey(const RelayedKey& key, XmlWriter* xml) {
  xml->Open("keyrelay:keyRelayData").Open("keyrelay:keyData");
  xml->Leaf("secDNS:flags", std::to_string(key.flags));
  xml->Leaf("secDNS:protocol", std::to_string(key.protocol));
  xml->Leaf("secDNS:alg", std::to_string(key.algorithm));
  xml->Leaf("secDNS:pubKey", key.public_key).Close();
  if (key.until || !key.after.empty()) {
    xml->Open("keyrelay:expiry");
    if (key.until) xml->Leaf("keyrelay:absolute", registry::FormatUtc(*key.until));
    if (!key.until) xml->Leaf("keyrelay:relative", key.after);
    xml->Close();
  }
  xml->Close();
}

}  // namespace

StoreCall ReadKeyRelay(const Request& request) {
  Faults* faults = request.faults;
  registry::KeyRelay command;
  Content content(request.object, faults);
  command.name = ReadDomainName(content.Require("name"), faults);
  const Element auth = content.Require("authInfo");
  command.credential = {ReadAuthInfo(auth, faults, kDomain), auth ? OwnerOf(auth) : ""};
  for (const Element& key : content.RequireAll("keyRelayData")) {
    command.keys.push_back(ReadKey(key, faults));
  }
  content.End();
  ObjectName object{kKeyRelay, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), WriteNothing);
}

void WriteKeyRelay(const registry::PollMessage& message, const registry::Directory& directory,
                   XmlWriter* xml) {
  const std::optional<registry::KeyRelayNotice> notice = registry::ParseKeyRelay(message.detail);
  if (!notice) return;
  xml->Open("keyrelay:infData",
            {{"xmlns:keyrelay", kKeyRelay}, {"xmlns:domain", kDomain}, {"xmlns:secDNS", kSecDns}});
  xml->Leaf("keyrelay:name", message.object_name);
  // The value is nowhere kept, RFC 9154.
  xml->Open("keyrelay:authInfo").Leaf("domain:pw", "").Close();
  for (const RelayedKey& key : notice->keys) WriteKey(key, xml);
  xml->Leaf("keyrelay:crDate", registry::FormatUtc(message.queued));
  xml->Leaf("keyrelay:reID", ClientOf(directory, registry::RegistrarKey{notice->from}));
  xml->Leaf("keyrelay:acID", ClientOf(directory, message.registrar)).Close();
}

}  // namespace epp
