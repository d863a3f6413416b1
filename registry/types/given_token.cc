#include "registry/types/given_token.h"

#include <openssl/evp.h>

#include <utility>

#include "registry/base/check.h"

namespace registry {

GivenToken::GivenToken(std::string text) : text_(std::move(text)) {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  digest_.resize(32);
  POSTEL_CHECK(EVP_Digest(text_.data(), text_.size(),
                          reinterpret_cast<unsigned char*>(digest_.data()), nullptr, sha256,
                          nullptr) == 1);
}

}  // namespace registry
