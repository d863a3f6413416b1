#include "tests/fuzz/epp_command.h"

#include <algorithm>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <utility>

#include "epp/frame_check.h"
#include "epp/services.h"
#include "epp/xml_reader.h"
#include "epp/xml_writer.h"
#include "registry/base/check.h"
#include "registry/base/text.h"
#include "tests/fuzz/epp_client.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/support/epp_frames.h"

namespace fuzz {
namespace {

using epp::Element;
using epp::GoldenWorld;
using registry::Concat;

// The folder of golden files, or else a namespace that stands in the requests.
struct Target {
  std::string_view name, folder, ns;
};
constexpr Target kTargets[] = {
    {"epp_hello", "hello", ""},
    {"epp_login", "login", ""},
    {"epp_logout", "logout", ""},
    {"epp_poll_request", "poll_request", ""},
    {"epp_poll_acknowledge", "poll_acknowledge", ""},
    {"epp_domain_check", "domain_check", ""},
    {"epp_domain_create", "domain_create", ""},
    {"epp_domain_delete", "domain_delete", ""},
    {"epp_domain_info", "domain_info", ""},
    {"epp_domain_renew", "domain_renew", ""},
    {"epp_domain_transfer", "domain_transfer", ""},
    {"epp_domain_update", "domain_update", ""},
    {"epp_host_check", "host_check", ""},
    {"epp_host_create", "host_create", ""},
    {"epp_host_delete", "host_delete", ""},
    {"epp_host_info", "host_info", ""},
    {"epp_host_update", "host_update", ""},
    {"epp_contact_check", "contact_check", ""},
    {"epp_contact_create", "contact_create", ""},
    {"epp_contact_delete", "contact_delete", ""},
    {"epp_contact_info", "contact_info", ""},
    {"epp_contact_transfer", "contact_transfer", ""},
    {"epp_contact_update", "contact_update", ""},
    {"epp_fee", "", epp::kFee},
    {"epp_rgp", "", epp::kRgp},
    {"epp_launch", "", epp::kLaunch},
    {"epp_sec_dns", "", epp::kSecDns},
    {"epp_login_sec", "", epp::kLoginSec},
    {"epp_keyrelay_create", "keyrelay_create", ""},
    {"epp_maintenance_info", "maintenance_info", ""},
    {"epp_allocation_token", "", epp::kAllocationToken},
    {"epp_idn", "", epp::kIdn},
    {"epp_ttl", "", epp::kTtl},
    {"epp_addl_email", "", epp::kAdditionalEmail},
    {"epp_organization_check", "organization_check", ""},
    {"epp_organization_create", "organization_create", ""},
    {"epp_organization_delete", "organization_delete", ""},
    {"epp_organization_info", "organization_info", ""},
    {"epp_organization_update", "organization_update", ""},
    {"epp_orgext", "", epp::kOrgExt},
};

const Target& FindTarget(std::string_view name) {
  const auto* target = std::ranges::find(kTargets, name, &Target::name);
  POSTEL_CHECK(target != std::end(kTargets));
  return *target;
}

// What the comment "session: ..." says.
registry::RegistrarKey SenderOf(std::string_view frame) {
  static const std::map<std::string_view, registry::RegistrarKey> kSenders = {
      {"none", registry::kNoRegistrar},
      {"silver", registry::kSilver},
      {"poor", GoldenWorld::kPoor},
      {"idle", GoldenWorld::kIdle},
      {"mover", GoldenWorld::kMover},
      {"keeper", GoldenWorld::kKeeper},
      {"told-create", GoldenWorld::kToldCreate},
      {"told-update", GoldenWorld::kToldUpdate},
      {"told-delete", GoldenWorld::kToldDelete},
      {"told-courtesy", GoldenWorld::kToldCourtesy},
      {"told-end", GoldenWorld::kToldEnd}};
  constexpr std::string_view kMark = "<!-- session: ";
  const size_t at = frame.find(kMark);
  if (at == std::string_view::npos) return registry::kGold;
  const std::string_view text = frame.substr(at + kMark.size());
  const auto sender = kSenders.find(text.substr(0, text.find_first_of(" ,")));
  return sender == kSenders.end() ? registry::kGold : sender->second;
}

EppClient& ClientOf(registry::RegistrarKey sender, Services services) {
  static std::map<std::pair<registry::RegistrarKey, Services>, std::unique_ptr<EppClient>> clients;
  auto& client = clients[{sender, services}];
  if (client == nullptr) client = std::make_unique<EppClient>(sender, services);
  return *client;
}

// Writes a tree again. False if there is something in it that this does not know.
class Rewriter {
 public:
  bool Write(const pugi::xml_node& node) {
    const Element element(node);
    const std::string tag =
        element.ns().empty() ? std::string(element.name()) : Concat("q:", element.name());
    out_ += Concat("<", tag, element.ns().empty() ? " xmlns=\"" : " xmlns:q=\"");
    epp::AppendEscaped(element.ns(), &out_);
    out_ += '"';
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name == "xmlns" || name.starts_with("xmlns:")) continue;
      if (name.find(':') != std::string_view::npos) return false;
      out_ += Concat(" ", name, "='");
      epp::AppendEscaped(attribute.value(), &out_);
      out_ += '\'';
    }
    out_ += '>';
    if (!WriteContent(node)) return false;
    out_ += Concat("</", tag, " >");
    return true;
  }
  std::string Take() { return std::move(out_); }

