#include "registry/types/auth_info.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <optional>

#include "registry/base/utf8.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr size_t kLongest = 128;  // octets
constexpr size_t kDigestOctets = 32;
constexpr size_t kSaltOctets = std::tuple_size_v<SealedAuthInfo::Salt>;

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsAuthInfo(std::string_view text) {
  return text.size() <= kLongest && PrintableLength(text).has_value();
}

// What is kept: the salt, and the digest of salt and value.
std::string SealedOctets(std::string_view salt, std::string_view value) {
  std::string salted(salt);
  salted += value;
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  unsigned char digest[kDigestOctets];
  POSTEL_CHECK(EVP_Digest(salted.data(), salted.size(), digest, nullptr, sha256, nullptr) == 1);
  OPENSSL_cleanse(salted.data(), salted.size());
  std::string octets(salt);
  octets.append(reinterpret_cast<const char*>(digest), sizeof digest);
  return octets;
}

}  // namespace

SealedAuthInfo SealedAuthInfo::Trusted(std::string octets) {
  SealedAuthInfo sealed;
  sealed.octets_ = std::move(octets);
  return sealed;
}

Outcome<AuthInfo> AuthInfo::Parse(std::string_view text) {
  if (!IsAuthInfo(text)) return Reject(kAuthInfoSyntax);
  AuthInfo info;
  info.text_ = text;
  return info;
}

AuthInfo::AuthInfo(std::string_view literal) : text_(literal) { POSTEL_CHECK(IsAuthInfo(literal)); }

AuthInfo::~AuthInfo() {
  text_.resize(text_.capacity());  // also what a move or a shorter value left behind
  OPENSSL_cleanse(text_.data(), text_.size());
}

bool AuthInfo::IsStrong() const {
  constexpr size_t kAnyCharacters = 20, kAlphanumeric = 25;
  const bool plain = std::all_of(text_.begin(), text_.end(), IsAlphanumeric);
  return PrintableLength(text_).value_or(0) >= (plain ? kAlphanumeric : kAnyCharacters);
}

SealedAuthInfo AuthInfo::Seal(const SealedAuthInfo::Salt& salt) const {
  if (empty()) return SealedAuthInfo();
  const std::string_view octets(reinterpret_cast<const char*>(salt.data()), salt.size());
  return SealedAuthInfo::Trusted(SealedOctets(octets, text_));
}

bool AuthInfo::Opens(const SealedAuthInfo& sealed) const {
  const std::string& expected = sealed.octets();
  if (empty() || expected.size() != kSaltOctets + kDigestOctets) return false;
  const std::string actual = SealedOctets(std::string_view(expected).substr(0, kSaltOctets), text_);
  return CRYPTO_memcmp(actual.data(), expected.data(), expected.size()) == 0;
}

SealedAuthInfo::Salt RandomSalt() {
  // Drawn for many at once, since most of a draw's cost is the call. Salts are no secret.
  thread_local std::array<SealedAuthInfo::Salt, 64> drawn;
  thread_local size_t used = drawn.size();
  if (used == drawn.size()) {
    POSTEL_CHECK(RAND_bytes(drawn.front().data(), static_cast<int>(sizeof drawn)) == 1);
    used = 0;
  }
  return drawn[used++];
}

}  // namespace registry
