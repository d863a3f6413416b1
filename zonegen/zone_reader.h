#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "zonegen/text_input.h"

namespace zonegen {

// A record in a form that does not depend on how its line was written: names absolute and in lower
// case, types and hexadecimal digits in upper case, addresses as RFC 5952 has them, one blank
// between the fields of the data.
struct ZoneRecord {
  std::string type;
  std::string data;
  uint32_t ttl = 0;

  friend auto operator<=>(const ZoneRecord&, const ZoneRecord&) = default;
};

// What stands at one name.
struct ZoneName {
  std::string name;                 // absolute, without the final dot
  std::vector<ZoneRecord> records;  // sorted
};

// Reads the lines of a master file (RFC 1035 section 5.1) that has one record a line: ours, those
// that `named-compilezone` and `dig axfr` write, and exports for third parties. $ORIGIN, $TTL,
// comments and empty lines are understood; records that go over several lines, or leave out their
// owner, are not. Not thread-safe.
class RecordInput {
 public:
  static absl::StatusOr<RecordInput> Open(const std::string& file);

  // False at the end. kInvalidArgument, with file and line: this is no such record.
  absl::StatusOr<bool> Next(std::string& name, ZoneRecord& record);
  absl::Status Wrong(std::string_view what) const;

 private:
  explicit RecordInput(LineInput lines) : lines_(std::move(lines)) {}
  absl::Status Directive();
  absl::Status Parse(std::string& name, ZoneRecord& record);
  absl::Status TakeTtlAndClass(size_t& next, ZoneRecord& record);
  bool MakeAbsolute(std::string_view text, std::string& name) const;
  absl::Status Normalize(size_t next, ZoneRecord& record);

  LineInput lines_;
  std::string origin_;  // with a dot in front; empty: none
  uint32_t default_ttl_ = 0;
  bool has_default_ttl_ = false;
  std::vector<std::string_view> fields_;  // of the line
};

// The names of a zone file in canonical order (RFC 4034 section 6.1), each with all of its records.
// The file must be in that order, apart from its first records, among which a policy's own stand in
// any order. A SOA that is repeated at the end counts once. Memory: those first records, and what
// stands at one name. Not thread-safe.
class ZoneReader {
 public:
  static constexpr size_t kUnordered = 4096;  // records

  static absl::StatusOr<ZoneReader> Open(const std::string& file);

  // False at the end. kInvalidArgument also for names out of order.
  absl::StatusOr<bool> Next(ZoneName& name);

 private:
  struct Record {
    std::string name;
    ZoneRecord record;
  };
  explicit ZoneReader(RecordInput input) : input_(std::move(input)) {}
  absl::Status ReadFirst();
  absl::Status Advance();
  bool IsRepeatedSoa(const Record& record) const;

  RecordInput input_;
  std::vector<Record> first_;  // sorted
  size_t taken_ = 0;           // of them
  bool has_next_ = false;
  Record next_;  // of the ordered rest
  Record soa_;
};

}  // namespace zonegen
