#include "epp/dispatch.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <utility>

#include "epp/commands/commands.h"
#include "epp/commands/login.h"
#include "epp/namespaces.h"
#include "epp/reasons.h"
#include "epp/services.h"
#include "epp/store_command.h"
#include "epp/xml_characters.h"
#include "epp/xml_reader.h"
#include "registry/rules/reasons.h"

namespace epp {
namespace {

using Reader = StoreCall (*)(const Request& request);

// A command of the object mappings. Either it is read, or the reason why it is not offered.
struct Offer {
  std::string_view verb;
  Object object;
  std::string_view name;
  Reader read;
  const Reason* refusal = nullptr;
  ExtensionSet takes = {};  // the extensions whose elements it may carry
};

constexpr ExtensionSet kFeeAlone{Extension::kFee};
constexpr ExtensionSet kLaunchAlone{Extension::kLaunch};
constexpr ExtensionSet kOfCheck{Extension::kFee, Extension::kLaunch, Extension::kAllocationToken};
constexpr ExtensionSet kOfCreate{Extension::kSecDns, Extension::kFee,   Extension::kLaunch,
                                 Extension::kBundle, Extension::kIdn,   Extension::kAllocationToken,
                                 Extension::kTtl,    Extension::kOrgExt};
constexpr ExtensionSet kOfInfo{Extension::kLaunch, Extension::kAllocationToken, Extension::kTtl};
constexpr ExtensionSet kOfTransfer{Extension::kFee, Extension::kAllocationToken};
constexpr ExtensionSet kOfUpdate{Extension::kSecDns, Extension::kRgp, Extension::kFee,
                                 Extension::kLaunch, Extension::kTtl, Extension::kOrgExt};
constexpr ExtensionSet kTtlAlone{Extension::kTtl};
constexpr ExtensionSet kAdditionalEmailAlone{Extension::kAdditionalEmail};

// The server's table of contents.
constexpr std::array kOffers = {
    Offer{"check", Object::kDomain, "domain-check", ReadDomainCheck, nullptr, kOfCheck},
    Offer{"create", Object::kDomain, "domain-create", ReadDomainCreate, nullptr, kOfCreate},
    Offer{"delete", Object::kDomain, "domain-delete", ReadDomainDelete, nullptr, kLaunchAlone},
    Offer{"info", Object::kDomain, "domain-info", ReadDomainInfo, nullptr, kOfInfo},
    Offer{"renew", Object::kDomain, "domain-renew", ReadDomainRenew, nullptr, kFeeAlone},
    Offer{"transfer", Object::kDomain, "domain-transfer", ReadDomainTransfer, nullptr, kOfTransfer},
    Offer{"update", Object::kDomain, "domain-update", ReadDomainUpdate, nullptr, kOfUpdate},

    Offer{"check", Object::kHost, "host-check", ReadHostCheck},
    Offer{"create", Object::kHost, "host-create", ReadHostCreate, nullptr, kTtlAlone},
    Offer{"delete", Object::kHost, "host-delete", ReadHostDelete},
    Offer{"info", Object::kHost, "host-info", ReadHostInfo, nullptr, kTtlAlone},
    Offer{"renew", Object::kHost, "host-renew", nullptr, &kRenewNotOffered},
    Offer{"transfer", Object::kHost, "host-transfer", nullptr, &kTransferNotOffered},
    Offer{"update", Object::kHost, "host-update", ReadHostUpdate, nullptr, kTtlAlone},

    Offer{"check", Object::kContact, "contact-check", ReadContactCheck},
    Offer{"create", Object::kContact, "contact-create", ReadContactCreate, nullptr,
          kAdditionalEmailAlone},
    Offer{"delete", Object::kContact, "contact-delete", ReadContactDelete},
    Offer{"info", Object::kContact, "contact-info", ReadContactInfo},
    Offer{"renew", Object::kContact, "contact-renew", nullptr, &kRenewNotOffered},
    Offer{"transfer", Object::kContact, "contact-transfer", ReadContactTransfer},
    Offer{"update", Object::kContact, "contact-update", ReadContactUpdate, nullptr,
          kAdditionalEmailAlone},

    Offer{"create", Object::kKeyRelay, "keyrelay-create", ReadKeyRelay},

    Offer{"info", Object::kMaintenance, "maintenance-info", ReadMaintenanceInfo},

    Offer{"check", Object::kOrganization, "organization-check", ReadOrganizationCheck},
    Offer{"create", Object::kOrganization, "organization-create", ReadOrganizationCreate},
    Offer{"delete", Object::kOrganization, "organization-delete", ReadOrganizationDelete},
    Offer{"info", Object::kOrganization, "organization-info", ReadOrganizationInfo},
    Offer{"renew", Object::kOrganization, "organization-renew", nullptr, &kRenewNotOffered},
    Offer{"transfer", Object::kOrganization, "organization-transfer", nullptr,
          &kOrganizationTransferNotOffered},
    Offer{"update", Object::kOrganization, "organization-update", ReadOrganizationUpdate},
};

const Offer* FindOffer(std::string_view verb, Object object) {
  const auto offer = std::find_if(kOffers.begin(), kOffers.end(), [&](const Offer& o) {
    return o.verb == verb && o.object == object;
  });
  return offer == kOffers.end() ? nullptr : &*offer;
}

// The element with which an extension stands in a command.
std::string_view ElementOf(Extension extension, std::string_view verb) {
  switch (extension) {
    case Extension::kAllocationToken:
      return verb == "info" ? verb : "allocationToken";
    case Extension::kIdn:
      return "data";
    case Extension::kAdditionalEmail:
      return "addlEmail";
    default:
      return verb;
  }
}

bool IsObjectVerb(std::string_view verb) {
  return std::any_of(kOffers.begin(), kOffers.end(),
                     [&](const Offer& o) { return o.verb == verb; });
}

// The operations of <transfer>, RFC 5730 section 2.9.3.4; each counts as a command.
struct TransferOperation {
  std::string_view op;
  std::string_view domain_name, contact_name;
};
constexpr std::array kTransferOperations = {
    TransferOperation{"approve", "domain-transfer-approve", "contact-transfer-approve"},
    TransferOperation{"cancel", "domain-transfer-cancel", "contact-transfer-cancel"},
    TransferOperation{"query", "domain-transfer-query", "contact-transfer-query"},
    TransferOperation{"reject", "domain-transfer-reject", "contact-transfer-reject"},
    TransferOperation{"request", "domain-transfer-request", "contact-transfer-request"},
};

// One frame on its way through the stages. Each stage returns false when it has refused.
class Dispatcher {
 public:
  Dispatcher(const SessionView& session, const DispatchLimits& limits,
             const Clearinghouse* clearinghouse)
      : session_(session), limits_(limits), clearinghouse_(clearinghouse) {}

