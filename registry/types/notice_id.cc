#include "registry/types/notice_id.h"

#include <algorithm>
#include <boost/crc.hpp>
#include <charconv>
#include <cstdint>
#include <utility>

#include "registry/base/text.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr size_t kChecksumDigits = 8;
constexpr size_t kMostDigits = 19;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

}  // namespace

Outcome<NoticeId> NoticeId::Parse(std::string_view text) {
  if (text.size() <= kChecksumDigits || text.size() > kChecksumDigits + kMostDigits) {
    return Reject(kNoticeIdSyntax);
  }
  const std::string_view checksum = text.substr(0, kChecksumDigits);
  const std::string_view number = text.substr(kChecksumDigits);
  if (!std::ranges::all_of(checksum, IsHexDigit) || !std::ranges::all_of(number, IsDigit)) {
    return Reject(kNoticeIdSyntax);
  }
  return NoticeId(std::string(text));
}

bool NoticeId::IsFor(std::string_view label, absl::Time not_after) const {
  if (text_.empty()) return false;
  uint32_t checksum = 0;
  std::from_chars(text_.data(), text_.data() + kChecksumDigits, checksum, 16);
  const std::string covered = Concat(label, absl::ToUnixSeconds(not_after),
                                     std::string_view(text_).substr(kChecksumDigits));
  boost::crc_32_type crc;
  crc.process_bytes(covered.data(), covered.size());
  return crc.checksum() == checksum;
}

}  // namespace registry
