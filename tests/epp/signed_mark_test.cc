#include "epp/signed_mark.h"

#include <gtest/gtest.h>

#include <string>

#include "registry/base/utc_text.h"
#include "registry/rules/reasons.h"
#include "tests/support/mark_authority.h"

namespace epp {
namespace {

using tests::MarkAuthority;
using tests::MarkText;

std::string Replaced(std::string text, std::string_view old, std::string_view by) {
  const size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return at == std::string::npos ? text : text.replace(at, old.size(), by);
}

// Keys take a while to make.
class SignedMarkTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    authority_ = new MarkAuthority;
    validator_ = new MarkAuthority::Validator(authority_->Issue(10));
  }
  static void TearDownTestSuite() {
    delete validator_;
    delete authority_;
  }

  static MarkSigners Signers() {
    return *MarkSigners::Read(authority_->anchors(), authority_->revoked());
  }
  static registry::Outcome<registry::SignedMark> Read(std::string_view xml) {
    return ReadSignedMark(xml, Signers());
  }
  static std::string Verdict(std::string_view xml) {
    const auto mark = Read(xml);
    return mark.ok() ? "trusted" : std::string(mark.rejection().reason.id);
  }
  static std::string Unsigned(const MarkText& text = {}) { return UnsignedMark(text, *validator_); }
  static std::string Signed(const MarkText& text = {}) { return SignedMark(text, *validator_); }
  static std::string Signed(const std::string& xml) {
    return tests::Sign(xml, validator_->key.get());
  }

  static MarkAuthority* authority_;
  static MarkAuthority::Validator* validator_;
};
MarkAuthority* SignedMarkTest::authority_ = nullptr;
MarkAuthority::Validator* SignedMarkTest::validator_ = nullptr;