  Call Run(std::string_view xml) {
    if (Parse(xml) && FindCommand() && !IsHello()) ReadCommand();
    return std::move(call_);
  }

 private:
  bool Refuse(const Reason& reason, const Element& at = {}, std::string_view subject = {}) {
    call_.action = Refused{registry::Reject(reason, std::string(subject)), at.EchoName()};
    return false;
  }
  // True if there are no faults.
  bool Fine() {
    if (!faults_.any()) return true;
    call_.action = Refused{faults_.rejection(), faults_.echo()};
    return false;
  }

  // Stage 2.
  bool Parse(std::string_view xml) {
    absl::StatusOr<std::string> decoded = DecodeFrame(xml);
    if (!decoded.ok()) return Refuse(kNotWellFormed, {}, Text(decoded.status()));
    const absl::Status checked = CheckFrame(*decoded, limits_.frame);
    if (!checked.ok()) return Refuse(kNotWellFormed, {}, Text(checked));
    text_ = *std::move(decoded);
    constexpr unsigned kOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                                  pugi::parse_wconv_attribute | pugi::parse_ws_pcdata;
    const pugi::xml_parse_result parsed =
        document_.load_buffer_inplace(text_.data(), text_.size(), kOptions, pugi::encoding_utf8);
    if (!parsed) return Refuse(kNotWellFormed, {}, parsed.description());
    return true;
  }
  static std::string_view Text(const absl::Status& status) {
    return {status.message().data(), status.message().size()};
  }

  // Stages 3 and 4: the root holds one hello or command, and the command is one of EPP.
  bool FindCommand() {
    const Element root(document_.document_element());
    if (!root.Is(kEpp, "epp")) return Refuse(kNotACommand, root);
    const Element child = root.FirstChild();
    if (child.Is(kEpp, "extension")) {
      return child.FirstChild() ? Refuse(kUnknownExtension, child.FirstChild())
                                : Refuse(kElementMissing, child);
    }
    if (!child.Is(kEpp, "command") && !child.Is(kEpp, "hello")) return Refuse(kNotACommand, root);
    if (child.Is(kEpp, "command")) {
      command_ = child;
      ReadClientId();
    }
    if (child.Next() || root.HasText()) return Refuse(kNotACommand, root);
    if (!root.UnexpectedAttribute({}).empty()) {
      return Refuse(kAttributeUnexpected, root, root.UnexpectedAttribute({}));
    }
    if (!child.UnexpectedAttribute({}).empty()) {
      return Refuse(kAttributeUnexpected, child, child.UnexpectedAttribute({}));
    }
    if (!command_) hello_ = child;
    return true;
  }

