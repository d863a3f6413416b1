#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace registry {

// The statuses of RFC 5731, 5732 and 5733, sections 2.2/2.3, and of RFC 8543 section 3.4, in one
// list; each is one bit of a set.
// Append only: the bits are in the database.
enum class Status : uint8_t {
  kClientDeleteProhibited,
  kClientHold,
  kClientRenewProhibited,
  kClientTransferProhibited,
  kClientUpdateProhibited,
  kServerDeleteProhibited,
  kServerHold,
  kServerRenewProhibited,
  kServerTransferProhibited,
  kServerUpdateProhibited,
  // Computed from the object's state, never stored:
  kInactive,
  kLinked,
  kOk,
  kPendingCreate,
  kPendingDelete,
  kPendingRenew,
  kPendingTransfer,
  kPendingUpdate,
  // Of organizations alone:
  kHold,
  kTerminated,
  kClientLinkProhibited,
  kServerLinkProhibited,
};

std::string_view StatusName(Status status);  // "clientHold"
// Those of domains, hosts and contacts.
std::optional<Status> ParseStatus(std::string_view name);
// Those of RFC 8543, of the schema's statusType.
std::optional<Status> ParseOrganizationStatus(std::string_view name);
bool IsClientStatus(Status status);  // begins with "client": a registrar may set it
bool IsServerStatus(Status status);  // begins with "server": the operator may set it

class StatusSet {
 public:
  StatusSet() = default;
  StatusSet(std::initializer_list<Status> statuses);
  static StatusSet FromBits(uint32_t bits) {
    StatusSet s;
    s.bits_ = bits;
    return s;
  }
  uint32_t bits() const { return bits_; }
  bool Has(Status s) const { return (bits_ >> static_cast<int>(s)) & 1u; }
  void Add(Status s) { bits_ |= 1u << static_cast<int>(s); }
  void Remove(Status s) { bits_ &= ~(1u << static_cast<int>(s)); }
  bool empty() const { return bits_ == 0; }
  std::vector<Status> ToVector() const;  // in the order of the enumeration
  friend bool operator==(const StatusSet&, const StatusSet&) = default;

 private:
  uint32_t bits_ = 0;
};

}  // namespace registry
