#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "registry/store/parameters.h"

namespace registry::store {

// Rows for Connection::CopyIn, in PostgreSQL's binary COPY form (see copy.cc). `Begin` a row,
// then give each of its columns once, in order.
class CopyRows {
 public:
  CopyRows& Begin(int16_t columns) {
    wire::Append(octets_, columns);
    ++rows_;
    return *this;
  }
  template <class T>
  CopyRows& Add(const T& value) {
    const size_t at = octets_.size();
    octets_.append(4, '\0');
    internal::Element<T>::Append(octets_, value);
    wire::Put(octets_, at, static_cast<int32_t>(octets_.size() - at - 4));
    return *this;
  }
  CopyRows& Add(const std::string& text) { return Add(std::string_view(text)); }
  template <class T>
  CopyRows& Add(const ArrayOf<T>& array) {
    return Add(Bytes{array.Encode()});
  }
  CopyRows& AddNull() {
    wire::Append(octets_, int32_t{-1});
    return *this;
  }
  template <class T>
  CopyRows& Add(const std::optional<T>& value) {
    return value ? Add(*value) : AddNull();
  }

  int64_t rows() const { return rows_; }
  std::string_view octets() const { return octets_; }
  // Keeps the memory for the next rows.
  void Clear() {
    octets_.clear();
    rows_ = 0;
  }

 private:
  std::string octets_;
  int64_t rows_ = 0;
};

}  // namespace registry::store
