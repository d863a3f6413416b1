#include "epp/signed_mark.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/valid.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <xmlsec/xmlsec.h>
// Needs the first:
#include <xmlsec/errors.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/xmldsig.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "epp/frame_check.h"
#include "epp/reasons.h"
#include "epp/xml_reader.h"
#include "registry/base/check.h"
#include "registry/model/tmch_lists.h"
#include "registry/rules/reasons.h"
#include "registry/types/date_time.h"

namespace epp {
namespace {

using registry::Outcome;
using registry::Reject;
using registry::SignedMark;

template <class T, void (*kFree)(T*)>
struct Freeing {
  void operator()(T* object) const { kFree(object); }
};
template <class T, void (*kFree)(T*)>
using Owned = std::unique_ptr<T, Freeing<T, kFree>>;
void FreeBio(BIO* bio) { BIO_free_all(bio); }
void FreeText(xmlChar* text) { xmlFree(text); }

using Bio = Owned<BIO, FreeBio>;
using Certificate = Owned<X509, X509_free>;
using RevocationList = Owned<X509_CRL, X509_CRL_free>;
using StoreContext = Owned<X509_STORE_CTX, X509_STORE_CTX_free>;
using Document = Owned<xmlDoc, xmlFreeDoc>;
using Text = Owned<xmlChar, FreeText>;
using SignatureContext = Owned<xmlSecDSigCtx, xmlSecDSigCtxDestroy>;

constexpr std::string_view kSmd = "urn:ietf:params:xml:ns:signedMark-1.0";
constexpr std::string_view kMark = "urn:ietf:params:xml:ns:mark-1.0";
constexpr std::string_view kDsig = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::string_view kEnveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
constexpr std::string_view kExclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr std::string_view kSignatureMethods[] = {
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"};
constexpr std::string_view kDigestMethods[] = {"http://www.w3.org/2001/04/xmlenc#sha256",
                                               "http://www.w3.org/2001/04/xmlenc#sha512"};
constexpr size_t kMostCertificates = 4;
constexpr int kSecurityLevel = 2;  // of OpenSSL: 112 bits, so no SHA-1 and RSA from 2048 bits

std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}
const xmlChar* Chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

bool Is(const xmlNode* node, std::string_view ns, std::string_view name) {
  return node != nullptr && node->type == XML_ELEMENT_NODE && View(node->name) == name &&
         node->ns != nullptr && View(node->ns->href) == ns;
}

// The child elements. Nothing if there is anything beside them but white space and comments.
std::optional<std::vector<xmlNode*>> Elements(const xmlNode* parent) {
  std::vector<xmlNode*> elements;
  for (xmlNode* node = parent->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) {
      elements.push_back(node);
    } else if (node->type == XML_TEXT_NODE) {
      if (!CollapseSpace(View(node->content)).empty()) return std::nullopt;
    } else if (node->type != XML_COMMENT_NODE) {
      return std::nullopt;
    }
  }
  return elements;
}

// All character data of an element that has nothing else, white space collapsed. Comments are not
// signed, so they must not cut a text in two.
std::optional<std::string> TextOf(const xmlNode* element) {
  std::string text;
  for (const xmlNode* node = element->children; node != nullptr; node = node->next) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
      text += View(node->content);
    } else if (node->type != XML_COMMENT_NODE) {
      return std::nullopt;
    }
  }
  return CollapseSpace(text);
}

std::optional<std::string> AttributeOf(xmlNode* element, const char* name) {
  const Text value(xmlGetNoNsProp(element, Chars(name)));
  if (value == nullptr) return std::nullopt;
  return std::string(View(value.get()));
}