 private:
  bool WriteContent(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children()) {
      const std::string_view text = child.value();
      if (child.type() == pugi::node_element) {
        if (!Write(child)) return false;
      } else if (text.find("]]>") == std::string_view::npos && ++texts_ % 2 == 0) {
        // Carriage returns, which a reference can hold, would be line ends here.
        if (text.find('\r') != std::string_view::npos) return false;
        out_ += Concat("<!-- text --><![CDATA[", text, "]]>");
      } else {
        epp::AppendEscaped(text, &out_);
        if (text.find('\r') != std::string_view::npos) return false;
      }
    }
    return true;
  }

  std::string out_;
  int texts_ = 0;
};

void CheckThatWordsDoNotMatter(std::string_view frame, const EppClient::Answer& answer,
                               EppClient& client) {
  // A signature is of the very octets.
  if (frame.find("ignedMark") != std::string_view::npos) return;
  const std::string other = InOtherWords(frame);
  if (other.empty()) return;
  const EppClient::Answer again = client.Ask(other);
  POSTEL_CHECK(again.code == answer.code && again.command == answer.command);
  POSTEL_CHECK(!answer.accepted() || again.xml == answer.xml);
}

// The text of the first element of that name.
std::string TextOf(const std::string& xml, std::string_view name) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size())) return "";
  const pugi::xml_node found =
      document.find_node([&](const pugi::xml_node& node) { return Element(node).name() == name; });
  return found ? Element(found).Text() : "";
}

// The element that identifies an object.
std::string_view KeyOf(std::string_view kind) {
  return kind == "contact" || kind == "organization" ? "id" : "name";
}

std::string InfoOf(std::string_view kind, std::string_view name) {
  const std::string_view key = KeyOf(kind);
  const bool organization = kind == "organization";
  if (organization) kind = "org";
  const std::string ns = organization ? Concat(" xmlns:org=\"", epp::kOrganization, "\"") : "";
  std::string text;
  epp::AppendEscaped(name, &text);
  return tests::Command(Concat("<info><", kind, ":info", ns, "><", kind, ":", key, ">", text, "</",
                               kind, ":", key, "></", kind, ":info></info>"));
}

// Once a command has changed something.
void CheckEffect(std::string_view frame, const EppClient::Answer& answer, EppClient& client) {
  const size_t dash = answer.command.find('-');
  const std::string_view kind = answer.command.substr(0, dash);
  const std::string_view verb =
      dash == std::string_view::npos ? std::string_view() : answer.command.substr(dash + 1);
  if (verb == "create" && kind != "keyrelay") {
    const std::string name = TextOf(answer.xml, KeyOf(kind));
    const EppClient::Answer info = client.AskOn(InfoOf(kind, name));
    POSTEL_CHECK(info.code == registry::ResultCode::kOk);
    POSTEL_CHECK(TextOf(info.xml, KeyOf(kind)) == name);
  } else if (verb == "delete") {
    const std::string name = TextOf(std::string(frame), KeyOf(kind));
    const EppClient::Answer info = client.AskOn(InfoOf(kind, name));
    POSTEL_CHECK(info.code == registry::ResultCode::kObjectMissing ||
                 info.xml.find("pendingDelete") != std::string::npos);
  }
}

}  // namespace

std::vector<std::string_view> CommandTargets() {
  std::vector<std::string_view> names;
  for (const Target& target : kTargets) names.push_back(target.name);
  return names;
}

std::vector<std::string> CommandSeeds(std::string_view name) {
  const Target& target = FindTarget(name);
  std::vector<std::string> seeds = GoldenRequests(target.folder);
  std::erase_if(seeds,
                [&](const std::string& seed) { return seed.find(target.ns) == std::string::npos; });
  POSTEL_CHECK(!seeds.empty());
  for (std::string& seed : KeptSeeds(name)) seeds.push_back(std::move(seed));
  return seeds;
}

std::string InOtherWords(std::string_view frame) {
  const absl::StatusOr<std::string> text = epp::DecodeFrame(frame);
  if (!text.ok() || !epp::CheckFrame(*text).ok()) return "";
  constexpr unsigned kOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                                pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;
  pugi::xml_document document;
  POSTEL_CHECK(document.load_buffer(text->data(), text->size(), kOptions, pugi::encoding_utf8));
  Rewriter rewriter;
  if (!rewriter.Write(document.document_element())) return "";
  std::string other = rewriter.Take();
  return epp::CheckFrame(other).ok() ? other : "";
}

bool CheckCommand(std::string_view frame) {
  const registry::RegistrarKey sender = SenderOf(frame);
  bool read = false;
  for (const Services services : {Services::kAll, Services::kObjectsAlone}) {
    if (services == Services::kObjectsAlone && sender == registry::kNoRegistrar) continue;
    EppClient& client = ClientOf(sender, services);
    const EppClient::Answer answer = client.Ask(frame);
    if (answer.accepted()) CheckEffect(frame, answer, client);
    CheckThatWordsDoNotMatter(frame, answer, client);
    read |= answer.read;
  }
  return read;
}

}  // namespace fuzz
