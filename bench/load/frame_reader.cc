#include "bench/load/frame_reader.h"

namespace bench {
namespace {

constexpr size_t kHead = 4;

uint32_t LengthAt(std::string_view head) {
  uint32_t length = 0;
  for (size_t i = 0; i < kHead; ++i) length = length << 8 | static_cast<unsigned char>(head[i]);
  return length;
}

}  // namespace

void FrameReader::Feed(std::string_view chunk) {
  if (kept_.empty()) {
    left_ = chunk;
    return;
  }
  kept_ += chunk;
  left_ = kept_;
}

std::optional<std::string_view> FrameReader::Next() {
  if (left_.size() >= kHead) {
    const uint32_t length = LengthAt(left_);
    broken_ = broken_ || length < kHead || length > kLongest;
    if (!broken_ && left_.size() >= length) {
      const std::string_view xml = left_.substr(kHead, length - kHead);
      left_.remove_prefix(length);
      return xml;
    }
  }
  Keep();
  return std::nullopt;
}

void FrameReader::Keep() {
  if (kept_.empty()) {
    kept_ = left_;
  } else {
    kept_.erase(0, kept_.size() - left_.size());
  }
  left_ = {};
}

}  // namespace bench