// Fit to stand in an XPointer, which libxmlsec1 makes of it.
bool IsPlainId(std::string_view id) {
  return !id.empty() && id.size() <= 128 && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

// An element like <Transform Algorithm="..."/>: no children, so no parameters.
template <class Allowed>
bool HasAlgorithm(xmlNode* node, std::string_view name, const Allowed& allowed) {
  const auto elements = Elements(node);
  return Is(node, kDsig, name) && elements && elements->empty() &&
         std::ranges::find(allowed, AttributeOf(node, "Algorithm").value_or("")) !=
             std::end(allowed);
}

// The parts of a signed mark that matter, as the schema has them in order.
struct Parts {
  xmlNode *root, *id, *not_before, *not_after, *mark, *signature, *key_info;
};

// <Reference>: to the element with this identifier, by no other transforms than these.
bool RefersTo(xmlNode* reference, const std::string& id, bool enveloped) {
  const auto elements = Elements(reference);
  if (!Is(reference, kDsig, "Reference") || !elements || elements->size() != 3) return false;
  if (AttributeOf(reference, "URI") != "#" + id) return false;
  const auto transforms = Elements((*elements)[0]);
  if (!Is((*elements)[0], kDsig, "Transforms") || !transforms) return false;
  size_t next = 0;
  const auto take = [&](std::string_view algorithm) {
    const std::string_view allowed[] = {algorithm};
    if (next >= transforms->size() || !HasAlgorithm((*transforms)[next], "Transform", allowed)) {
      return false;
    }
    ++next;
    return true;
  };
  if (enveloped && !take(kEnveloped)) return false;
  if (!take(kExclusive) && !enveloped) return false;
  return next == transforms->size() &&
         HasAlgorithm((*elements)[1], "DigestMethod", kDigestMethods) &&
         Is((*elements)[2], kDsig, "DigestValue");
}

// A signature that covers the root, and at most its own <KeyInfo> besides.
bool CoversTheRoot(xmlNode* signed_info, const std::string& root_id, xmlNode* key_info) {
  const auto elements = Elements(signed_info);
  if (!Is(signed_info, kDsig, "SignedInfo") || !elements) return false;
  if (elements->size() < 3 || elements->size() > 4) return false;
  const std::string_view exclusive[] = {kExclusive};
  if (!HasAlgorithm((*elements)[0], "CanonicalizationMethod", exclusive)) return false;
  if (!HasAlgorithm((*elements)[1], "SignatureMethod", kSignatureMethods)) return false;
  if (!RefersTo((*elements)[2], root_id, /*enveloped=*/true)) return false;
  if (elements->size() == 3) return true;
  const std::optional<std::string> key_id = AttributeOf(key_info, "Id");
  return key_id && IsPlainId(*key_id) && *key_id != root_id &&
         RefersTo((*elements)[3], *key_id, /*enveloped=*/false);
}

int CountSignatures(const xmlNode* node) {
  int count = Is(node, kDsig, "Signature");
  for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) count += CountSignatures(child);
  }
  return count;
}

std::optional<Parts> PartsOf(xmlDoc* document) {
  xmlNode* root = xmlDocGetRootElement(document);
  if (!Is(root, kSmd, "signedMark")) return std::nullopt;
  const auto children = Elements(root);
  if (!children || children->size() != 6) return std::nullopt;
  const std::vector<xmlNode*>& c = *children;
  const Parts parts{root, c[0], c[2], c[3], c[4], c[5], nullptr};
  const bool ordered = Is(c[0], kSmd, "id") && Is(c[1], kSmd, "issuerInfo") &&
                       Is(c[2], kSmd, "notBefore") && Is(c[3], kSmd, "notAfter") &&
                       Is(c[4], kMark, "mark") && Is(c[5], kDsig, "Signature");
  if (!ordered || CountSignatures(root) != 1) return std::nullopt;
  return parts;
}

// References to `id` lead to this element; false if there is another one of that name (xml:id).
bool MakeKnown(xmlDoc* document, xmlNode* element, const char* attribute, const std::string& id) {
  xmlAttr* named = xmlHasNsProp(element, Chars(attribute), nullptr);
  return named != nullptr && xmlAddID(nullptr, document, Chars(id.c_str()), named) != nullptr &&
         xmlGetID(document, Chars(id.c_str())) == named;
}

// Checks the form of the signature and makes known what it may refer to.
bool PrepareSignature(xmlDoc* document, Parts& parts) {
  const auto elements = Elements(parts.signature);
  if (!elements || elements->size() != 3) return false;
  parts.key_info = (*elements)[2];
  if (!Is((*elements)[1], kDsig, "SignatureValue") || !Is(parts.key_info, kDsig, "KeyInfo")) {
    return false;
  }
  const std::optional<std::string> id = AttributeOf(parts.root, "id");
  if (!id || !IsPlainId(*id) || !CoversTheRoot((*elements)[0], *id, parts.key_info)) return false;
  const std::optional<std::string> key_id = AttributeOf(parts.key_info, "Id");
  return MakeKnown(document, parts.root, "id", *id) &&
         (!key_id || MakeKnown(document, parts.key_info, "Id", *key_id));
}

Certificate DecodeCertificate(const std::string& base64) {
  std::string compact, der;
  std::ranges::remove_copy(base64, std::back_inserter(compact), ' ');
  if (!absl::Base64Unescape(compact, &der)) return nullptr;
  const auto* octets = reinterpret_cast<const unsigned char*>(der.data());
  Certificate certificate(d2i_X509(nullptr, &octets, static_cast<long>(der.size())));
  const auto* end = reinterpret_cast<const unsigned char*>(der.data()) + der.size();
  return octets == end ? std::move(certificate) : nullptr;
}

