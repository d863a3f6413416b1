#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "zonegen/growing_file.h"
#include "zonegen/zone_counts.h"

namespace zonegen {

// What a zone file must be.
struct ZoneExpectation {
  std::string tld;
  std::optional<uint32_t> serial;  // none: any
  std::string own_lines;           // of the apex and the policy: ZoneText::Apex
};

struct ZoneFindings {
  ZoneCounts counts;
  uint32_t serial = 0;
  int64_t problems = 0;
  std::vector<std::string> first;  // of them, "line 12: ...", at most kShownProblems

  static constexpr int64_t kShownProblems = 10;
  // All of it in a sentence; empty without problems.
  std::string Describe() const;
};

// Judges a zone file by its text alone, as a name server will read it, so that what is wrong with
// the program that wrote it is found as well:
//  - $ORIGIN, $TTL and one SOA with its serial at the head, all own lines of the zone, NS
//    records of the apex among them, and nothing else at the apex;
//  - other lines are NS, DS, A or AAAA records in the form of ZoneText, in canonical order of their
//    owners (RFC 4034 section 6.1; own lines may stand anywhere), none twice, with one TTL for a
//    record set (RFC 2181 section 5.2);
//  - owners are host names (letters, digits, hyphens; 63 octets a label, 253 a name), delegations
//    just below the apex; NS records name hosts, DS records stand beside NS and have the digest's
//    length, addresses are addresses, and belong to the name server of a delegation.
// Memory: a hash for each host with addresses. Lines come in the file's order. Not thread-safe.
class ZoneCheck {
 public:
  explicit ZoneCheck(const ZoneExpectation& expected);

  // Without its end.
  void Line(std::string_view line);
  // `ended`: whether the last line had its end.
  ZoneFindings Finish(bool ended);

 private:
  enum class Type { kNs, kDs, kA, kAaaa, kOther };
  // What stands between owner and data: most lines have the same as one before.
  struct Middle {
    std::string text;  // "3600\tIN\tNS\t"
    bool is_record = false;
    uint32_t ttl = 0;
    bool right_ttl = false;
    Type type = Type::kOther;
  };
  // What stands at the name that is being read.
  struct Seen {
    Type type;
    uint32_t ttl;
    size_t begin, size;  // in seen_text_: the data
  };

  void Head(std::string_view line);
  void Soa(std::string_view line);
  bool IsOwn(std::string_view line);
  void Generated(std::string_view line);
  std::string_view TakeOwner(std::string_view& rest);
  const Middle& TakeMiddle(std::string_view& rest);
  void NewOwner(std::string_view owner);
  void EndOwner(int64_t last);  // its last line
  void CheckData(Type type, std::string_view data);
  void CheckNameServer(std::string_view data);
  void Note(const Middle& middle, std::string_view data);
  void Problem(std::string_view what) { ProblemAt(line_, what); }
  void ProblemAt(int64_t line, std::string_view what);

  const std::string tld_;
  const std::string suffix_;  // of absolute names below the TLD: ".org."
  const std::optional<uint32_t> serial_;
  absl::flat_hash_map<std::string, int> own_;  // how often it is still to come
  int64_t own_left_ = 0;
  bool apex_ns_ = false;

  int64_t line_ = 0;
  std::string owner_;
  bool has_owner_ = false;
  std::array<Middle, 4> middles_;
  size_t next_middle_ = 0;  // is replaced next
  std::vector<Seen> seen_;
  std::string seen_text_;
  absl::flat_hash_set<uint64_t> needed_;  // hashes of hosts below the TLD that are name servers
  std::string last_needed_;
  struct GlueOwner {
    uint64_t hash;
    int64_t line;
  };
  std::vector<GlueOwner> glue_;
  ZoneFindings findings_;
};

// Reads all of `file`, compressed or not, with `growth` while it is written. An error only if it
// cannot be read.
absl::StatusOr<ZoneFindings> CheckZoneFile(const std::string& file, const ZoneExpectation& expected,
                                           GrowingFile* growth = nullptr);

}  // namespace zonegen
