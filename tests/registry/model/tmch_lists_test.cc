#include "registry/model/tmch_lists.h"

#include <gtest/gtest.h>

#include "registry/base/text.h"

namespace registry {
namespace {

constexpr std::string_view kHead = "1,2012-08-16T00:00:00.0Z\nDNL,lookup-key,insertion-datetime\n";
constexpr std::string_view kKey = "2013041500/2/6/9/rJ1NrDO92vDsAzf7EQzgjX4R0000000001";

std::string ClaimsError(std::string_view text) {
  const auto list = ClaimsList::Parse("dnl.csv", std::string(text));
  return list.ok() ? "fine" : std::string(list.status().message());
}

TEST(ClaimsListTest, FindsTheKeyOfALabel) {
  const std::string text =
      Concat(kHead, "example,", kKey, ",2010-07-14T00:00:00.0Z\n",
             "another-example,2013041500/6/A/5/alJAqG2vI2BmCv5PfUvuDkf40000000002"
             ",2012-08-16T00:00:00.0Z\n",
             "xn--bcher-kva,k,2012-08-16T00:00:00.0Z");
  const auto list = ClaimsList::Parse("dnl.csv", text);
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->size(), 3u);
  EXPECT_EQ(list->created(), absl::FromUnixSeconds(1345075200));
  EXPECT_EQ(list->Find("example"), kKey);
  EXPECT_EQ(list->Find("another-example"), "2013041500/6/A/5/alJAqG2vI2BmCv5PfUvuDkf40000000002");
  EXPECT_EQ(list->Find("xn--bcher-kva"), "k");
  for (std::string_view label : {"", "exampl", "examples", "another", "zzz", "a", "DNL", "1"}) {
    EXPECT_EQ(list->Find(label), "") << label;
  }
}

TEST(ClaimsListTest, MayBeEmptyAndMayHaveOtherLineEnds) {
  EXPECT_EQ(ClaimsError(kHead), "fine");
  const auto list =
      ClaimsList::Parse("dnl.csv",
                        "1,2012-08-16T00:00:00.0Z\r\nDNL,lookup-key,insertion-datetime\r\n"
                        "a,k,2012-08-16T00:00:00.0Z\r\n");
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->Find("a"), "k");
}

TEST(ClaimsListTest, IsRefusedWholeForOneMalformedLine) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", "dnl.csv:0: the list is empty"},
      {"2,2012-08-16T00:00:00.0Z\n", "dnl.csv:1: not a list of version 1"},
      {"1\n", "dnl.csv:1: not a list of version 1"},
      {"1,yesterday\n", "dnl.csv:1: no time of creation"},
      {"1,2012-08-16T00:00:00.0Z", "dnl.csv:1: expected: DNL,lookup-key,insertion-datetime"},
      {"1,2012-08-16T00:00:00.0Z\nsmd-id,insertion-datetime\n",
       "dnl.csv:2: expected: DNL,lookup-key,insertion-datetime"}};
  for (const auto& [text, error] : rows) EXPECT_EQ(ClaimsError(text), error);

  const std::pair<std::string_view, std::string_view> lines[] = {
      {"\n", "expected label, key and time"},
      {"a,k\n", "expected label, key and time"},
      {"a,k,2012-08-16T00:00:00.0Z,x\n", "expected label, key and time"},
      {"A,k,2012-08-16T00:00:00.0Z\n", "not a label in lower case"},
      {"-a,k,2012-08-16T00:00:00.0Z\n", "not a label in lower case"},
      {"a.b,k,2012-08-16T00:00:00.0Z\n", "not a label in lower case"},
      {"a,,2012-08-16T00:00:00.0Z\n", "not a lookup key"},
      {"a,k k,2012-08-16T00:00:00.0Z\n", "not a lookup key"},
      {"a,k,2012-08-16\n", "not a time"},
      {"a,k,2012-08-16T00:0", "not a time"}};
  for (const auto& [line, error] : lines) {
    EXPECT_EQ(ClaimsError(Concat(kHead, "ok,k,2012-08-16T00:00:00.0Z\n", line)),
              Concat("dnl.csv:4: ", error));
  }
  EXPECT_EQ(ClaimsError(Concat(kHead, std::string(64, 'a'), ",k,2012-08-16T00:00:00.0Z\n")),
            "dnl.csv:3: not a label in lower case");
  EXPECT_EQ(ClaimsError(Concat(kHead, "a,k,2012-08-16T00:00:00.0Z\nb,k,2012-08-16T00:00:00.0Z\n",
                               "a,other,2012-08-16T00:00:00.0Z\n")),
            "dnl.csv: stands twice: a");
}

TEST(ClaimsListTest, HoldsAMillionLabels) {
  std::string text(kHead);
  for (int i = 0; i < 1'000'000; ++i) {
    text += Concat("label-", (i * 7919LL) % 1'000'000, ",", kKey, ",2012-08-16T00:00:00.0Z\n");
  }
  const auto list = ClaimsList::Parse("dnl.csv", std::move(text));
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->size(), 1'000'000u);
  EXPECT_EQ(list->Find("label-0"), kKey);
  EXPECT_EQ(list->Find("label-999999"), kKey);
  EXPECT_EQ(list->Find("label-1000000"), "");
}

TEST(RevokedMarksTest, KnowsTheIdentifiers) {
  const auto list = RevokedMarks::Parse("smdrl.csv",
                                        "1,2012-08-16T00:00:00.0Z\nsmd-id,insertion-datetime\n"
                                        "2-2,2012-08-15T00:00:00.0Z\n3-2,2012-08-15T00:00:00.0Z\n");
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->size(), 2u);
  EXPECT_TRUE(list->Has("2-2"));
  EXPECT_TRUE(list->Has("3-2"));
  EXPECT_FALSE(list->Has("2-3"));
  EXPECT_FALSE(list->Has(""));
}

TEST(RevokedMarksTest, IsRefusedWholeForOneMalformedLine) {
  for (std::string_view line : {"2-2", "2,2012-08-15T00:00:00.0Z", "-2,2012-08-15T00:00:00.0Z",
                                "2-,2012-08-15T00:00:00.0Z", "2-2,today", ",", ""}) {
    const auto list = RevokedMarks::Parse(
        "smdrl.csv", Concat("1,2012-08-16T00:00:00.0Z\nsmd-id,insertion-datetime\n", line, "\n"));
    EXPECT_FALSE(list.ok()) << line;
  }
}

}  // namespace
}  // namespace registry
