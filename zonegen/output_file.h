#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace zonegen {

// A file that is written from beginning to end beside the one that it will replace, and takes its
// place whole or not at all.
class OutputFile {
 public:
  // Writes to `file`.tmp; what an interrupted run left there is overwritten.
  static absl::StatusOr<std::unique_ptr<OutputFile>> Create(const std::string& file);
  // Removes what was not published.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  absl::Status Append(std::string_view text);
  // What was appended becomes readable at temporary().
  absl::Status Flush();
  // Makes it durable and gives it its name. Afterwards there is nothing more to append.
  absl::Status Publish();

  int64_t bytes() const { return bytes_; }
  const std::string& temporary() const { return temporary_; }
  // Of all that was appended, in lower-case hexadecimal. Once, after the last Append.
  std::string Sha256();

 private:
  OutputFile(std::string file, int descriptor);
  absl::Status Failed(std::string_view what) const;

  std::string file_;
  std::string temporary_;
  int descriptor_;
  bool published_ = false;
  std::string buffer_;
  int64_t bytes_ = 0;
  struct FreeDigest {
    void operator()(EVP_MD_CTX* digest) const;
  };
  std::unique_ptr<EVP_MD_CTX, FreeDigest> digest_;
};

}  // namespace zonegen
