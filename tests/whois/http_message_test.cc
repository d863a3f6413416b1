#include "whois/http_message.h"

#include <gtest/gtest.h>

namespace whois {
namespace {

HttpFraming Framing(bool keep_alive, bool with_body) {
  HttpFraming framing;
  framing.keep_alive = keep_alive;
  framing.with_body = with_body;
  framing.date = absl::FromUnixSeconds(784111777);
  return framing;
}

std::string FormatHttp(const HttpResponse& response, const HttpFraming& framing) {
  return FormatHttpHead(response, framing) + std::string(ContentToSend(response, framing));
}

HttpResponse Response(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

TEST(FormatHttpTest, WritesTheHeaderOfEveryAnswer) {
  EXPECT_EQ(FormatHttp(Response(200, "{}"), Framing(true, true)),
            "HTTP/1.1 200 OK\r\n"
            "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "Content-Type: application/rdap+json\r\n"
            "Content-Length: 2\r\n"
            "Access-Control-Allow-Origin: *\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Connection: keep-alive\r\n"
            "\r\n"
            "{}");
}

TEST(FormatHttpTest, LeavesOnlyTheBodyOutOfAnAnswerToHead) {
  const std::string get = FormatHttp(Response(200, "{}"), Framing(false, true));
  EXPECT_EQ(FormatHttp(Response(200, "{}"), Framing(false, false)) + "{}", get);
  EXPECT_NE(get.find("Connection: close\r\n"), std::string::npos);
}

TEST(FormatHttpTest, SaysWhatIsAllowedAndWhenToComeBack) {
  EXPECT_NE(
      FormatHttp(Response(405, ""), Framing(true, true)).find("Allow: GET, HEAD, OPTIONS\r\n"),
      std::string::npos);
  HttpResponse busy = Response(503, "");
  busy.retry_after = 7;
  EXPECT_NE(FormatHttp(busy, Framing(true, true)).find("\r\nRetry-After: 7\r\n"),
            std::string::npos);
  EXPECT_EQ(FormatHttp(Response(404, ""), Framing(true, true)).find("Retry-After: "),
            std::string::npos);
}

TEST(FormatHttpTest, HasAPhraseForEveryStatusInUse) {
  for (int status : {200, 204, 304, 400, 401, 403, 404, 405, 414, 422, 429, 431, 501, 503, 505}) {
    EXPECT_EQ(FormatHttp(Response(status, ""), Framing(true, true)).find(" Error\r\n"),
              std::string::npos)
        << status;
  }
}

}  // namespace
}  // namespace whois
