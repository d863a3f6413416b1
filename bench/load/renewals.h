#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bench {

// Names that may be changed, each by one session at a time and each renewed nine times at most: ten
// years are the limit of a registration. A name that is taken is not offered until it is given
// back. First in, first out.
class Renewals {
 public:
  static constexpr int kMost = 9;

  // Room for names with an index below `count`; none is there yet.
  explicit Renewals(uint32_t count) : names_(count), queue_(count) {}

  // A name that comes with its expiry day, YYYY-MM-DD. Once for each name.
  void Add(uint32_t name, std::string_view expiry_day);

  std::optional<uint32_t> Take();
  std::string_view ExpiryDayOf(uint32_t name) const;

  // What became of a name that was taken.
  void Renewed(uint32_t name, std::string_view expiry_day);
  void GiveBack(uint32_t name);  // unchanged in what matters here
  void Drop(uint32_t name);      // nobody knows its expiry day

  // There are none, nor will one be given back.
  bool used_up() const { return waiting_ == 0 && taken_ == 0; }

 private:
  struct Name {
    std::array<char, 10> expiry_day;
    uint8_t renewed = 0;
  };
  void Push(uint32_t name);

  std::vector<Name> names_;
  std::vector<uint32_t> queue_;  // a ring
  size_t head_ = 0, waiting_ = 0;
  size_t taken_ = 0;
};

}  // namespace bench
