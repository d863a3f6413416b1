#include "zonegen/published_zone.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "registry/base/text.h"
#include "zonegen/file_error.h"
#include "zonegen/manifest.h"
#include "zonegen/text_input.h"
#include "zonegen/zone_check.h"

// A zone file of ours begins with three lines: $ORIGIN, $TTL and the SOA record (zone_text.h). In
// every line the fields are separated by one tab.

namespace zonegen {
namespace {

using registry::Concat;

constexpr std::string_view kSoa = "\tIN\tSOA\t";
constexpr size_t kSoaFields = 7;  // between blanks; the third is the serial
constexpr int kHeadLines = 3;

absl::Status NotOurs(const std::string& file, std::string_view tld) {
  return absl::FailedPreconditionError(
      Concat(file, " is there but is not a zone file of ", tld, " that this program wrote"));
}

// Reads the head; the serial, or nothing if it is not that of a zone `tld`.
absl::StatusOr<std::optional<uint32_t>> ReadHead(LineInput& in, std::string_view tld) {
  std::string head[kHeadLines];
  for (std::string& line : head) {
    std::string_view text;
    const auto more = in.Next(text);
    if (!more.ok()) return more.status();
    line = text;
  }
  if (head[0] != Concat("$ORIGIN ", tld, ".") || !head[1].starts_with("$TTL ")) return std::nullopt;
  const size_t soa = head[2].find(kSoa);
  if (soa == std::string::npos) return std::nullopt;
  const auto fields = registry::Split(std::string_view(head[2]).substr(soa + kSoa.size()), ' ');
  uint32_t serial = 0;
  if (fields.size() != kSoaFields || !registry::ParseNumber(fields[2], &serial))
    return std::nullopt;
  return serial;
}

bool SameHeadLine(int number, std::string_view a, std::string_view b) {
  if (number < kHeadLines) return a == b;
  auto left = registry::Split(a, ' '), right = registry::Split(b, ' ');
  if (left.size() == kSoaFields && right.size() == kSoaFields) left[2] = right[2];
  return left == right;
}

absl::StatusOr<bool> SameHead(LineInput& a, LineInput& b) {
  for (int number = 1; number <= kHeadLines; ++number) {
    std::string_view left, right;
    const auto more_left = a.Next(left), more_right = b.Next(right);
    if (!more_left.ok()) return more_left.status();
    if (!more_right.ok()) return more_right.status();
    if (!*more_left || !*more_right || !SameHeadLine(number, left, right)) return false;
    if (a.ended() != b.ended()) return false;
  }
  return true;
}

absl::StatusOr<bool> SameRest(LineInput& a, LineInput& b) {
  std::string_view left, right;
  while (true) {
    for (auto [in, part] : {std::pair(&a, &left), std::pair(&b, &right)}) {
      if (!part->empty()) continue;
      const auto next = in->Rest();
      if (!next.ok()) return next.status();
      *part = *next;
    }
    const size_t size = std::min(left.size(), right.size());
    if (size == 0) return left.size() == right.size();
    if (left.substr(0, size) != right.substr(0, size)) return false;
    left.remove_prefix(size);
    right.remove_prefix(size);
  }
}

}  // namespace

absl::StatusOr<std::optional<PublishedZone>> ReadPublishedZone(const std::string& file,
                                                               const std::string& tld,
                                                               const std::string& own_lines) {
  struct stat facts;
  if (::stat(file.c_str(), &facts) != 0) {
    if (errno == ENOENT) return std::nullopt;
    return FileError("read", file);
  }
  auto in = LineInput::Open(file);
  if (!in.ok()) return in.status();
  const auto serial = ReadHead(*in, tld);
  if (absl::IsDataLoss(serial.status())) return NotOurs(file, tld);
  if (!serial.ok()) return serial.status();
  if (!*serial) return NotOurs(file, tld);
  const absl::StatusOr<Manifest> manifest = ReadManifest(file);
  if (manifest.ok() && manifest->tld == tld && manifest->serial == **serial &&
      manifest->bytes == facts.st_size) {
    return PublishedZone{**serial, manifest->counts, true};
  }
  const auto findings = CheckZoneFile(file, {tld, std::nullopt, own_lines});
  if (absl::IsDataLoss(findings.status())) return NotOurs(file, tld);
  if (!findings.ok()) return findings.status();
  return PublishedZone{**serial, findings->counts, false};
}

absl::StatusOr<bool> SameButSerial(const std::string& a, const std::string& b) {
  auto left = LineInput::Open(a), right = LineInput::Open(b);
  if (!left.ok()) return left.status();
  if (!right.ok()) return right.status();
  const auto same = SameHead(*left, *right);
  if (!same.ok() || !*same) return same;
  return SameRest(*left, *right);
}

}  // namespace zonegen
