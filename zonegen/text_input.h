#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "zonegen/growing_file.h"

namespace zonegen {

// Turns compressed octets into text again. Not thread-safe.
class Decompressor {
 public:
  virtual ~Decompressor() = default;
  // The next part of the text of what was given to it, at most some hundred kilobytes, valid until
  // the next call; takes octets that it is done with from the front of `in`. Empty: more is needed.
  // kDataLoss: this is no compressed text.
  virtual absl::StatusOr<std::string_view> Next(std::string_view& in) = 0;
  // Whether a text may end here.
  virtual bool at_end() const = 0;
};

// The text of a file from its beginning to its end, part by part. Whether it is compressed (gzip,
// zstd) its first octets tell, not its name. Not thread-safe.
class TextInput {
 public:
  // kUnavailable, as of FileError. With `growth` (which outlives it) of a file that is being
  // written: it ends where that ends.
  static absl::StatusOr<std::unique_ptr<TextInput>> Open(const std::string& file,
                                                         GrowingFile* growth = nullptr);
  ~TextInput();
  TextInput(const TextInput&) = delete;
  TextInput& operator=(const TextInput&) = delete;

  // Valid until the next call; empty at the end. kDataLoss: what was compressed is damaged or not
  // whole.
  absl::StatusOr<std::string_view> Next();

  const std::string& file() const { return file_; }

 private:
  TextInput(std::string file, int descriptor, GrowingFile* growth);
  absl::Status Fill();  // `rest_`, empty at the end of the file

  const std::string file_;
  const int descriptor_;
  GrowingFile* const growth_;
  int64_t read_ = 0;  // octets
  std::string buffer_;
  std::string_view rest_;  // of what was read
  std::unique_ptr<Decompressor> decompressor_;
};

// The lines of a text. Not thread-safe.
class LineInput {
 public:
  // As TextInput::Open.
  static absl::StatusOr<LineInput> Open(const std::string& file, GrowingFile* growth = nullptr);

  // The next line without its end, valid until the next call. False at the end. kDataLoss also for
  // lines of more than a megabyte.
  absl::StatusOr<bool> Next(std::string_view& line);
  // What follows the last line, as TextInput::Next; Next is not called any more.
  absl::StatusOr<std::string_view> Rest();
  // Whether the last line had its end: only that of the whole text may have none.
  bool ended() const { return ended_; }
  // Of the last line, from 1.
  int64_t number() const { return number_; }
  const std::string& file() const { return input_->file(); }

 private:
  explicit LineInput(std::unique_ptr<TextInput> input) : input_(std::move(input)) {}

  std::unique_ptr<TextInput> input_;
  std::string_view part_;
  std::string broken_;  // a line that began in an earlier part
  bool give_broken_back_ = false;
  int64_t number_ = 0;
  bool ended_ = true;
};

}  // namespace zonegen
