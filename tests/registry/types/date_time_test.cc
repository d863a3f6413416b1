#include "registry/types/date_time.h"

#include <gtest/gtest.h>

#include "registry/base/utc_text.h"

namespace registry {
namespace {

std::string Read(std::string_view text) {
  const std::optional<absl::Time> time = ParseDateTime(text);
  return time ? FormatUtc(*time) : "none";
}

TEST(DateTimeTest, ReadsWhatXmlSchemaAllows) {
  EXPECT_EQ(Read("2010-08-16T09:00:00.0Z"), "2010-08-16T09:00:00.000Z");
  EXPECT_EQ(Read("2010-08-16T09:00:00Z"), "2010-08-16T09:00:00.000Z");
  EXPECT_EQ(Read("2010-08-16T09:00:00"), "2010-08-16T09:00:00.000Z");
  EXPECT_EQ(Read("2010-08-16T09:00:00.123987Z"), "2010-08-16T09:00:00.123Z");
  EXPECT_EQ(Read("2010-08-16T09:00:00+02:00"), "2010-08-16T07:00:00.000Z");
  EXPECT_EQ(Read("2010-12-31T23:30:00.5-00:45"), "2011-01-01T00:15:00.500Z");
  EXPECT_EQ(Read("2024-02-29T00:00:00Z"), "2024-02-29T00:00:00.000Z");
}

TEST(DateTimeTest, RefusesEverythingElse) {
  for (std::string_view text : {"",
                                "2010-08-16",
                                "2010-08-16T09:00Z",
                                "2010-08-16 09:00:00Z",
                                "2010-8-16T09:00:00Z",
                                "2010-02-30T09:00:00Z",
                                "2023-02-29T00:00:00Z",
                                "2010-13-01T09:00:00Z",
                                "2010-08-16T24:00:00Z",
                                "2010-08-16T09:60:00Z",
                                "2010-08-16T09:00:60Z",
                                "2010-08-16T09:00:00.Z",
                                "2010-08-16T09:00:00z",
                                "2010-08-16T09:00:00+2:00",
                                "2010-08-16T09:00:00+14:01",
                                "2010-08-16T09:00:00+00:60",
                                "2010-08-16T09:00:00ZZ",
                                " 2010-08-16T09:00:00Z",
                                "2010-08-16T09:00:00Z ",
                                "0000-01-01T00:00:00Z",
                                "-010-08-16T09:00:00Z",
                                "infinite-future",
                                "2010-08-16T09:00:00+",
                                "now"}) {
    EXPECT_EQ(Read(text), "none") << text;
  }
}

}  // namespace
}  // namespace registry
