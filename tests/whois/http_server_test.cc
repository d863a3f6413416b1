#include "whois/http_server.h"

#include <gtest/gtest.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/json/parse.hpp>
#include <thread>

#include "tests/whois/loopback.h"
#include "tests/whois/service_test.h"
#include "whois/web_service.h"

namespace whois {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kGet =
    "GET /domain/samplewell.org HTTP/1.1\r\nHost: rdap.example\r\n\r\n";
constexpr std::string_view kGetOther =
    "GET /nameserver/ns1.samplewell.org HTTP/1.1\r\nHost: rdap.example\r\n\r\n";

std::string BodyOf(const std::string& response) {
  return response.substr(response.find("\r\n\r\n") + 4);
}

class HttpServerTest : public testing::Test {
 protected:
  // Everything that the server sends until it closes.
  std::string Exchange(std::string_view sent) {
    tests::LoopbackClient client(server_);
    client.Send(sent);
    return client.ReadAll();
  }
  // One request's answer, which leaves the connection open if the request allows it.
  std::string Ask(std::string_view sent) {
    tests::LoopbackClient client(server_);
    client.Send(sent);
    return client.ReadResponse();
  }
  // A malformed request: an RDAP error, CORS, and the end of the connection.
  void ExpectRefusal(const std::string& sent, int status) {
    const std::string answer = Exchange(sent);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::to_string(status) + " ")) << sent;
    EXPECT_THAT(answer, HasSubstr("\r\nAccess-Control-Allow-Origin: *\r\n")) << sent;
    EXPECT_THAT(answer, HasSubstr("\r\nContent-Type: application/rdap+json\r\n")) << sent;
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n")) << sent;
    boost::system::error_code error;
    const json::value body = json::parse(BodyOf(answer), error);
    ASSERT_FALSE(error) << answer;  // one answer, and nothing behind it
    EXPECT_EQ(body.at("errorCode"), status) << sent;
  }

  tests::ServiceWorld world_;
  QueryMetrics metrics_{"rdap", world_.metrics};
  RdapService service_{
      {"https://rdap.example", "https://rdap.example/terms", "", absl::Milliseconds(200)},
      world_.lookups,
      metrics_};
  QueryMetrics page_metrics_{"page", world_.metrics};
  PageService page_{{"https://rdap.example", "Domain look-up", "https://rdap.example/terms",
                     absl::Milliseconds(200), 10},
                    world_.lookups,
                    page_metrics_};
  WebService web_{service_, nullptr, nullptr, &page_};
  HttpLimits limits_{/*max_header_bytes=*/1024, /*max_target_bytes=*/256, /*max_requests=*/5,
                     /*idle_timeout=*/absl::Milliseconds(300)};
  tests::Loopback server_{
      [this](TcpServer::Client client) { return ServeHttp(client, limits_, web_); },
      /*max_per_address=*/3};
};

