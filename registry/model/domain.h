#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "registry/base/rare.h"
#include "registry/model/allocation_token.h"
#include "registry/model/launch.h"
#include "registry/model/organization_link.h"
#include "registry/model/record_ttls.h"
#include "registry/model/transfer.h"
#include "registry/types/auth_info.h"
#include "registry/types/domain_name.h"
#include "registry/types/ds_record.h"
#include "registry/types/keys.h"
#include "registry/types/money.h"
#include "registry/types/status.h"

namespace registry {

// RFC 3915 section 3.1.
enum class GraceKind : uint8_t { kAdd = 1, kRenew = 2, kAutoRenew = 3, kTransfer = 4 };

// A time in which a deletion undoes what was bought: `payer` gets `fee` back, and the expiry date
// loses the `years` (rules/grace_periods.h).
struct GracePeriod {
  GraceKind kind = GraceKind::kAdd;
  absl::Time ends;
  Money fee;
  RegistrarKey payer = kNoRegistrar;
  int years = 0;  // 0 to 10
  // The expiry date before was a 29 February, and is one again without the years.
  bool from_leap_day = false;
  friend bool operator==(const GracePeriod&, const GracePeriod&) = default;
};

// Where a domain stands in its life. Append only: the numbers are in the database.
enum class DomainPhase : uint8_t {
  kActive = 0,
  kRedemption = 1,     // deleted, can be restored; until `phase_ends`
  kPendingDelete = 2,  // deleted, cannot be restored; is purged at `phase_ends`
  // Restored, but the report is due until `phase_ends`; then redemption goes on. Delegated.
  kPendingRestore = 3,
};

enum class ContactRole : char { kAdmin = 'a', kBilling = 'b', kTech = 't' };

struct DomainContact {
  ContactRole role = ContactRole::kAdmin;
  ContactKey contact{};
  friend auto operator<=>(const DomainContact&, const DomainContact&) = default;
};

// RFC 5731 section 2. What is stored; Project (lifecycle/project.h) says what it is at an instant.
struct Domain {
  DomainKey key{};
  DomainName name;
  RegistrarKey sponsor = kNoRegistrar;
  RegistrarKey creator = kNoRegistrar;
  RegistrarKey updater = kNoRegistrar;  // kNoRegistrar: never updated
  absl::Time created;
  std::optional<absl::Time> updated;
  std::optional<absl::Time> transferred;
  absl::Time expires;
  StatusSet statuses;  // only client and server statuses; the others are computed
  SealedAuthInfo auth;
  std::optional<absl::Time> auth_ends;  // matches nothing from then on; none: it stays
  ContactKey registrant{};              // zero under the minimum data model
  std::vector<DomainContact> contacts;  // sorted, unique
  std::vector<HostKey> name_servers;    // sorted by key, unique
  std::vector<DsRecord> ds;             // sorted, unique
  DomainPhase phase = DomainPhase::kActive;
  absl::Time phase_ends = absl::InfiniteFuture();
  std::optional<absl::Time> redemption_ends;  // with kPendingRestore: the redemption's `phase_ends`
  std::vector<GracePeriod> grace;
  Rare<Transfer> transfer;           // the latest
  Rare<Launch> launch;               // as its create said (RFC 8334); it stays
  std::vector<DsRecord> partner_ds;  // of its name in the partner TLD (model/bundles.h), as `ds`
  DelegationTtls ttls;
  int32_t version = 1;    // grows by one with every change
  std::string idn_table;  // that the create was judged by (model/idn_table.h); empty: none
  // What all variants of the name have in common (model/variant_fold.h), if it has any. The first
  // of them leads, and there is one such at most; those that were let in beside it follow.
  std::string variant_key;
  bool variant_follows = false;
  // What it is renewed, transferred and restored by, whatever the lists say later; empty: the TLD's
  // own fees.
  std::string premium_class;
  Rare<UsedToken> token;  // that its create used; a transfer clears it
  // Its sponsor's, by role (RFC 8544), not empty if there; a transfer clears them.
  Rare<std::vector<OrganizationLink>> organizations;

  friend bool operator==(const Domain&, const Domain&) = default;
};

}  // namespace registry
