#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "absl/time/time.h"

struct evp_pkey_st;
struct x509_st;

// A trademark clearinghouse of our own for tests: an authority, the validators that it vouches for,
// and what they sign.
namespace tests {

struct MarkText {
  std::string id = "0000001751376056503931-65535";
  std::string root_id = "signedMark";
  std::string not_before = "2026-01-01T00:00:00.0Z", not_after = "2027-01-01T00:00:00.0Z";
  std::string labels = "<mark:label>alpha-brand</mark:label><mark:label>Brand</mark:label>";
  std::string more_in_signature;  // behind its <KeyInfo>
};

class MarkAuthority {
 public:
  MarkAuthority();

  std::string anchors() const;  // PEM
  std::string revoked() const;  // PEM, of all that were revoked so far
  void Revoke(int serial) { revoked_.insert(serial); }

  struct Validator {
    std::shared_ptr<evp_pkey_st> key;
    std::shared_ptr<x509_st> certificate;
  };
  // Valid from 2025 to 2030.
  Validator Issue(int serial, bool authority = false) const;

 private:
  Validator self_;
  std::set<int> revoked_;
};

// The document, still without digest and signature value.
std::string UnsignedMark(const MarkText& text, const MarkAuthority::Validator& validator);
// With them.
std::string Sign(std::string_view xml, evp_pkey_st* key);
std::string SignedMark(const MarkText& text, const MarkAuthority::Validator& validator);
std::string Base64OfCertificate(x509_st* certificate);

}  // namespace tests
