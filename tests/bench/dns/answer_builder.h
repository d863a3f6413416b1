#pragma once

#include <cstdint>
#include <string>

#include "zonegen/dns_record.h"

namespace bench {

inline constexpr uint16_t kRrsig = 46, kNsec3 = 50;

inline std::string Number(uint16_t value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value & 0xFF)};
}

// A signature that nobody looks into, of this type.
inline std::string SignatureOf(uint16_t type) {
  return Number(type) + std::string({13, 2}) + std::string(14, '\1') + zonegen::WireName("org") +
         std::string(64, '\2');
}

// An answer about the NS records of a.org, with an authority section.
class AnswerBuilder {
 public:
  explicit AnswerBuilder(uint16_t id, int rcode = 0) : id_(id), rcode_(rcode) {}

  AnswerBuilder& Add(const std::string& owner, uint16_t type, const std::string& rdata) {
    ++records_;
    body_ += zonegen::WireName(owner) + Number(type) + Number(1) + Number(0) + Number(3600) +
             Number(static_cast<uint16_t>(rdata.size())) + rdata;
    return *this;
  }
  std::string Wire() const {
    return Number(id_) + Number(static_cast<uint16_t>(0x8000 | rcode_)) + Number(1) + Number(0) +
           Number(records_) + Number(0) + zonegen::WireName("a.org") + Number(zonegen::kTypeNs) +
           Number(1) + body_;
  }

 private:
  uint16_t id_;
  int rcode_;
  uint16_t records_ = 0;
  std::string body_;
};

}  // namespace bench