  bool IsHello() {
    if (!hello_) return false;
    call_.name = "hello";
    ExpectEmpty(hello_, &faults_);
    if (Fine()) call_.action = Hello{};
    return true;
  }

  // The clTRID, wherever it stands, so that every answer can carry it; if it cannot be read, none.
  void ReadClientId() {
    for (Element child = command_.FirstChild(); child; child = child.Next()) {
      if (!child.Is(kEpp, "clTRID") || child.FirstChild()) continue;
      std::string id = CollapseSpace(child.Text());
      const size_t length = CountCharacters(id);
      if (length >= 3 && length <= 64) call_.client_id = std::move(id);
      return;
    }
  }

  bool ReadCommand() {
    verb_ = command_.FirstChild();
    if (!verb_) return Refuse(kElementMissing, command_, "a command");
    if (verb_.Is(kEpp, "extension") || verb_.Is(kEpp, "clTRID")) {
      return Refuse(kElementUnexpected, verb_, verb_.name());
    }
    const std::string_view name = verb_.ns() == kEpp ? verb_.name() : std::string_view();
    if (name == "login") return CheckState(false) && ReadLoginCommand();
    if (name == "logout") return CheckState(true) && ReadLogoutCommand();
    if (name == "poll") return CheckState(true) && ReadPollCommand();
    if (!IsObjectVerb(name)) return Refuse(kUnknownCommand, verb_, verb_.name());
    return ReadObjectCommand(name);
  }

  // Stage 5.
  bool CheckState(bool logged_in) {
    if (session_.logged_in == logged_in) return true;
    return Refuse(logged_in ? kNotLoggedIn : kLoggedInAlready, verb_);
  }

  // <extension>s of the command, wherever they stand.
  template <class Visit>
  bool ForEachExtension(Visit visit) {
    for (Element child = verb_.Next(); child; child = child.Next()) {
      if (!child.Is(kEpp, "extension")) continue;
      for (Element e = child.FirstChild(); e; e = e.Next()) {
        if (!visit(e)) return false;
      }
    }
    return true;
  }

  bool Offers(Extension extension) const {
    return extension != Extension::kLaunch || clearinghouse_ != nullptr;
  }

  // Stage 7, the second half. `chosen`: what the login named.
  bool CheckExtensions(ExtensionSet chosen) {
    return ForEachExtension([this](const Element& e) {
             const std::optional<Extension> extension = ExtensionOf(e.ns());
             return (extension && Offers(*extension)) || Refuse(kUnknownExtension, e);
           }) &&
           ForEachExtension([&](const Element& e) {
             return chosen.Has(*ExtensionOf(e.ns())) || Refuse(kExtensionNotChosen, e);
           });
  }

  // Stage 8 for extensions: what extends which command.
  bool PlaceExtensions(const Offer* offer) {
    return ForEachExtension([&](const Element& e) {
      const std::optional<Extension> extension = ExtensionOf(e.ns());
      if (!extension || offer == nullptr || !offer->takes.Has(*extension)) {
        return Refuse(kExtensionNotHere, e);
      }
      // Only applications are updated and deleted, RFC 8334 sections 3.4 and 3.5.
      if (extension == Extension::kLaunch && e.name() == offer->verb &&
          (offer->verb == "update" || offer->verb == "delete")) {
        return Refuse(registry::kApplicationsNotOffered, e);
      }
      if (extensions_.Find(*extension)) faults_.Unexpected(e);
      const std::string_view expected = ElementOf(*extension, offer->verb);
      if (e.name() != expected) faults_.Unexpected(e, {expected});
      extensions_.Add(*extension, e);
      return true;
    });
  }

  // Stage 9 for what all commands have in common.
  void CheckCommandElement(std::initializer_list<std::string_view> attributes) {
    faults_.CheckAttributes(verb_, attributes);
    Content content(command_, &faults_);
    content.Take(verb_.name(), attributes);
    if (const Element extension = content.Take("extension")) {
      if (extension.HasText()) faults_.Schema(kTextUnexpected, extension);
      if (!extension.FirstChild()) faults_.Schema(kElementMissing, extension);
    }
    const Element client_id = content.Take("clTRID");
    ReadToken(client_id, &faults_);
    if (client_id && call_.client_id.empty()) {
      faults_.Parameter(registry::Reject(kClientTransactionIdSyntax), client_id);
    }
    content.End();
  }

