#include "whois/page_files.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/support/paths.h"

namespace whois {
namespace {

TEST(PageFilesTest, AreTheFilesOfTheFolder) {
  EXPECT_EQ(PageFiles().size(), 3U);
  for (const PageFile& file : PageFiles()) {
    std::ifstream in(tests::SourcePath("whois/page/" + std::string(file.name)), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(file.content, text) << file.name;
    EXPECT_EQ(file.version.size(), 16U);
    EXPECT_NE(MediaTypeOf(file), "application/octet-stream") << file.name;
  }
}

TEST(PageFilesTest, AreFoundByTheirVersionedPathAndByOthers) {
  const std::string path = PageFilePath("look_up.css");
  EXPECT_TRUE(path.starts_with("/page/look_up-") && path.ends_with(".css")) << path;
  EXPECT_TRUE(FindPageFile(path).current);
  EXPECT_EQ(FindPageFile(path).file->name, "look_up.css");
  for (std::string_view other : {"/page/look_up-0000000000000000.css", "/page/look_up.css"}) {
    ASSERT_NE(FindPageFile(other).file, nullptr) << other;
    EXPECT_EQ(FindPageFile(other).file->name, "look_up.css");
    EXPECT_FALSE(FindPageFile(other).current);
  }
  EXPECT_EQ(FindPageFile("/favicon.ico").file->name, "icon.svg");
  for (std::string_view other :
       {"/page/", "/page/../look_up.css", "/page/x.css", "/page/look_up", "/look_up.css", "", "/",
        "/page/-.css", "/page/look_up-", "/page/.", "/domain/look_up.css"}) {
    EXPECT_EQ(FindPageFile(other).file, nullptr) << other;
  }
}

}  // namespace
}  // namespace whois
