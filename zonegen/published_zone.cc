#include "zonegen/published_zone.h"

#include <sys/stat.h>

#include <cerrno>
#include <fstream>

#include "registry/base/text.h"
#include "zonegen/file_error.h"
#include "zonegen/manifest.h"

// A zone file of ours begins with three lines: $ORIGIN, $TTL and the SOA record (zone_text.h). In
// every line the fields are separated by one tab.

namespace zonegen {
namespace {

using registry::Concat;

constexpr std::string_view kSoa = "\tIN\tSOA\t";
constexpr std::string_view kNs = "\tIN\tNS\t";
constexpr size_t kSoaFields = 7;  // between blanks; the third is the serial

// Reads the head; the serial, or nothing if it is not that of a zone `tld`.
std::optional<uint32_t> ReadHead(std::istream& in, std::string_view tld) {
  std::string line;
  if (!std::getline(in, line) || line != Concat("$ORIGIN ", tld, ".")) return std::nullopt;
  if (!std::getline(in, line) || !line.starts_with("$TTL ")) return std::nullopt;
  if (!std::getline(in, line)) return std::nullopt;
  const size_t soa = line.find(kSoa);
  if (soa == std::string::npos) return std::nullopt;
  const auto fields = registry::Split(std::string_view(line).substr(soa + kSoa.size()), ' ');
  uint32_t serial = 0;
  if (fields.size() != kSoaFields || !registry::ParseNumber(fields[2], &serial))
    return std::nullopt;
  return serial;
}

int64_t CountDelegations(std::istream& in) {
  int64_t count = 0;
  std::string line, last;
  while (std::getline(in, line)) {
    if (line.find(kNs) == std::string::npos) continue;
    const std::string_view owner = std::string_view(line).substr(0, line.find('\t'));
    if (owner == "@" || owner == last) continue;
    last = owner;
    ++count;
  }
  return count;
}

absl::Status CannotRead(const std::string& file) { return FileError("read", file); }

bool SameHead(std::istream& a, std::istream& b) {
  for (int line = 1; line <= 3; ++line) {
    std::string left, right;
    if (!std::getline(a, left) || !std::getline(b, right)) return false;
    auto left_fields = registry::Split(left, ' '), right_fields = registry::Split(right, ' ');
    if (left_fields.size() != right_fields.size()) return false;
    if (line == 3 && left_fields.size() == kSoaFields) left_fields[2] = right_fields[2];
    if (left_fields != right_fields) return false;
  }
  return true;
}

bool SameRest(std::istream& a, std::istream& b) {
  constexpr size_t kPart = 1 << 16;
  std::string left(kPart, '\0'), right(kPart, '\0');
  while (a && b) {
    a.read(left.data(), kPart);
    b.read(right.data(), kPart);
    const auto left_size = static_cast<size_t>(a.gcount());
    const auto right_size = static_cast<size_t>(b.gcount());
    if (std::string_view(left).substr(0, left_size) !=
        std::string_view(right).substr(0, right_size)) {
      return false;
    }
  }
  return true;
}

}  // namespace

absl::StatusOr<std::optional<PublishedZone>> ReadPublishedZone(const std::string& file,
                                                               std::string_view tld) {
  struct stat facts;
  if (::stat(file.c_str(), &facts) != 0) {
    if (errno == ENOENT) return std::nullopt;
    return CannotRead(file);
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) return CannotRead(file);
  const std::optional<uint32_t> serial = ReadHead(in, tld);
  if (!serial) {
    return absl::FailedPreconditionError(
        Concat(file, " is there but is not a zone file of ", tld, " that this program wrote"));
  }
  const absl::StatusOr<Manifest> manifest = ReadManifest(file);
  if (manifest.ok() && manifest->tld == tld && manifest->serial == *serial &&
      manifest->bytes == facts.st_size) {
    return PublishedZone{*serial, manifest->delegations, true};
  }
  return PublishedZone{*serial, CountDelegations(in), false};
}

absl::StatusOr<bool> SameButSerial(const std::string& a, const std::string& b) {
  std::ifstream left(a, std::ios::binary), right(b, std::ios::binary);
  if (!left) return CannotRead(a);
  if (!right) return CannotRead(b);
  if (!SameHead(left, right)) return false;
  const bool same = SameRest(left, right);
  if (left.bad() || right.bad()) return absl::DataLossError(Concat("cannot read ", a, " or ", b));
  return same;
}

}  // namespace zonegen
