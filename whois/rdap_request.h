#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "registry/types/domain_name.h"
#include "whois/rdap_error.h"
#include "whois/rdap_search_query.h"

// The target of an RDAP request (RFC 9082): what is asked for, or the error that answers it.
namespace whois {

struct RdapDomain {
  registry::DomainName name;
};
struct RdapNameServer {
  registry::DomainName name;
};
struct RdapEntity {
  std::string handle;  // not empty, printable
};
struct RdapHelp {};
using RdapQuery =
    std::variant<RdapError, RdapDomain, RdapNameServer, RdapEntity, RdapHelp, RdapSearch>;

// `target` as it stands in the request line, in origin or absolute form. `base_path`: the path of
// our public base URL ("" or "/rdap"); it may stand before the query or have been taken off by a
// proxy.
RdapQuery ParseRdapTarget(std::string_view target, std::string_view base_path);

// The name in "/domain/NAME" and nothing else, if it is written as we write it (lower-case letters,
// digits, hyphens and dots, no final dot); else empty. `base_path` as above. Valid as long as
// `target`; it need not be a name that can exist.
std::string_view CanonicalDomain(std::string_view target, std::string_view base_path);

// The request's URL below our public base, for links that name it: well-formed, and with a domain
// name's letters in lower case, so that an answer does not depend on how the name was typed.
std::string RequestUrl(std::string_view target, std::string_view base);

// Decodes %XX once. None: bad hexadecimal digits, or what comes out is not printable UTF-8.
std::optional<std::string> PercentDecode(std::string_view text);

// The path of an absolute http(s) URL without its final '/': "" or "/rdap".
std::string PathOf(std::string_view url);

}  // namespace whois
