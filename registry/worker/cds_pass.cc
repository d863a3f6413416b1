#include "registry/worker/cds_pass.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/commands/ds_maintenance.h"
#include "registry/lifecycle/project.h"
#include "registry/rules/bundles.h"
#include "registry/rules/delegation.h"
#include "registry/worker/answers.h"

namespace worker {
namespace {

using registry::ChildDsVerdict;
using registry::Concat;
using registry::Domain;
using registry::DomainName;
using registry::Log;
using registry::LogLevel;
using registry::store::CdsBatch;
using registry::store::CdsScan;
using registry::store::CdsScans;
using registry::store::Origin;
using registry::store::Reply;
using Kind = ChildDsVerdict::Kind;

constexpr int kRequestsAtOnce = 100;

bool IsChange(const ChildDsVerdict& verdict) {
  return verdict.kind == Kind::kReplace || verdict.kind == Kind::kRemove ||
         verdict.kind == Kind::kInitial;
}

// A refusal by the domain is kFailedPrecondition, with the reason; anything else is the world's.
absl::Status StatusOf(const Reply<registry::Done>& reply) {
  if (!reply.status.ok()) {
    return absl::UnavailableError(std::string(reply.status.message()));
  }
  if (reply.outcome->ok()) return absl::OkStatus();
  return absl::FailedPreconditionError(std::string(reply.outcome->rejection().reason.text));
}

}  // namespace

absl::Time DueAt(const CdsScans::Pass& pass, const CdsScans::Keys& keys, absl::Duration spread) {
  if (keys.last <= keys.first) return pass.started;
  const double done =
      static_cast<double>(pass.after - keys.first) / static_cast<double>(keys.last - keys.first);
  return pass.started + spread * std::clamp(done, 0.0, 1.0);
}

struct CdsPass::Item {
  Domain domain;  // as it is now
  DomainName name;
  std::vector<registry::DsRecord> ds;  // of this name
  cds::ScanTarget target;
  std::string known;  // result and problem of the last look
};

CdsPass::CdsPass(Config config, registry::net::Metrics& metrics)
    : config_(std::move(config)),
      scans_(config_.database),
      metrics_(metrics),
      udp_(metrics.Counter("cds_queries_total", "Queries to name servers of child zones.",
                           {{"transport", "udp"}})),
      tcp_(metrics.Counter("cds_queries_total", "Queries to name servers of child zones.",
                           {{"transport", "tcp"}})),
      unanswered_(metrics.Counter("cds_unanswered_total",
                                  "Questions that a name server did not answer at all.")),
      failures_(metrics.Counter("cds_failures_total",
                                "Rounds that the database broke; they are done again.")),
      resting_(metrics.Gauge("cds_servers_resting",
                             "Addresses that are left alone since they did not answer.")),
      last_pass_(metrics.Gauge("cds_last_pass_time_seconds",
                               "When the last complete pass ended, in seconds since 1970.")) {}

absl::StatusOr<std::unique_ptr<CdsPass>> CdsPass::Open(Config config,
                                                       registry::net::Metrics& metrics) {
  if (config.cds.tlds.empty()) {
    return absl::InvalidArgumentError("cds_tld names no TLD: there is nothing to look at");
  }
  std::unique_ptr<CdsPass> pass(new CdsPass(std::move(config), metrics));
  registry::store::StoreOptions options;
  options.database = pass->config_.database;
  options.application = "postel-worker-cds";
  options.write_lanes = 1;
  options.read_lanes = 1;
  auto store = registry::store::Store::Open(std::move(options), &pass->clock_);
  if (!store.ok()) return store.status();
  pass->store_ = *std::move(store);
  for (const std::string& tld : pass->config_.cds.tlds) {
    if (pass->store_->directory()->Tld(tld) == nullptr) {
      return absl::InvalidArgumentError(Concat("cds_tld: there is no TLD ", tld));
    }
  }
  auto scanner = cds::ChildScanner::Open(ScannerOptions(pass->config_.cds));
  if (!scanner.ok()) return scanner.status();
  pass->scanner_ = *std::move(scanner);
  metrics.Watch("cds_database_reachable", "1 if the database answers, else 0.",
                [store = pass->store_.get()] { return store->healthy() ? 1.0 : 0.0; });
  return pass;
}

bool CdsPass::Round(const std::stop_token& stop) {
  const auto claimed = scans_.Claim();
  if (!claimed.ok()) return Note(claimed.status());
  if (!*claimed) return Note(absl::OkStatus());  // another process does it
  absl::Status status = HandleRequests(stop);
  if (status.ok()) status = HandlePass(stop, false);
  return Note(status);
}

bool CdsPass::RunOnce() {
  const auto claimed = scans_.Claim();
  if (!claimed.ok()) return Note(claimed.status());
  if (!*claimed) return Note(absl::AbortedError("another process is scanning"));
  absl::Status status = HandleRequests({});
  if (status.ok()) status = HandlePass({}, true);
  return Note(status);
}

bool CdsPass::Note(const absl::Status& status) {
  CountQueries();
  if (status.ok()) {
    failed_ = false;
    return true;
  }
  failures_.Increment();
  if (!std::exchange(failed_, true)) {
    Log(LogLevel::kError, "cds.failed", {{"error", status.ToString()}});
  }
  return false;
}

absl::Status CdsPass::HandleRequests(const std::stop_token& stop) {
  auto requests = scans_.Requested(kRequestsAtOnce);
  if (!requests.ok() || requests->names.empty()) return requests.status();
  bool complete = true;
  const auto findings = Handle(requests->batch, stop, &complete);
  if (!findings.ok()) return findings.status();
  return complete ? scans_.RemoveRequests(requests->names) : absl::OkStatus();
}

absl::Status CdsPass::HandlePass(const std::stop_token& stop, bool now) {
  const auto last = scans_.LastPass();
  if (!last.ok()) return last.status();
  const bool under_way = *last && !(*last)->finished;
  if (under_way) return RunBatches(stop, **last, now);
  // A sandbox's clock may have been set back.
  const absl::Duration since = *last ? clock_.Now() - (*last)->started : absl::InfiniteDuration();
  const bool due = since >= config_.cds.interval || since < absl::ZeroDuration();
  if (!now && !due) return absl::OkStatus();
  CdsScans::Pass pass;
  pass.started = clock_.Now();
  if (absl::Status begun = scans_.BeginPass(pass.started); !begun.ok()) return begun;
  pass_ = {};
  return RunBatches(stop, pass, now);
}

absl::StatusOr<bool> CdsPass::IsAhead(const CdsScans::Pass& pass) {
  const auto keys = scans_.DomainKeys();
  if (!keys.ok()) return keys.status();
  const absl::Duration spread = config_.cds.interval * (config_.cds.spread_percent / 100.0);
  const absl::Time now = clock_.Now();
  return now >= pass.started && now < DueAt(pass, *keys, spread);  // else it was set back
}

absl::Status CdsPass::RunBatches(const std::stop_token& stop, const CdsScans::Pass& pass,
                                 bool now) {
  CdsScans::Pass at = pass;
  while (!stop.stop_requested()) {
    if (!now) {
      const auto ahead = IsAhead(at);
      if (!ahead.ok() || *ahead) return ahead.status();  // a later round goes on
    }
    const auto batch = scans_.Next(at.after, config_.cds.batch, config_.cds.bootstrap);
    if (!batch.ok()) return batch.status();
    if (batch->domains.empty()) {
      if (absl::Status done = scans_.FinishPass(clock_.Now()); !done.ok()) return done;
      last_pass_.Set(absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch()));
      Log(LogLevel::kInfo, "cds.pass",
          {{"names", pass_.looked},
           {"changed", pass_.changed},
           {"refused", pass_.refused},
           {"s", absl::ToInt64Seconds(absl::Now() - pass_.began)}});
      return absl::OkStatus();
    }
    bool complete = true;
    const auto findings = Handle(*batch, stop, &complete);
    if (!findings.ok()) return findings.status();
    if (!complete) break;
    at.after = Number(batch->domains.back().key);
    if (absl::Status noted = scans_.AdvancePass(at.after); !noted.ok()) return noted;
    CountQueries();
    if (absl::Status handled = HandleRequests(stop); !handled.ok()) return handled;
    const auto claimed = scans_.Claim();  // the connection may have been another one
    if (!claimed.ok() || !*claimed) return claimed.status();
  }
  return absl::OkStatus();
}

