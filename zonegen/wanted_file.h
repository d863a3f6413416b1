#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "zonegen/master_file_reader.h"
#include "zonegen/zone_difference.h"

namespace zonegen {

// Orders wire names canonically (RFC 4034 section 6.1).
struct CanonicalOrder {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};

// A zone file of ours, name by name in canonical order. The policy's own records may stand at its
// beginning, in any order: they are kept until it is their names' turn.
class WantedFile : public WantedZone {
 public:
  // `fixed`: the names that the policy has records for, in wire form.
  WantedFile(std::unique_ptr<MasterFileReader> reader, std::set<std::string> fixed)
      : reader_(std::move(reader)), fixed_(std::move(fixed)) {}

  absl::StatusOr<bool> Next(OwnerRecords* out) override;

 private:
  absl::Status ReadNext();

  std::unique_ptr<MasterFileReader> reader_;
  const std::set<std::string> fixed_;
  OwnerGatherer gatherer_;
  bool in_head_ = true, at_end_ = false, has_next_ = false;
  OwnerRecords next_;  // of the body, if has_next_
  std::map<std::string, OwnerRecords, CanonicalOrder> head_;
};

}  // namespace zonegen
