#include "zonegen/zone_builder.h"

#include <algorithm>
#include <utility>

#include "registry/base/text.h"
#include "registry/lifecycle/project.h"
#include "zonegen/canonical_order.h"

namespace zonegen {
namespace {

using registry::Concat;
using registry::Delegation;
using registry::Domain;
using registry::Host;
using registry::store::HostMap;
using registry::store::ZoneSnapshot;

absl::StatusOr<std::vector<const Host*>> FindHosts(const Domain& domain, const HostMap& hosts) {
  std::vector<const Host*> found;
  found.reserve(domain.name_servers.size());
  for (registry::HostKey key : domain.name_servers) {
    const auto host = hosts.find(key);
    if (host == hosts.end()) {
      return absl::DataLossError(Concat(domain.name.text(), " has the name server ",
                                        registry::Number(key), ", which does not exist"));
    }
    found.push_back(&host->second);
  }
  return found;
}

// Names may come by octets of the whole text, where "a-b.org" stands before "a.org", or in
// canonical order, where it stands after. In both, names with the same prefix follow each other.
std::string_view PrefixOf(std::string_view label) { return label.substr(0, label.find('-')); }

}  // namespace

ZoneBuilder::ZoneBuilder(const registry::TldPolicy& policy, absl::Time now,
                         std::unique_ptr<Spool> spool)
    : tld_(policy.tld),
      now_(now),
      text_(policy),
      static_owners_(StaticOwners(policy)),
      spool_(std::move(spool)) {}

absl::Status ZoneBuilder::Add(const Domain& row, const ZoneSnapshot& snapshot) {
  if (!std::exchange(started_, true)) FindGluePlaces(snapshot.hosts);
  const std::string_view label = row.name.label();
  if (PrefixOf(label) != prefix_) {
    if (absl::Status status = WritePending(); !status.ok()) return status;
    prefix_ = PrefixOf(label);
  }
  const registry::Projection projection = registry::Project(row, now_, *snapshot.directory);
  if (!projection.domain) return absl::OkStatus();
  const Domain& domain = *projection.domain;
  next_event_ = std::min(next_event_, registry::NextEvent(domain));

  const auto hosts = FindHosts(domain, snapshot.hosts);
  if (!hosts.ok()) return hosts.status();
  const Delegation delegation = registry::DelegationOf(domain, *hosts);
  if (delegation.empty()) return absl::OkStatus();
  ++delegations_;
  hosts_.insert(domain.name_servers.begin(), domain.name_servers.end());
  NoteGlue(delegation);
  Pending pending{std::string(label), {}};
  text_.AppendDelegation(delegation, pending.text);
  pending_.push_back(std::move(pending));
  return absl::OkStatus();
}

absl::Status ZoneBuilder::Finish() {
  if (absl::Status status = WritePending(); !status.ok()) return status;
  while (passed_ < places_.size()) places_[passed_++].offset = spool_->bytes();
  return absl::OkStatus();
}

void ZoneBuilder::FindGluePlaces(const HostMap& hosts) {
  absl::flat_hash_set<std::string> labels;
  for (const auto& [key, host] : hosts) {
    if (host.addresses.empty() || !host.name.IsBelow(tld_)) continue;
    labels.insert(std::string(LabelBelow(host.name.text(), tld_)));
  }
  places_.reserve(labels.size());
  for (const std::string& label : labels) places_.push_back({label, 0});
  std::sort(places_.begin(), places_.end(),
            [](const GluePlace& a, const GluePlace& b) { return a.label < b.label; });
}

void ZoneBuilder::NoteGlue(const Delegation& delegation) {
  for (const Delegation::Glue& glue : delegation.glue) {
    // The operator's own records for a name stand for all of it.
    if (static_owners_.contains(glue.host.text())) continue;
    glue_.try_emplace(glue.host.text(), glue);
  }
}

void ZoneBuilder::PassLabelsBefore(std::string_view label) {
  while (passed_ < places_.size() && places_[passed_].label < label) {
    places_[passed_++].offset = spool_->bytes();
  }
}

absl::Status ZoneBuilder::WritePending() {
  std::sort(pending_.begin(), pending_.end(),
            [](const Pending& a, const Pending& b) { return a.label < b.label; });
  for (const Pending& pending : pending_) {
    if (pending.label <= last_label_) {
      return absl::InternalError(Concat("domains out of order: ", pending.label, ".", tld_,
                                        " came after ", last_label_, ".", tld_));
    }
    last_label_ = pending.label;
    PassLabelsBefore(pending.label);
    if (absl::Status status = spool_->Append(pending.text); !status.ok()) return status;
  }
  pending_.clear();
  return absl::OkStatus();
}

absl::Status ZoneBuilder::Write(uint32_t serial, OutputFile& out) {
  std::vector<const Delegation::Glue*> all;
  all.reserve(glue_.size());
  for (const auto& [name, glue] : glue_) all.push_back(&glue);
  std::sort(all.begin(), all.end(), [](const Delegation::Glue* a, const Delegation::Glue* b) {
    return CanonicalLess(a->host.text(), b->host.text());
  });

  absl::Status status = out.Append(text_.Head(serial));
  if (status.ok()) status = out.Append(text_.Apex());
  int64_t copied = 0;
  size_t place = 0;
  std::string lines;
  for (const Delegation::Glue* glue : all) {
    const std::string_view label = LabelBelow(glue->host.text(), tld_);
    while (place < places_.size() && places_[place].label < label) ++place;
    const int64_t offset = place < places_.size() ? places_[place].offset : spool_->bytes();
    if (status.ok()) status = spool_->Copy(copied, offset, out);
    copied = offset;
    lines.clear();
    text_.AppendGlue(*glue, lines);
    if (status.ok()) status = out.Append(lines);
  }
  if (status.ok()) status = spool_->Copy(copied, spool_->bytes(), out);
  return status;
}

}  // namespace zonegen
