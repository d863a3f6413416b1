#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bench {

// Finds the data units (RFC 5734 section 4) in a stream. Copies only what is incomplete.
class FrameReader {
 public:
  static constexpr uint32_t kLongest = 1 << 20;

  // `chunk` must live until Next has returned nothing.
  void Feed(std::string_view chunk);
  // The next unit's XML, valid until the next call; nothing if it is not complete.
  std::optional<std::string_view> Next();
  // The length of a unit cannot be true; there will be no more.
  bool broken() const { return broken_; }

 private:
  void Keep();

  std::string kept_;       // the beginning of a unit
  std::string_view left_;  // of `kept_` or of the chunk
  bool broken_ = false;
};

}  // namespace bench
