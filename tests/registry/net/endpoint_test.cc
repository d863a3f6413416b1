#include "registry/net/endpoint.h"

#include <gtest/gtest.h>

#include "registry/base/utf8.h"

namespace registry::net {
namespace {

TEST(EndpointTest, ReadsNumericAddressesWithPorts) {
  for (const char* text :
       {"127.0.0.1:700", "0.0.0.0:0", "[::1]:700", "[::]:65535", "[2001:db8::7]:43"}) {
    auto endpoint = ParseEndpoint(text);
    ASSERT_TRUE(endpoint.ok()) << text;
    EXPECT_EQ(FormatEndpoint(*endpoint), text);
  }
}

TEST(EndpointTest, RefusesNamesAndWhatIsIncomplete) {
  for (const char* text :
       {"", ":", "700", ":700", "localhost:700", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
        "127.0.0.1:-1", "127.0.0.1:+7", "127.0.0.1:7 ", "127.0.0.1: 7", "127.0.0.1:0x10", "::1:700",
        "[::1]", "[::1]700", "[127.0.0.1]:700", "127.0.0.256:1", "[]:700"}) {
    EXPECT_FALSE(ParseEndpoint(text).ok()) << text;
  }
}

TEST(EndpointTest, RefusesWhatCannotBeReadAndShowsItAllTheSame) {
  for (std::string_view text :
       {std::string_view("127.0.0.1\0:700", 14), std::string_view("a\xFF")}) {
    const auto endpoint = ParseEndpoint(text);
    ASSERT_FALSE(endpoint.ok());
    EXPECT_TRUE(PrintableLength(std::string(endpoint.status().message())));
  }
}

}  // namespace
}  // namespace registry::net
