#include "zonegen/dns_record.h"

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "zonegen/knot.h"

namespace zonegen {
std::string WireName(std::string_view name) {
  if (name.empty()) return std::string(1, '\0');
  knot_dname_storage_t wire;
  const std::string text(name);
  POSTEL_CHECK(knot_dname_from_str(wire, text.c_str(), sizeof wire) != nullptr);
  return {reinterpret_cast<const char*>(wire), knot_dname_size(wire)};
}

std::string NameText(std::string_view wire) {
  knot_dname_txt_storage_t text;
  const auto* name = reinterpret_cast<const knot_dname_t*>(wire.data());
  POSTEL_CHECK(knot_dname_to_str(text, name, sizeof text) != nullptr);
  std::string out(text);
  if (out.ends_with('.')) out.pop_back();
  return out;
}

std::string CharacterString(std::string_view text) {
  POSTEL_CHECK(text.size() <= 255);
  return registry::Concat(std::string(1, static_cast<char>(text.size())), text);
}

std::string_view FirstString(std::string_view rdata) {
  if (rdata.empty()) return rdata;
  return rdata.substr(1, static_cast<unsigned char>(rdata[0]));
}

bool IsMadeBySigner(uint16_t type) {
  switch (type) {
    case KNOT_RRTYPE_RRSIG:
    case KNOT_RRTYPE_NSEC:
    case KNOT_RRTYPE_NSEC3:
    case KNOT_RRTYPE_NSEC3PARAM:
    case KNOT_RRTYPE_DNSKEY:
    case KNOT_RRTYPE_CDS:
    case KNOT_RRTYPE_CDNSKEY:
    case KNOT_RRTYPE_ZONEMD:
    case 65534:  // BIND's own marks of what it is signing
      return true;
    default:
      return false;
  }
}

}  // namespace zonegen
