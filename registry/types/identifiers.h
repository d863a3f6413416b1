#pragma once

#include <string>
#include <string_view>

#include "registry/base/outcome.h"

namespace registry {

// An eppcom:clIDType: 3 to 16 characters, no control characters, no blanks at the ends, no two
// blanks in a row. RFC 5730 section 4.2. `Tag` keeps registrars, contacts and organizations
// apart.
template <class Tag>
class ClientIdentifier {
 public:
  ClientIdentifier() = default;
  explicit ClientIdentifier(std::string_view literal);  // aborts if malformed
  static Outcome<ClientIdentifier> Parse(std::string_view text);
  static ClientIdentifier Trusted(std::string text) { return ClientIdentifier(std::move(text), 0); }

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

  friend bool operator==(const ClientIdentifier&, const ClientIdentifier&) = default;
  friend auto operator<=>(const ClientIdentifier&, const ClientIdentifier&) = default;
  template <class H>
  friend H AbslHashValue(H h, const ClientIdentifier& id) {
    return H::combine(std::move(h), id.text_);
  }

 private:
  ClientIdentifier(std::string text, int) : text_(std::move(text)) {}
  std::string text_;
};

using RegistrarId = ClientIdentifier<struct RegistrarTag>;  // kRegistrarIdSyntax
using ContactId = ClientIdentifier<struct ContactTag>;      // kContactIdSyntax; case matters
using OrganizationId =
    ClientIdentifier<struct OrganizationTag>;  // kOrganizationIdSyntax; case matters

}  // namespace registry
