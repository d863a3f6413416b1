#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/model/launch.h"
#include "registry/model/rdds_policy.h"
#include "registry/types/money.h"

namespace registry {

// What differs from one top-level domain to the next. The defaults are the standing lifecycle of
// .org.
struct TldPolicy {
  // Whether domains have registrants and contacts: none, at least a registrant, as the sponsor's
  // record says (Registrar::minimum_data).
  enum class DataModel : uint8_t { kMinimum, kMaximum, kPerRegistrar };
  // What registrars provide for DNSSEC, RFC 5910 section 4.
  enum class DsInterface : uint8_t { kDs, kKey };

  std::string tld;  // lower-case A-label
  DataModel data_model = DataModel::kMaximum;
  DsInterface ds_interface = DsInterface::kDs;
  // The TLD whose names these are the second names of (model/bundles.h); empty: none. Of such a TLD
  // only what its zone needs and `reserved` count, the rest is the other's.
  std::string bundle_of;

  absl::Duration add_grace = absl::Hours(24 * 5);
  absl::Duration renew_grace = absl::Hours(24 * 5);
  absl::Duration auto_renew_grace = absl::Hours(24 * 45);
  absl::Duration transfer_grace = absl::Hours(24 * 5);
  absl::Duration redemption = absl::Hours(24 * 30);
  absl::Duration pending_delete = absl::Hours(24 * 5);
  absl::Duration restore_report_wait = absl::Hours(24 * 7);  // RFC 3915; zero: no report wanted
  absl::Duration transfer_wait = absl::Hours(24 * 5);        // then a pending transfer is approved
  absl::Duration auth_info_ttl = absl::Hours(24 * 14);       // RFC 9154 section 4.2; zero: no end
  // How old the acceptance of a claims notice may be.
  absl::Duration notice_acceptance = absl::Hours(24 * 365);
  // Deletions in the add grace period that a registrar has free in a month: that share of its net
  // new names, and so many in any case (store/add_grace_limits.h).
  int agp_percent = 10;
  int agp_free = 50;
  int longest_years = 10;  // no command leaves the expiry further away

  Money create_fee{900};  // a year
  Money renew_fee{900};   // a year
  Money restore_fee{4000};
  Money transfer_fee{900};  // a year
  // What a premium name costs in place of these.
  struct Prices {
    Money create, renew, transfer, restore;
    friend bool operator==(const Prices&, const Prices&) = default;
  };
  std::map<std::string, Prices> premium_classes;          // by name
  absl::flat_hash_map<std::string, std::string> premium;  // the class of a label

  int max_name_servers = 13;
  int max_contacts = 10;  // per domain, beside the registrant
  int max_ds = 8;
  absl::flat_hash_set<std::string> reserved;  // labels nobody may register
  // They do not overlap. None: open at all times; else nobody registers outside of them.
  std::vector<LaunchPeriod> launch_phases;

  // Internationalised names (rules/idn.h). Tables by their ids, each once; without any, A-labels
  // are not registered.
  enum class Variants : uint8_t { kBlocked, kSameRegistrant };
  std::vector<std::string> idn_tables;
  Variants idn_variants = Variants::kBlocked;
  bool idn_required = false;  // a create of an A-label has to name its table
  bool idn_only = false;      // and nothing but A-labels is registered

  RddsPolicy rdds;  // what WHOIS and RDAP publish of contacts

  // The zone's apex. Times in seconds, names absolute without the final dot.
  std::string soa_mname, soa_rname;
  uint32_t soa_refresh = 1800, soa_retry = 900, soa_expire = 1209600, soa_minimum = 3600;
  uint32_t soa_ttl = 900, ns_ttl = 3600, ds_ttl = 3600, glue_ttl = 3600, apex_ns_ttl = 86400;
  // What registrars may choose for the records of their objects in the place of ns_ttl, ds_ttl and
  // glue_ttl (RFC 9803), which then lie between. `max_` zero: nothing.
  uint32_t min_ns_ttl = 300, max_ns_ttl = 0, min_ds_ttl = 300, max_ds_ttl = 0;
  uint32_t min_glue_ttl = 300, max_glue_ttl = 0;
  std::vector<std::string> name_servers;    // of the zone itself
  std::vector<std::string> static_records;  // master-file lines, owner relative to the zone

  friend bool operator==(const TldPolicy&, const TldPolicy&) = default;
};

std::string_view DataModelName(TldPolicy::DataModel model);  // "minimum"

// Where the text of a policy comes from. That of the database was checked when it was applied; what
// a later version of the checks finds there must not stop every process.
enum class PolicyOrigin { kFile, kDatabase };

// Reads the form that `postelctl tld apply` takes and that the database keeps (base/config.h). Keys
// are the members' names: durations as in "5d", fees as in "9.00", `data_model` is minimum,
// maximum or per-registrar, `ds_interface` ds or key. Lists are repeated lines: `name_server`,
// `static_record`, and `reserved`, which takes several labels a line; `premium_class`, a name with
// its fees of create, renew, transfer (a year each) and restore; `premium`, a class with several
// labels; static_record.h says what a record is, and `launch_phase` lines are as ParseLaunchPeriod
// reads them. `idn_table` takes several ids a line, `idn_variants` is blocked or same_registrant.
// `rdds_roles` names the roles whose contacts are published, `rdds_registrant`, `rdds_admin`,
// `rdds_tech` and `rdds_billing` the parts that are shown of them (kRddsPartNames), in one line,
// which may be empty. Only `tld` is required. Errors name file and line.
absl::StatusOr<TldPolicy> ParseTldPolicy(std::string file, std::string_view text,
                                         PolicyOrigin origin = PolicyOrigin::kFile);
std::string FormatTldPolicy(const TldPolicy& policy);  // ParseTldPolicy reads it back

}  // namespace registry