std::vector<CdsPass::Item> CdsPass::ItemsOf(const CdsBatch& batch) const {
  const auto directory = store_->directory();
  const absl::Time now = clock_.Now();
  std::vector<Item> items;
  for (const Domain& row : batch.domains) {
    std::optional<Domain> domain = registry::Project(row, now, *directory).domain;
    if (!domain || domain->phase != registry::DomainPhase::kActive || !IsPublished(*domain)) {
      continue;
    }
    std::vector<DomainName> names{domain->name};
    if (auto other = directory->bundles().Other(domain->name)) names.push_back(*std::move(other));
    for (const DomainName& name : names) {
      if (std::ranges::count(config_.cds.tlds, name.tld()) == 0) continue;
      std::vector<registry::DsRecord> ds = DsOf(*domain, name);
      if (ds.empty() && !config_.cds.bootstrap) continue;
      Item item{*domain, name, ds, {}, {}};
      item.target.name = name;
      item.target.ds = std::move(ds);
      item.target.policy = directory->Tld(directory->bundles().PrimaryTld(name.tld()));
      for (const registry::HostKey key : domain->name_servers) {
        const auto host = batch.hosts.find(key);
        if (host == batch.hosts.end()) continue;  // renamed or gone this instant
        item.target.servers.push_back({host->second.name, host->second.addresses});
      }
      const auto scan = batch.scans.find(name.text());
      if (scan != batch.scans.end()) {
        item.known = Concat(scan->second.result, " ", scan->second.problem);
        if (scan->second.result == ChildDsKindName(Kind::kWaiting)) {
          item.target.waited_for = scan->second.wish;
          item.target.waited = now - scan->second.since;
        }
      }
      items.push_back(std::move(item));
    }
  }
  return items;
}

