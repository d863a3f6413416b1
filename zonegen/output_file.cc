#include "zonegen/output_file.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "absl/strings/escaping.h"
#include "registry/base/check.h"
#include "zonegen/file_error.h"
#include "zonegen/write_all.h"

namespace zonegen {
namespace {

constexpr size_t kBufferBytes = 1 << 20;
constexpr size_t kWorthAWrite = 128 << 10;
constexpr int64_t kBegunAtOnce = 8 << 20;

// A rename is durable when the folder is.
absl::Status SyncFolderOf(const std::string& file) {
  const size_t slash = file.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : file.substr(0, slash + 1);
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return FileError("open", folder);
  const absl::Status status =
      ::fsync(descriptor) == 0 ? absl::OkStatus() : FileError("sync", folder);
  ::close(descriptor);
  return status;
}

}  // namespace

void OutputFile::FreeDigest::operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }

OutputFile::OutputFile(std::string file, int descriptor, Compression compression)
    : file_(std::move(file)),
      temporary_(file_ + ".tmp"),
      descriptor_(descriptor),
      compressor_(Compressor::Make(compression)),
      digest_(EVP_MD_CTX_new()) {
  POSTEL_CHECK(EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr) == 1);
  buffer_.reserve(kBufferBytes);
}

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Create(const std::string& file,
                                                               Compression compression) {
  const std::string temporary = file + ".tmp";
  const int descriptor =
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    return FileError("write", temporary);
  }
  return std::unique_ptr<OutputFile>(new OutputFile(file, descriptor, compression));
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!published_) ::unlink(temporary_.c_str());
}

absl::Status OutputFile::Failed(std::string_view what) const { return FileError(what, temporary_); }

absl::Status OutputFile::Append(std::string_view text) {
  if (compressor_ != nullptr) {
    compressor_->Append(text, buffer_);
  } else if (text.size() >= kWorthAWrite) {
    absl::Status status = WriteBuffer();
    return status.ok() ? Write(text) : status;
  } else {
    buffer_ += text;
  }
  return buffer_.size() < kBufferBytes ? absl::OkStatus() : WriteBuffer();
}

absl::Status OutputFile::WriteBuffer() {
  if (buffer_.empty()) return absl::OkStatus();
  absl::Status status = Write(buffer_);
  buffer_.clear();
  return status;
}

absl::Status OutputFile::Write(std::string_view octets) {
  POSTEL_CHECK(EVP_DigestUpdate(digest_.get(), octets.data(), octets.size()) == 1);
  if (!WriteAll(descriptor_, octets)) return Failed("write");
  bytes_ += std::ssize(octets);
  growth_.Reaches(bytes_);
  // The disk may begin, so that less is left to wait for in Publish. What it says counts there.
  if (bytes_ - begun_ < kBegunAtOnce) return absl::OkStatus();
  ::sync_file_range(descriptor_, begun_, bytes_ - begun_, SYNC_FILE_RANGE_WRITE);
  begun_ = bytes_;
  return absl::OkStatus();
}

absl::Status OutputFile::Finish() {
  finished_ = true;
  if (compressor_ != nullptr) compressor_->Finish(buffer_);
  if (absl::Status status = WriteBuffer(); !status.ok()) return status;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  POSTEL_CHECK(EVP_DigestFinal_ex(digest_.get(), digest, &size) == 1);
  sha256_ = absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest), size));
  return absl::OkStatus();
}

absl::Status OutputFile::Publish() {
  if (!finished_) {
    if (absl::Status status = Finish(); !status.ok()) return status;
  }
  if (::fsync(descriptor_) != 0) return Failed("sync");
  if (::close(std::exchange(descriptor_, -1)) != 0) return Failed("close");
  if (std::rename(temporary_.c_str(), file_.c_str()) != 0) return Failed("rename");
  published_ = true;
  return SyncFolderOf(file_);
}

}  // namespace zonegen
