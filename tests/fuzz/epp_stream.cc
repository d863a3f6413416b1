// Bytes of a connection: however the network cuts them, the same data units come out, and what is
// held of them stays within the limit.
#include <algorithm>
#include <string>
#include <vector>

#include "epp/frame.h"
#include "registry/base/check.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/fuzz/target.h"

namespace fuzz {
namespace {

constexpr size_t kMaxFrame = 2048;
constexpr size_t kMostHeld = 4096;  // one unit, or the room for the usual ones

struct Units {
  std::vector<std::string> xml;
  bool malformed = false;
  bool rest = false;  // a unit has begun that may still become whole

  friend bool operator==(const Units&, const Units&) = default;
};

// What comes out when at most so many bytes arrive at a time.
Units Read(std::string_view bytes, size_t at_a_time) {
  epp::FrameReader reader(kMaxFrame);
  Units units;
  while (true) {
    std::string_view xml;
    switch (reader.Next(&xml)) {
      case epp::FrameReader::State::kFrame:
        POSTEL_CHECK(!xml.empty() && xml.size() + epp::FrameReader::kHeader <= kMaxFrame);
        units.xml.emplace_back(xml);
        continue;
      case epp::FrameReader::State::kMalformed:
        units.malformed = true;
        units.rest = false;
        return units;
      case epp::FrameReader::State::kIncomplete:
        break;
    }
    units.rest = !reader.empty();
    if (bytes.empty()) return units;
    const absl::Span<char> space = reader.Space();
    POSTEL_CHECK(!space.empty() && space.size() <= kMostHeld);
    const size_t count = std::min({bytes.size(), at_a_time, space.size()});
    std::copy_n(bytes.begin(), count, space.begin());
    reader.Filled(count);
    bytes.remove_prefix(count);
  }
}

}  // namespace

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds = {std::string("\0\0\0\4", 4), std::string("\0\0\x08\0", 4),
                                    "GET / HTTP/1.1\r\n"};
  // What stands in a unit is not looked at, so a few will do.
  std::string several;
  for (const std::string& request : GoldenRequests()) {
    if (several.size() > 2 * kMaxFrame) break;
    seeds.push_back(epp::Frame(request));
    several += seeds.back();
  }
  seeds.push_back(several);
  return seeds;
}

bool Check(std::string_view input) {
  const Units units = Read(input, input.size());
  for (size_t at_a_time : {size_t{1}, size_t{3}, size_t{1000}}) {
    POSTEL_CHECK(Read(input, at_a_time) == units);
  }
  std::string again;
  for (const std::string& xml : units.xml) again += epp::Frame(xml);
  POSTEL_CHECK(input.starts_with(again));
  POSTEL_CHECK(units.malformed || units.rest == (again.size() < input.size()));
  return !units.xml.empty() && !units.malformed;
}

}  // namespace fuzz
