#include "zonegen/compression.h"

#include <zlib.h>
#include <zstd.h>

#include "registry/base/check.h"

namespace zonegen {
namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest, and a gzip header: zlib.h, deflateInit2
constexpr int kGzipMemory = 9;        // the most, for speed
// Zones repeat themselves: higher levels take several times as long for some per cent.
constexpr int kGzipLevel = 4;
constexpr int kZstdLevel = 3;
constexpr size_t kPart = 1 << 16;

class Gzip : public Compressor {
 public:
  Gzip() {
    POSTEL_CHECK(deflateInit2(&stream_, kGzipLevel, Z_DEFLATED, kGzipWindow, kGzipMemory,
                              Z_DEFAULT_STRATEGY) == Z_OK);
  }
  ~Gzip() override { deflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  void Append(std::string_view text, std::string& out) override { Run(text, Z_NO_FLUSH, out); }
  void Finish(std::string& out) override { Run("", Z_FINISH, out); }

 private:
  void Run(std::string_view text, int flush, std::string& out) {
    // zlib does not write to its input, whatever the type says.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    do {
      const size_t before = out.size();
      out.resize(before + kPart);
      stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
      stream_.avail_out = kPart;
      POSTEL_CHECK(deflate(&stream_, flush) != Z_STREAM_ERROR);
      out.resize(before + kPart - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

  z_stream stream_{};
};

class Zstd : public Compressor {
 public:
  Zstd() : context_(ZSTD_createCCtx()) {
    POSTEL_CHECK(context_ != nullptr);
    Set(ZSTD_c_compressionLevel, kZstdLevel);
    Set(ZSTD_c_checksumFlag, 1);
  }
  ~Zstd() override { ZSTD_freeCCtx(context_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  void Append(std::string_view text, std::string& out) override {
    ZSTD_inBuffer in{text.data(), text.size(), 0};
    while (in.pos < in.size) Run(in, ZSTD_e_continue, out);
  }
  void Finish(std::string& out) override {
    ZSTD_inBuffer in{nullptr, 0, 0};
    while (Run(in, ZSTD_e_end, out) != 0) {
    }
  }

 private:
  void Set(ZSTD_cParameter parameter, int value) {
    POSTEL_CHECK(!ZSTD_isError(ZSTD_CCtx_setParameter(context_, parameter, value)));
  }
  size_t Run(ZSTD_inBuffer& in, ZSTD_EndDirective directive, std::string& out) {
    const size_t before = out.size();
    out.resize(before + kPart);
    ZSTD_outBuffer part{out.data() + before, kPart, 0};
    const size_t left = ZSTD_compressStream2(context_, &part, &in, directive);
    POSTEL_CHECK(!ZSTD_isError(left));
    out.resize(before + part.pos);
    return left;
  }

  ZSTD_CCtx* const context_;
};

}  // namespace

std::optional<Compression> ParseCompression(std::string_view text) {
  if (text == "gzip") return Compression::kGzip;
  if (text == "zstd") return Compression::kZstd;
  return std::nullopt;
}

std::string_view SuffixOf(Compression compression) {
  switch (compression) {
    case Compression::kNone:
      return "";
    case Compression::kGzip:
      return ".gz";
    case Compression::kZstd:
      return ".zst";
  }
  return "";
}

Compression CompressionNamedBy(std::string_view file) {
  for (const Compression compression : {Compression::kGzip, Compression::kZstd}) {
    if (file.ends_with(SuffixOf(compression))) return compression;
  }
  return Compression::kNone;
}

std::unique_ptr<Compressor> Compressor::Make(Compression compression) {
  switch (compression) {
    case Compression::kNone:
      return nullptr;
    case Compression::kGzip:
      return std::make_unique<Gzip>();
    case Compression::kZstd:
      return std::make_unique<Zstd>();
  }
  return nullptr;
}

}  // namespace zonegen
