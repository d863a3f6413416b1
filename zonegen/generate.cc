#include "zonegen/generate.h"

#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/net/user_name.h"
#include "registry/store/operator_reader.h"
#include "registry/store/zone_reader.h"
#include "zonegen/file_lock.h"
#include "zonegen/kept_zones.h"
#include "zonegen/manifest.h"
#include "zonegen/output_file.h"
#include "zonegen/published_zone.h"
#include "zonegen/serial.h"
#include "zonegen/zone_builder.h"
#include "zonegen/zone_check.h"
#include "zonegen/zone_text.h"

namespace zonegen {
namespace {

using registry::Concat;
using registry::Log;
using registry::LogLevel;

absl::StatusOr<registry::TldPolicy> ReadPolicy(const std::string& database,
                                               const std::string& tld) {
  const auto directory = registry::store::ReadDirectory(database);
  if (!directory.ok()) return directory.status();
  const registry::TldPolicy* policy = (*directory)->Tld(tld);
  if (policy == nullptr) return absl::NotFoundError(Concat("there is no TLD ", tld));
  if (absl::Status status = CheckApex(*policy); !status.ok()) return status;
  return *policy;
}

// One zone on its way into the place of another.
class Replacement {
 public:
  Replacement(const ZoneOrder& order, const registry::TldPolicy& policy, absl::Time now)
      : order_(order), now_(now), own_lines_(ZoneText(policy).Apex()) {}

  // What stands in the file now.
  absl::Status ReadPublished() {
    auto published = ReadPublishedZone(order_.file, order_.tld, own_lines_);
    if (published.ok()) {
      published_ = *std::move(published);
    } else if (order_.force.empty()) {
      return published.status();
    } else {
      passed_over_ = std::string(published.status().message());
    }
    return absl::OkStatus();
  }

  absl::Status Write(ZoneBuilder& builder, GeneratedZone& zone) {
    zone.serial = NextSerial(LastSerial(), now_);
    auto out = OutputFile::Create(order_.file, order_.compression);
    if (!out.ok()) return out.status();
    auto findings = std::async(std::launch::async, [&] { return ReadBack(**out, zone.serial); });
    absl::Status status = builder.Write(zone.serial, **out);
    if (status.ok()) status = (*out)->Finish();
    (*out)->growth().End();
    const auto found = findings.get();
    if (status.ok()) status = found.status();
    if (status.ok()) status = Check(*found, builder.delegations(), zone);
    if (!status.ok()) return status;
    zone.bytes = (*out)->bytes();
    const auto nothing_new = NothingNew(**out);
    if (!nothing_new.ok()) return nothing_new.status();
    zone.written = !*nothing_new;
    if (zone.written) return Publish(**out, zone);
    zone.serial = published_->serial;
    return absl::OkStatus();
  }

 private:
  // Also when somebody took the zone file away, the next one's serial goes on from its manifest.
  std::optional<uint32_t> LastSerial() const {
    if (published_) return published_->serial;
    const auto manifest = ReadManifest(order_.file);
    if (manifest.ok() && manifest->tld == order_.tld) return manifest->serial;
    return std::nullopt;
  }

  // What was written is judged, not what was meant; beside the writing.
  absl::StatusOr<ZoneFindings> ReadBack(OutputFile& out, uint32_t serial) const {
    return CheckZoneFile(out.temporary(), {order_.tld, serial, own_lines_}, &out.growth());
  }

