#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "zonegen/compression.h"
#include "zonegen/growing_file.h"

namespace zonegen {

// A file that is written from beginning to end beside the one that it will replace, and takes its
// place whole or not at all.
class OutputFile {
 public:
  // Writes to `file`.tmp; what an interrupted run left there is overwritten.
  static absl::StatusOr<std::unique_ptr<OutputFile>> Create(
      const std::string& file, Compression compression = Compression::kNone);
  // Removes what was not published.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  absl::Status Append(std::string_view text);
  // After the last Append: the whole file is readable at temporary().
  absl::Status Finish();
  // Makes it durable and gives it its name, after Finish or in its place.
  absl::Status Publish();

  const std::string& temporary() const { return temporary_; }
  // Of what can be read at temporary() by now. Its end is for the caller to tell.
  GrowingFile& growth() { return growth_; }
  // After Finish, of the file as it is on disk: compressed, if it is.
  int64_t bytes() const { return bytes_; }
  const std::string& sha256() const { return sha256_; }  // lower-case hexadecimal

 private:
  OutputFile(std::string file, int descriptor, Compression compression);
  absl::Status Failed(std::string_view what) const;
  absl::Status WriteBuffer();
  absl::Status Write(std::string_view octets);

  std::string file_;
  std::string temporary_;
  int descriptor_;
  bool finished_ = false;
  bool published_ = false;
  const std::unique_ptr<Compressor> compressor_;  // none: as it is
  std::string buffer_;                            // to be written
  int64_t bytes_ = 0;
  int64_t begun_ = 0;  // of them, that the disk was told to begin with
  GrowingFile growth_;
  std::string sha256_;
  struct FreeDigest {
    void operator()(EVP_MD_CTX* digest) const;
  };
  std::unique_ptr<EVP_MD_CTX, FreeDigest> digest_;
};

}  // namespace zonegen
