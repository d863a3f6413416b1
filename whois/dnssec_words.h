#pragma once

#include <cstdint>
#include <string>

// IANA's registries of DNSSEC, for people.
namespace whois {

// "ECDSA P-256 with SHA-256"; "algorithm 99" for a number that has no name here.
std::string AlgorithmName(uint8_t number);
// "SHA-256"; "type 99".
std::string DigestName(uint8_t number);

}  // namespace whois