  absl::Status Check(const ZoneFindings& findings, int64_t delegations, GeneratedZone& zone) {
    zone.counts = findings.counts;
    if (findings.problems > 0) Object(Concat("the zone is wrong: ", findings.Describe()));
    if (findings.counts.delegations() != delegations) {
      Object(Concat("the zone has ", findings.counts.delegations(), " delegations where ",
                    delegations, " were put into it"));
    }
    if (published_) {
      const absl::Status change = CheckChange(published_->counts, zone.counts, order_.limits);
      if (!change.ok()) Object(change.message());
    }
    if (order_.force.empty()) {
      return passed_over_.empty() ? absl::OkStatus() : absl::FailedPreconditionError(passed_over_);
    }
    Log(LogLevel::kWarning, "zone.forced",
        {{"tld", order_.tld},
         {"serial", zone.serial},
         {"by", registry::net::UserName()},
         {"reason", order_.force},
         {"passed_over", passed_over_}});
    return absl::OkStatus();
  }

  void Object(absl::string_view what) {
    if (!passed_over_.empty()) passed_over_ += "; ";
    passed_over_ += std::string(what);
  }

  // Whether `out` says nothing that the zone in use does not say. Without its manifest the zone
  // counts as unpublished: whoever was to be told of it by the run that broke off has not been.
  absl::StatusOr<bool> NothingNew(const OutputFile& out) {
    if (!published_ || !published_->has_its_manifest) return false;
    return SameButSerial(order_.file, out.temporary());
  }

  absl::Status Publish(OutputFile& out, const GeneratedZone& zone) {
    if (published_ && order_.keep > 0) {
      const absl::Status status =
          KeepZone(order_.file, published_->serial, published_->has_its_manifest);
      if (!status.ok()) return status;
    }
    if (absl::Status status = out.Publish(); !status.ok()) return status;
    Manifest manifest;
    manifest.tld = order_.tld;
    manifest.serial = zone.serial;
    manifest.time = now_;
    manifest.counts = zone.counts;
    manifest.bytes = zone.bytes;
    manifest.sha256 = out.sha256();
    manifest.forced = order_.force;
    if (absl::Status status = WriteManifest(order_.file, manifest); !status.ok()) return status;
    // The zone is published, whatever becomes of the old ones.
    const absl::Status removed = RemoveOldZones(order_.file, zone.serial, order_.keep);
    if (!removed.ok()) {
      Log(LogLevel::kWarning, "zone.old_not_removed",
          {{"tld", order_.tld}, {"error", removed.ToString()}});
    }
    return absl::OkStatus();
  }

  const ZoneOrder& order_;
  const absl::Time now_;
  const std::string own_lines_;
  std::optional<PublishedZone> published_;
  std::string passed_over_;  // what speaks against the new zone
};

absl::Status ReadRegistry(const ZoneOrder& order, const std::stop_token& stop,
                          ZoneBuilder& builder) {
  const registry::store::ZoneScan scan{.database = order.database,
                                       .tld = order.tld,
                                       .connections = order.connections,
                                       .stop = stop,
                                       .progress = [&](int64_t done, int64_t all) {
                                         if (order.progress)
                                           order.progress(done, all,
                                                          done < all ? "" : "writing and checking");
                                       }};
  return registry::store::ScanZone(scan, builder);
}

}  // namespace

absl::StatusOr<GeneratedZone> GenerateZone(const ZoneOrder& order, absl::Time now,
                                           std::stop_token stop) {
  const absl::Time started = absl::Now();
  const auto lock = FileLock::Acquire(order.file + ".lock");
  if (!lock.ok()) return lock.status();
  const auto policy = ReadPolicy(order.database, order.tld);
  if (!policy.ok()) return policy.status();
  Replacement replacement(order, *policy, now);
  if (absl::Status status = replacement.ReadPublished(); !status.ok()) return status;

  ZoneBuilder builder(*policy, now, order.connections);
  if (absl::Status status = ReadRegistry(order, stop, builder); !status.ok()) return status;
  GeneratedZone zone;
  if (absl::Status status = replacement.Write(builder, zone); !status.ok()) return status;
  zone.hosts = builder.TakeHosts();
  zone.next_event = builder.next_event();
  zone.domains_of = policy->bundle_of.empty() ? policy->tld : policy->bundle_of;
  zone.took = absl::Now() - started;
  return zone;
}

}  // namespace zonegen
