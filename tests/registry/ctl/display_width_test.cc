#include "registry/ctl/display_width.h"

#include <gtest/gtest.h>

namespace ctl {
namespace {

TEST(DisplayWidthTest, CountsColumnsNotOctets) {
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("h\xC3\xA9llo"), 5u);
  EXPECT_EQ(DisplayWidth("\xE6\x97\xA5\xE6\x9C\xAC"), 4u) << "wide characters";
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u) << "a combining accent";
  EXPECT_EQ(DisplayWidth("\xF0\xA0\x80\x80"), 2u);
}

TEST(DisplayWidthTest, SurvivesWhatIsNotUtf8) { EXPECT_LE(DisplayWidth("\xFF\xE6"), 2u); }

}  // namespace
}  // namespace ctl
