#pragma once

#include <string>

namespace registry {

// An Allocation Token as a client gives it, RFC 8495 section 2.1. The registry keeps only the
// digest of a token that has not been used yet.
class GivenToken {
 public:
  // `text` is not empty, white space collapsed.
  explicit GivenToken(std::string text);

  const std::string& text() const { return text_; }
  // SHA-256, 32 octets. Without salt, so that a token is found by it: tokens that postelctl makes
  // are random enough.
  const std::string& digest() const { return digest_; }

 private:
  std::string text_;
  std::string digest_;
};

}  // namespace registry
