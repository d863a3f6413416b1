#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

// Values side by side in memory, without padding: who reads them knows what was written. Texts have
// at most 65,535 octets, short ones 255.
namespace zonegen {

class Packer {
 public:
  explicit Packer(char* at) : at_(at) {}
  template <class Integer>
  void Put(Integer value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }
  void Put(std::optional<uint32_t> value) {
    Put(static_cast<uint8_t>(value.has_value()));
    Put(value.value_or(0));
  }
  void Text(std::string_view text) {
    Put(static_cast<uint16_t>(text.size()));
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void ShortText(std::string_view text) {
    Put(static_cast<uint8_t>(text.size()));
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  static constexpr size_t kOptionalBytes = 5;
  static size_t ShortTextBytes(std::string_view text) { return 1 + text.size(); }
  static size_t TextBytes(std::string_view text) { return 2 + text.size(); }

 private:
  char* at_;
};

class Unpacker {
 public:
  explicit Unpacker(const char* at) : at_(at) {}
  template <class Integer>
  Integer Get() {
    Integer value;
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  std::optional<uint32_t> Optional() {
    const bool present = Get<uint8_t>() != 0;
    const auto value = Get<uint32_t>();
    return present ? std::optional(value) : std::nullopt;
  }
  std::string_view Text() {
    const auto size = Get<uint16_t>();
    const std::string_view text(at_, size);
    at_ += size;
    return text;
  }
  std::string_view ShortText() {
    const auto size = Get<uint8_t>();
    const std::string_view text(at_, size);
    at_ += size;
    return text;
  }
  const char* at() const { return at_; }

 private:
  const char* at_;
};

}  // namespace zonegen
