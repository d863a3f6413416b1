#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

// How a name is to stand in a signed zone. Wire names and rdata.
struct Delegation {
  std::string name;
  std::vector<std::string> servers;  // sorted; none: the name does not exist
  std::string ds;                    // of its only DS record; empty: there is none

  friend bool operator==(const Delegation&, const Delegation&) = default;
};

// The octets of a question for the NS records with DNSSEC OK, without recursion: the referral that
// answers it has the DS records or their denial, too.
std::string DelegationQuery(const std::string& name, uint16_t id);

// The number that questions are told apart by; 0 of what is no message.
uint16_t QueryId(std::string_view message);

// Whether an answer shows exactly this: the NS records, and the DS record with its signature, or
// signed NSEC3 records that deny it; of a name that does not exist their denial. The signatures
// have to be there, they are not verified.
bool Shows(std::string answer, const Delegation& wanted);

}  // namespace bench
