#pragma once

#include <gmock/gmock.h>

#include <utility>

#include "registry/base/text.h"
#include "tests/registry/store/answers.h"
#include "tests/registry/store/group_gate.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {

// A store with one write lane: what a test sends between Begin and End becomes one group.
class GroupScene {
 public:
  explicit GroupScene(StoreOptions options = {}) : scene(OneLane(std::move(options))) {}

  void Begin() {
    gate_.Close();
    plug_.Send(*scene.store, scene.gold, CreateContact(Concat("plug", ++plugs_)));
    gate_.AwaitVisitor();
  }
  void End() {
    groups_before_ = scene.store->statistics().groups;
    gate_.Open();
    ASSERT_THAT(plug_.Await(), testing::Each(ResultCode::kOk));
  }
  // Without the one that held the lane.
  int64_t GroupsSinceEnd() const { return scene.store->statistics().groups - groups_before_ - 1; }

 private:
  StoreScene::Options OneLane(StoreOptions store) {
    StoreScene::Options options;
    options.store = std::move(store);
    options.store.write_lanes = 1;
    options.store.fair_share = options.store.max_group;  // whoever else has asked a moment ago
    options.faults.before_flush = gate_.Point();
    return options;
  }

  GroupGate gate_;  // outlives the scene
  Answers plug_;
  int plugs_ = 0;
  int64_t groups_before_ = 0;

 public:
  StoreScene scene;
  Answers answers;
};

}  // namespace registry::store
