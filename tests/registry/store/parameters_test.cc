#include "registry/store/parameters.h"

#include <gtest/gtest.h>

#include "registry/store/database_error.h"
#include "registry/store/row_reader.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ParametersTest, ArraysAreReadBack) {
  const std::string numbers = Int8s().Add(1).Add(-2).Encode();
  const std::string texts = Texts().Add("a").Add("").Encode();
  const std::string none = Int8s().Encode();
  const std::vector<Field> fields = {numbers, texts, none};
  RowReader row(fields);
  EXPECT_THAT(row.Int8Array(), ElementsAre(1, -2));
  EXPECT_THAT(row.TextArray(), ElementsAre("a", ""));
  EXPECT_THAT(row.Int8Array(), IsEmpty());
}

TEST(ParametersTest, SingleValuesAreReadBack) {
  const absl::Time time = absl::FromUnixMillis(1'700'000'000'123);
  const Parameters parameters = Parameters()
                                    .Add(int64_t{-5})
                                    .Add(int32_t{7})
                                    .Add(std::string("text"))
                                    .Add(true)
                                    .Add('x')
                                    .Add(time)
                                    .Add(absl::InfiniteFuture())
                                    .Add(std::optional<int64_t>());
  std::vector<Field> fields;
  for (const auto& value : parameters.values()) {
    fields.push_back(value ? Field(*value) : std::nullopt);
  }
  RowReader row(fields);
  EXPECT_EQ(row.Int8(), -5);
  EXPECT_EQ(row.Int4(), 7);
  EXPECT_EQ(row.Text(), "text");
  EXPECT_TRUE(row.Bool());
  EXPECT_EQ(row.Letter(), 'x');
  EXPECT_EQ(row.Time(), time);
  EXPECT_EQ(row.Time(), absl::InfiniteFuture());
  EXPECT_EQ(row.Int8OrZero(), 0);
}

TEST(ParametersTest, LiteralsQuoteWhatTextMayContain) {
  EXPECT_EQ(ArrayLiteral(std::vector<int64_t>{}), "{}");
  EXPECT_EQ(ArrayLiteral(std::vector<int64_t>{1, 2}), "{1,2}");
  EXPECT_EQ(ArrayLiteral(std::vector<std::string>{"a,b", "\"\\", ""}), R"({"a,b","\"\\",""})");
}

TEST(DatabaseErrorTest, SaysWhatToDoAboutIt) {
  EXPECT_TRUE(IsConflict(DatabaseError("23505", "duplicate key")));
  EXPECT_TRUE(IsConflict(DatabaseError("40P01", "deadlock")));
  EXPECT_TRUE(IsOverdrawn(DatabaseError(kOverdrawnState, "limit")));
  EXPECT_TRUE(IsConnectionLost(DatabaseError("57P01", "shut down")));
  EXPECT_TRUE(IsConnectionLost(ConnectionLost("gone\nfor good")));
  EXPECT_EQ(ConnectionLost("gone\nfor good").message(), "database connection lost: gone");
  const absl::Status other = DatabaseError("22021", "bad octets\n");
  EXPECT_FALSE(IsConflict(other) || IsConnectionLost(other));
  EXPECT_EQ(SqlState(other), "22021");
  EXPECT_EQ(SqlState(absl::OkStatus()), "");
}

}  // namespace
}  // namespace registry::store
