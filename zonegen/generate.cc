#include "zonegen/generate.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "registry/base/text.h"
#include "registry/store/operator_reader.h"
#include "registry/store/zone_reader.h"
#include "zonegen/file_lock.h"
#include "zonegen/manifest.h"
#include "zonegen/output_file.h"
#include "zonegen/published_zone.h"
#include "zonegen/serial.h"
#include "zonegen/zone_builder.h"
#include "zonegen/zone_text.h"

namespace zonegen {
namespace {

using registry::Concat;

absl::StatusOr<registry::TldPolicy> ReadPolicy(const std::string& database,
                                               const std::string& tld) {
  const auto directory = registry::store::ReadDirectory(database);
  if (!directory.ok()) return directory.status();
  const registry::TldPolicy* policy = (*directory)->Tld(tld);
  if (policy == nullptr) return absl::NotFoundError(Concat("there is no TLD ", tld));
  if (absl::Status status = CheckApex(*policy); !status.ok()) return status;
  return *policy;
}

absl::StatusOr<std::optional<PublishedZone>> ReadPublishedUnlessForced(const ZoneOrder& order) {
  auto published = ReadPublishedZone(order.file, order.tld);
  if (!published.ok() && order.force) return std::nullopt;
  return published;
}

// Also when somebody took the zone file away, the next one's serial goes on from its manifest.
std::optional<uint32_t> LastSerial(const ZoneOrder& order,
                                   const std::optional<PublishedZone>& published) {
  if (published) return published->serial;
  const auto manifest = ReadManifest(order.file);
  if (manifest.ok() && manifest->tld == order.tld) return manifest->serial;
  return std::nullopt;
}

absl::Status ReadRegistry(const ZoneOrder& order, const std::stop_token& stop,
                          ZoneBuilder& builder) {
  const registry::store::ZoneScan scan{
      .database = order.database, .tld = order.tld, .connections = order.connections, .stop = stop};
  return registry::store::ScanZone(scan, builder);
}

absl::Status Publish(const ZoneOrder& order, OutputFile& out, GeneratedZone& zone) {
  Manifest manifest{order.tld, zone.serial, zone.delegations, zone.bytes, out.Sha256()};
  if (absl::Status status = out.Publish(); !status.ok()) return status;
  return WriteManifest(order.file, manifest);
}

// Whether `out` says nothing that the zone in use does not say. Without its manifest the zone
// counts as unpublished: whoever was to be told of it by the run that broke off has not been.
absl::StatusOr<bool> NothingNew(const ZoneOrder& order,
                                const std::optional<PublishedZone>& published, OutputFile& out) {
  if (!published || !published->has_its_manifest) return false;
  if (absl::Status status = out.Flush(); !status.ok()) return status;
  return SameButSerial(order.file, out.temporary());
}

absl::Status WriteZone(const ZoneOrder& order, const std::optional<PublishedZone>& published,
                       ZoneBuilder& builder, GeneratedZone& zone) {
  auto out = OutputFile::Create(order.file);
  if (!out.ok()) return out.status();
  if (absl::Status status = builder.Write(zone.serial, **out); !status.ok()) return status;
  zone.bytes = (*out)->bytes();
  const auto nothing_new = NothingNew(order, published, **out);
  if (!nothing_new.ok()) return nothing_new.status();
  zone.written = !*nothing_new;
  if (zone.written) return Publish(order, **out, zone);
  zone.serial = published->serial;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<GeneratedZone> GenerateZone(const ZoneOrder& order, absl::Time now,
                                           std::stop_token stop) {
  const absl::Time started = absl::Now();
  const auto lock = FileLock::Acquire(order.file + ".lock");
  if (!lock.ok()) return lock.status();
  const auto policy = ReadPolicy(order.database, order.tld);
  if (!policy.ok()) return policy.status();
  const auto published = ReadPublishedUnlessForced(order);
  if (!published.ok()) return published.status();

  ZoneBuilder builder(*policy, now, order.connections);
  if (absl::Status status = ReadRegistry(order, stop, builder); !status.ok()) return status;
  GeneratedZone zone;
  zone.delegations = builder.delegations();
  if (*published && !order.force) {
    const auto allowed = CheckShrink((*published)->delegations, zone.delegations, order.shrink);
    if (!allowed.ok()) return allowed;
  }
  zone.serial = NextSerial(LastSerial(order, *published), now);
  if (absl::Status status = WriteZone(order, *published, builder, zone); !status.ok()) {
    return status;
  }
  zone.hosts = builder.TakeHosts();
  zone.next_event = builder.next_event();
  zone.domains_of = policy->bundle_of.empty() ? policy->tld : policy->bundle_of;
  zone.took = absl::Now() - started;
  return zone;
}

}  // namespace zonegen