absl::StatusOr<std::vector<CdsPass::Finding>> CdsPass::Handle(const CdsBatch& batch,
                                                              const std::stop_token& stop,
                                                              bool* complete) {
  // The items' policies live in it.
  const auto directory = store_->directory();
  std::vector<Item> items = ItemsOf(batch);
  std::vector<cds::ScanTarget> targets;
  for (Item& item : items) targets.push_back(std::move(item.target));
  std::vector<ChildDsVerdict> verdicts = scanner_->Scan(targets, stop);
  *complete = verdicts.size() == items.size();
  items.resize(verdicts.size());

  std::vector<Finding> findings;
  for (size_t i = 0; i < items.size(); ++i) {
    findings.push_back({{}, std::move(verdicts[i])});
  }
  if (absl::Status changed = Change(items, &findings); !changed.ok()) return changed;

  std::vector<CdsScan> found;
  std::vector<std::string> nothing;
  for (size_t i = 0; i < items.size(); ++i) {
    Finding& finding = findings[i];
    const ChildDsVerdict& verdict = finding.verdict;
    finding.scan = {items[i].name,
                    items[i].domain.key,
                    clock_.Now(),
                    clock_.Now(),
                    std::string(ChildDsKindName(verdict.kind)),
                    std::string(verdict.problem.id),
                    verdict.about,
                    registry::DsText(verdict.ds)};
    Report(items[i], finding);
    if (verdict.kind == Kind::kNothing) {
      nothing.push_back(items[i].name.text());
    } else {
      found.push_back(finding.scan);
    }
  }
  if (absl::Status kept = scans_.Keep(found, nothing); !kept.ok()) return kept;
  return findings;
}

