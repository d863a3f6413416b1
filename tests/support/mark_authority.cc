#include "tests/support/mark_authority.h"

#include <libxml/parser.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <xmlsec/xmlsec.h>
// Needs the first:
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmltree.h>

#include "absl/strings/escaping.h"
#include "epp/signed_mark.h"
#include "registry/base/check.h"
#include "registry/base/text.h"

namespace tests {
namespace {

using registry::Concat;

std::string Contents(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<size_t>(size));
  BIO_free(bio);
  return text;
}

void AddExtension(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  POSTEL_CHECK(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

// Issued by itself without an issuer.
MarkAuthority::Validator Make(const std::string& name, int serial, bool authority,
                              const MarkAuthority::Validator* issuer) {
  MarkAuthority::Validator made;
  made.key.reset(EVP_RSA_gen(2048), EVP_PKEY_free);
  made.certificate.reset(X509_new(), X509_free);
  X509* certificate = made.certificate.get();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
  ASN1_TIME_set_string(X509_getm_notBefore(certificate), "20250101000000Z");
  ASN1_TIME_set_string(X509_getm_notAfter(certificate), "20300101000000Z");
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_pubkey(certificate, made.key.get());
  X509* by = issuer == nullptr ? certificate : issuer->certificate.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(by));
  AddExtension(certificate, by, NID_basic_constraints,
               authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  AddExtension(certificate, by, NID_key_usage,
               authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  EVP_PKEY* key = issuer == nullptr ? made.key.get() : issuer->key.get();
  POSTEL_CHECK(X509_sign(certificate, key, EVP_sha256()) > 0);
  return made;
}

}  // namespace

MarkAuthority::MarkAuthority() : self_(Make("Test clearinghouse", 1, true, nullptr)) {}

std::string MarkAuthority::anchors() const {
  BIO* bio = BIO_new(BIO_s_mem());
  POSTEL_CHECK(PEM_write_bio_X509(bio, self_.certificate.get()) == 1);
  return Contents(bio);
}

std::string MarkAuthority::revoked() const {
  X509_CRL* list = X509_CRL_new();
  X509_CRL_set_version(list, 1);
  X509_CRL_set_issuer_name(list, X509_get_subject_name(self_.certificate.get()));
  ASN1_TIME* time = ASN1_TIME_new();
  ASN1_TIME_set_string(time, "20260101000000Z");
  X509_CRL_set1_lastUpdate(list, time);
  X509_CRL_set1_nextUpdate(list, time);
  for (int serial : revoked_) {
    X509_REVOKED* entry = X509_REVOKED_new();
    ASN1_INTEGER* number = ASN1_INTEGER_new();
    ASN1_INTEGER_set(number, serial);
    X509_REVOKED_set_serialNumber(entry, number);
    X509_REVOKED_set_revocationDate(entry, time);
    X509_CRL_add0_revoked(list, entry);
    ASN1_INTEGER_free(number);
  }
  ASN1_TIME_free(time);
  POSTEL_CHECK(X509_CRL_sign(list, self_.key.get(), EVP_sha256()) > 0);
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509_CRL(bio, list);
  X509_CRL_free(list);
  return Contents(bio);
}

MarkAuthority::Validator MarkAuthority::Issue(int serial, bool authority) const {
  return Make(Concat("Test validator ", serial), serial, authority, &self_);
}

std::string Base64OfCertificate(X509* certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  POSTEL_CHECK(size > 0);
  std::string base64 = absl::Base64Escape(
      absl::string_view(reinterpret_cast<char*>(der), static_cast<size_t>(size)));
  OPENSSL_free(der);
  return base64;
}

std::string UnsignedMark(const MarkText& text, const MarkAuthority::Validator& validator) {
  return Concat(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<smd:signedMark xmlns:smd="urn:ietf:params:xml:ns:signedMark-1.0" id=")",
      text.root_id, R"(">
  <smd:id>)",
      text.id, R"(</smd:id>
  <smd:issuerInfo issuerID="65535"><smd:org>Test Validator</smd:org><smd:email>v@example.net</smd:email></smd:issuerInfo>
  <smd:notBefore>)",
      text.not_before, "</smd:notBefore>\n  <smd:notAfter>", text.not_after, R"(</smd:notAfter>
  <mark:mark xmlns:mark="urn:ietf:params:xml:ns:mark-1.0"><mark:trademark>
    <mark:id>00052013734689731373468973-65535</mark:id>
    <mark:markName>Brand &amp; Söhne</mark:markName>
    <mark:holder entitlement="owner"><mark:org>Brand</mark:org><mark:addr><mark:street>1 Street</mark:street><mark:city>City</mark:city><mark:cc>GB</mark:cc></mark:addr></mark:holder>
    <mark:jurisdiction>GB</mark:jurisdiction><mark:class>35</mark:class>
    )",
      text.labels, R"(
    <mark:goodsAndServices>Goods</mark:goodsAndServices><mark:regNum>1234</mark:regNum><mark:regDate>2012-12-31T23:00:00.000Z</mark:regDate>
  </mark:trademark></mark:mark>
<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#)",
      text.root_id,
      R"("><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue><ds:KeyInfo Id="kinfo"><ds:X509Data><ds:X509Certificate>)",
      Base64OfCertificate(validator.certificate.get()),
      "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>", text.more_in_signature,
      "</ds:Signature></smd:signedMark>\n");
}

std::string Sign(std::string_view xml, EVP_PKEY* key) {
  epp::StartXmlSec();
  xmlDoc* document = xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, 0);
  POSTEL_CHECK(document != nullptr);
  xmlNode* root = xmlDocGetRootElement(document);
  xmlNode* signature = xmlSecFindNode(root, xmlSecNodeSignature, xmlSecDSigNs);
  POSTEL_CHECK(signature != nullptr);
  for (xmlNode* node : {root, xmlSecFindNode(signature, xmlSecNodeKeyInfo, xmlSecDSigNs)}) {
    for (xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
      xmlAddID(nullptr, document, attribute->children->content, attribute);
    }
  }
  xmlSecDSigCtx* context = xmlSecDSigCtxCreate(nullptr);
  context->signKey = xmlSecKeyCreate();
  EVP_PKEY_up_ref(key);
  xmlSecKeySetValue(context->signKey, xmlSecOpenSSLEvpKeyAdopt(key));
  POSTEL_CHECK(xmlSecDSigCtxSign(context, signature) == 0);
  xmlChar* out = nullptr;
  int size = 0;
  xmlDocDumpMemory(document, &out, &size);
  std::string text(reinterpret_cast<char*>(out), static_cast<size_t>(size));
  xmlFree(out);
  xmlSecDSigCtxDestroy(context);
  xmlFreeDoc(document);
  return text;
}

std::string SignedMark(const MarkText& text, const MarkAuthority::Validator& validator) {
  return Sign(UnsignedMark(text, validator), validator.key.get());
}

}  // namespace tests
