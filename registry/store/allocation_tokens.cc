#include "registry/store/allocation_tokens.h"

#include <memory>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/schema_version.h"

namespace registry::store {
namespace {

absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& database) {
  ConnectionOptions options;
  options.application = "postel-tokens";
  auto connection = Connection::Open(database, options);
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  return connection;
}

// NULL for what is not said.
void AddText(Texts& column, std::string_view text) {
  if (text.empty()) {
    column.AddNull();
  } else {
    column.Add(text);
  }
}

Parameters Arrays(const std::vector<AllocationToken>& tokens) {
  ByteStrings digests;
  Letters kinds, purposes;
  Int4s registrars, discounts, years;
  Texts tlds, names;
  Times starts, ends;
  Int8s uses, prices;
  for (const AllocationToken& token : tokens) {
    digests.Add(Bytes{token.digest});
    kinds.Add(static_cast<char>(token.kind));
    purposes.Add(static_cast<char>(token.purpose));
    if (token.registrar == kNoRegistrar) {
      registrars.AddNull();
    } else {
      registrars.Add(Number(token.registrar));
    }
    AddText(tlds, token.tld);
    AddText(names, token.name.text());
    if (token.starts == absl::InfinitePast()) {
      starts.AddNull();
    } else {
      starts.Add(token.starts);
    }
    if (token.ends == absl::InfiniteFuture()) {
      ends.AddNull();
    } else {
      ends.Add(token.ends);
    }
    uses.Add(token.max_uses);
    discounts.Add(token.discount);
    if (token.price) {
      prices.Add(token.price->minor);
    } else {
      prices.AddNull();
    }
    years.Add(token.promoted_years);
  }
  return Parameters()
      .Add(digests)
      .Add(kinds)
      .Add(purposes)
      .Add(registrars)
      .Add(tlds)
      .Add(names)
      .Add(starts)
      .Add(ends)
      .Add(uses)
      .Add(discounts)
      .Add(prices)
      .Add(years);
}

}  // namespace

AllocationToken ReadAllocationToken(RowReader& row) {
  AllocationToken token;
  token.key = row.Int8();
  token.digest = row.Bytes();
  token.kind = static_cast<AllocationToken::Kind>(row.Letter());
  token.purpose = static_cast<AllocationToken::Purpose>(row.Letter());
  if (!row.SkipNull()) token.registrar = RegistrarKey{row.Int4()};
  token.tld = row.TextOrEmpty();
  token.name = DomainName::Trusted(row.TextOrEmpty());
  token.starts = row.OptionalTime().value_or(absl::InfinitePast());
  token.ends = row.OptionalTime().value_or(absl::InfiniteFuture());
  token.max_uses = row.Int8();
  token.uses = row.Int8();
  token.revoked = row.Bool();
  token.discount = row.Int4();
  if (!row.SkipNull()) token.price = Money{row.Int8()};
  token.promoted_years = row.Int4();
  return token;
}

absl::StatusOr<std::vector<int64_t>> CreateTokens(const std::string& database,
                                                  const std::vector<AllocationToken>& tokens,
                                                  const std::string& by, absl::Time now) {
  static const Statement kInsert{
      "insert_tokens",
      "INSERT INTO allocation_tokens (digest, kind, purpose, registrar, tld, name, starts, ends, "
      "max_uses, discount, price, promoted_years, made, made_by) SELECT u.*, $13::timestamptz, "
      "$14::text FROM unnest($1::bytea[], $2::\"char\"[], $3::\"char\"[], $4::int4[], "
      "$5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::int8[], $10::int4[], "
      "$11::int8[], $12::int4[]) AS u ON CONFLICT (digest) DO NOTHING RETURNING id, digest"};
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  if (absl::Status begun = (*connection)->Script("BEGIN"); !begun.ok()) return begun;
  auto result = (*connection)->Run(kInsert, Arrays(tokens).Add(now).Add(by));
  if (!result.ok()) return result.status();
  if (result->rows() != std::ssize(tokens)) {
    (void)(*connection)->Script("ROLLBACK");
    return absl::AlreadyExistsError("there is a token with this text already");
  }
  if (absl::Status done = (*connection)->Script("COMMIT"); !done.ok()) return done;
  absl::flat_hash_map<std::string_view, size_t> places;
  for (size_t at = 0; at < tokens.size(); ++at) places.emplace(tokens[at].digest, at);
  std::vector<int64_t> keys(tokens.size());
  for (int i = 0; i < result->rows(); ++i) {
    RowReader row = result->Row(i);
    const int64_t key = row.Int8();
    const std::string digest = row.Bytes();
    keys[places.at(digest)] = key;
  }
  return keys;
}

absl::StatusOr<std::vector<TokenRecord>> ReadTokens(const std::string& database, bool all,
                                                    absl::Time now) {
  static const Statement kRead{
      "read_tokens",
      Concat("SELECT ", kTokenColumns,
             ", made, made_by, revoked, revoked_by FROM allocation_tokens WHERE $1::bool OR "
             "(revoked IS NULL AND coalesce(ends > $2::timestamptz, true) AND (max_uses = 0 OR "
             "uses < max_uses)) ORDER BY id")};
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  auto result = (*connection)->Run(kRead, Parameters().Add(all).Add(now));
  if (!result.ok()) return result.status();
  std::vector<TokenRecord> records;
  for (int i = 0; i < result->rows(); ++i) {
    RowReader row = result->Row(i);
    TokenRecord record;
    record.token = ReadAllocationToken(row);
    record.made = row.Time();
    record.made_by = row.Text();
    record.revoked = row.OptionalTime();
    record.revoked_by = row.TextOrEmpty();
    records.push_back(std::move(record));
  }
  return records;
}

absl::Status RevokeToken(const std::string& database, int64_t key, const std::string& by,
                         absl::Time now) {
  static const Statement kRevoke{
      "revoke_token",
      "UPDATE allocation_tokens SET revoked = coalesce(revoked, $2::timestamptz), revoked_by = "
      "coalesce(revoked_by, $3::text) WHERE id = $1::int8 RETURNING 1"};
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  auto result = (*connection)->Run(kRevoke, Parameters().Add(key).Add(now).Add(by));
  if (!result.ok()) return result.status();
  if (result->rows() == 0) return absl::NotFoundError("there is no such token");
  return absl::OkStatus();
}

}  // namespace registry::store
