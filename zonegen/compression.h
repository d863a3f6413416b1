#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace zonegen {

enum class Compression { kNone, kGzip, kZstd };

// "gzip" (RFC 1952), "zstd" (RFC 8878); nothing for other texts.
std::optional<Compression> ParseCompression(std::string_view text);
// What the name of such a file ends with: ".gz", ".zst", "".
std::string_view SuffixOf(Compression compression);
// By that ending.
Compression CompressionNamedBy(std::string_view file);

// Compresses a stream of octets. Not thread-safe. The memory that the libraries ask for is theirs
// (a few megabytes); that there is none ends the process.
class Compressor {
 public:
  // Nothing for kNone.
  static std::unique_ptr<Compressor> Make(Compression compression);
  virtual ~Compressor() = default;

  // Appends to `out` what is ready of the compressed form.
  virtual void Append(std::string_view text, std::string& out) = 0;
  // Appends the rest. Nothing may follow.
  virtual void Finish(std::string& out) = 0;
};

}  // namespace zonegen