  bool ReadLoginCommand() {
    call_.name = "login";
    const Element login_sec = FindLoginSec();
    LoginCall login = ReadLogin(verb_, login_sec, limits_.longest_password, &faults_);
    if (login.extensions.Has(Extension::kLaunch) && !Offers(Extension::kLaunch)) {
      faults_.Service(kUnknownExtension, verb_);
    }
    // Stage 6 comes before stage 7, and both before what is wrong with the rest.
    if (faults_.stage() == Faults::Stage::kService) return Fine();
    if (!CheckExtensions(login.extensions) || !PlaceLoginExtensions(login_sec)) return false;
    CheckCommandElement({});
    if (Fine()) call_.action = std::move(login);
    return true;
  }

  Element FindLoginSec() {
    Element found;
    ForEachExtension([&](const Element& e) {
      if (!found && e.ns() == kLoginSec) found = e;
      return true;
    });
    return found;
  }

  // Stage 8 for a login: one loginSec element, and no other extension.
  bool PlaceLoginExtensions(const Element& login_sec) {
    if (login_sec && login_sec.name() != "loginSec") faults_.Unexpected(login_sec, {"loginSec"});
    faults_.CheckAttributes(login_sec, {});
    return ForEachExtension([&](const Element& e) {
      if (e.ns() != kLoginSec) return Refuse(kExtensionNotHere, e);
      if (!(e == login_sec)) faults_.Unexpected(e);
      return true;
    });
  }

  bool ReadLogoutCommand() {
    call_.name = "logout";
    if (!CheckExtensions(session_.extensions) || !PlaceExtensions(nullptr)) return false;
    CheckCommandElement({});
    ExpectEmpty(verb_, &faults_);
    if (Fine()) call_.action = LogoutCall{};
    return true;
  }

  bool ReadPollCommand() {
    call_.name = "poll";
    if (!CheckExtensions(session_.extensions) || !PlaceExtensions(nullptr)) return false;
    CheckCommandElement({"op", "msgID"});
    const std::string operation = RequireAttribute(verb_, "op", {"req", "ack"}, &faults_);
    if (!operation.empty()) call_.name = operation == "ack" ? "poll-ack" : "poll-req";
    ReadWith(operation == "ack" ? ReadPollAcknowledge : ReadPollRequest, verb_);
    return true;
  }

  bool ReadObjectCommand(std::string_view verb) {
    const Element object = verb_.FirstChild();
    const std::optional<Object> kind = object ? ObjectOf(object.ns()) : std::nullopt;
    const Offer* offer = kind ? FindOffer(verb, *kind) : nullptr;
    if (offer != nullptr) call_.name = offer->name;
    if (!CheckState(true)) return false;

    if (!object) return Refuse(kElementMissing, verb_, "an object");
    if (!kind) return Refuse(kUnknownObject, object);
    if (!CheckExtensions(session_.extensions)) return false;
    if (!session_.objects.Has(*kind)) return Refuse(kObjectNotChosen, object);

    if (offer == nullptr) return Refuse(kNotOfThisObject, object);
    if (offer->refusal != nullptr) return Refuse(*offer->refusal, object);
    if (!PlaceExtensions(offer)) return false;

    if (verb == "transfer") {
      CheckCommandElement({"op"});
      ReadTransferOperation(*kind);
    } else {
      CheckCommandElement({});
    }
    CheckObjectElement(object, verb);
    ReadWith(offer->read, object);
    return true;
  }

  void ReadTransferOperation(Object object) {
    const std::string op = RequireAttribute(
        verb_, "op", {"approve", "cancel", "query", "reject", "request"}, &faults_);
    for (const TransferOperation& operation : kTransferOperations) {
      if (operation.op != op) continue;
      call_.name = object == Object::kDomain ? operation.domain_name : operation.contact_name;
    }
  }

  void CheckObjectElement(const Element& object, std::string_view verb) {
    if (verb_.HasText()) faults_.Schema(kTextUnexpected, verb_);
    if (object.name() != verb) faults_.Unexpected(object, {verb});
    faults_.CheckAttributes(object, {});
    if (object.Next()) faults_.Unexpected(object.Next());
  }

  // Stages 9 to 11.
  void ReadWith(Reader read, const Element& element) {
    const Request request{element,         extensions_, clearinghouse_, call_.name,
                          call_.client_id, session_,    limits_,        &faults_};
    StoreCall call = read(request);
    if (Fine()) call_.action = std::move(call);
  }

  const SessionView& session_;
  const DispatchLimits& limits_;
  const Clearinghouse* const clearinghouse_;
  std::string text_;  // the document points into it
  pugi::xml_document document_;
  Element command_, hello_, verb_;
  ExtensionElements extensions_;
  Faults faults_;
  Call call_{"unknown", {}, Refused{}};
};

}  // namespace

Call Dispatch(std::string_view xml, const SessionView& session, const DispatchLimits& limits,
              const Clearinghouse* clearinghouse) {
  return Dispatcher(session, limits, clearinghouse).Run(xml);
}

}  // namespace epp
