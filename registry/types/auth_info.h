#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "registry/base/outcome.h"

namespace registry {

// What is kept of an authInfo: SHA-256 over a random salt and the value. RFC 9154 section 4.3: the
// value is written once and never given back. Unset means that nothing matches (no transfer).
class SealedAuthInfo {
 public:
  using Salt = std::array<uint8_t, 16>;

  SealedAuthInfo() = default;  // unset
  bool is_set() const { return !octets_.empty(); }
  // The 48 octets of salt and digest, or none; for the database only.
  const std::string& octets() const { return octets_; }
  static SealedAuthInfo Trusted(std::string octets);

  friend bool operator==(const SealedAuthInfo&, const SealedAuthInfo&) = default;

 private:
  friend class AuthInfo;
  std::string octets_;
};

// The value that a registrar presents. There is no way to print it, and it is wiped from memory
// when it is destroyed.
class AuthInfo {
 public:
  // Printable, at most 128 octets of UTF-8; empty is fine and seals to "unset". kAuthInfoSyntax.
  static Outcome<AuthInfo> Parse(std::string_view text);
  explicit AuthInfo(std::string_view literal);  // aborts if malformed
  AuthInfo() = default;
  AuthInfo(const AuthInfo&) = default;
  AuthInfo(AuthInfo&&) = default;
  AuthInfo& operator=(const AuthInfo&) = default;
  AuthInfo& operator=(AuthInfo&&) = default;
  ~AuthInfo();

  bool empty() const { return text_.empty(); }
  // RFC 9154 section 4.1: at least 128 bits, that is 20 characters of the 95 printable ones, or 25
  // letters and digits.
  bool IsStrong() const;
  SealedAuthInfo Seal(const SealedAuthInfo::Salt& salt) const;
  bool Opens(const SealedAuthInfo& sealed) const;  // in constant time; false if unset

 private:
  std::string text_;
};

// Random, from the operating system's generator. At the edge only: commands carry the sealed form.
SealedAuthInfo::Salt RandomSalt();

}  // namespace registry
