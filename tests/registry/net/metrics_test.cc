#include "registry/net/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <string>

namespace registry::net {
namespace {

using boost::asio::ip::tcp;
using testing::HasSubstr;

std::string Scrape(int port) {
  boost::asio::io_context io;
  tcp::socket socket(io);
  socket.connect({boost::asio::ip::make_address("127.0.0.1"), static_cast<uint16_t>(port)});
  boost::asio::write(
      socket, boost::asio::buffer(std::string("GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n")));
  std::string text;
  boost::system::error_code end;
  boost::asio::read(socket, boost::asio::dynamic_buffer(text), end);
  return text;
}

TEST(MetricsTest, ServesWhatWasCountedAndWhatIsWatched) {
  Metrics metrics("postel-test", "1.2.3");
  metrics.Counter("things_total", "Things.", {{"kind", "odd"}}).Increment(3);
  metrics.Latency("wait_seconds", "Waits.").Observe(0.002);
  double temperature = 20;
  metrics.Watch("temperature", "Degrees.", [&] { return temperature; });
  metrics.WatchCounter("turns_total", "Turns.", [] { return 7.0; });
  ASSERT_TRUE(metrics.Expose({"127.0.0.1", 0}).ok());
  ASSERT_GT(metrics.port(), 0);

  temperature = 21;
  const std::string text = Scrape(metrics.port());
  EXPECT_THAT(text, HasSubstr("postel_build_info{program=\"postel-test\",version=\"1.2.3\"} 1"));
  EXPECT_THAT(text, HasSubstr("postel_things_total{kind=\"odd\"} 3"));
  EXPECT_THAT(text, HasSubstr("# TYPE postel_temperature gauge\npostel_temperature 21"));
  EXPECT_THAT(text, HasSubstr("# TYPE postel_turns_total counter\npostel_turns_total 7"));
  EXPECT_THAT(text, HasSubstr("postel_wait_seconds_bucket{le=\"0.0025\"} 1"));
  EXPECT_THAT(text, HasSubstr("postel_wait_seconds_bucket{le=\"0.001\"} 0"));
}

TEST(MetricsTest, SaysThatAPortIsTaken) {
  Metrics first("postel-test", "1");
  Metrics second("postel-test", "1");
  ASSERT_TRUE(first.Expose({"127.0.0.1", 0}).ok());
  const auto port = static_cast<uint16_t>(first.port());
  EXPECT_FALSE(second.Expose({"127.0.0.1", port}).ok());
}

}  // namespace
}  // namespace registry::net
