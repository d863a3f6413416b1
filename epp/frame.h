#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"

namespace epp {

// Cuts a stream of bytes into data units, RFC 5734 section 4: four bytes with the length of the
// whole unit in network order, then XML. The length is judged before anything is allocated for it:
//
//   while (true) {
//     switch (reader.Next(&xml)) { kFrame: ...; kMalformed: close; kIncomplete: read more }
//     n = read(reader.Space()); reader.Filled(n);
//   }
class FrameReader {
 public:
  static constexpr size_t kHeader = 4;

  // `max_frame` counts the length field in.
  explicit FrameReader(size_t max_frame);

  enum class State {
    kFrame,       // a unit was cut off
    kIncomplete,  // bytes are missing
    kMalformed,   // a length below 5 or above the limit: no unit can follow in sync
  };
  // `xml` is valid until Space is called.
  State Next(std::string_view* xml);

  // Where to read to; never empty. At most one unit and a little more is ever held.
  absl::Span<char> Space();
  void Filled(size_t bytes);

  // Are there bytes that Next has not cut off yet?
  bool empty() const { return begin_ == end_; }

 private:
  size_t AnnouncedLength() const;

  const size_t max_frame_;
  std::vector<char> buffer_;
  size_t begin_ = 0;  // of what was not cut off yet
  size_t end_ = 0;    // of what was read
};

// The unit for an answer: its length, then itself.
std::string Frame(std::string_view xml);

}  // namespace epp
