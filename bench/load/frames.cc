#include "bench/load/frames.h"

#include "registry/base/text.h"

namespace bench {
namespace {

using registry::Concat;

constexpr std::string_view kEpp =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><epp xmlns=\"urn:ietf:params:xml:ns:epp-1.0\">";
constexpr std::string_view kSecDns = "urn:ietf:params:xml:ns:secDNS-1.1";
constexpr std::string_view kTail = "<clTRID>load</clTRID></command></epp>";

// <create><domain:create ...><domain:name>
std::string Opening(std::string_view verb) {
  return Concat(kEpp, "<command><", verb, "><domain:", verb,
                " xmlns:domain=\"urn:ietf:params:xml:ns:domain-1.0\"><domain:name>");
}

std::string Closing(std::string_view verb) {
  return Concat("</domain:", verb, "></", verb, ">", kTail);
}

std::string Hosts(const Options& options) {
  std::string hosts;
  for (const std::string& host : options.name_servers) {
    hosts += Concat("<domain:hostObj>", host, "</domain:hostObj>");
  }
  return hosts.empty() ? "" : Concat("<domain:ns>", hosts, "</domain:ns>");
}

std::string Contacts(const Options& options) {
  return Concat("<domain:registrant>", options.registrant,
                "</domain:registrant><domain:contact type=\"admin\">", options.registrant,
                "</domain:contact><domain:contact type=\"tech\">", options.registrant,
                "</domain:contact><domain:authInfo><domain:pw>2fooBAR-load-driver-x8</domain:pw>"
                "</domain:authInfo>");
}

FrameTemplate CreateTemplate(const Options& options) {
  return FrameTemplate(
      {Opening("create"), Concat("</domain:name><domain:period unit=\"y\">1</domain:period>",
                                 Hosts(options), Contacts(options), Closing("create"))});
}

FrameTemplate RenewTemplate() {
  return FrameTemplate({Opening("renew"), "</domain:name><domain:curExpDate>",
                        Concat("</domain:curExpDate><domain:period unit=\"y\">1</domain:period>",
                               Closing("renew"))});
}

FrameTemplate UpdateTemplate() {
  return FrameTemplate(
      {Opening("update"),
       "</domain:name><domain:chg><domain:authInfo><domain:pw>2fooBAR-load-driver-y",
       Concat("</domain:pw></domain:authInfo></domain:chg>", Closing("update"))});
}

constexpr std::string_view kNextHost = "</domain:hostObj><domain:hostObj>";
constexpr std::string_view kLastHost = "</domain:hostObj></domain:ns>";

FrameTemplate DelegateTemplate(const Options& options) {
  return FrameTemplate({Opening("create"),
                        "</domain:name><domain:period unit=\"y\">1</domain:period><domain:ns>"
                        "<domain:hostObj>",
                        std::string(kNextHost),
                        Concat(kLastHost, Contacts(options), Closing("create"))});
}

FrameTemplate RedelegateTemplate() {
  constexpr std::string_view kHost = "<domain:ns><domain:hostObj>";
  return FrameTemplate({Opening("update"), Concat("</domain:name><domain:add>", kHost),
                        Concat(kLastHost, "</domain:add><domain:rem>", kHost),
                        Concat(kLastHost, "</domain:rem>", Closing("update"))});
}

// From behind the name to the end of an update whose change is in the extension.
std::string SecDnsTail(std::string_view change) {
  return Concat("</secDNS:", change, "></secDNS:update></extension>", kTail);
}

std::string SecDnsHead(std::string_view change) {
  return Concat("</domain:name></domain:update></update><extension><secDNS:update xmlns:secDNS=\"",
                kSecDns, "\"><secDNS:", change, ">");
}

FrameTemplate SecureTemplate() {
  return FrameTemplate({Opening("update"),
                        Concat(SecDnsHead("add"), "<secDNS:dsData><secDNS:keyTag>"),
                        "</secDNS:keyTag><secDNS:alg>13</secDNS:alg><secDNS:digestType>2"
                        "</secDNS:digestType><secDNS:digest>",
                        Concat("</secDNS:digest></secDNS:dsData>", SecDnsTail("add"))});
}

FrameTemplate UnsecureTemplate() {
  return FrameTemplate(
      {Opening("update"),
       Concat(SecDnsHead("rem"), "<secDNS:all>true</secDNS:all>", SecDnsTail("rem"))});
}

// A command that has nothing but a name.
FrameTemplate QueryTemplate(std::string_view verb) {
  return FrameTemplate({Opening(verb), Concat("</domain:name>", Closing(verb))});
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace

Frames::Frames(const Options& options)
    : create_(CreateTemplate(options)),
      renew_(RenewTemplate()),
      check_(QueryTemplate("check")),
      info_(QueryTemplate("info")),
      update_(UpdateTemplate()),
      hello_({Concat(kEpp, "<hello/></epp>")}),
      delegate_(DelegateTemplate(options)),
      redelegate_(RedelegateTemplate()),
      secure_(SecureTemplate()),
      unsecure_(UnsecureTemplate()),
      delete_(QueryTemplate("delete")) {}

void AppendLogin(std::string_view user, std::string_view password, bool sec_dns, std::string& out) {
  const std::string extensions =
      sec_dns ? Concat("<svcExtension><extURI>", kSecDns, "</extURI></svcExtension>") : "";
  const FrameTemplate login(
      {Concat(kEpp, "<command><login><clID>", Escaped(user), "</clID><pw>", Escaped(password),
              "</pw><options><version>1.0</version><lang>en</lang></options><svcs>"
              "<objURI>urn:ietf:params:xml:ns:domain-1.0</objURI>"
              "<objURI>urn:ietf:params:xml:ns:contact-1.0</objURI>"
              "<objURI>urn:ietf:params:xml:ns:host-1.0</objURI>",
              extensions, "</svcs></login>", kTail)});
  login.Append({}, out);
}

}  // namespace bench
