#include "registry/commands/host_delete.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class HostDeleteTest : public testing::Test {
 protected:
  HostDeleteTest() {
    scene.AddDomain("example.org");
    scene.AddHost("ns1.example.org");
  }

  Scene scene;
  HostDelete command{DomainName("ns1.example.org")};
};

TEST_F(HostDeleteTest, RemovesTheHostAtOnce) {
  const auto outcome = scene.Commit(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->code, ResultCode::kOk);
  EXPECT_EQ(scene.FindHost(command.name), nullptr);
}

TEST_F(HostDeleteTest, AsksForTheStrongestLockAndTheLinks) {
  const Needs needs = NeedsOf(command);
  ASSERT_EQ(needs.hosts.size(), 1u);
  EXPECT_EQ(needs.hosts[0].lock, Lock::kDelete);
  EXPECT_TRUE(needs.hosts[0].links);
}

TEST_F(HostDeleteTest, IsRefusedWhileAnyDomainUsesTheHost) {
  Domain& other = scene.AddDomain("other.org");
  other.sponsor = kSilver;
  scene.Delegate(other, {"ns1.example.org"});
  EXPECT_EQ(ReasonOf(scene.Run(command)), kHostLinked.id);
}

TEST_F(HostDeleteTest, LetsTheOperatorPassProhibitionsButNotLinks) {
  scene.asker = kOperator;
  scene.host("ns1.example.org").statuses = {Status::kServerDeleteProhibited};
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
  scene.Delegate(scene.domain("example.org"), {"ns1.example.org"});
  EXPECT_EQ(ReasonOf(scene.Run(command)), kHostLinked.id);
}

TEST_F(HostDeleteTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, HostDelete&) = {
      [](Scene&, HostDelete& c) { c.name = DomainName("ns9.example.org"); },
      [](Scene& s, HostDelete&) { s.asker = kSilver; },
      [](Scene& s, HostDelete&) {
        s.host("ns1.example.org").statuses = {Status::kClientDeleteProhibited};
      },
      [](Scene& s, HostDelete&) { s.Delegate(s.domain("example.org"), {"ns1.example.org"}); },
  };
  ExpectReasonsInOrder(scene, command, kHostDeleteReasons, spoil);
}

}  // namespace
}  // namespace registry
