#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "zonegen/output_file.h"

namespace zonegen {

// Text that waits in a file without a name until what stands between its parts is known. The disk
// space is free again when this object or the process is gone.
class Spool {
 public:
  // `beside` is a file in a folder with room enough.
  static absl::StatusOr<std::unique_ptr<Spool>> Create(const std::string& beside);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  absl::Status Append(std::string_view text);
  int64_t bytes() const { return bytes_; }
  // Appends the octets from `begin` up to `end` to `out`.
  absl::Status Copy(int64_t begin, int64_t end, OutputFile& out);

 private:
  explicit Spool(int descriptor);
  absl::Status Flush();

  int descriptor_;
  std::string buffer_;
  int64_t bytes_ = 0;
};

}  // namespace zonegen
