#include "registry/store/audit.h"

#include <memory>
#include <utility>

#include "registry/base/text.h"
#include "registry/lifecycle/project.h"
#include "registry/store/connection.h"
#include "registry/store/object_rows.h"
#include "registry/store/schema_version.h"
#include "registry/store/snapshot.h"

namespace registry::store {
namespace {

// SQL for the ROID of the object of that kind ('D', 'H', 'C', 'O') whose key stands in a column.
std::string Roid(std::string_view kind, std::string_view column) {
  return Concat("(", kind, " || ", column, " || '-' || (SELECT repository_id FROM registry))");
}

// SQL for an amount as money.
std::string Amount(std::string_view column) { return Concat("round(", column, " / 100.0, 2)"); }

// SQL for the pairs of TLDs in bundles.
constexpr char kPartners[] =
    "SELECT tld, substring(policy FROM '(?n)^bundle_of = ([a-z0-9-]+)$') AS of FROM tlds WHERE "
    "policy ~ '(?n)^bundle_of = [a-z0-9]'";

// SQL for what the organizations of a domain are as targets of links (model/organization_link.h).
constexpr char kOrganizationTargets[] =
    "SELECT -(split_part(e, ' ', 2)::int8 * 4 + position(left(e, 1) IN 'dpr') - 1) FROM "
    "unnest(string_to_array(d.organizations, E'\\n')) e";
// And what an organization itself refers to.
constexpr char kTargetsOfOrganization[] =
    "SELECT -(o.parent * 4 + 3) UNION SELECT o.contacts[i]::int8 FROM generate_series(2, "
    "cardinality(o.contacts), 4) i";

// Each gives subject and detail of what is wrong, at most $1 rows.
const Statement* const* Checks(size_t* count) {
  static const Statement kBalances{
      "balance-differs-from-ledger",
      Concat(
          "SELECT coalesce(r.handle, b.registrar::text), format('balance %s, ledger %s', ",
          Amount("b.balance"), ", ", Amount("coalesce(l.sum, 0)"),
          ") FROM balances b LEFT JOIN registrars r ON r.id = b.registrar LEFT JOIN (SELECT "
          "registrar, sum(amount) FROM ledger GROUP BY registrar) l ON l.registrar = b.registrar "
          "WHERE b.balance <> coalesce(l.sum, 0) ORDER BY b.registrar LIMIT $1::int4")};
  static const Statement kNoAccount{
      "ledger-without-account",
      "SELECT registrar::text, format('%s entries', count(*)) FROM ledger WHERE registrar NOT IN "
      "(SELECT registrar FROM balances) GROUP BY registrar LIMIT $1::int4"};
  static const Statement kUnpaired{
      "registrar-without-account",
      "SELECT coalesce(r.handle, b.registrar::text), 'no row in balances or registrars' FROM "
      "registrars r FULL JOIN balances b ON b.registrar = r.id WHERE r.id IS NULL OR b.registrar "
      "IS NULL LIMIT $1::int4"};
  static const Statement kTwice{
      "charged-twice",
      Concat("SELECT ", Roid("'D'", "domain"),
             ", format('%s times for \"%s\" at version %s', count(*), what, domain_version) FROM "
             "ledger WHERE domain IS NOT NULL AND kind = 'c' GROUP BY domain, domain_version, what "
             "HAVING count(*) > 1 LIMIT $1::int4")};
  static const Statement kChargeForNothing{
      "charge-without-change",
      Concat("SELECT ", Roid("'D'", "l.domain"),
             ", format('\"%s\" at version %s', l.what, l.domain_version) FROM ledger l WHERE "
             "l.kind = 'c' AND l.domain IS NOT NULL AND NOT EXISTS (SELECT FROM history h WHERE "
             "h.object = l.domain AND h.kind = 'D' AND h.number = l.number) LIMIT $1::int4")};
  static const Statement kUnpaidCreate{
      "create-without-charge",
      Concat(
          "SELECT ", Roid("'D'", "h.object"),
          ", 'created without a ledger entry' FROM history h WHERE h.kind = 'D' AND h.command = "
          "'domain-create' AND h.actor > 0 AND h.version = 1 AND NOT EXISTS (SELECT FROM ledger l "
          "WHERE l.domain = h.object AND l.number = h.number AND l.kind = 'c') LIMIT $1::int4")};
  static const Statement kLinksMissing{
      "link-missing",
      Concat("SELECT d.name, ",
             Roid("t.kind",
                  "CASE WHEN t.target < 0 THEN -t.target / 4 ELSE "
                  "t.target END"),
             " FROM domains d, LATERAL (SELECT unnest(d.name_servers) AS target, 'H' AS kind UNION "
             "SELECT unnest(d.registrant || d.contacts), 'C' UNION SELECT n.target, 'O' FROM (",
             kOrganizationTargets,
             ") n(target)) t WHERE t.target IS NOT NULL AND NOT "
             "EXISTS (SELECT FROM links l WHERE l.target = t.target AND l.domain = d.id) LIMIT "
             "$1::int4")};
  static const Statement kLinksStale{
      "link-stale",
      Concat("SELECT coalesce(d.name, o.handle, ", Roid("'D'", "l.domain"), "), ",
             Roid("CASE WHEN l.target < 0 THEN 'O' WHEN EXISTS (SELECT FROM hosts h WHERE h.id = "
                  "l.target) THEN 'H' ELSE 'C' END",
                  "CASE WHEN l.target < 0 THEN -l.target / 4 ELSE l.target END"),
             " FROM links l LEFT JOIN domains d ON d.id = l.domain LEFT JOIN organizations o ON "
             "d.id IS NULL AND o.id = l.domain WHERE CASE WHEN o.id IS NOT NULL THEN l.target NOT "
             "IN (SELECT * FROM (",
             kTargetsOfOrganization,
             ") t(target) WHERE t.target IS NOT NULL) WHEN d.id IS NULL THEN true WHEN l.target < "
             "0 THEN l.target NOT IN (",
             kOrganizationTargets,
             ") ELSE NOT coalesce(l.target = ANY(d.name_servers || d.registrant || d.contacts), "
             "false) END LIMIT $1::int4")};
  static const Statement kOrganizationLinks{
      "organization-link-missing",
      Concat("SELECT o.handle, CASE WHEN t.target < 0 THEN 'parent' ELSE 'contact' END FROM "
             "organizations o, LATERAL (",
             kTargetsOfOrganization,
             ") t(target) WHERE t.target IS NOT NULL AND NOT EXISTS (SELECT FROM links l WHERE "
             "l.target = t.target AND l.domain = o.id) LIMIT $1::int4")};
  // Of a domain or another organization.
  static const Statement kNoOrganization{
      "organization-missing",
      "SELECT r.name, r.handle FROM (SELECT d.name, split_part(e, ' ', 2)::int8 AS target, "
      "substring(e FROM '^. [0-9]+ (.*)$') AS handle FROM domains d, "
      "unnest(string_to_array(d.organizations, E'\\n')) e UNION ALL SELECT handle, parent, "
      "parent_handle FROM organizations WHERE parent IS NOT NULL) r WHERE NOT EXISTS (SELECT FROM "
      "organizations o WHERE o.id = r.target AND o.handle = r.handle) LIMIT $1::int4"};
  static const Statement kNoHost{
      "name-server-missing",
      Concat("SELECT d.name, ", Roid("'H'", "t.target"),
             " FROM domains d, unnest(d.name_servers) AS t(target) WHERE NOT EXISTS (SELECT FROM "
             "hosts h WHERE h.id = t.target) LIMIT $1::int4")};
  static const Statement kNoContact{
      "contact-missing",
      Concat("SELECT d.name, ", Roid("'C'", "t.target"),
             " FROM domains d, LATERAL (SELECT DISTINCT unnest(d.registrant || d.contacts) AS "
             "target) t WHERE t.target IS NOT NULL AND NOT EXISTS (SELECT FROM contacts c WHERE "
             "c.id = t.target) LIMIT $1::int4")};
  static const Statement kNoSuperordinate{
      "superordinate-missing",
      Concat("SELECT h.name, ", Roid("'D'", "h.superordinate"),
             " FROM hosts h LEFT JOIN domains d ON d.id = h.superordinate WHERE h.superordinate IS "
             "NOT NULL AND NOT EXISTS (SELECT FROM (SELECT d.name UNION ALL SELECT "
             "split_part(d.name, '.', 1) || '.' || p.tld FROM (",
             kPartners,
             ") p WHERE p.of = split_part(d.name, '.', 2)) n(name) WHERE h.name = n.name OR "
             "right(h.name, length(n.name) + 1) = '.' || n.name) LIMIT $1::int4")};
  static const Statement kPartnerKept{
      "second-name-kept",
      Concat("SELECT d.name, 'a name in ' || p.tld || ' is that of a domain of ' || p.of FROM "
             "domains d JOIN (",
             kPartners, ") p ON p.tld = split_part(d.name, '.', 2) LIMIT $1::int4")};
  static const Statement kNoSponsor{
      "sponsor-missing",
      "SELECT o.name, o.sponsor::text FROM (SELECT name, sponsor FROM domains UNION ALL SELECT "
      "name, sponsor FROM hosts UNION ALL SELECT handle, sponsor FROM contacts UNION ALL SELECT "
      "handle, sponsor FROM organizations) o WHERE o.sponsor > 0 AND NOT EXISTS (SELECT FROM "
      "registrars r WHERE r.id = o.sponsor) LIMIT $1::int4"};
  static const Statement kNoHistory{
      "history-missing",
      "SELECT o.name, format('version %s', o.version) FROM (SELECT id, 'D'::\"char\" AS kind, "
      "name, version FROM domains UNION ALL SELECT id, 'H', name, version FROM hosts UNION ALL "
      "SELECT id, 'C', handle, version FROM contacts UNION ALL SELECT id, 'O', handle, version "
      "FROM organizations) o WHERE NOT EXISTS (SELECT FROM history h "
      "WHERE h.object = o.id AND h.kind = o.kind AND h.version = o.version) LIMIT $1::int4"};
  // The domains' entries have a check of their own, below.
  static const Statement kNoContactCalendar{
      "calendar-entry-missing",
      "SELECT c.handle, c.acted::text FROM (SELECT id, handle, to_timestamp(split_part(transfer, ' "
      "', 5)::int8 / 1000.0) AS acted FROM contacts WHERE transfer LIKE '0 %') c WHERE NOT EXISTS "
      "(SELECT FROM contact_calendar e WHERE e.contact = c.id AND e.at = c.acted) LIMIT $1::int4"};
  static const Statement kListedFlag{
      "listed-flag-differs",
      "SELECT t.tld, 'tlds.listed does not tell whether listed_labels has labels' FROM tlds t "
      "WHERE "
      "t.listed <> EXISTS (SELECT FROM listed_labels l WHERE l.tld = t.tld) LIMIT $1::int4"};
  static const Statement kTokenUses{
      "token-use-not-counted",
      "SELECT d.name, format('token %s, %s uses, %s domains', d.token, t.uses, d.domains) FROM "
      "(SELECT min(name) AS name, split_part(token, ' ', 1)::int8 AS token, count(*) AS domains "
      "FROM domains WHERE token IS NOT NULL GROUP BY 2) d LEFT JOIN allocation_tokens t ON t.id = "
      "d.token WHERE t.id IS NULL OR t.uses < d.domains LIMIT $1::int4"};
  static const Statement kAddGrace{
      "agp-excess-not-booked",
      Concat(
          "SELECT coalesce(r.handle, c.registrar::text), format('%s in %s: due %s, charged %s', "
          "c.tld, to_char(c.month AT TIME ZONE 'UTC', 'YYYY-MM'), ",
          Amount("c.amount"), ", ", Amount("c.booked"),
          ") FROM (SELECT c.*, (SELECT coalesce(-sum(l.amount), 0) FROM ledger l WHERE l.at = "
          "c.at AND l.registrar = c.registrar AND l.kind = 'c' AND l.domain IS NULL AND l.what = "
          "format('agp excess %s %s', to_char(c.month AT TIME ZONE 'UTC', 'YYYY-MM'), c.tld)) AS "
          "booked FROM agp_charges c) c LEFT JOIN registrars r ON r.id = c.registrar WHERE "
          "c.booked <> c.amount LIMIT $1::int4")};
  static const Statement* const kAll[] = {
      &kBalances,         &kNoAccount,         &kUnpaired,          &kTwice,
      &kChargeForNothing, &kUnpaidCreate,      &kLinksMissing,      &kLinksStale,
      &kNoHost,           &kNoContact,         &kNoSuperordinate,   &kNoSponsor,
      &kNoHistory,        &kNoContactCalendar, &kPartnerKept,       &kListedFlag,
      &kTokenUses,        &kAddGrace,          &kOrganizationLinks, &kNoOrganization};
  *count = std::size(kAll);
  return kAll;
}

Finding CutOff(std::string check, int limit) {
  return {std::move(check), "...", Concat("there are more than these ", limit)};
}

// What the clock will do is computed by the core, so this check is too. Domains and their entries
// come together, in the order of keys.
class CalendarCheck {
 public:
  CalendarCheck(int limit, std::vector<Finding>& findings)
      : limit_(limit), left_(limit), findings_(findings) {}