// The one certificate in <KeyInfo> that is no authority's. Those of authorities may accompany it;
// we know whom we trust without them.
Certificate SignerIn(const xmlNode* key_info) {
  Certificate signer;
  size_t count = 0;
  const auto data = Elements(key_info);
  if (!data) return nullptr;
  for (const xmlNode* each : *data) {
    if (!Is(each, kDsig, "X509Data")) continue;  // a KeyValue says nothing that we believe
    const auto entries = Elements(each);
    if (!entries) return nullptr;
    for (const xmlNode* entry : *entries) {
      if (!Is(entry, kDsig, "X509Certificate")) continue;
      const std::optional<std::string> text = TextOf(entry);
      Certificate certificate = text ? DecodeCertificate(*text) : nullptr;
      if (certificate == nullptr || ++count > kMostCertificates) return nullptr;
      if (X509_check_ca(certificate.get()) != 0) continue;
      if (signer != nullptr) return nullptr;
      signer = std::move(certificate);
    }
  }
  return signer;
}

absl::Time TimeOf(const ASN1_TIME* time, absl::Time otherwise) {
  std::tm civil{};
  if (ASN1_TIME_to_tm(time, &civil) != 1) return otherwise;
  return absl::FromTM(civil, absl::UTCTimeZone());
}

// Is it issued by whom we trust and not revoked? Then the times of the chain go to `mark`, for
// somebody who knows what time it is. What is wrong otherwise; empty: nothing.
std::string CheckCertificate(X509* signer, const MarkSigners& signers, SignedMark* mark) {
  const StoreContext context(X509_STORE_CTX_new());
  POSTEL_CHECK(context != nullptr &&
               X509_STORE_CTX_init(context.get(), signers.store(), signer, nullptr) == 1);
  const bool verified = X509_verify_cert(context.get()) == 1;
  ERR_clear_error();
  if (!verified) {
    return X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
  }
  if ((X509_get_key_usage(signer) & KU_DIGITAL_SIGNATURE) == 0) return "not a key for signatures";
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get());
  mark->signer_starts = absl::InfinitePast();
  mark->signer_ends = absl::InfiniteFuture();
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    const X509* each = sk_X509_value(chain, i);
    mark->signer_starts =
        std::max(mark->signer_starts, TimeOf(X509_get0_notBefore(each), absl::InfiniteFuture()));
    mark->signer_ends =
        std::min(mark->signer_ends, TimeOf(X509_get0_notAfter(each), absl::InfinitePast()));
  }
  return {};
}

bool VerifySignature(xmlNode* signature, X509* signer) {
  SignatureContext context(xmlSecDSigCtxCreate(nullptr));
  if (context == nullptr) return false;
  // PrepareSignature has looked at all this already; two locks are better than one.
  context->enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
  for (xmlSecTransformId id : {xmlSecTransformExclC14NId, xmlSecOpenSSLTransformRsaSha256Id,
                               xmlSecOpenSSLTransformRsaSha512Id}) {
    if (xmlSecDSigCtxEnableSignatureTransform(context.get(), id) < 0) return false;
  }
  for (xmlSecTransformId id :
       {xmlSecTransformEnvelopedId, xmlSecTransformExclC14NId, xmlSecTransformInclC14NId,
        xmlSecOpenSSLTransformSha256Id, xmlSecOpenSSLTransformSha512Id}) {
    if (xmlSecDSigCtxEnableReferenceTransform(context.get(), id) < 0) return false;
  }
  EVP_PKEY* public_key = X509_get_pubkey(signer);
  xmlSecKeyDataPtr value = public_key == nullptr ? nullptr : xmlSecOpenSSLEvpKeyAdopt(public_key);
  if (value == nullptr) {
    EVP_PKEY_free(public_key);
    return false;
  }
  context->signKey = xmlSecKeyCreate();  // the context destroys it
  POSTEL_CHECK(context->signKey != nullptr && xmlSecKeySetValue(context->signKey, value) == 0);
  const bool verified = xmlSecDSigCtxVerify(context.get(), signature) == 0 &&
                        context->status == xmlSecDSigStatusSucceeded;
  ERR_clear_error();
  return verified;
}

bool ReadLabels(const xmlNode* mark, std::vector<std::string>* labels) {
  const auto rights = Elements(mark);
  if (!rights) return false;
  for (const xmlNode* right : *rights) {
    const auto members = Elements(right);
    if (!members) return false;
    for (const xmlNode* member : *members) {
      if (!Is(member, kMark, "label")) continue;
      std::optional<std::string> label = TextOf(member);
      if (!label) return false;
      for (char& c : *label) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      }
      labels->push_back(*std::move(label));
    }
  }
  return true;
}

