#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/commands/contact_lookup.h"
#include "registry/commands/domain_lookup.h"
#include "registry/commands/host_lookup.h"
#include "registry/model/directory.h"
#include "registry/types/domain_name.h"
#include "registry/types/ds_record.h"
#include "registry/types/ip_address.h"
#include "whois/access.h"
#include "whois/redaction.h"

// What the public may see of an object, assembled once, so that WHOIS and RDAP cannot differ.
namespace whois {

// Texts are empty for what the operator has not entered.
struct RegistrarView {
  std::string handle;  // the IANA ID; the EPP identifier of a registrar that has none
  int iana_id = 0;     // 0: none
  std::string name;
  std::vector<std::string> street;
  std::string city, state, postal_code, country;
  std::string phone, fax, email;
  std::string url, whois_server;
  std::string rdap_base;  // ends in '/'
  std::string abuse_email, abuse_phone;
  registry::RegistrarContact admin, tech;
};

struct NameServerView {
  std::string handle;
  registry::DomainName name;
};

struct DomainView {
  std::string handle;
  registry::DomainName name;
  std::optional<registry::DomainName> other_name;  // of a bundle, registered together with `name`
  // Others that the TLD's IDN tables make the same name, in the order of their names.
  std::vector<registry::DomainLookupAnswer::Variant> variants;
  std::string idn_table;  // if the tables give it variants; their others nobody else registers
  RegistrarView registrar;
  std::string reseller;  // its name; empty: none
  absl::Time created;
  absl::Time expires;
  std::optional<absl::Time> updated;
  std::optional<absl::Time> transferred;
  std::vector<std::string_view> statuses;  // EPP's words, those of RFC 3915 last; each once
  // In the order of ContactRole; one for each role, unless everything is shown.
  std::vector<ContactView> contacts;
  std::vector<NameServerView> name_servers;
  std::vector<registry::DsRecord> ds;
  bool signed_delegation = false;  // they stand in the zone
};

struct HostView {
  std::string handle;
  registry::DomainName name;
  RegistrarView registrar;
  absl::Time created;
  std::optional<absl::Time> updated;
  std::optional<absl::Time> transferred;
  std::vector<std::string_view> statuses;  // EPP's words without `linked`; never empty
  std::vector<registry::IpAddress> addresses;
};

// A contact by itself, outside any role.
struct ContactEntityView {
  ContactView contact;
  std::vector<std::string_view> statuses;
  absl::Time created;
  std::optional<absl::Time> updated;
  std::optional<absl::Time> transferred;
};

// The `directory` is the one by which the registry answered. `access` is the client's.
DomainView ViewOf(const registry::DomainLookupAnswer& answer, const registry::Directory& directory,
                  const Access& access = {});
HostView ViewOf(const registry::HostInfoAnswer& answer, const registry::Directory& directory);
RegistrarView ViewOf(const registry::Registrar& registrar);
// None: nothing of it may be published, not even that it exists.
std::optional<ContactEntityView> ViewOf(const registry::ContactInfoAnswer& answer,
                                        const registry::Directory& directory,
                                        const Access& access = {});

}  // namespace whois
