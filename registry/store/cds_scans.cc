#include "registry/store/cds_scans.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/object_rows.h"

namespace registry::store {
namespace {

// As kDelegationColumns (object_rows.h), with the transfer: one that is pending counts.
constexpr char kScannedColumns[] =
    "id, name, sponsor, creator, updater, created, updated, transferred, expires, statuses, "
    "NULL::bytea, NULL::bigint, '{}'::bigint[], '', name_servers, ds, phase, phase_ends, grace, "
    "version, NULL::timestamptz, transfer, redemption_ends, NULL::text, partner_ds, NULL::text, "
    "NULL::text, false, NULL::text, NULL::text, ttls, NULL::text";

// The number means nothing. Held by the session, which is asked with each step.
const Statement kClaim{
    "cds_claim",
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() "
    "AND "
    "database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND "
    "(classid::bigint << 32 | objid::bigint) = 70114732004 AND objsubid = 1) OR "
    "pg_try_advisory_lock(70114732004)"};

const Statement kPass{"cds_last_pass", "SELECT started, finished, after FROM cds_pass"};
const Statement kKeys{"cds_keys", "SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM domains"};
const Statement kBegin{
    "cds_begin_pass",
    "INSERT INTO cds_pass (started, finished, after) VALUES ($1::timestamptz, NULL, 0) ON CONFLICT "
    "(only_row) DO UPDATE SET started = EXCLUDED.started, finished = NULL, after = 0"};
const Statement kAdvance{"cds_advance_pass", "UPDATE cds_pass SET after = $1::int8"};
const Statement kForget{"cds_forget",
                        "DELETE FROM cds_scans WHERE at < (SELECT started FROM cds_pass)"};
const Statement kFinish{"cds_finish_pass", "UPDATE cds_pass SET finished = $1::timestamptz"};

const Statement kNext{
    "cds_next",
    Concat("SELECT ", kScannedColumns,
           " FROM domains WHERE id > $1::int8 AND name_servers <> '{}' AND ($3::bool OR ds <> '{}' "
           "OR partner_ds IS NOT NULL) ORDER BY id LIMIT $2::int4")};
const Statement kRequests{"cds_requested",
                          "SELECT name FROM cds_requests ORDER BY at, name LIMIT $1::int4"};
const Statement kByName{"cds_by_name", Concat("SELECT ", kScannedColumns,
                                              " FROM domains WHERE name = ANY($1::text[])")};
const Statement kRemove{"cds_remove_requests",
                        "DELETE FROM cds_requests WHERE name = ANY($1::text[])"};

const Statement kHosts{"cds_hosts",
                       Concat("SELECT ", kHostColumns, " FROM hosts WHERE id = ANY($1::int8[])")};
constexpr char kScanColumns[] = "name, domain, at, since, result, problem, about, wish";
const Statement kScans{"cds_scans_of", Concat("SELECT ", kScanColumns,
                                              " FROM cds_scans WHERE domain = ANY($1::int8[])")};
const Statement kKeep{
    "cds_keep",
    "INSERT INTO cds_scans AS s (name, domain, at, since, result, problem, about, wish) SELECT "
    "u.name, "
    "u.domain, u.at, u.at, u.result, u.problem, u.about, u.wish FROM unnest($1::text[], "
    "$2::int8[], "
    "$3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[]) AS u(name, domain, at, "
    "result, problem, about, wish) ORDER BY u.name ON CONFLICT (name) DO UPDATE SET domain = "
    "EXCLUDED.domain, at = EXCLUDED.at, since = CASE WHEN (s.domain, s.result, s.problem, s.wish) "
    "= "
    "(EXCLUDED.domain, EXCLUDED.result, EXCLUDED.problem, EXCLUDED.wish) THEN s.since ELSE "
    "EXCLUDED.since END, result = EXCLUDED.result, problem = EXCLUDED.problem, about = "
    "EXCLUDED.about, wish = EXCLUDED.wish"};
const Statement kNothing{"cds_nothing", "DELETE FROM cds_scans WHERE name = ANY($1::text[])"};
const Statement kScan{"cds_scan",
                      Concat("SELECT ", kScanColumns, " FROM cds_scans WHERE name = $1::text")};
const Statement kRequest{"cds_request",
                         "INSERT INTO cds_requests (name, at) VALUES ($1::text, $2::timestamptz) "
                         "ON CONFLICT DO NOTHING"};

ConnectionOptions Options() {
  ConnectionOptions options;
  options.application = "postel-cds";
  options.statement_timeout = absl::Minutes(2);
  options.answer_timeout = absl::Minutes(3);
  return options;
}

CdsScan ReadScan(RowReader row) {
  CdsScan scan;
  scan.name = DomainName::Trusted(row.Text());
  scan.domain = DomainKey{row.Int8()};
  scan.at = row.Time();
  scan.since = row.Time();
  scan.result = row.Text();
  scan.problem = row.Text();
  scan.about = row.Text();
  scan.wish = row.Text();
  return scan;
}

absl::StatusOr<std::optional<CdsScans::Pass>> ReadPass(Session& session) {
  auto result = session.Run(kPass);
  if (!result.ok()) return result.status();
  if (result->rows() == 0) return std::nullopt;
  RowReader row = result->Row(0);
  CdsScans::Pass pass;
  pass.started = row.Time();
  pass.finished = row.OptionalTime();
  pass.after = row.Int8();
  return pass;
}

Texts TextsOf(const std::vector<std::string>& texts) {
  Texts array;
  for (const std::string& text : texts) array.Add(text);
  return array;
}

std::vector<Domain> ReadDomains(Result& result) {
  std::vector<Domain> domains;
  for (int i = 0; i < result.rows(); ++i) domains.push_back(ReadDomain(result.Row(i)));
  return domains;
}

}  // namespace

CdsScans::CdsScans(const std::string& database)
    : session_(std::make_unique<Session>(database, Options())) {}
CdsScans::~CdsScans() = default;

absl::StatusOr<bool> CdsScans::Claim() {
  auto result = session_->Run(kClaim);
  if (!result.ok()) return result.status();
  return result->Row(0).Bool();
}

absl::StatusOr<std::optional<CdsScans::Pass>> CdsScans::LastPass() { return ReadPass(*session_); }

absl::StatusOr<CdsScans::Keys> CdsScans::DomainKeys() {
  absl::StatusOr<Result> result = session_->Run(kKeys, Parameters());
  if (!result.ok()) return result.status();
  RowReader row = result->Row(0);
  Keys keys;
  keys.first = row.Int8();
  keys.last = row.Int8();
  return keys;
}

absl::Status CdsScans::BeginPass(absl::Time now) {
  return session_->Run(kBegin, Parameters().Add(now)).status();
}

absl::Status CdsScans::AdvancePass(int64_t after) {
  return session_->Run(kAdvance, Parameters().Add(after)).status();
}

absl::Status CdsScans::FinishPass(absl::Time now) {
  if (auto forgotten = session_->Run(kForget); !forgotten.ok()) return forgotten.status();
  return session_->Run(kFinish, Parameters().Add(now)).status();
}

absl::StatusOr<CdsBatch> CdsScans::Next(int64_t after, int limit, bool insecure) {
  auto result = session_->Run(kNext, Parameters().Add(after).Add(int32_t{limit}).Add(insecure));
  if (!result.ok()) return result.status();
  CdsBatch batch;
  batch.domains = ReadDomains(*result);
  return AddDetails(std::move(batch));
}

absl::StatusOr<CdsScans::Requests> CdsScans::Requested(int limit) {
  auto result = session_->Run(kRequests, Parameters().Add(int32_t{limit}));
  if (!result.ok()) return result.status();
  Requests requests;
  for (int i = 0; i < result->rows(); ++i) requests.names.push_back(result->Row(i).Text());
  if (requests.names.empty()) return requests;
  auto batch = Named(requests.names);
  if (!batch.ok()) return batch.status();
  requests.batch = *std::move(batch);
  return requests;
}

absl::StatusOr<CdsBatch> CdsScans::Named(const std::vector<std::string>& names) {
  auto result = session_->Run(kByName, Parameters().Add(TextsOf(names)));
  if (!result.ok()) return result.status();
  CdsBatch batch;
  batch.domains = ReadDomains(*result);
  return AddDetails(std::move(batch));
}

absl::Status CdsScans::RemoveRequests(const std::vector<std::string>& names) {
  return session_->Run(kRemove, Parameters().Add(TextsOf(names))).status();
}

absl::StatusOr<CdsBatch> CdsScans::AddDetails(CdsBatch batch) {
  absl::flat_hash_set<HostKey> wanted;
  Int8s hosts, domains;
  for (const Domain& domain : batch.domains) {
    domains.Add(Number(domain.key));
    for (const HostKey host : domain.name_servers) {
      if (wanted.insert(host).second) hosts.Add(Number(host));
    }
  }
  if (domains.empty()) return batch;
  auto result = session_->Run(kHosts, Parameters().Add(hosts));
  if (!result.ok()) return result.status();
  for (int i = 0; i < result->rows(); ++i) {
    Host host = ReadHost(result->Row(i));
    batch.hosts.insert_or_assign(host.key, std::move(host));
  }
  result = session_->Run(kScans, Parameters().Add(domains));
  if (!result.ok()) return result.status();
  for (int i = 0; i < result->rows(); ++i) {
    CdsScan scan = ReadScan(result->Row(i));
    batch.scans.insert_or_assign(scan.name.text(), std::move(scan));
  }
  return batch;
}

absl::Status CdsScans::Keep(const std::vector<CdsScan>& found,
                            const std::vector<std::string>& nothing) {
  if (!nothing.empty()) {
    auto removed = session_->Run(kNothing, Parameters().Add(TextsOf(nothing)));
    if (!removed.ok()) return removed.status();
  }
  if (found.empty()) return absl::OkStatus();
  Texts names, results, problems, abouts, wishes;
  Int8s domains;
  Times at;
  for (const CdsScan& scan : found) {
    names.Add(scan.name.text());
    domains.Add(Number(scan.domain));
    at.Add(scan.at);
    results.Add(scan.result);
    problems.Add(scan.problem);
    abouts.Add(scan.about);
    wishes.Add(scan.wish);
  }
  return session_
      ->Run(kKeep,
            Parameters().Add(names).Add(domains).Add(at).Add(results).Add(problems).Add(abouts).Add(
                wishes))
      .status();
}

absl::StatusOr<std::optional<CdsScan>> ReadCdsScan(const std::string& database,
                                                   const DomainName& name) {
  Session session(database, Options());
  auto result = session.Run(kScan, Parameters().Add(name.text()));
  if (!result.ok()) return result.status();
  if (result->rows() == 0) return std::nullopt;
  return ReadScan(result->Row(0));
}

absl::StatusOr<std::optional<CdsScans::Pass>> ReadCdsPass(const std::string& database) {
  Session session(database, Options());
  return ReadPass(session);
}

absl::Status RequestCdsScan(const std::string& database, const DomainName& name, absl::Time now) {
  Session session(database, Options());
  return session.Run(kRequest, Parameters().Add(name.text()).Add(now)).status();
}

}  // namespace registry::store
