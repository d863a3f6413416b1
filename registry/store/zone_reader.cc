#include "registry/store/zone_reader.h"

#include <utility>

#include "registry/base/text.h"
#include "registry/rules/bundles.h"
#include "registry/store/connection.h"
#include "registry/store/directory_loader.h"
#include "registry/store/object_rows.h"
#include "registry/store/snapshot.h"

namespace registry::store {
namespace {

// The columns of kDomainColumns, the secret and the persons left out.
constexpr char kPublicColumns[] =
    "id, name, sponsor, creator, updater, created, updated, transferred, expires, statuses, "
    "NULL::bytea, NULL::bigint, '{}'::bigint[], '', name_servers, ds, phase, phase_ends, grace, "
    "version, NULL::timestamptz, NULL::text, redemption_ends, NULL::text, partner_ds, NULL::text, "
    "NULL::text, false, NULL::text, NULL::text, ttls, NULL::text";

bool IsLabel(std::string_view text) {
  return !text.empty() && text.size() <= 63 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<int64_t> ReadZone(
    const std::string& database, std::string_view tld,
    const std::function<absl::Status(const Domain&, const ZoneSnapshot&)>& each) {
  // It becomes part of the SQL below: COPY takes no parameters.
  if (!IsLabel(tld)) return absl::InvalidArgumentError("not a top-level domain");
  // What the feed has told of must be seen, so a standby will not do.
  absl::StatusOr<std::unique_ptr<Connection>> connection =
      OpenSnapshot(database, "postel-zone-reader", Freshness::kPrimary);
  if (!connection.ok()) return connection.status();
  absl::StatusOr<std::shared_ptr<const Directory>> directory = LoadDirectory(**connection);
  if (!directory.ok()) return directory.status();
  ZoneSnapshot snapshot{*std::move(directory), {}};
  absl::Status status =
      (*connection)
          ->CopyOut(Concat("COPY (SELECT ", kHostColumns, " FROM hosts) TO STDOUT (FORMAT binary)"),
                    [&](RowReader row) {
                      Host host = ReadHost(row);
                      const HostKey key = host.key;
                      snapshot.hosts.insert_or_assign(key, std::move(host));
                      return absl::OkStatus();
                    });
  if (!status.ok()) return status;
  // The second names of a bundle are those of the primary's domains.
  const std::string primary(snapshot.directory->bundles().PrimaryTld(tld));
  if (!IsLabel(primary)) return absl::InternalError("bundled with what is no top-level domain");
  int64_t count = 0;
  status = (*connection)
               ->CopyOut(Concat("COPY (SELECT ", kPublicColumns, " FROM domains WHERE right(name, ",
                                primary.size() + 1, ") = '.", primary,
                                "' ORDER BY name) TO STDOUT (FORMAT binary)"),
                         [&](RowReader row) {
                           ++count;
                           const Domain domain = ReadDomain(row);
                           if (primary == tld) return each(domain, snapshot);
                           const auto name = snapshot.directory->bundles().Other(domain.name);
                           return each(ShownAs(domain, name.value_or(domain.name)), snapshot);
                         });
  if (!status.ok()) return status;
  return count;
}

}  // namespace registry::store
