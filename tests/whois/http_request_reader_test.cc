#include "whois/http_request_reader.h"

#include <gtest/gtest.h>

namespace whois {
namespace {

constexpr HttpLimits kLimits{/*max_header_bytes=*/128, /*max_target_bytes=*/32};

// The status of an error, or 0 and what was asked for.
std::string Described(const std::optional<HttpIncoming>& incoming) {
  if (!incoming) return "more";
  if (const auto* error = std::get_if<RdapError>(&*incoming)) return std::to_string(error->status);
  const HttpRequest& request = std::get<HttpRequest>(*incoming);
  return request.target + (request.keep_alive ? " keeps" : " ends");
}

TEST(HttpRequestReaderTest, CutsRequestsOutOfWhatArrives) {
  HttpRequestReader reader(kLimits);
  EXPECT_EQ(Described(reader.Next()), "more");
  reader.buffer() += "\r\nGET /a HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(Described(reader.Next()), "more");
  EXPECT_FALSE(reader.buffer().empty());
  reader.buffer() += "\r\nGET /b HTTP/1.0\r\n\r\nGET";
  EXPECT_EQ(Described(reader.Next()), "/a keeps");
  EXPECT_EQ(Described(reader.Next()), "/b ends");
  EXPECT_EQ(Described(reader.Next()), "more");
  EXPECT_EQ(reader.buffer(), "GET");
}

TEST(HttpRequestReaderTest, FindsTheEndOfAHeadHoweverItIsCut) {
  const std::string head = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
  for (size_t cut = 1; cut < head.size(); ++cut) {
    HttpRequestReader reader(kLimits);
    reader.buffer() += head.substr(0, cut);
    EXPECT_EQ(Described(reader.Next()), "more") << cut;
    reader.buffer() += head.substr(cut);
    EXPECT_EQ(Described(reader.Next()), "/a keeps") << cut;
    EXPECT_TRUE(reader.buffer().empty());
  }
}

TEST(HttpRequestReaderTest, DoesNotWaitForTheEndOfWhatIsTooLarge) {
  HttpRequestReader target(kLimits);
  target.buffer() = "GET /" + std::string(kLimits.max_header_bytes, 'a');
  EXPECT_EQ(Described(target.Next()), "414");
  HttpRequestReader fields(kLimits);
  fields.buffer() = "GET /a HTTP/1.1\r\nX: " + std::string(kLimits.max_header_bytes, 'a');
  EXPECT_EQ(Described(fields.Next()), "431");
}

}  // namespace
}  // namespace whois
