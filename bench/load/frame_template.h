#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// A data unit (RFC 5734 section 4) with holes: written once, so that sending one costs no more than
// copying it.
class FrameTemplate {
 public:
  // The XML around the holes, one piece more than there are holes.
  explicit FrameTemplate(std::vector<std::string> pieces);

  // Appends length and XML. As many values as there are holes.
  void Append(std::initializer_list<std::string_view> values, std::string& out) const;

 private:
  std::vector<std::string> pieces_;
  size_t fixed_ = 4;  // octets of the pieces and of the length itself
};

}  // namespace bench
