#include "zonegen/text_input.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "tests/support/temporary_folder.h"

namespace zonegen {
namespace {

class TextInputTest : public testing::Test {
 protected:
  absl::StatusOr<std::vector<std::string>> Lines(const std::string& file, bool* ended = nullptr,
                                                 GrowingFile* growth = nullptr) {
    auto lines = LineInput::Open(file, growth);
    if (!lines.ok()) return lines.status();
    std::vector<std::string> all;
    std::string_view line;
    while (true) {
      const auto more = lines->Next(line);
      if (!more.ok()) return more.status();
      if (!*more) break;
      all.emplace_back(line);
      EXPECT_EQ(lines->number(), std::ssize(all));
    }
    if (ended != nullptr) *ended = lines->ended();
    return all;
  }
  void Compress(const std::string& how, const std::string& to) {
    ASSERT_EQ(tests::RunShell(how + " < " + file_ + " > " + to).code, 0);
  }

  const tests::TemporaryFolder folder_;
  const std::string file_ = folder_.Path("text");
  const std::string compressed_ = folder_.Path("compressed");
};

TEST_F(TextInputTest, GivesTheLinesOfPlainAndCompressedFiles) {
  std::string text;
  std::vector<std::string> expected;
  for (int i = 0; i < 200'000; ++i) {
    expected.push_back(std::string(static_cast<size_t>(i % 40), 'x') + std::to_string(i));
    text += expected.back() + "\n";
  }
  tests::WriteFile(file_, text);
  for (const std::string how : {"cat", "gzip -1", "zstd -q", "zstd -q -19"}) {
    Compress(how, compressed_);
    const auto lines = Lines(compressed_);
    ASSERT_TRUE(lines.ok()) << how << lines.status();
    EXPECT_TRUE(*lines == expected) << how;
  }
}

// Of a file that comes in pieces, whatever their size, nothing is read before it is there.
TEST_F(TextInputTest, ReadsAFileWhileItIsWritten) {
  std::string text;
  std::vector<std::string> expected;
  for (int i = 0; i < 200'000; ++i) {
    expected.push_back("line " + std::to_string(i));
    text += expected.back() + "\n";
  }
  tests::WriteFile(file_, text);
  for (const std::string how : {"cat", "gzip -1", "zstd -q"}) {
    Compress(how, compressed_);
    const std::string whole = tests::ReadFile(compressed_);
    GrowingFile growth;
    std::ofstream out(folder_.Path("growing"), std::ios::binary);
    std::thread writer([&] {
      for (size_t begin = 0, piece = 1; begin < whole.size(); begin += piece, piece *= 3) {
        out << whole.substr(begin, piece) << std::flush;
        growth.Reaches(out.tellp());
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      growth.End();
    });
    const auto lines = Lines(folder_.Path("growing"), nullptr, &growth);
    writer.join();
    ASSERT_TRUE(lines.ok()) << how << lines.status();
    EXPECT_TRUE(*lines == expected) << how;
  }
}

TEST_F(TextInputTest, EndsWhereTheWriterGaveUp) {
  tests::WriteFile(file_, "a\nb");
  GrowingFile growth;
  growth.Reaches(3);
  std::thread writer([&] { growth.End(); });
  bool ended = true;
  EXPECT_EQ(*Lines(file_, &ended, &growth), (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(ended);
  writer.join();
}

TEST_F(TextInputTest, TakesSeveralCompressedPartsForOne) {
  tests::WriteFile(file_, "a\nb\n");
  for (const std::string how : {"gzip", "zstd -q"}) {
    Compress(how, compressed_);
    const std::string once = tests::ReadFile(compressed_);
    tests::WriteFile(compressed_, once + once);
    const auto lines = Lines(compressed_);
    ASSERT_TRUE(lines.ok()) << how << lines.status();
    EXPECT_EQ(*lines, (std::vector<std::string>{"a", "b", "a", "b"})) << how;
  }
}

TEST_F(TextInputTest, TellsWhetherTheLastLineHasItsEnd) {
  bool ended = false;
  tests::WriteFile(file_, "a\n\nb\n");
  EXPECT_EQ(*Lines(file_, &ended), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_TRUE(ended);
  tests::WriteFile(file_, "a\nb");
  EXPECT_EQ(*Lines(file_, &ended), (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(ended);
  tests::WriteFile(file_, "");
  EXPECT_EQ(*Lines(file_, &ended), std::vector<std::string>());
  EXPECT_TRUE(ended);
}

TEST_F(TextInputTest, FindsDamage) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919) + "\n";
  tests::WriteFile(file_, text);
  for (const std::string how : {"gzip", "zstd -q"}) {
    Compress(how, compressed_);
    const std::string whole = tests::ReadFile(compressed_);
    for (const size_t size : {whole.size() - 1, whole.size() / 2, size_t{20}}) {
      tests::WriteFile(compressed_, whole.substr(0, size));
      const auto lines = Lines(compressed_);
      EXPECT_EQ(lines.status().code(), absl::StatusCode::kDataLoss) << how << " cut to " << size;
      EXPECT_NE(std::string(lines.status().message()).find(compressed_), std::string::npos);
    }
    std::string spoiled = whole;
    spoiled[whole.size() / 2] ^= 0x40;
    tests::WriteFile(compressed_, spoiled);
    EXPECT_EQ(Lines(compressed_).status().code(), absl::StatusCode::kDataLoss) << how;
  }
}

TEST_F(TextInputTest, RefusesLinesWithoutBounds) {
  tests::WriteFile(file_, "a\n" + std::string(1 << 20, 'x') + "\n");
  EXPECT_EQ(Lines(file_)->size(), 2u);
  tests::WriteFile(file_, "a\n" + std::string((1 << 20) + 1, 'x') + "\n");
  const auto lines = Lines(file_);
  EXPECT_EQ(lines.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_NE(std::string(lines.status().message()).find("text:2: "), std::string::npos);
}

TEST_F(TextInputTest, SaysWhichFileIsMissing) {
  const auto lines = Lines(folder_.Path("missing"));
  EXPECT_EQ(lines.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(std::string(lines.status().message()).find("missing"), std::string::npos);
}

}  // namespace
}  // namespace zonegen