TEST_F(HttpServerTest, KeepsTheConnectionForTheNextRequest) {
  tests::LoopbackClient client(server_);
  client.Send(kGet);
  const std::string first = client.ReadResponse();
  EXPECT_THAT(first, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(first, HasSubstr("\r\nConnection: keep-alive\r\n"));
  client.Send(kGet);
  EXPECT_EQ(client.ReadResponse(), first);
}

TEST_F(HttpServerTest, AnswersPipelinedRequestsInTheirOrder) {
  tests::LoopbackClient client(server_);
  client.Send(std::string(kGet) + std::string(kGetOther) + "\r\n" + std::string(kGet));
  EXPECT_EQ(json::parse(BodyOf(client.ReadResponse())).at("objectClassName"), "domain");
  EXPECT_EQ(json::parse(BodyOf(client.ReadResponse())).at("objectClassName"), "nameserver");
  EXPECT_EQ(json::parse(BodyOf(client.ReadResponse())).at("objectClassName"), "domain");
}

TEST_F(HttpServerTest, TakesARequestOctetByOctet) {
  tests::LoopbackClient client(server_);
  for (char c : kGet) client.Send({&c, 1});
  EXPECT_THAT(client.ReadResponse(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(HttpServerTest, AnswersHeadAsGetWithoutTheBody) {
  tests::LoopbackClient client(server_);
  client.Send(kGet);
  const std::string get = client.ReadResponse();
  client.Send("HEAD /domain/samplewell.org HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string head = client.ReadResponse(/*head=*/true);
  EXPECT_EQ(head + BodyOf(get), get);
  client.Send("HEAD /domain/nobody.org HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(client.ReadResponse(/*head=*/true), StartsWith("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_TRUE(client.AtEnd());
}

TEST_F(HttpServerTest, ClosesWhenAskedTo) {
  EXPECT_THAT(Exchange("GET /help HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(Exchange("GET /help HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(HttpServerTest, ClosesAfterSoManyRequests) {
  std::string requests;
  for (int i = 0; i < limits_.max_requests + 2; ++i) requests += kGet;
  const std::string answers = Exchange(requests);
  int answered = 0;
  for (size_t at = 0; (at = answers.find("HTTP/1.1 200", at)) != std::string::npos; ++at) {
    ++answered;
  }
  EXPECT_EQ(answered, limits_.max_requests);
}

TEST_F(HttpServerTest, IgnoresWhatTheClientWouldLikeToAccept) {
  for (std::string_view accept : {"text/html", "application/json", "rubbish", "*/*"}) {
    const std::string answer =
        Ask("GET /help HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\nAccept: " +
            std::string(accept) + "\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("\r\nContent-Type: application/rdap+json\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nAccess-Control-Allow-Origin: *\r\n"));
  }
}

TEST_F(HttpServerTest, GivesBrowsersAPageAndOthersRdap) {
  const auto ask = [this](std::string_view method, std::string_view fields) {
    tests::LoopbackClient client(server_);
    client.Send(std::string(method) + " /?q=samplewell.org HTTP/1.1\r\nHost: x\r\n" +
                std::string(fields) + "\r\n");
    return client.ReadResponse(/*head=*/method == "HEAD");
  };
  const std::string page = ask("GET", "Accept: text/html,*/*\r\n");
  EXPECT_THAT(page, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(page, HasSubstr("\r\nContent-Type: text/html; charset=utf-8\r\n"));
  EXPECT_THAT(page, HasSubstr("\r\nContent-Security-Policy: default-src 'none'"));
  EXPECT_THAT(page, HasSubstr("\r\nVary: Accept, Accept-Encoding\r\n"));
  EXPECT_EQ(ask("HEAD", "Accept: text/html\r\n") + BodyOf(page), page);
  EXPECT_THAT(ask("GET", "Accept: text/html\r\nAccept-Encoding: gzip\r\n"),
              HasSubstr("\r\nContent-Encoding: gzip\r\n"));
  EXPECT_THAT(ask("GET", "Accept: */*\r\n"), StartsWith("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_THAT(ask("GET", ""), HasSubstr("\r\nContent-Type: application/rdap+json\r\n"));
  EXPECT_THAT(ask("POST", "Accept: text/html\r\n"),
              StartsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
}

TEST_F(HttpServerTest, APagesFileIsNotSentTwice) {
  const std::string get = "GET /page/look_up.css HTTP/1.1\r\nHost: x\r\n";
  const std::string first = Ask(get + "\r\n");
  const size_t tag = first.find("\r\nETag: ") + 8;
  const std::string value = first.substr(tag, first.find("\r\n", tag) - tag);
  const std::string again = Ask(get + "If-None-Match: " + value + "\r\n\r\n");
  EXPECT_THAT(again, StartsWith("HTTP/1.1 304 Not Modified\r\n"));
  EXPECT_EQ(BodyOf(again), "");
}

TEST_F(HttpServerTest, TellsMethodsThatItDoesNotServeFromThoseThatItDoesNotKnow) {
  for (std::string_view method : {"POST", "PUT", "DELETE", "PATCH", "TRACE"}) {
    const std::string answer =
        Ask(std::string(method) + " /domain/samplewell.org HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 Method Not Allowed\r\n")) << method;
    EXPECT_THAT(answer, HasSubstr("\r\nAllow: GET, HEAD, OPTIONS\r\n")) << method;
  }
  for (std::string_view method : {"BREW", "get", "GETX"}) {
    EXPECT_THAT(Ask(std::string(method) + " /help HTTP/1.1\r\nHost: x\r\n\r\n"),
                StartsWith("HTTP/1.1 501 Not Implemented\r\n"))
        << method;
  }
}

TEST_F(HttpServerTest, SaysWhatIsAllowedToThoseThatAskFirst) {
  for (std::string_view target : {"*", "/domain/samplewell.org", "/nothing"}) {
    const std::string answer =
        Ask("OPTIONS " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 204 No Content\r\n")) << target;
    EXPECT_THAT(answer, HasSubstr("\r\nAllow: GET, HEAD, OPTIONS\r\n")) << target;
    EXPECT_THAT(answer, HasSubstr("\r\nAccess-Control-Allow-Headers: Authorization,")) << target;
    EXPECT_THAT(answer, Not(HasSubstr("Content-Length"))) << target;
  }
}

TEST_F(HttpServerTest, NeverTakesABodyForARequest) {
  const std::string smuggled(kGetOther);
  for (std::string head :
       {"POST /help HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(smuggled.size()) +
            "\r\n\r\n",
        std::string("GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"),
        std::string("GET /help HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                    "chunked\r\n\r\n")}) {
    const std::string answer = Exchange(head + smuggled);
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n")) << head;
    EXPECT_EQ(answer.find("nameserver/ns1"), std::string::npos) << head;
  }
}

TEST_F(HttpServerTest, AnEmptyBodyDoesNotEndTheConnection) {
  EXPECT_THAT(Ask("GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"),
              HasSubstr("\r\nConnection: keep-alive\r\n"));
}

TEST_F(HttpServerTest, RefusesMalformedRequests) {
  const std::string_view kHeads[] = {
      "GET /help HTTP/1.1\r\n",                        // no Host
      "GET /help HTTP/1.1\r\nHost: a\r\nHost: a\r\n",  // two
      "GET /help HTTP/1.1\r\nHost: a, b\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: one\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nNoColonHere\r\n",
      "GET /help HTTP/1.1\r\nHost : x\r\n",
      "GET /help HTTP/1.1\r\n Host: x\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nAccept: a,\r\n b\r\n",  // a folded line
      "GET /help HTTP/1.1\r\nHost: x\r\nAccept: a,\r\n\tb\r\n",
      "GET /help HTTP/1.1\r\nHost: x\r\nBad\x01Name: y\r\n",
      "GET  /help HTTP/1.1\r\nHost: x\r\n",
      "GET /he lp HTTP/1.1\r\nHost: x\r\n",
      "GET /help\r\nHost: x\r\n",
      "GET /help HTTPS/1.1\r\nHost: x\r\n",
      "G@T /help HTTP/1.1\r\nHost: x\r\n",
      ": x\r\n",
  };
  for (std::string_view head : kHeads) ExpectRefusal(std::string(head) + "\r\n", 400);
}

TEST_F(HttpServerTest, RefusesLinesThatEndInLineFeedAlone) {
  ExpectRefusal("GET /help HTTP/1.1\nHost: x\n\n", 400);
  ExpectRefusal("GET /help HTTP/1.1\r\nHost: x\n\r\n", 400);
}

TEST_F(HttpServerTest, RefusesOtherVersions) {
  ExpectRefusal("PRI * HTTP/2.0\r\n\r\n", 505);
  ExpectRefusal("GET /help HTTP/1.2\r\nHost: x\r\n\r\n", 505);
}

TEST_F(HttpServerTest, LimitsTargetsAndHeaders) {
  const std::string rest = " HTTP/1.1\r\nHost: x\r\n";
  const std::string longest = "GET /help?" + std::string(limits_.max_target_bytes - 6, 'a');
  EXPECT_THAT(Ask(longest + rest + "\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
  ExpectRefusal(longest + "a" + rest + "\r\n", 414);
  ExpectRefusal("GET /" + std::string(5000, 'a'), 414);  // without an end

  std::string head = "GET /help" + rest + "X: ";
  head += std::string(limits_.max_header_bytes - head.size() - 4, 'x');
  EXPECT_THAT(Ask(head + "\r\n\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
  ExpectRefusal(head + "x\r\n\r\n", 431);
  ExpectRefusal(head + std::string(5000, 'x'), 431);  // without an end
}

TEST_F(HttpServerTest, AnswersErrorsOfTheQueryAndGoesOn) {
  tests::LoopbackClient client(server_);
  client.Send("GET /domain/%00.org HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.ReadResponse(), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  client.Send("GET /ip/192.0.2.1 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.ReadResponse(), StartsWith("HTTP/1.1 501 Not Implemented\r\n"));
  client.Send(kGet);
  EXPECT_THAT(client.ReadResponse(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(HttpServerTest, DropsClientsThatStall) {
  EXPECT_EQ(Exchange(""), "");
  EXPECT_EQ(Exchange("GET /help HTTP/1.1\r\nHost"), "");
}

TEST_F(HttpServerTest, TellsAnAddressThatItHasTooManyConnections) {
  std::vector<std::unique_ptr<tests::LoopbackClient>> clients;
  for (int i = 0; i < 3; ++i) clients.push_back(std::make_unique<tests::LoopbackClient>(server_));
  const std::string answer = Exchange(kGet);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 429 Too Many Requests\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nRetry-After: "));
}

TEST_F(HttpServerTest, StoppingEndsIdleConnectionsAndAnswersOthersBeforeItEndsThem) {
  tests::LoopbackClient idle(server_);
  idle.Send(kGet);
  idle.ReadResponse();
  world_.lookups.Hang();
  tests::LoopbackClient busy(server_);
  busy.Send(kGet);
  // The answer is 200 ms away; by then the server has been stopped for long.
  while (server_.server().connections() < 2) std::this_thread::yield();
  busy.Send(kGet);
  server_.server().Stop();
  EXPECT_TRUE(idle.AtEnd());
  const std::string answer = busy.ReadAll();
  if (!answer.empty()) {  // else it was stopped before its request had been read
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
  }
}

// Every thread accepts, and what accepts is gone before its thread is.
TEST(TcpServerTest, AcceptsOnAllThreadsAndStopsAtAnyMoment) {
  for (int round = 0; round < 20; ++round) {
    registry::net::IoThreads threads(4);
    TcpServer::Settings settings{"test",
                                 {{"127.0.0.1", 0}},
                                 /*max_connections=*/100,
                                 /*max_connections_per_address=*/100};
    settings.placement = registry::net::Listener::Placement::kWhereAccepted;
    auto server = TcpServer::Open(threads, std::move(settings),
                                  [](TcpServer::Client client) -> boost::asio::awaitable<void> {
                                    co_await client.connection.Finish("hello");
                                  });
    ASSERT_TRUE(server.ok());
    (*server)->Start();
    std::thread running([&] { threads.Run(); });
    for (int i = 0; i < round % 5; ++i) {
      boost::asio::io_context io;
      boost::asio::ip::tcp::socket socket(io);
      socket.connect({boost::asio::ip::address_v4::loopback(), (*server)->endpoints()[0].port});
      std::string text(5, ' ');
      boost::asio::read(socket, boost::asio::buffer(text));
      EXPECT_EQ(text, "hello");
    }
    (*server)->Stop();
    threads.Stop();
    running.join();
  }
}

}  // namespace
}  // namespace whois
