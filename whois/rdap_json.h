#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "whois/access.h"
#include "whois/rdap_error.h"
#include "whois/view.h"

// The bodies of RDAP (RFC 9083, RDAP response profile of February 2024): one JSON object each.
namespace whois {

// What an answer says beside the object itself.
struct RdapPage {
  std::string base;         // our public base URL, without the final '/'
  std::string request_url;  // as a client should write it
  std::string terms_url;
  std::string port43;  // host name of the WHOIS server, may be empty
  absl::Time as_of;    // of the data
  Access access;       // of the client
};

std::string RdapJson(const DomainView& domain, const RdapPage& page);
std::string RdapJson(const HostView& host, const RdapPage& page);
std::string RdapJson(const RegistrarView& registrar, const RdapPage& page);
std::string RdapJson(const ContactEntityView& contact, const RdapPage& page);
// A search's answer. `cut`: there are more of them than are shown.
std::string RdapJson(const std::vector<HostView>& hosts, bool cut, const RdapPage& page);
std::string RdapJson(const RdapError& error, const RdapPage& page);
std::string RdapHelpJson(const RdapPage& page);

}  // namespace whois
