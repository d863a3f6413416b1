#include "zonegen/ordered_parts.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace zonegen {
namespace {

TEST(OrderedPartsTest, ComeOutInOrderHoweverLongEachTakes) {
  std::string expected, taken;
  for (int part = 0; part < 50; ++part) {
    for (int piece = 0; piece < part % 4; ++piece) expected += std::to_string(part) + ",";
  }
  const OrderedParts parts{.threads = 3, .parts = 50, .most_bytes = 4};
  const absl::Status status = parts.Run(
      [](int part, const OrderedParts::Emit& emit) {
        if (part % 7 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(3));
        for (int piece = 0; piece < part % 4; ++piece) {
          std::string text = std::to_string(part) + ",";
          if (absl::Status put = emit(text); !put.ok()) return put;
          EXPECT_EQ(text, "");
        }
        return absl::OkStatus();
      },
      [&](std::string_view piece) {
        taken += piece;
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(taken, expected);
}

TEST(OrderedPartsTest, WaitWhenThereIsTooMuch) {
  std::atomic<int> made = 0;
  int taken = 0, most = 0;
  const OrderedParts parts{.threads = 2, .parts = 100, .most_bytes = 30};
  const absl::Status status = parts.Run(
      [&](int, const OrderedParts::Emit& emit) {
        for (int piece = 0; piece < 5; ++piece) {
          ++made;
          std::string text = "ten octets";
          if (absl::Status put = emit(text); !put.ok()) return put;
        }
        return absl::OkStatus();
      },
      [&](std::string_view) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        most = std::max(most, made - ++taken);
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(taken, 500);
  EXPECT_LE(most, 3 + 2 + 1) << "what may wait, one in the hands of each thread, and one more";
}

TEST(OrderedPartsTest, EndWithTheFirstFailureOfEitherSide) {
  const OrderedParts parts{.threads = 2, .parts = 1000, .most_bytes = 10};
  const auto make = [](int part, const OrderedParts::Emit& emit) {
    if (part == 10) return absl::DataLossError("part 10");
    std::string text = "some octets";
    return emit(text);
  };
  int taken = 0;
  const absl::Status made = parts.Run(make, [&](std::string_view) {
    ++taken;
    return absl::OkStatus();
  });
  EXPECT_EQ(made, absl::DataLossError("part 10"));
  EXPECT_LE(taken, 10);
  const absl::Status full = parts.Run(
      make, [](std::string_view) { return absl::ResourceExhaustedError("no space left"); });
  EXPECT_EQ(full, absl::ResourceExhaustedError("no space left"));
}

}  // namespace
}  // namespace zonegen
