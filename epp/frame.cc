#include "epp/frame.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "registry/base/check.h"

namespace epp {
namespace {

// Room for the usual command; a buffer that grew for a longer one shrinks back to this.
constexpr size_t kUsualBytes = 4096;

}  // namespace

FrameReader::FrameReader(size_t max_frame) : max_frame_(max_frame) {
  POSTEL_CHECK(max_frame > kHeader);
}

size_t FrameReader::AnnouncedLength() const {
  size_t length = 0;
  for (size_t i = 0; i < kHeader; ++i) {
    length = length << 8 | static_cast<uint8_t>(buffer_[begin_ + i]);
  }
  return length;
}

FrameReader::State FrameReader::Next(std::string_view* xml) {
  if (end_ - begin_ < kHeader) return State::kIncomplete;
  const size_t length = AnnouncedLength();
  if (length <= kHeader || length > max_frame_) return State::kMalformed;
  if (end_ - begin_ < length) return State::kIncomplete;
  *xml = std::string_view(buffer_.data() + begin_ + kHeader, length - kHeader);
  begin_ += length;
  return State::kFrame;
}

absl::Span<char> FrameReader::Space() {
  const size_t held = end_ - begin_;
  if (begin_ > 0 && held > 0) std::memmove(buffer_.data(), buffer_.data() + begin_, held);
  begin_ = 0;
  end_ = held;

  size_t wanted = kUsualBytes;
  if (held >= kHeader) wanted = std::max(wanted, std::min(AnnouncedLength(), max_frame_));
  wanted = std::max(wanted, held + 1);
  if (buffer_.size() < wanted) {
    buffer_.resize(wanted);
  } else if (held == 0 && buffer_.size() > kUsualBytes) {
    buffer_ = std::vector<char>(kUsualBytes);
  }
  return absl::MakeSpan(buffer_.data() + end_, buffer_.size() - end_);
}

void FrameReader::Filled(size_t bytes) {
  POSTEL_CHECK(bytes <= buffer_.size() - end_);
  end_ += bytes;
}

std::string Frame(std::string_view xml) {
  const size_t length = xml.size() + FrameReader::kHeader;
  std::string unit;
  unit.reserve(length);
  for (int shift = 24; shift >= 0; shift -= 8) unit += static_cast<char>(length >> shift & 0xff);
  unit += xml;
  return unit;
}

}  // namespace epp
