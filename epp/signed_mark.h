#pragma once

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "registry/base/outcome.h"
#include "registry/model/launch.h"

struct x509_store_st;

// Signed marks, RFC 7848: XML that a trademark validator signed (XML Signature). The signature is
// checked by libxmlsec1, its certificate by OpenSSL, and the mark is read from the very tree that
// was checked. What is accepted is narrow on purpose: one signature, over the whole document and
// nothing else, by an algorithm of our choice.
namespace epp {

// Who may sign: certificates that we trust, and what their issuers have revoked. A signer's
// certificate is issued by one of these directly. Immutable, may be used from many threads.
class MarkSigners {
 public:
  // `anchors`: PEM. `revoked`: certificate revocation lists, PEM or one in DER; at least one of
  // each. Errors say which.
  static absl::StatusOr<MarkSigners> Read(std::string_view anchors, std::string_view revoked);

  x509_store_st* store() const { return store_.get(); }

 private:
  explicit MarkSigners(std::shared_ptr<x509_store_st> store) : store_(std::move(store)) {}
  std::shared_ptr<x509_store_st> store_;
};

// Makes libxmlsec1 ready, which may happen only once in a process. ReadSignedMark does so itself.
void StartXmlSec();

// kSignedMarkSyntax: not a signed mark at all, or in a form that is not accepted.
// kMarkUntrusted: not signed by whom we trust, or not as it was signed. Else the mark; whether it
// is revoked itself is left open. `xml` are octets of any kind.
registry::Outcome<registry::SignedMark> ReadSignedMark(std::string_view xml,
                                                       const MarkSigners& signers);

}  // namespace epp