  absl::Status Look(RowReader row) {
    std::vector<int64_t> entries = row.Int8Array();
    const Domain domain = ReadDomain(row);
    const absl::Time next = NextEvent(domain);
    if (next == absl::InfiniteFuture() || left_ < 0) return absl::OkStatus();
    for (int64_t entry : entries) {
      if (absl::FromUnixMillis(entry) == next) return absl::OkStatus();
    }
    if (left_-- == 0) {
      findings_.push_back(CutOff("calendar-entry-missing", limit_));
      return absl::OkStatus();
    }
    findings_.push_back({"calendar-entry-missing", domain.name.text(),
                         absl::FormatTime(absl::RFC3339_full, next, absl::UTCTimeZone())});
    return absl::OkStatus();
  }

 private:
  const int limit_;
  int left_;
  std::vector<Finding>& findings_;
};

absl::Status AuditCalendar(Connection& connection, int limit, std::vector<Finding>& findings) {
  CalendarCheck check(limit, findings);
  const std::string sql =
      std::string(
          "COPY (WITH entries AS MATERIALIZED (SELECT domain, array_agg((extract(epoch FROM at) * "
          "1000)::int8) AS at FROM calendar GROUP BY domain) SELECT coalesce(e.at, '{}'), ") +
      kDomainColumns +
      " FROM domains LEFT JOIN entries e ON e.domain = domains.id) TO STDOUT (FORMAT binary)";
  return connection.CopyOut(sql, [&](RowReader row) { return check.Look(row); });
}

}  // namespace

absl::StatusOr<std::vector<Finding>> Audit(const std::string& database, int limit) {
  absl::StatusOr<std::unique_ptr<Connection>> connection = OpenSnapshot(database, "postel-audit");
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  std::vector<Finding> findings;
  size_t count = 0;
  const Statement* const* checks = Checks(&count);
  for (size_t i = 0; i < count; ++i) {
    absl::StatusOr<Result> result =
        (*connection)->Run(*checks[i], Parameters().Add(int32_t{limit + 1}));
    if (!result.ok()) return result.status();
    for (int row = 0; row < result->rows(); ++row) {
      if (row == limit) {
        findings.push_back(CutOff(checks[i]->name, limit));
        break;
      }
      RowReader reader = result->Row(row);
      std::string subject = reader.TextOrEmpty();
      findings.push_back({checks[i]->name, std::move(subject), reader.TextOrEmpty()});
    }
  }
  if (absl::Status status = AuditCalendar(**connection, limit, findings); !status.ok()) {
    return status;
  }
  return findings;
}

}  // namespace registry::store
