#include "registry/store/delegation_reader.h"

#include <utility>

#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/object_rows.h"

namespace registry::store {
namespace {

const Statement kDomains{"zone_domains", Concat("SELECT ", kDelegationColumns,
                                                " FROM domains WHERE name = ANY($1::text[])")};
const Statement kHosts{"zone_hosts",
                       Concat("SELECT ", kHostColumns, " FROM hosts WHERE id = ANY($1::int8[])")};
const Statement kHostsByName{
    "zone_hosts_by_name",
    Concat("SELECT ", kHostColumns, " FROM hosts WHERE name = ANY($1::text[])")};
// Of the hosts h(id, after) of which each has a row.
std::string UsersSql(std::string_view hosts) {
  return Concat("SELECT host, ", kDelegationColumns, " FROM (SELECT h.id AS host, d.* FROM ", hosts,
                " CROSS JOIN LATERAL (SELECT domains.* FROM links JOIN domains ON domains.id = "
                "links.domain WHERE links.target = h.id AND links.domain > h.after AND "
                "right(domains.name, length($3::text)) = $3::text ORDER BY links.domain LIMIT "
                "$4::int4) d ORDER BY h.id, d.id) x");
}
const Statement kUsers{"zone_host_users", UsersSql("unnest($1::int8[], $2::int8[]) h(id, after)")};
const Statement kUsersByName{
    "zone_host_users_by_name",
    UsersSql("(SELECT hosts.id, u.after FROM unnest($1::text[], $2::int8[]) u(name, after) JOIN "
             "hosts ON hosts.name = u.name) h")};
const Statement kServed{
    "zone_host_serves",
    "SELECT domains.id, domains.name FROM links JOIN domains ON domains.id = links.domain WHERE "
    "links.target = $1::int8 AND links.domain > $2::int8 AND right(domains.name, "
    "length($3::text)) = $3::text ORDER BY links.domain LIMIT $4::int4"};
const Statement kDue{
    "zone_due",
    "SELECT calendar.at, domains.name FROM calendar JOIN domains ON domains.id = calendar.domain "
    "WHERE calendar.at > $1::timestamptz AND calendar.at <= $2::timestamptz AND "
    "right(domains.name, length($3::text)) = $3::text ORDER BY calendar.at LIMIT $4::int4"};
const Statement kBarrier{"zone_barrier", "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"};
const Statement kLock{"zone_lock", "SELECT pg_try_advisory_lock(hashtextextended($1::text, 0))"};

std::string Suffix(std::string_view tld) { return Concat(".", tld); }

Int8s Keys(const std::vector<HostKey>& keys) {
  Int8s numbers;
  for (HostKey key : keys) numbers.Add(Number(key));
  return numbers;
}

Texts Names(const std::vector<std::string>& names) {
  Texts texts;
  for (const std::string& name : names) texts.Add(name);
  return texts;
}

}  // namespace

absl::StatusOr<ChangedRows> ReadChanged(Connection& connection,
                                        const std::vector<std::string>& domains,
                                        const std::vector<HostKey>& hosts) {
  connection.Queue(kDomains, Parameters().Add(Names(domains)));
  connection.Queue(kHosts, Parameters().Add(Keys(hosts)));
  absl::StatusOr<std::vector<Result>> results = connection.Run();
  if (!results.ok()) return results.status();
  ChangedRows rows;
  for (int i = 0; i < (*results)[0].rows(); ++i) {
    rows.domains.push_back(ReadDomain((*results)[0].Row(i)));
  }
  for (int i = 0; i < (*results)[1].rows(); ++i) {
    rows.hosts.push_back(ReadHost((*results)[1].Row(i)));
  }
  return rows;
}

absl::StatusOr<HostRows> ReadHosts(Connection& connection, const std::vector<HostKey>& keys,
                                   const std::vector<std::string>& names,
                                   const std::vector<UsersOf>& users, std::string_view tld,
                                   int limit) {
  Texts used_names;
  Int8s used, after, after_names;
  for (const UsersOf& of : users) {
    if (Number(of.host) != 0) {
      used.Add(Number(of.host));
      after.Add(Number(of.after));
    } else {
      used_names.Add(of.name);
      after_names.Add(Number(of.after));
    }
  }
  const std::string suffix = Suffix(tld);
  connection.Queue(kHosts, Parameters().Add(Keys(keys)));
  connection.Queue(kHostsByName, Parameters().Add(Names(names)));
  connection.Queue(kUsers, Parameters().Add(used).Add(after).Add(suffix).Add(int32_t{limit}));
  connection.Queue(kUsersByName,
                   Parameters().Add(used_names).Add(after_names).Add(suffix).Add(int32_t{limit}));
  absl::StatusOr<std::vector<Result>> results = connection.Run();
  if (!results.ok()) return results.status();
  HostRows rows;
  for (int which = 0; which < 2; ++which) {
    for (int i = 0; i < (*results)[which].rows(); ++i) {
      rows.hosts.push_back(ReadHost((*results)[which].Row(i)));
    }
  }
  for (int which = 2; which < 4; ++which) {
    for (int i = 0; i < (*results)[which].rows(); ++i) {
      RowReader row = (*results)[which].Row(i);
      const HostKey host{row.Int8()};
      rows.users.push_back({host, ReadDomain(row)});
    }
  }
  return rows;
}

absl::StatusOr<std::vector<NamedDomain>> ReadServed(Connection& connection, HostKey host,
                                                    DomainKey after, std::string_view tld,
                                                    int limit) {
  absl::StatusOr<Result> result = connection.Run(
      kServed,
      Parameters().Add(Number(host)).Add(Number(after)).Add(Suffix(tld)).Add(int32_t{limit}));
  if (!result.ok()) return result.status();
  std::vector<NamedDomain> served;
  for (int i = 0; i < result->rows(); ++i) {
    RowReader row = result->Row(i);
    const DomainKey key{row.Int8()};
    served.push_back({key, row.Text()});
  }
  return served;
}

absl::StatusOr<std::vector<DueDomain>> ReadDue(Connection& connection, absl::Time after,
                                               absl::Time until, std::string_view tld, int limit) {
  absl::StatusOr<Result> result =
      connection.Run(kDue, Parameters().Add(after).Add(until).Add(Suffix(tld)).Add(int32_t{limit}));
  if (!result.ok()) return result.status();
  std::vector<DueDomain> due;
  for (int i = 0; i < result->rows(); ++i) {
    RowReader row = result->Row(i);
    const absl::Time at = row.Time();
    due.push_back({at, row.Text()});
  }
  return due;
}

absl::StatusOr<uint64_t> ReadTransactionBarrier(Connection& connection) {
  absl::StatusOr<Result> result = connection.Run(kBarrier);
  if (!result.ok()) return result.status();
  return std::stoull(result->Row(0).Text());
}

absl::StatusOr<bool> TryLock(Connection& connection, std::string_view name) {
  absl::StatusOr<Result> result = connection.Run(kLock, Parameters().Add(name));
  if (!result.ok()) return result.status();
  return result->Row(0).Bool();
}

}  // namespace registry::store