absl::Status CdsPass::Change(const std::vector<Item>& items, std::vector<Finding>* findings) {
  std::vector<size_t> changes;
  for (size_t i = 0; i < items.size(); ++i) {
    if (IsChange((*findings)[i].verdict)) changes.push_back(i);
  }
  if (changes.empty()) return absl::OkStatus();
  Answers answers(changes.size());
  for (size_t i = 0; i < changes.size(); ++i) {
    const Item& item = items[changes[i]];
    const registry::OperatorNote note{"CDS/CDNSKEY of the zone", "", ""};
    const Origin origin{registry::kOperator, "", "domain-update-cds", note};
    registry::DsMaintenance command{item.name, item.domain.key, item.ds, item.domain.name_servers,
                                    (*findings)[changes[i]].verdict.ds};
    store_->Execute(origin, std::move(command), [&answers, i](const Reply<registry::Done>& reply) {
      answers.Give(i, {StatusOf(reply), reply.now});
    });
  }
  const std::vector<Answers::Answer> given = answers.Await();
  for (size_t i = 0; i < changes.size(); ++i) {
    const absl::Status& status = given[i].status;
    if (status.ok()) continue;
    if (!absl::IsFailedPrecondition(status)) return status;
    ChildDsVerdict& verdict = (*findings)[changes[i]].verdict;
    verdict.kind = Kind::kRefused;
    verdict.problem = registry::kChildChangeRefused;
    verdict.about = std::string(status.message());
  }
  return absl::OkStatus();
}

void CdsPass::Report(const Item& item, const Finding& finding) {
  const ChildDsVerdict& verdict = finding.verdict;
  ++pass_.looked;
  CountOf(finding.scan.result).Increment();
  if (IsChange(verdict)) {
    ++pass_.changed;
    Log(LogLevel::kInfo, "cds.changed",
        {{"domain", item.name.text()},
         {"result", finding.scan.result},
         {"before", registry::DsText(item.ds)},
         {"after", finding.scan.wish}});
  } else if (verdict.kind == Kind::kRefused) {
    ++pass_.refused;
    // Once, and not every day.
    if (item.known == Concat(finding.scan.result, " ", finding.scan.problem)) return;
    Log(LogLevel::kInfo, "cds.refused",
        {{"domain", item.name.text()}, {"problem", verdict.problem.id}, {"about", verdict.about}});
  }
}

absl::StatusOr<std::vector<CdsPass::Finding>> CdsPass::LookAt(
    const std::vector<DomainName>& domains) {
  std::vector<std::string> names;
  for (const DomainName& domain : domains) {
    names.push_back(store_->directory()->bundles().Primary(domain).text());
  }
  const auto batch = scans_.Named(names);
  if (!batch.ok()) return batch.status();
  bool complete = true;
  return Handle(*batch, {}, &complete);
}

prometheus::Counter& CdsPass::CountOf(std::string_view result) {
  const auto found = domains_.find(result);
  if (found != domains_.end()) return *found->second;
  prometheus::Counter& counter =
      metrics_.Counter("cds_domains_total", "Domains that were looked at, by what came of it.",
                       {{"result", std::string(result)}});
  domains_.emplace(result, &counter);
  return counter;
}

void CdsPass::CountQueries() {
  const cds::QueryCounts now = scanner_->counts();
  udp_.Increment(static_cast<double>(now.udp - counted_.udp));
  tcp_.Increment(static_cast<double>(now.tcp - counted_.tcp));
  unanswered_.Increment(static_cast<double>(now.unanswered - counted_.unanswered));
  counted_ = now;
  resting_.Set(static_cast<double>(scanner_->resting()));
}

}  // namespace worker
