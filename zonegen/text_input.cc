#include "zonegen/text_input.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "zonegen/file_error.h"

namespace zonegen {
namespace {

using registry::Concat;

constexpr size_t kBufferBytes = 1 << 18;
constexpr size_t kLongestLine = 1 << 20;
constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";

class Gunzip : public Decompressor {
 public:
  Gunzip() : out_(kBufferBytes, '\0') {
    POSTEL_CHECK(inflateInit2(&stream_, 15 + 16) == Z_OK);  // gzip only: zlib.h
  }
  ~Gunzip() override { inflateEnd(&stream_); }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  absl::StatusOr<std::string_view> Next(std::string_view& in) override {
    if (in.empty() && !more_) return std::string_view();
    if (std::exchange(ended_, false)) POSTEL_CHECK(inflateReset(&stream_) == Z_OK);
    // zlib does not write to its input, whatever the type says.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
    stream_.avail_out = static_cast<uInt>(out_.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      return absl::DataLossError("damaged gzip data");
    }
    in.remove_prefix(in.size() - stream_.avail_in);
    ended_ = result == Z_STREAM_END;  // another member may follow: RFC 1952 section 2.2
    more_ = stream_.avail_out == 0 && !ended_;
    return std::string_view(out_).substr(0, out_.size() - stream_.avail_out);
  }
  bool at_end() const override { return ended_; }

 private:
  z_stream stream_{};
  std::string out_;
  bool ended_ = false;
  bool more_ = false;  // zlib holds text that had no room
};

class Unzstd : public Decompressor {
 public:
  Unzstd() : context_(ZSTD_createDCtx()), out_(kBufferBytes, '\0') {
    POSTEL_CHECK(context_ != nullptr);
  }
  ~Unzstd() override { ZSTD_freeDCtx(context_); }
  Unzstd(const Unzstd&) = delete;
  Unzstd& operator=(const Unzstd&) = delete;

  absl::StatusOr<std::string_view> Next(std::string_view& in) override {
    if (in.empty() && !more_) return std::string_view();
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out_.data(), out_.size(), 0};
    const size_t left = ZSTD_decompressStream(context_, &to, &from);
    if (ZSTD_isError(left)) return absl::DataLossError("damaged zstd data");
    in.remove_prefix(from.pos);
    ended_ = left == 0;
    more_ = to.pos == to.size && !ended_;
    return std::string_view(out_).substr(0, to.pos);
  }
  bool at_end() const override { return ended_; }

 private:
  ZSTD_DCtx* const context_;
  std::string out_;
  bool ended_ = false;
  bool more_ = false;
};

std::unique_ptr<Decompressor> DecompressorFor(std::string_view beginning) {
  if (beginning.starts_with(kGzipMagic)) return std::make_unique<Gunzip>();
  if (beginning.starts_with(kZstdMagic)) return std::make_unique<Unzstd>();
  return nullptr;
}

}  // namespace

TextInput::TextInput(std::string file, int descriptor, GrowingFile* growth)
    : file_(std::move(file)),
      descriptor_(descriptor),
      growth_(growth),
      buffer_(kBufferBytes, '\0') {
  ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

TextInput::~TextInput() { ::close(descriptor_); }

absl::StatusOr<std::unique_ptr<TextInput>> TextInput::Open(const std::string& file,
                                                           GrowingFile* growth) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return FileError("read", file);
  std::unique_ptr<TextInput> input(new TextInput(file, descriptor, growth));
  if (absl::Status status = input->Fill(); !status.ok()) return status;
  input->decompressor_ = DecompressorFor(input->rest_);
  return input;
}

absl::Status TextInput::Fill() {
  if (growth_ != nullptr) growth_->Await(read_ + std::ssize(buffer_));
  size_t size = 0;
  // As much as there is, so that the first octets are together.
  while (size < buffer_.size()) {
    const ssize_t got = ::read(descriptor_, buffer_.data() + size, buffer_.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError("read", file_);
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  read_ += static_cast<int64_t>(size);
  rest_ = std::string_view(buffer_).substr(0, size);
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> TextInput::Next() {
  while (true) {
    if (decompressor_ == nullptr) {
      if (rest_.empty()) {
        if (absl::Status status = Fill(); !status.ok()) return status;
      }
      return std::exchange(rest_, std::string_view());
    }
    const auto text = decompressor_->Next(rest_);
    if (!text.ok())
      return absl::DataLossError(Concat(file_, ": ", std::string(text.status().message())));
    if (!text->empty()) return *text;
    if (!rest_.empty()) continue;
    if (absl::Status status = Fill(); !status.ok()) return status;
    if (!rest_.empty()) continue;
    if (decompressor_->at_end()) return std::string_view();
    return absl::DataLossError(Concat(file_, ": the compressed data ends too early"));
  }
}

absl::StatusOr<LineInput> LineInput::Open(const std::string& file, GrowingFile* growth) {
  auto input = TextInput::Open(file, growth);
  if (!input.ok()) return input.status();
  return LineInput(*std::move(input));
}

absl::StatusOr<bool> LineInput::Next(std::string_view& line) {
  if (std::exchange(give_broken_back_, false)) broken_.clear();
  while (true) {
    if (part_.empty()) {
      const auto next = input_->Next();
      if (!next.ok()) return next.status();
      part_ = *next;
      if (part_.empty()) break;
    }
    const size_t end = part_.find('\n');
    if (broken_.size() + std::min(end, part_.size()) > kLongestLine) {
      return absl::DataLossError(Concat(file(), ":", number_ + 1, ": a line of over a megabyte"));
    }
    if (end == std::string_view::npos) {
      broken_ += std::exchange(part_, std::string_view());
      continue;
    }
    ++number_;
    line = part_.substr(0, end);
    part_.remove_prefix(end + 1);
    if (!broken_.empty()) {
      line = broken_ += line;
      give_broken_back_ = true;
    }
    return true;
  }
  if (broken_.empty()) return false;
  ended_ = false;
  ++number_;
  line = broken_;
  give_broken_back_ = true;
  return true;
}

absl::StatusOr<std::string_view> LineInput::Rest() {
  if (!part_.empty()) return std::exchange(part_, std::string_view());
  return input_->Next();
}

}  // namespace zonegen