// The element alone, in its exclusive canonical form.
std::string CanonicalText(xmlNode* element) {
  const Document copy(xmlNewDoc(Chars("1.0")));
  xmlNode* node = copy == nullptr ? nullptr : xmlDocCopyNode(element, copy.get(), 1);
  if (node == nullptr) return {};
  xmlDocSetRootElement(copy.get(), node);
  xmlChar* out = nullptr;
  const int size =
      xmlC14NDocDumpMemory(copy.get(), nullptr, XML_C14N_EXCLUSIVE_1_0, nullptr, 0, &out);
  const Text text(out);
  return size <= 0 ? std::string() : std::string(View(out).substr(0, static_cast<size_t>(size)));
}

bool ReadMembers(const Parts& parts, SignedMark* mark) {
  const auto id = TextOf(parts.id), starts = TextOf(parts.not_before),
             ends = TextOf(parts.not_after);
  if (!id || !registry::IsMarkId(*id) || !starts || !ends) return false;
  const auto not_before = registry::ParseDateTime(*starts),
             not_after = registry::ParseDateTime(*ends);
  if (!not_before || !not_after || !ReadLabels(parts.mark, &mark->labels)) return false;
  mark->id = *id;
  mark->not_before = *not_before;
  mark->not_after = *not_after;
  mark->mark = CanonicalText(parts.mark);
  return !mark->mark.empty();
}

template <class Each>
void ReadAllPem(std::string_view pem, Each each) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  while (each(bio.get())) {
  }
  ERR_clear_error();
}

}  // namespace

absl::StatusOr<MarkSigners> MarkSigners::Read(std::string_view anchors, std::string_view revoked) {
  std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
  POSTEL_CHECK(store != nullptr);
  int certificates = 0, lists = 0;
  ReadAllPem(anchors, [&](BIO* bio) {
    const Certificate certificate(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr));
    if (certificate == nullptr) return false;
    certificates += X509_STORE_add_cert(store.get(), certificate.get());
    return true;
  });
  ReadAllPem(revoked, [&](BIO* bio) {
    const RevocationList list(PEM_read_bio_X509_CRL(bio, nullptr, nullptr, nullptr));
    if (list == nullptr) return false;
    lists += X509_STORE_add_crl(store.get(), list.get());
    return true;
  });
  if (lists == 0) {
    const auto* octets = reinterpret_cast<const unsigned char*>(revoked.data());
    const RevocationList list(d2i_X509_CRL(nullptr, &octets, static_cast<long>(revoked.size())));
    if (list != nullptr) lists += X509_STORE_add_crl(store.get(), list.get());
    ERR_clear_error();
  }
  if (certificates == 0) return absl::InvalidArgumentError("no certificate of an authority");
  if (lists == 0) return absl::InvalidArgumentError("no certificate revocation list");
  X509_VERIFY_PARAM* parameters = X509_STORE_get0_param(store.get());
  // The time is for the registry to judge, which has a clock of its own.
  X509_VERIFY_PARAM_set_flags(
      parameters, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_auth_level(parameters, kSecurityLevel);
  return MarkSigners(std::move(store));
}

void StartXmlSec() {
  static const bool started = [] {
    xmlInitParser();
    const bool ready = xmlSecInit() == 0 && xmlSecOpenSSLInit() == 0;
    xmlSecErrorsSetCallback(nullptr);  // it would write to standard error
    return ready;
  }();
  POSTEL_CHECK(started);
}

Outcome<SignedMark> ReadSignedMark(std::string_view xml, const MarkSigners& signers) {
  StartXmlSec();
  // No document type, so no entities; bounded depth. Then libxml2 sees it.
  const absl::StatusOr<std::string> text = DecodeFrame(xml);
  if (!text.ok() || !CheckFrame(*text).ok()) return Reject(kSignedMarkSyntax, "not XML");
  const Document document(xmlReadMemory(text->data(), static_cast<int>(text->size()), nullptr,
                                        "UTF-8",
                                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  std::optional<Parts> parts = document == nullptr ? std::nullopt : PartsOf(document.get());
  if (!parts) return Reject(kSignedMarkSyntax, "not a signed mark");
  SignedMark mark;
  if (!ReadMembers(*parts, &mark)) return Reject(kSignedMarkSyntax, "a value is malformed");
  if (!PrepareSignature(document.get(), *parts)) {
    return Reject(registry::kMarkUntrusted, "a signature of another form");
  }
  const Certificate signer = SignerIn(parts->key_info);
  ERR_clear_error();
  if (signer == nullptr) return Reject(registry::kMarkUntrusted, "no certificate of a signer");
  std::string wrong = CheckCertificate(signer.get(), signers, &mark);
  if (!wrong.empty()) return Reject(registry::kMarkUntrusted, std::move(wrong));
  if (!VerifySignature(parts->signature, signer.get())) {
    return Reject(registry::kMarkUntrusted, "the signature does not match");
  }
  return mark;
}

}  // namespace epp
