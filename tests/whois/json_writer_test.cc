#include "whois/json_writer.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "whois/time_text.h"

namespace whois {
namespace {

TEST(JsonWriterTest, PutsCommasWhereTheyBelong) {
  JsonWriter json;
  json.BeginObject().Member("a", "x").MemberIfAny("no", "").Key("b").BeginArray();
  json.Number(-1).Bool(true).BeginObject().EndObject().BeginArray().EndArray().String("");
  json.EndArray().Key("c").Bool(false).Key("d").Joined("t:", "u").Key("e").Raw("[]").EndObject();
  EXPECT_EQ(json.Finish(), R"({"a":"x","b":[-1,true,{},[],""],"c":false,"d":"t:u","e":[]})");
}

TEST(JsonWriterTest, WhateverAStringHoldsIsReadBack) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  all += "\u00e9\u20ac\U0001F600 ends in [ { : \\ \"";
  for (const std::string& text : {all, std::string("["), std::string("{"), std::string(":"),
                                  std::string("</script><script>"), std::string()}) {
    JsonWriter json;
    json.BeginArray().String(text).String(text).EndArray();
    const std::string written = json.Finish();
    EXPECT_EQ(written.find('<'), std::string::npos);
    const boost::json::value read = boost::json::parse(written);
    ASSERT_EQ(read.as_array().size(), 2U);
    EXPECT_EQ(read.at(1).as_string(), text);
  }
}

TEST(TimeTextTest, IsWhatAbseilFormats) {
  for (int64_t second : {int64_t{0}, int64_t{951782399}, int64_t{951782400}, int64_t{1767323045},
                         int64_t{4107542399}, int64_t{253402300799}, int64_t{-1}}) {
    const absl::Time time = absl::FromUnixSeconds(second) + absl::Milliseconds(999);
    EXPECT_EQ(TimeText(time), absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone()));
  }
  EXPECT_EQ(TimeText(absl::InfiniteFuture()), "9999-12-31T23:59:59Z");
  EXPECT_EQ(TimeText(absl::InfinitePast()), "0000-01-01T00:00:00Z");
}

}  // namespace
}  // namespace whois
