#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "registry/base/outcome.h"

namespace registry {

// The identifier of a trademark claims notice, RFC 9361 (TCNID): a checksum of eight hexadecimal
// digits, then the number that the trademark clearinghouse gave the notice, at most 19 digits. The
// checksum is the CRC-32 of the label, the second (since 1970) at which the notice expires, and the
// number, written one after the other.
class NoticeId {
 public:
  static Outcome<NoticeId> Parse(std::string_view text);  // kNoticeIdSyntax
  NoticeId() = default;                                   // empty: none

  const std::string& text() const { return text_; }
  // Was it given for this label and this expiry?
  bool IsFor(std::string_view label, absl::Time not_after) const;

  friend bool operator==(const NoticeId&, const NoticeId&) = default;

 private:
  explicit NoticeId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace registry
