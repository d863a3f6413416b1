#include "registry/model/change_notice.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

TEST(ChangeNoticeTest, IsReadBackAsItWas) {
  const ChangeNotice notice{
      "update",
      4711,
      {"by order\tof\nthe \\court", "D2026-0042", "udrp"},
      'C',
      true,
      {{"id", "", "holder"}, {"postal-street", "int", "1 Sample\\Street"}, {"status", "s", "ok"}}};
  EXPECT_EQ(ParseChangeNotice(FormatChangeNotice(notice)), notice);
  ChangeNotice plain{"renew", 1, {}, 'D', false, {{"name", "", "example.org"}}};
  EXPECT_EQ(ParseChangeNotice(FormatChangeNotice(plain)), plain);
}

TEST(ChangeNoticeTest, OtherTextsAreNone) {
  for (const char* text : {"", "x", "\n", "\t\t\n", "update\tx\t\nD\t\t\nname\t\ta\n",
                           "update\t1\t\nD\t\t\n", "update\t1\t\n\t\t\nname\t\ta\n",
                           "update\t1\t\nD\t\t\nname\ta\n", "update\t1\t\nD\t\t\nname\t\ta"}) {
    EXPECT_FALSE(ParseChangeNotice(text)) << text;
  }
}

}  // namespace
}  // namespace registry
