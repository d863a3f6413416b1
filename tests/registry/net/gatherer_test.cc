#include "registry/net/gatherer.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <memory>

namespace registry::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct GathererTest : testing::Test {
  boost::asio::io_context context{1};
  std::vector<std::vector<int>> given;
  Gatherer<int> gatherer{context.get_executor(),
                         [this](std::vector<int> things) { given.push_back(std::move(things)); }};
};

TEST_F(GathererTest, WhatIsAddedByHandlersThatAreReadyGoesOnTogether) {
  for (int i = 1; i <= 3; ++i) boost::asio::post(context, [this, i] { gatherer.Add(i); });
  context.run();
  EXPECT_THAT(given, ElementsAre(ElementsAre(1, 2, 3)));
}

TEST_F(GathererTest, OneAloneGoesOnAtOnce) {
  boost::asio::post(context, [this] { gatherer.Add(1); });
  context.run();
  context.restart();
  boost::asio::post(context, [this] { gatherer.Add(2); });
  context.run();
  EXPECT_THAT(given, ElementsAre(ElementsAre(1), ElementsAre(2)));
}

TEST_F(GathererTest, NothingIsGivenInsideAdd) {
  gatherer.Add(1);
  EXPECT_THAT(given, IsEmpty());
  context.run();
  EXPECT_THAT(given, ElementsAre(ElementsAre(1)));
}

TEST(GathererOfJobs, WhatWasNotGivenOnEndsWithIt) {
  boost::asio::io_context context(1);
  auto thing = std::make_unique<std::shared_ptr<int>>(std::make_shared<int>(1));
  const std::weak_ptr<int> watched = *thing;
  {
    Gatherer<std::unique_ptr<std::shared_ptr<int>>> gatherer(context.get_executor(), [](auto) {});
    gatherer.Add(std::move(thing));
    EXPECT_FALSE(watched.expired());
  }
  EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace registry::net
