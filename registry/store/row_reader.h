#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/types/ip_address.h"

namespace registry::store {

// One value of a row in PostgreSQL's binary form; nothing: NULL.
using Field = std::optional<std::string_view>;

// Takes the values of a row from left to right. The statement and the code that reads its rows
// stand together, so a value of another type or an unexpected NULL is our mistake: it aborts.
class RowReader {
 public:
  explicit RowReader(std::span<const Field> fields) : fields_(fields) {}

  bool Bool();
  char Letter();  // type "char"
  int64_t Int8();
  int32_t Int4();
  int16_t Int2();
  std::string Text();
  std::string Bytes() { return Text(); }
  std::string_view View() { return Take(); }  // valid as long as the row's result
  absl::Time Time();

  // For columns that may be NULL.
  std::optional<absl::Time> OptionalTime();
  int64_t Int8OrZero();
  std::string TextOrEmpty();
  std::string_view ViewOrEmpty() { return SkipNull() ? std::string_view() : Take(); }

  std::vector<int64_t> Int8Array();
  std::vector<std::string> TextArray();      // text[], bytea[]
  std::vector<std::string_view> Elements();  // likewise; valid as long as the row's result
  // The same into `elements`, whose memory serves row after row. Of any type.
  void Elements(std::vector<std::string_view>& elements);
  std::vector<IpAddress> AddressArray();                      // inet[]
  void AddressOctets(std::vector<std::string_view>& octets);  // inet[]; as Elements
  bool SkipNull();  // true, and past it, if the next value is NULL

 private:
  std::string_view Take(size_t size);
  std::string_view Take();

  std::span<const Field> fields_;
  size_t next_ = 0;
};

}  // namespace registry::store
