#include "registry/model/launch.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

std::string Again(std::string_view text) {
  const Outcome<LaunchPeriod> period = ParseLaunchPeriod(text);
  return period.ok() ? FormatLaunchPeriod(*period) : "refused";
}

TEST(LaunchPeriodTest, IsReadBackAsWritten) {
  for (std::string_view text :
       {"sunrise", "claims", "open", "sunrise from 2027-01-01T00:00:00.000Z",
        "claims until 2027-01-01T00:00:00.000Z",
        "open from 2027-01-01T00:00:00.000Z until 2027-02-01T00:00:00.000Z"}) {
    EXPECT_EQ(Again(text), text);
  }
  EXPECT_EQ(Again("  sunrise   until  2027-01-01T00:00:00Z "),
            "sunrise until 2027-01-01T00:00:00.000Z");
}

TEST(LaunchPeriodTest, RefusesWhatItDoesNotUnderstand) {
  for (std::string_view text :
       {"", "landrush", "custom", "none", "Sunrise", "sunrise until",
        "sunrise 2027-01-01T00:00:00Z", "sunrise until 2027-01-01",
        "sunrise from 2027-01-01T00:00:00Z from 2027-01-01T00:00:00Z",
        "sunrise until 2027-02-01T00:00:00Z from 2027-01-01T00:00:00Z",
        "sunrise from 2027-01-01T00:00:00Z until 2027-01-01T00:00:00Z", "sunrise claims"}) {
    EXPECT_EQ(Again(text), "refused") << text;
  }
}

TEST(LaunchPhaseTest, NamesAreThoseOfTheSchema) {
  for (std::string_view name : {"sunrise", "landrush", "claims", "open", "custom"}) {
    EXPECT_EQ(LaunchPhaseName(*ParseLaunchPhase(name)), name);
  }
  EXPECT_FALSE(ParseLaunchPhase("none"));
  EXPECT_FALSE(ParseLaunchPhase(""));
}

}  // namespace
}  // namespace registry
