#pragma once

#include <string_view>

// The namespaces that this server speaks, and the ones every document may use.
namespace epp {

inline constexpr std::string_view kEpp = "urn:ietf:params:xml:ns:epp-1.0";            // RFC 5730
inline constexpr std::string_view kDomain = "urn:ietf:params:xml:ns:domain-1.0";      // RFC 5731
inline constexpr std::string_view kHost = "urn:ietf:params:xml:ns:host-1.0";          // RFC 5732
inline constexpr std::string_view kContact = "urn:ietf:params:xml:ns:contact-1.0";    // RFC 5733
inline constexpr std::string_view kSecDns = "urn:ietf:params:xml:ns:secDNS-1.1";      // RFC 5910
inline constexpr std::string_view kRgp = "urn:ietf:params:xml:ns:rgp-1.0";            // RFC 3915
inline constexpr std::string_view kBundle = "urn:ietf:params:xml:ns:epp:b-dn";        // RFC 9095
inline constexpr std::string_view kKeyRelay = "urn:ietf:params:xml:ns:keyrelay-1.0";  // RFC 8063
inline constexpr std::string_view kChangePoll =
    "urn:ietf:params:xml:ns:changePoll-1.0";                                      // RFC 8590
inline constexpr std::string_view kLaunch = "urn:ietf:params:xml:ns:launch-1.0";  // RFC 8334
inline constexpr std::string_view kIdn =
    "urn:ietf:params:xml:ns:idn-1.0";  // draft-ietf-eppext-idnmap
// RFC 9154: it has no elements; what it promises is how authInfo is treated.
inline constexpr std::string_view kSecureAuthInfo =
    "urn:ietf:params:xml:ns:epp:secure-authinfo-transfer-1.0";
inline constexpr std::string_view kFee = "urn:ietf:params:xml:ns:epp:fee-1.0";  // RFC 8748
inline constexpr std::string_view kLoginSec =
    "urn:ietf:params:xml:ns:epp:loginSec-1.0";  // RFC 8807
inline constexpr std::string_view kUnhandledNamespaces =
    "urn:ietf:params:xml:ns:epp:unhandled-namespaces-1.0";  // RFC 9038
inline constexpr std::string_view kAllocationToken =
    "urn:ietf:params:xml:ns:allocationToken-1.0";  // RFC 8495
inline constexpr std::string_view kMaintenance =
    "urn:ietf:params:xml:ns:epp:maintenance-1.0";  // RFC 9167
inline constexpr std::string_view kAdditionalEmail =
    "urn:ietf:params:xml:ns:epp:addlEmail-1.0";                                          // RFC 9873
inline constexpr std::string_view kTtl = "urn:ietf:params:xml:ns:epp:ttl-1.0";           // RFC 9803
inline constexpr std::string_view kOrganization = "urn:ietf:params:xml:ns:epp:org-1.0";  // RFC 8543
inline constexpr std::string_view kOrgExt = "urn:ietf:params:xml:ns:epp:orgext-1.0";     // RFC 8544
inline constexpr std::string_view kXsi = "http://www.w3.org/2001/XMLSchema-instance";

}  // namespace epp
