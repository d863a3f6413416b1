#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <string_view>

#include "registry/base/outcome.h"
#include "tests/support/scene.h"

namespace registry {

// The stable id of a refusal, "accepted" if it is none.
template <class T>
std::string_view ReasonOf(const Outcome<T>& outcome) {
  return outcome.ok() ? "accepted" : outcome.rejection().reason.id;
}

// Spoils a command that works from its last reason to the first, each on top of the others: every
// reason can happen, and an earlier one hides the later ones.
template <class Command, size_t kCount>
void ExpectReasonsInOrder(Scene& scene, Command& command, const std::array<Reason, kCount>& reasons,
                          void (*const (&spoil)[kCount])(Scene&, Command&)) {
  ASSERT_EQ(ReasonOf(scene.Run(command)), "accepted");
  for (size_t i = kCount; i-- > 0;) {
    spoil[i](scene, command);
    EXPECT_EQ(ReasonOf(scene.Run(command)), reasons[i].id);
  }
}

}  // namespace registry
