#include "registry/store/rdds_tokens.h"

#include <memory>
#include <utility>

#include "registry/store/schema_version.h"

namespace registry::store {
namespace {

const Statement kTell{"tell_rdds_tokens",
                      "WITH changed AS (UPDATE registry SET version = version + 1 RETURNING 1) "
                      "SELECT pg_notify('postel_directory', '')::text FROM changed"};

absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& database) {
  ConnectionOptions options;
  options.application = "postel-rdds-tokens";
  auto connection = Connection::Open(database, options);
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  return connection;
}

// Runs the statement and makes the change known, in one transaction, if it gave a row. What fails
// leaves the transaction to the end of the connection.
absl::StatusOr<bool> Change(const std::string& database, const Statement& statement,
                            const Parameters& parameters) {
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  if (absl::Status begun = (*connection)->Script("BEGIN"); !begun.ok()) return begun;
  auto changed = (*connection)->Run(statement, parameters);
  if (!changed.ok()) return changed.status();
  if (changed->rows() == 0) return false;
  if (auto told = (*connection)->Run(kTell); !told.ok()) return told.status();
  if (absl::Status done = (*connection)->Script("COMMIT"); !done.ok()) return done;
  return true;
}

}  // namespace

const Statement& RddsTokensInOrder() {
  static const Statement statement{
      "load_rdds_tokens",
      "SELECT id, name, digest, unredacted, reverse_search, per_minute, purpose, made, made_by, "
      "expires, revoked, revoked_by FROM rdds_tokens ORDER BY id"};
  return statement;
}

std::vector<RddsToken> ReadRddsTokens(Result& result) {
  std::vector<RddsToken> tokens;
  for (int i = 0; i < result.rows(); ++i) {
    RowReader row = result.Row(i);
    RddsToken token;
    token.key = row.Int8();
    token.name = row.Text();
    token.digest = row.Bytes();
    token.unredacted = row.Bool();
    token.reverse_search = row.Bool();
    token.per_minute = row.Int4();
    token.purpose = row.Text();
    token.made = row.Time();
    token.made_by = row.Text();
    token.expires = row.OptionalTime().value_or(absl::InfiniteFuture());
    token.revoked = row.OptionalTime().value_or(absl::InfiniteFuture());
    token.revoked_by = row.TextOrEmpty();
    tokens.push_back(std::move(token));
  }
  return tokens;
}

absl::Status CreateRddsToken(const std::string& database, const RddsToken& token) {
  static const Statement kInsert{
      "insert_rdds_token",
      "INSERT INTO rdds_tokens (name, digest, unredacted, reverse_search, per_minute, purpose, "
      "made, made_by, expires) VALUES ($1::text, $2::bytea, $3::bool, $4::bool, $5::int4, "
      "$6::text, $7::timestamptz, $8::text, CASE WHEN $9::bool THEN $10::timestamptz END) ON "
      "CONFLICT DO NOTHING RETURNING id"};
  const bool ends = token.expires != absl::InfiniteFuture();
  const auto made = Change(database, kInsert,
                           Parameters()
                               .Add(token.name)
                               .Add(Bytes{token.digest})
                               .Add(token.unredacted)
                               .Add(token.reverse_search)
                               .Add(int32_t{token.per_minute})
                               .Add(token.purpose)
                               .Add(token.made)
                               .Add(token.made_by)
                               .Add(ends)
                               .Add(ends ? token.expires : token.made));
  if (!made.ok()) return made.status();
  if (!*made) return absl::AlreadyExistsError("there is a token of this name already");
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RddsToken>> ListRddsTokens(const std::string& database) {
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  auto result = (*connection)->Run(RddsTokensInOrder());
  if (!result.ok()) return result.status();
  return ReadRddsTokens(*result);
}

absl::Status RevokeRddsToken(const std::string& database, const std::string& name,
                             const std::string& by, absl::Time now) {
  static const Statement kRevoke{
      "revoke_rdds_token",
      "UPDATE rdds_tokens SET revoked = coalesce(revoked, $2::timestamptz), revoked_by = "
      "coalesce(revoked_by, $3::text) WHERE name = $1::text RETURNING id"};
  const auto revoked = Change(database, kRevoke, Parameters().Add(name).Add(now).Add(by));
  if (!revoked.ok()) return revoked.status();
  if (!*revoked) return absl::NotFoundError("there is no token of this name");
  return absl::OkStatus();
}

}  // namespace registry::store
