#include "whois/domain_state.h"

#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace whois {
namespace {

const absl::Time kNow = registry::At("2026-01-02T03:04:05Z");

DomainView View(std::vector<std::string_view> statuses) {
  DomainView view;
  view.expires = kNow + absl::Hours(1);
  view.name_servers.resize(1);
  view.statuses = std::move(statuses);
  return view;
}

TEST(DomainStateTest, WhatWeighsMostIsSaid) {
  const auto title = [](std::vector<std::string_view> statuses) {
    return StateOf(View(std::move(statuses)), kNow).title;
  };
  EXPECT_EQ(title({"ok"}), "Registered");
  EXPECT_EQ(title({"clientTransferProhibited", "addPeriod"}), "Registered");
  EXPECT_EQ(title({"pendingTransfer"}), "Registered, moving to another registrar");
  EXPECT_EQ(title({"clientHold", "pendingTransfer"}), "Registered, but switched off");
  EXPECT_EQ(title({"serverHold"}), "Registered, but switched off");
  EXPECT_EQ(title({"pendingCreate"}), "Not registered yet");
  EXPECT_EQ(title({"pendingDelete", "clientHold"}), "About to be deleted");
  EXPECT_EQ(title({"pendingDelete", "redemptionPeriod"}), "Deleted, but can still be restored");
  EXPECT_EQ(title({"pendingDelete", "pendingRestore"}), "Being restored");
}

TEST(DomainStateTest, WithoutNameServersItIsNotInUse) {
  DomainView view = View({"inactive"});
  view.name_servers.clear();
  EXPECT_EQ(StateOf(view, kNow).title, "Registered, but not in use");
}

TEST(DomainStateTest, AtTheExpiryDateItHasExpired) {
  DomainView view = View({"ok"});
  view.expires = kNow;
  EXPECT_EQ(StateOf(view, kNow).title, "Registered, but expired");
}

TEST(DomainStateTest, SaysWhetherItIsInTheDns) {
  EXPECT_TRUE(StateOf(View({"ok"}), kNow).in_dns);
  EXPECT_TRUE(StateOf(View({"pendingDelete", "pendingRestore"}), kNow).in_dns);
  for (std::string_view word :
       {"clientHold", "serverHold", "redemptionPeriod", "pendingDelete", "pendingCreate"}) {
    EXPECT_FALSE(StateOf(View({word}), kNow).in_dns) << word;
  }
  EXPECT_TRUE(StateOf(View({"redemptionPeriod"}), kNow).deleted);
  EXPECT_FALSE(StateOf(View({"pendingRestore"}), kNow).deleted);
}

TEST(DomainStateTest, SaysThatANameWorksOnlyIfItDoes) {
  for (std::vector<std::string_view> words :
       {std::vector<std::string_view>{"pendingDelete", "pendingRestore", "serverHold"},
        std::vector<std::string_view>{"pendingDelete", "pendingRestore", "clientHold"}}) {
    const DomainState held = StateOf(View(words), kNow);
    EXPECT_EQ(held.title, "Being restored");
    EXPECT_FALSE(held.in_dns);
    EXPECT_EQ(held.sentence.find("works again"), std::string_view::npos);
  }
  for (const char* word : {"pendingRestore", "pendingTransfer"}) {
    DomainView view = View({word});
    EXPECT_NE(StateOf(view, kNow).sentence.find(" works"), std::string_view::npos) << word;
    view.name_servers.clear();
    EXPECT_EQ(StateOf(view, kNow).sentence.find(" works"), std::string_view::npos) << word;
  }
}

}  // namespace
}  // namespace whois
