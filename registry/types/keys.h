#pragma once

#include <cstdint>
#include <type_traits>

// The numbers by which rows refer to each other. Never shown, except that a ROID contains them.
// Zero is nobody and nothing.
namespace registry {

enum class DomainKey : int64_t {};
enum class HostKey : int64_t {};
enum class ContactKey : int64_t {};
enum class OrganizationKey : int64_t {};
enum class RegistrarKey : int32_t {};

inline constexpr RegistrarKey kNoRegistrar{0};
// Who acts when it is not a registrar. Positive keys are registrars.
inline constexpr RegistrarKey kOperator{-1};   // postelctl
inline constexpr RegistrarKey kLifecycle{-2};  // the clock
inline constexpr RegistrarKey kPublic{-3};     // WHOIS and RDAP

template <class Key>
constexpr auto Number(Key key) {
  return static_cast<std::underlying_type_t<Key>>(key);
}

}  // namespace registry
