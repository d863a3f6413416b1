#include "whois/http_content.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace whois {
namespace {

std::string Gunzip(std::string_view packed) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string text(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

TEST(WeakEntityTagTest, DependsOnAllButWhatFollowsTheMark) {
  const auto tag = [](std::string_view text) { return WeakEntityTag(text, "at ", 5); };
  const std::string a = tag("alpha at 10:00 and at 11:00 omega");
  EXPECT_EQ(a, tag("alpha at 10:30 and at 12:00 omega"));
  EXPECT_NE(a, tag("alpha at 10:00 and at 11:00 omeGa"));
  EXPECT_NE(a, tag("alpha at 10:00 amd at 11:00 omega"));
  EXPECT_NE(a, tag("Alpha at 10:00 and at 11:00 omega"));
  EXPECT_EQ(tag("ends at 10"), tag("ends at 1"));
  EXPECT_NE(WeakEntityTag("at 10:00"), WeakEntityTag("at 10:01"));
  EXPECT_EQ(a.size(), 20U);
  EXPECT_TRUE(a.starts_with("W/\"") && a.ends_with('"'));
}

TEST(MatchesTest, ComparesWeakly) {
  EXPECT_TRUE(Matches("W/\"1\"", "W/\"1\""));
  EXPECT_TRUE(Matches("\"0\" , \"1\"", "W/\"1\""));
  EXPECT_TRUE(Matches("*", "\"1\""));
  EXPECT_FALSE(Matches("\"2\", \"11\"", "\"1\""));
  EXPECT_FALSE(Matches("1", "\"1\""));
  EXPECT_FALSE(Matches("*", ""));
}

TEST(MakeNotModifiedTest, LeavesErrorsAsTheyAre) {
  HttpResponse response;
  response.status = 404;
  response.body = "x";
  MakeNotModified(response);
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, "x");
}

TEST(AcceptsGzipTest, ReadsCodingsAndWeights) {
  for (const char* yes : {"gzip", "deflate, gzip;q=0.5", "*", "GZip ;q=1.0", "br;q=0, gzip"}) {
    EXPECT_TRUE(AcceptsGzip(yes)) << yes;
  }
  for (const char* no : {"", "identity", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "xgzip", "br"}) {
    EXPECT_FALSE(AcceptsGzip(no)) << no;
  }
}

TEST(CompressTest, CompressesOnceWhatIsLongEnough) {
  HttpResponse response;
  response.body = std::string(5000, 'a') + "b";
  const std::string plain = response.body;
  Compress(response);
  EXPECT_EQ(response.encoding, "gzip");
  EXPECT_LT(response.body.size(), 100U);
  EXPECT_EQ(Gunzip(response.body), plain);
  const std::string packed = response.body;
  Compress(response);
  EXPECT_EQ(response.body, packed);

  HttpResponse brief;
  brief.body = "{}";
  Compress(brief);
  EXPECT_EQ(brief.body, "{}");
  EXPECT_EQ(brief.encoding, "");
}

}  // namespace
}  // namespace whois