TEST_F(SignedMarkTest, IsReadFromWhatWasSigned) {
  const auto mark = Read(Signed());
  ASSERT_TRUE(mark.ok()) << mark.rejection().subject;
  EXPECT_EQ(mark->id, "0000001751376056503931-65535");
  EXPECT_EQ(registry::FormatUtc(mark->not_before), "2026-01-01T00:00:00.000Z");
  EXPECT_EQ(registry::FormatUtc(mark->not_after), "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(registry::FormatUtc(mark->signer_starts), "2025-01-01T00:00:00.000Z");
  EXPECT_EQ(registry::FormatUtc(mark->signer_ends), "2030-01-01T00:00:00.000Z");
  EXPECT_EQ(mark->labels, (std::vector<std::string>{"alpha-brand", "brand"}));
  EXPECT_TRUE(mark->mark.starts_with(
      "<mark:mark xmlns:mark=\"urn:ietf:params:xml:ns:mark-1.0\"><mark:trademark>"))
      << mark->mark;
  EXPECT_TRUE(mark->mark.ends_with("</mark:trademark></mark:mark>"));
  EXPECT_NE(mark->mark.find("Brand &amp; S\u00F6hne"), std::string::npos);
}

TEST_F(SignedMarkTest, MayBeCanonicalisedAsXmlSignatureDoesByDefault) {
  EXPECT_EQ(Verdict(Signed(Replaced(
                Unsigned(), "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
                ""))),
            "trusted");
}

TEST_F(SignedMarkTest, MaySignItsKeyInfoToo) {
  const std::string second =
      "</ds:Reference><ds:Reference URI=\"#kinfo\"><ds:Transforms><ds:Transform "
      "Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></ds:Transforms><ds:DigestMethod "
      "Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue></ds:DigestValue>"
      "</ds:Reference>";
  EXPECT_EQ(Verdict(Signed(Replaced(Unsigned(), "</ds:Reference>", second))), "trusted");
}

TEST_F(SignedMarkTest, CommentsDoNotCutALabel) {
  const auto mark =
      Read(Replaced(Signed(), "<mark:label>alpha-brand", "<mark:label>alpha<!-- -->-brand"));
  ASSERT_TRUE(mark.ok());
  EXPECT_EQ(mark->labels[0], "alpha-brand");
}

TEST_F(SignedMarkTest, IsNotTrustedOnceAnOctetThatCountsIsChanged) {
  const std::string good = Signed();
  ASSERT_EQ(Verdict(good), "trusted");
  EXPECT_EQ(Verdict(Replaced(good, ">Brand<", ">brand<")), registry::kMarkUntrusted.id);
  EXPECT_EQ(Verdict(Replaced(good, "2027-01", "2028-01")), registry::kMarkUntrusted.id);
  EXPECT_EQ(Verdict(Replaced(good, "1751376", "1751377")), registry::kMarkUntrusted.id);
  // Every 37th octet, each time another bit: whatever is still trusted says what it said.
  const registry::SignedMark original = *Read(good);
  int trusted = 0, refused = 0;
  for (size_t i = 0; i < good.size(); i += 37) {
    std::string spoilt = good;
    spoilt[i] = static_cast<char>(spoilt[i] ^ (1 << (i / 37 % 7)));
    const auto mark = Read(spoilt);
    if (!mark.ok()) {
      ++refused;
      continue;
    }
    ++trusted;
    EXPECT_EQ(mark->id, original.id) << i;
    EXPECT_EQ(mark->labels, original.labels) << i;
    EXPECT_EQ(mark->not_after, original.not_after) << i;
    EXPECT_EQ(mark->mark, original.mark) << i;
  }
  EXPECT_GT(refused, 50);
  EXPECT_LT(trusted, 12) << "only in the XML declaration, white space of base64 and the like";
}

TEST_F(SignedMarkTest, ASignatureCoversTheRootAndNothingElse) {
  const std::string good = Signed();
  const size_t start = good.find("<smd:signedMark"), end = good.find("</smd:signedMark>") + 17;
  const std::string root = good.substr(start, end - start);
  // The signed document inside of another one, which says something else.
  const std::string other = Replaced(Unsigned(), "Brand<", "Other<");
  for (std::string_view place : {"</ds:KeyInfo>", "</smd:issuerInfo>", "</mark:trademark>"}) {
    EXPECT_NE(Verdict(Replaced(other, place, root + std::string(place))), "trusted") << place;
  }
  // The signature taken over to another root, with the signed one moved into it.
  const size_t signature = root.find("<ds:Signature"),
               signature_end = root.find("</ds:Signature>") + 15;
  const std::string signature_text = root.substr(signature, signature_end - signature);
  const std::string body = root.substr(0, signature) + "</smd:signedMark>";
  const size_t other_signature = other.find("<ds:Signature");
  std::string wrapped = other.substr(0, other_signature) +
                        Replaced(signature_text, "</ds:KeyInfo>",
                                 "</ds:KeyInfo><ds:Object>" + body + "</ds:Object>") +
                        "</smd:signedMark>";
  EXPECT_EQ(Verdict(wrapped), registry::kMarkUntrusted.id);
  wrapped = Replaced(other.substr(0, other_signature), "id=\"signedMark\"", "id=\"evil\"") +
            Replaced(signature_text, "<ds:X509Data>", body + "<ds:X509Data>") + "</smd:signedMark>";
  EXPECT_EQ(Verdict(wrapped), registry::kMarkUntrusted.id);
  wrapped = other.substr(0, other_signature) +
            Replaced(signature_text, "<ds:X509Data>", body + "<ds:X509Data>") + "</smd:signedMark>";
  EXPECT_EQ(Verdict(wrapped), registry::kMarkUntrusted.id);
  // Another element that claims the root's identifier.
  EXPECT_EQ(Verdict(Replaced(good, "<smd:id>", "<smd:id xml:id=\"signedMark\">")),
            registry::kMarkUntrusted.id);
  // Two signatures, of which one is good.
  EXPECT_NE(Verdict(Replaced(good, "</ds:Signature>", "</ds:Signature>" + signature_text)),
            "trusted");
}

TEST_F(SignedMarkTest, ASignatureOfAnotherFormIsNotTrusted) {
  constexpr std::string_view kReference = "<ds:Reference URI=\"#signedMark\">";
  constexpr std::string_view kEnveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
  const std::pair<std::string_view, std::string_view> rows[] = {
      {kReference, "<ds:Reference URI=\"\">"},
      {kReference, "<ds:Reference URI=\"#kinfo\">"},
      {kReference, "<ds:Reference URI=\"#xpointer(id('signedMark'))\">"},
      {kReference, "<ds:Reference>"},
      {"<ds:Transforms>",
       "<ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\">"
       "<ds:XPath>self::text()</ds:XPath></ds:Transform>"},
      {kEnveloped, "http://www.w3.org/TR/1999/REC-xslt-19991116"},
      {kEnveloped, "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"},
      {"<ds:SignedInfo><ds:CanonicalizationMethod "
       "Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>",
       "<ds:SignedInfo><ds:CanonicalizationMethod "
       "Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#WithComments\"/>"},
      {"rsa-sha256", "hmac-sha256"},
      {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
       "http://www.w3.org/2000/09/xmldsig#rsa-sha1"},
      {"http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"},
      {"</ds:KeyInfo>", "</ds:KeyInfo><ds:Object/>"},
  };
  for (const auto& [old, by] : rows) {
    EXPECT_EQ(Verdict(Replaced(Signed(), old, by)), registry::kMarkUntrusted.id) << by;
  }
  // Some of them even if the validator itself signed them so.
  EXPECT_EQ(Verdict(Signed(Replaced(Unsigned(), kReference, "<ds:Reference URI=\"\">"))),
            registry::kMarkUntrusted.id);
  EXPECT_EQ(Verdict(Signed(Replaced(Unsigned(), "http://www.w3.org/2001/04/xmlenc#sha256",
                                    "http://www.w3.org/2000/09/xmldsig#sha1"))),
            registry::kMarkUntrusted.id);
}

TEST_F(SignedMarkTest, OnlyValidatorsOfTheAuthoritySign) {
  const MarkAuthority other;
  const auto stranger = other.Issue(10);
  EXPECT_EQ(Verdict(SignedMark({}, stranger)), registry::kMarkUntrusted.id);
  // With the certificate of one and the key of another.
  EXPECT_EQ(Verdict(tests::Sign(Unsigned(), stranger.key.get())), registry::kMarkUntrusted.id);
  // An authority signs no marks, nor does anyone whom a validator vouches for.
  EXPECT_EQ(Verdict(SignedMark({}, authority_->Issue(11, /*authority=*/true))),
            registry::kMarkUntrusted.id);
  EXPECT_EQ(Verdict(Replaced(Signed(), "<ds:X509Certificate>", "<ds:X509Certificate>AAAA")),
            registry::kMarkUntrusted.id);
}

TEST_F(SignedMarkTest, ARevokedCertificateIsNotTrusted) {
  MarkAuthority authority;
  const auto good = authority.Issue(20), bad = authority.Issue(21);
  authority.Revoke(21);
  const MarkSigners signers = *MarkSigners::Read(authority.anchors(), authority.revoked());
  EXPECT_TRUE(ReadSignedMark(SignedMark({}, good), signers).ok());
  const auto mark = ReadSignedMark(SignedMark({}, bad), signers);
  ASSERT_FALSE(mark.ok());
  EXPECT_EQ(mark.rejection().reason.id, registry::kMarkUntrusted.id);
  EXPECT_EQ(mark.rejection().subject, "certificate revoked");
}

TEST_F(SignedMarkTest, WhatIsNoSignedMarkIsASyntaxError) {
  const std::string good = Signed();
  for (const std::string& xml :
       {std::string(), std::string("mark"), std::string("<mark/>"), good.substr(0, 500),
        Replaced(good, "<smd:signedMark", "<!DOCTYPE x><smd:signedMark"),
        Replaced(good, "<smd:notBefore>", "text<smd:notBefore>"),
        Replaced(good, "2026-01-01T00:00:00.0Z", "yesterday"),
        Replaced(good, "<smd:id>", "<smd:id>x"),
        Replaced(good, "ns:signedMark-1.0", "ns:signedMark-2.0")}) {
    EXPECT_EQ(Verdict(xml), "signed-mark-syntax") << xml.substr(0, 100);
  }
}

TEST_F(SignedMarkTest, AuthorityAndRevocationListAreBothNeeded) {
  EXPECT_FALSE(MarkSigners::Read("", authority_->revoked()).ok());
  EXPECT_FALSE(MarkSigners::Read(authority_->anchors(), "").ok());
  EXPECT_FALSE(MarkSigners::Read(authority_->revoked(), authority_->anchors()).ok());
}

}  // namespace
}  // namespace epp
