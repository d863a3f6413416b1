#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/store/wire.h"
#include "registry/types/ip_address.h"

namespace registry::store {

// Octets, as opposed to text.
struct Bytes {
  std::string_view octets;
};

namespace internal {
template <class T>
struct Element;  // the type's OID and binary form
template <>
struct Element<bool> {
  static constexpr uint32_t kOid = 16;
  static void Append(std::string& out, bool value) { out.push_back(value ? 1 : 0); }
};
template <>
struct Element<Bytes> {
  static constexpr uint32_t kOid = 17;
  static void Append(std::string& out, Bytes value) { out += value.octets; }
};
template <>
struct Element<char> {
  static constexpr uint32_t kOid = 18;
  static void Append(std::string& out, char value) { out.push_back(value); }
};
template <>
struct Element<int16_t> {
  static constexpr uint32_t kOid = 21;
  static void Append(std::string& out, int16_t value) { wire::Append(out, value); }
};
template <>
struct Element<int64_t> {
  static constexpr uint32_t kOid = 20;
  static void Append(std::string& out, int64_t value) { wire::Append(out, value); }
};
template <>
struct Element<int32_t> {
  static constexpr uint32_t kOid = 23;
  static void Append(std::string& out, int32_t value) { wire::Append(out, value); }
};
template <>
struct Element<std::string_view> {
  static constexpr uint32_t kOid = 25;
  static void Append(std::string& out, std::string_view value) { out += value; }
};
template <>
struct Element<absl::Time> {
  static constexpr uint32_t kOid = 1184;
  static void Append(std::string& out, absl::Time value) {
    wire::Append(out, wire::Timestamp(value));
  }
};
template <>
struct Element<IpAddress> {
  static constexpr uint32_t kOid = 869;
  static void Append(std::string& out, const IpAddress& value) {
    const std::string_view octets = value.octets();
    const bool v4 = value.family() == IpAddress::Family::kV4;
    out.push_back(static_cast<char>(v4 ? wire::kInet4 : wire::kInet6));
    out.push_back(static_cast<char>(8 * octets.size()));
    out.push_back(0);
    out.push_back(static_cast<char>(octets.size()));
    out += octets;
  }
};
}  // namespace internal

// A one-dimensional array in PostgreSQL's binary form, built element by element.
template <class T>
class ArrayOf {
 public:
  ArrayOf& Add(T value) {
    const size_t at = octets_.size();
    octets_.append(4, '\0');
    internal::Element<T>::Append(octets_, value);
    wire::Put(octets_, at, static_cast<int32_t>(octets_.size() - at - 4));
    ++size_;
    return *this;
  }
  ArrayOf& AddNull() {
    wire::Append(octets_, int32_t{-1});
    ++size_;
    has_null_ = true;
    return *this;
  }
  ArrayOf& AddOptional(const std::optional<T>& value) { return value ? Add(*value) : AddNull(); }

  int32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  std::string Encode() const {
    std::string out;
    out.reserve(20 + octets_.size());
    wire::Append(out, int32_t{size_ == 0 ? 0 : 1});  // dimensions
    wire::Append(out, int32_t{has_null_ ? 1 : 0});
    wire::Append(out, internal::Element<T>::kOid);
    if (size_ > 0) {
      wire::Append(out, size_);
      wire::Append(out, int32_t{1});  // the first index
    }
    return out += octets_;
  }

 private:
  std::string octets_;
  int32_t size_ = 0;
  bool has_null_ = false;
};

using Int8s = ArrayOf<int64_t>;
using Int4s = ArrayOf<int32_t>;
using Texts = ArrayOf<std::string_view>;
using Letters = ArrayOf<char>;
using Times = ArrayOf<absl::Time>;
using Bools = ArrayOf<bool>;
using ByteStrings = ArrayOf<Bytes>;
using Addresses = ArrayOf<IpAddress>;

// The parameters of a statement, in order. The statement's text says their types.
class Parameters {
 public:
  template <class T>
  Parameters& Add(const ArrayOf<T>& array) {
    values_.push_back(array.Encode());
    return *this;
  }
  template <class T>
  Parameters& Add(const T& value) {
    std::string octets;
    internal::Element<T>::Append(octets, value);
    values_.push_back(std::move(octets));
    return *this;
  }
  Parameters& Add(const std::string& text) { return Add(std::string_view(text)); }
  template <class T>
  Parameters& Add(const std::optional<T>& value) {
    if (value) return Add(*value);
    values_.push_back(std::nullopt);
    return *this;
  }

  const std::vector<std::optional<std::string>>& values() const { return values_; }

 private:
  std::vector<std::optional<std::string>> values_;
};

// The text form of an array, for arrays inside of arrays: {1,2}, {"a","b"}.
std::string ArrayLiteral(const std::vector<int64_t>& numbers);
std::string ArrayLiteral(const std::vector<std::string>& texts);

}  // namespace registry::store
