#include "bench/load/frames.h"

#include <charconv>
#include <cstdint>

#include "registry/base/text.h"

namespace bench {
namespace {

using registry::Concat;

constexpr std::string_view kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><epp "
    "xmlns=\"urn:ietf:params:xml:ns:epp-1.0\"><command>";
constexpr std::string_view kTail = "<clTRID>load</clTRID></command></epp>";
constexpr std::string_view kDomain = " xmlns:domain=\"urn:ietf:params:xml:ns:domain-1.0\">";

std::string Frame(std::string_view body) {
  const uint32_t length = static_cast<uint32_t>(kHead.size() + body.size() + kTail.size() + 4);
  std::string frame;
  frame.reserve(length);
  for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>((length >> shift) & 0xFF);
  frame += kHead;
  frame += body;
  frame += kTail;
  return frame;
}

}  // namespace

std::string LoginFrame(const Options& options) {
  return Frame(Concat("<login><clID>", options.user, "</clID><pw>", options.password,
                      "</pw><options><version>1.0</version><lang>en</lang></options><svcs>"
                      "<objURI>urn:ietf:params:xml:ns:domain-1.0</objURI>"
                      "<objURI>urn:ietf:params:xml:ns:contact-1.0</objURI>"
                      "<objURI>urn:ietf:params:xml:ns:host-1.0</objURI></svcs></login>"));
}

std::string CreateFrame(const Options& options, std::string_view name) {
  std::string hosts;
  for (std::string_view host : registry::Split(options.name_servers, ',')) {
    if (!host.empty()) hosts += Concat("<domain:hostObj>", host, "</domain:hostObj>");
  }
  if (!hosts.empty()) hosts = Concat("<domain:ns>", hosts, "</domain:ns>");
  return Frame(Concat(
      "<create><domain:create", kDomain, "<domain:name>", name,
      "</domain:name><domain:period unit=\"y\">1</domain:period>", hosts, "<domain:registrant>",
      options.registrant, "</domain:registrant><domain:contact type=\"admin\">", options.registrant,
      "</domain:contact><domain:contact type=\"tech\">", options.registrant,
      "</domain:contact><domain:authInfo><domain:pw>2fooBAR-load-driver-x8</domain:pw>"
      "</domain:authInfo></domain:create></create>"));
}

std::string RenewFrame(std::string_view name, std::string_view expiry_day) {
  return Frame(Concat("<renew><domain:renew", kDomain, "<domain:name>", name,
                      "</domain:name><domain:curExpDate>", expiry_day,
                      "</domain:curExpDate><domain:period unit=\"y\">1</domain:period>"
                      "</domain:renew></renew>"));
}

std::string CheckFrame(std::string_view name) {
  return Frame(Concat("<check><domain:check", kDomain, "<domain:name>", name,
                      "</domain:name></domain:check></check>"));
}

std::string InfoFrame(std::string_view name) {
  return Frame(Concat("<info><domain:info", kDomain, "<domain:name>", name,
                      "</domain:name></domain:info></info>"));
}

int ResultCodeOf(std::string_view response) {
  constexpr std::string_view kAttribute = "<result code=\"";
  const size_t at = response.find(kAttribute);
  int code = 0;
  if (at != std::string_view::npos) {
    const char* first = response.data() + at + kAttribute.size();
    std::from_chars(first, response.data() + response.size(), code);
  }
  return code;
}

std::string ExpiryDayOf(std::string_view response) {
  constexpr std::string_view kElement = "exDate>";
  const size_t at = response.find(kElement);
  if (at == std::string_view::npos) return "";
  return std::string(response.substr(at + kElement.size(), 10));
}

}  // namespace bench
