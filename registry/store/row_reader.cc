#include "registry/store/row_reader.h"

#include "registry/base/check.h"
#include "registry/store/wire.h"

namespace registry::store {
namespace {

std::string_view OctetsOf(std::string_view value) {
  POSTEL_CHECK(value.size() >= 4);
  const auto family = static_cast<unsigned char>(value[0]);
  POSTEL_CHECK(family == wire::kInet4 || family == wire::kInet6);
  POSTEL_CHECK(value.size() == (family == wire::kInet4 ? 8u : 20u));
  return value.substr(4);
}

}  // namespace

std::string_view RowReader::Take() {
  POSTEL_CHECK(next_ < fields_.size());
  const Field& field = fields_[next_++];
  POSTEL_CHECK(field.has_value());
  return *field;
}

std::string_view RowReader::Take(size_t size) {
  std::string_view value = Take();
  POSTEL_CHECK(value.size() == size);
  return value;
}

bool RowReader::SkipNull() {
  POSTEL_CHECK(next_ < fields_.size());
  if (fields_[next_].has_value()) return false;
  ++next_;
  return true;
}

bool RowReader::Bool() { return Take(1)[0] != 0; }
char RowReader::Letter() { return Take(1)[0]; }
int64_t RowReader::Int8() { return wire::Read<int64_t>(Take(8)); }
int32_t RowReader::Int4() { return wire::Read<int32_t>(Take(4)); }
int16_t RowReader::Int2() { return wire::Read<int16_t>(Take(2)); }
std::string RowReader::Text() { return std::string(Take()); }
absl::Time RowReader::Time() { return wire::TimeOf(Int8()); }

std::optional<absl::Time> RowReader::OptionalTime() {
  if (SkipNull()) return std::nullopt;
  return Time();
}

int64_t RowReader::Int8OrZero() { return SkipNull() ? 0 : Int8(); }
std::string RowReader::TextOrEmpty() { return SkipNull() ? std::string() : Text(); }

void RowReader::Elements(std::vector<std::string_view>& elements) {
  elements.clear();
  std::string_view value = Take();
  POSTEL_CHECK(value.size() >= 12);
  const auto dimensions = wire::Read<int32_t>(value);
  if (dimensions == 0) return;
  POSTEL_CHECK(dimensions == 1 && value.size() >= 20);
  const auto count = wire::Read<int32_t>(value.substr(12));
  elements.reserve(count);
  value.remove_prefix(20);
  for (int32_t i = 0; i < count; ++i) {
    POSTEL_CHECK(value.size() >= 4);
    const auto length = wire::Read<int32_t>(value);
    POSTEL_CHECK(length >= 0 && value.size() >= 4u + static_cast<size_t>(length));
    elements.push_back(value.substr(4, length));
    value.remove_prefix(4 + length);
  }
}

std::vector<std::string_view> RowReader::Elements() {
  std::vector<std::string_view> elements;
  Elements(elements);
  return elements;
}

std::vector<int64_t> RowReader::Int8Array() {
  std::vector<int64_t> numbers;
  for (std::string_view element : Elements()) {
    POSTEL_CHECK(element.size() == 8);
    numbers.push_back(wire::Read<int64_t>(element));
  }
  return numbers;
}

std::vector<std::string> RowReader::TextArray() {
  std::vector<std::string> texts;
  for (std::string_view element : Elements()) texts.emplace_back(element);
  return texts;
}

std::vector<IpAddress> RowReader::AddressArray() {
  std::vector<IpAddress> addresses;
  for (std::string_view element : Elements()) {
    addresses.push_back(IpAddress::FromOctets(OctetsOf(element)));
  }
  return addresses;
}

void RowReader::AddressOctets(std::vector<std::string_view>& octets) {
  Elements(octets);
  for (std::string_view& value : octets) value = OctetsOf(value);
}

}  // namespace registry::store
