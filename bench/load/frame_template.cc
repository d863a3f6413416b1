#include "bench/load/frame_template.h"

#include <cstdint>

namespace bench {

FrameTemplate::FrameTemplate(std::vector<std::string> pieces) : pieces_(std::move(pieces)) {
  for (const std::string& piece : pieces_) fixed_ += piece.size();
}

void FrameTemplate::Append(std::initializer_list<std::string_view> values, std::string& out) const {
  size_t length = fixed_;
  for (std::string_view value : values) length += value.size();
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((length >> shift) & 0xFF);
  auto piece = pieces_.begin();
  out += *piece;
  for (std::string_view value : values) {
    out += value;
    out += *++piece;
  }
}

}  // namespace bench
