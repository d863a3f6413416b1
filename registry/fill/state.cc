#include "registry/fill/state.h"

#include "absl/time/civil_time.h"
#include "registry/base/text.h"

namespace fill {

using registry::Concat;
using registry::store::Connection;
using registry::store::Parameters;
using registry::store::Result;
using registry::store::RowReader;
using registry::store::Statement;

int64_t State::domains() const {
  int64_t sum = 0;
  for (const auto& [number, batch] : batches) sum += batch.domains;
  return sum;
}

absl::StatusOr<State> OpenState(Connection& connection, absl::CivilDay reference,
                                int64_t batch_size) {
  const absl::Status made = connection.Script(
      "BEGIN; CREATE SCHEMA IF NOT EXISTS fill;"
      "CREATE TABLE IF NOT EXISTS fill.begun (only_row boolean PRIMARY KEY DEFAULT true CHECK "
      "(only_row), edition int NOT NULL, reference timestamptz NOT NULL, batch_size bigint NOT "
      "NULL);"
      "CREATE TABLE IF NOT EXISTS fill.batches (number bigint PRIMARY KEY, domains bigint NOT "
      "NULL, holder bigint NOT NULL); COMMIT");
  if (!made.ok()) return made;
  static const Statement kBegin{
      "begin_fill",
      "INSERT INTO fill.begun (edition, reference, batch_size) VALUES ($1::int4, $2::timestamptz, "
      "$3::int8) ON CONFLICT DO NOTHING"};
  static const Statement kRead{"read_fill",
                               "SELECT edition, reference, batch_size FROM fill.begun"};
  static const Statement kBatches{"read_fill_batches",
                                  "SELECT number, domains, holder FROM fill.batches"};
  connection.Queue(kBegin, Parameters()
                               .Add(int32_t{kEdition})
                               .Add(absl::FromCivil(reference, absl::UTCTimeZone()))
                               .Add(batch_size));
  connection.Queue(kRead);
  connection.Queue(kBatches);
  absl::StatusOr<std::vector<Result>> results = connection.Run();
  if (!results.ok()) return results.status();
  RowReader begun = (*results)[1].Row(0);
  if (const int32_t edition = begun.Int4(); edition != kEdition) {
    return absl::FailedPreconditionError(
        Concat("this registry was filled by another version of this program (edition ", edition,
               ", here ", kEdition, "), whose domains are others; make a new sandbox"));
  }
  State state;
  state.reference = absl::ToCivilDay(begun.Time(), absl::UTCTimeZone());
  state.batch_size = begun.Int8();
  Result& batches = (*results)[2];
  for (int i = 0; i < batches.rows(); ++i) {
    RowReader row = batches.Row(i);
    const int64_t number = row.Int8();
    const int64_t domains = row.Int8();
    state.batches[number] = {domains, row.Int8()};
  }
  return state;
}

absl::Status SaveBatch(Connection& connection, int64_t batch, const State::Batch& state) {
  static const Statement kSave{
      "save_fill_batch",
      "INSERT INTO fill.batches (number, domains, holder) VALUES ($1::int8, $2::int8, $3::int8) ON "
      "CONFLICT (number) DO UPDATE SET domains = excluded.domains, holder = excluded.holder"};
  return connection.Run(kSave, Parameters().Add(batch).Add(state.domains).Add(state.holder))
      .status();
}

}  // namespace fill
