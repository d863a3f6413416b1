#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "zonegen/dns_record.h"

namespace zonegen {

// All records of one name.
struct OwnerRecords {
  std::string owner;               // wire name, lower case
  std::vector<DnsRecord> records;  // sorted, unique
};

// Records that come one by one, put together by name. The SOA, the signer's records and the version
// of the follower are not compared, and left out.
class OwnerGatherer {
 public:
  // True: `done` is the name before, which is complete.
  bool Add(std::string_view owner, DnsRecord record, OwnerRecords* done);
  // The last one; false if there is none.
  bool Finish(OwnerRecords* done);

 private:
  OwnerRecords current_;
};

// The names of a zone as they should be, in canonical order (RFC 4034 section 6.1).
class WantedZone {
 public:
  virtual ~WantedZone() = default;
  // False at the end.
  virtual absl::StatusOr<bool> Next(OwnerRecords* out) = 0;
};

// Which names of a zone have other records than they should. Both sides come in canonical order, so
// that one name of each is in memory at a time.
class ZoneDifference {
 public:
  // Of the names that differ `limit` are kept.
  ZoneDifference(WantedZone& wanted, size_t limit) : wanted_(wanted), limit_(limit) {}

  // The next name that is served. kDataLoss: out of order.
  absl::Status Serve(OwnerRecords served);
  absl::Status Finish();

  std::vector<std::string>& owners() { return owners_; }  // as text
  int64_t different() const { return different_; }
  int64_t compared() const { return compared_; }  // names

 private:
  absl::Status Advance();
  void Differs(std::string_view owner);

  WantedZone& wanted_;
  const size_t limit_;
  bool started_ = false, more_ = false;
  OwnerRecords next_;  // wanted, if more_
  std::string last_served_;
  std::vector<std::string> owners_;
  int64_t different_ = 0;
  int64_t compared_ = 0;
};

}  // namespace zonegen
