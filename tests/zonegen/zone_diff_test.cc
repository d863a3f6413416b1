#include "zonegen/zone_diff.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "registry/base/text.h"
#include "tests/support/temporary_folder.h"
#include "zonegen/canonical_order.h"

namespace zonegen {
namespace {

using registry::Concat;

constexpr char kHead[] =
    "$ORIGIN org.\n$TTL 3600\n@\t900\tIN\tSOA\tns1.nic.org. h.nic.org. 1 2 3 4 5\n"
    "@\t86400\tIN\tNS\tns1.nic.org.\n";

class ZoneDiffTest : public testing::Test {
 protected:
  std::string Run(const std::string& before, const std::string& after, DiffOptions options = {}) {
    tests::WriteFile(old_, before);
    tests::WriteFile(new_, after);
    std::string all;
    const auto difference =
        DiffZones(old_, new_, options, [&](std::string_view lines) { all += lines; });
    EXPECT_TRUE(difference.ok()) << difference.status();
    if (difference.ok()) difference_ = *difference;
    EXPECT_EQ(difference_.same(), all.empty());
    return all;
  }
  const tests::TemporaryFolder folder_;
  const std::string old_ = folder_.Path("old"), new_ = folder_.Path("new");
  ZoneDifference difference_;
};

TEST_F(ZoneDiffTest, FindsNothingWhereOnlyTheSpellingDiffers) {
  EXPECT_EQ(Run(kHead, kHead), "");
  EXPECT_EQ(Run(Concat(kHead, "a\t3600\tIN\tNS\tns1.a.org.\na\t3600\tIN\tNS\tns2.a.org.\n"),
                "org. 900 in soa ns1.nic.org. H.nic.org. 1 2 3 4 5\n"
                "org. 86400 in ns ns1.NIC.org.\n"
                "A.org.  3600 in ns ns2.a.org.\n"
                "a.org.  3600 in ns ns1.a.org.\n"
                "org. 900 in soa ns1.nic.org. H.nic.org. 1 2 3 4 5\n"),
            "");
}

TEST_F(ZoneDiffTest, ShowsWhatWasAddedRemovedAndChanged) {
  EXPECT_EQ(Run(Concat(kHead,
                       "a\t3600\tIN\tNS\tns1.example.net.\n"
                       "b\t3600\tIN\tNS\tns1.example.net.\n"
                       "b\t3600\tIN\tNS\tns2.example.net.\n"
                       "c\t3600\tIN\tNS\tns1.c.org.\n"
                       "ns1.c\t3600\tIN\tA\t192.0.2.1\n"),
                Concat(kHead,
                       "a-b\t3600\tIN\tNS\tns1.example.net.\n"
                       "b\t3600\tIN\tNS\tns1.example.net.\n"
                       "b\t3600\tIN\tNS\tns3.example.net.\n"
                       "c\t3600\tIN\tNS\tns1.c.org.\n"
                       "ns1.c\t60\tIN\tA\t192.0.2.1\n"
                       "ns1.c\t60\tIN\tAAAA\t2001:db8::1\n")),
            "- a.org.\t3600\tIN\tNS\tns1.example.net.\n"
            "+ a-b.org.\t3600\tIN\tNS\tns1.example.net.\n"
            "- b.org.\t3600\tIN\tNS\tns2.example.net.\n"
            "+ b.org.\t3600\tIN\tNS\tns3.example.net.\n"
            "- ns1.c.org.\t3600\tIN\tA\t192.0.2.1\n"
            "+ ns1.c.org.\t60\tIN\tA\t192.0.2.1\n"
            "+ ns1.c.org.\t60\tIN\tAAAA\t2001:db8::1\n");
  EXPECT_EQ(Summarize(difference_),
            "A: 0 added, 0 removed, 1 changed\n"
            "AAAA: 1 added, 0 removed, 0 changed\n"
            "NS: 2 added, 2 removed, 0 changed\n"
            "all: 3 added, 2 removed, 1 changed\n");
}

TEST_F(ZoneDiffTest, LeavesTheSerialOutWhereItIsAskedTo) {
  std::string other = kHead;
  other.replace(other.find(" 1 2 3"), 6, " 7 2 3");
  EXPECT_EQ(Run(kHead, other),
            "- org.\t900\tIN\tSOA\tns1.nic.org. h.nic.org. 1 2 3 4 5\n"
            "+ org.\t900\tIN\tSOA\tns1.nic.org. h.nic.org. 7 2 3 4 5\n");
  EXPECT_EQ(difference_.total.changed, 1);
  EXPECT_EQ(Run(kHead, other, {.ignore_serial = true}), "");
  other.replace(other.find(" 3 4 5"), 6, " 3 4 6");
  EXPECT_NE(Run(kHead, other, {.ignore_serial = true}), "");
}

// Against a comparison of two sets.
TEST_F(ZoneDiffTest, FindsTheSameAsAComparisonInMemory) {
  std::mt19937 random(7);
  const auto less = [](const std::string& a, const std::string& b) {
    const std::string name_a = a.substr(0, a.find('\t')), name_b = b.substr(0, b.find('\t'));
    return name_a != name_b ? CanonicalLess(name_a, name_b) : a < b;
  };
  using Lines = std::set<std::string, decltype(less)>;
  for (int round = 0; round < 20; ++round) {
    Lines before(less), after(less);
    const int names = round < 18 ? 30 : 6000;  // also more than the reader holds
    for (int i = 0; i < names; ++i) {
      for (int server = 0; server < 3; ++server) {
        const std::string line =
            Concat("n", i % 7 == 0 ? "" : "-", i, "\t60\tIN\tNS\tns", server, ".example.\n");
        if (random() % 3 != 0) before.insert(line);
        if (random() % 3 != 0) after.insert(line);
      }
    }
    std::string old_text = kHead, new_text = kHead;
    int64_t removed = 0, added = 0;
    for (const std::string& line : before) old_text += line, removed += !after.contains(line);
    for (const std::string& line : after) new_text += line, added += !before.contains(line);
    Run(old_text, new_text);
    EXPECT_EQ(difference_.total.removed, removed);
    EXPECT_EQ(difference_.total.added, added);
    EXPECT_EQ(difference_.total.changed, 0);
  }
}

TEST_F(ZoneDiffTest, SaysWhichFileIsWrong) {
  tests::WriteFile(old_, kHead);
  tests::WriteFile(new_, Concat(kHead, "a 60 IN\n"));
  const auto difference = DiffZones(old_, new_, {}, [](std::string_view) {});
  EXPECT_EQ(difference.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(std::string(difference.status().message()).find(new_ + ":5: "), std::string::npos);
  EXPECT_FALSE(DiffZones(folder_.Path("missing"), new_, {}, [](std::string_view) {}).ok());
}

}  // namespace
}  // namespace zonegen
