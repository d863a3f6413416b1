#include "zonegen/published_zone.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "zonegen/manifest.h"

namespace zonegen {
namespace {

std::string Zone(uint32_t serial) {
  return "$ORIGIN org.\n"
         "$TTL 3600\n"
         "@\t900\tIN\tSOA\tns1.nic.org. hostmaster.nic.org. " +
         std::to_string(serial) +
         " 1800 900 1209600 3600\n"
         "@\t86400\tIN\tNS\tns1.nic.org.\n"
         "ns1.nic 86400 IN A 127.0.0.1\n"
         "a\t3600\tIN\tNS\tns1.example.net.\n"
         "a\t3600\tIN\tNS\tns2.example.net.\n"
         "a\t3600\tIN\tDS\t1 13 2 AA\n"
         "b\t3600\tIN\tNS\tns1.b.org.\n"
         "ns1.b\t3600\tIN\tA\t192.0.2.1\n";
}

class PublishedZoneTest : public testing::Test {
 protected:
  Manifest Write(uint32_t serial, int64_t delegations) {
    tests::WriteFile(file_, Zone(serial));
    Manifest manifest{"org", serial};
    manifest.counts[Counted::kDelegations] = delegations;
    manifest.bytes = std::ssize(Zone(serial));
    manifest.sha256 = "00";
    return manifest;
  }
  absl::StatusOr<std::optional<PublishedZone>> Read(const std::string& tld) const {
    return ReadPublishedZone(file_, tld,
                             "@\t86400\tIN\tNS\tns1.nic.org.\nns1.nic 86400 IN A 127.0.0.1\n");
  }
  const tests::TemporaryFolder folder_;
  const std::string file_ = folder_.Path("org.zone");
};

TEST_F(PublishedZoneTest, IsNothingWithoutAFile) {
  const auto zone = Read("org");
  ASSERT_TRUE(zone.ok()) << zone.status();
  EXPECT_FALSE(zone->has_value());
}

TEST_F(PublishedZoneTest, IsWhatTheManifestSaysIfItBelongsToTheFile) {
  const Manifest manifest = Write(1800000000, 77);
  ASSERT_TRUE(WriteManifest(file_, manifest).ok());
  const auto zone = Read("org");
  ASSERT_TRUE(zone.ok() && zone->has_value()) << zone.status();
  EXPECT_EQ((*zone)->serial, 1800000000u);
  EXPECT_EQ((*zone)->counts.delegations(), 77);
  EXPECT_TRUE((*zone)->has_its_manifest);
}

TEST_F(PublishedZoneTest, IsCountedInTheFileWhereTheManifestIsOfAnother) {
  Manifest manifest = Write(1800000000, 77);
  manifest.serial -= 1;
  ASSERT_TRUE(WriteManifest(file_, manifest).ok());
  auto zone = Read("org");
  ASSERT_TRUE(zone.ok() && zone->has_value()) << zone.status();
  EXPECT_EQ((*zone)->serial, 1800000000u);
  ZoneCounts counts;
  counts.numbers = {2, 3, 1, 1, 0, 3};
  EXPECT_EQ((*zone)->counts, counts);
  EXPECT_FALSE((*zone)->has_its_manifest);

  manifest.serial += 1;
  manifest.bytes += 1;
  ASSERT_TRUE(WriteManifest(file_, manifest).ok());
  zone = Read("org");
  ASSERT_TRUE(zone.ok() && zone->has_value()) << zone.status();
  EXPECT_EQ((*zone)->counts.delegations(), 2);

  tests::WriteFile(ManifestPath(file_), "torn");
  zone = Read("org");
  ASSERT_TRUE(zone.ok() && zone->has_value()) << zone.status();
  EXPECT_EQ((*zone)->counts.delegations(), 2);
}

TEST_F(PublishedZoneTest, RefusesWhatIsNotAZoneOfThatTld) {
  tests::WriteFile(file_, "precious notes\n");
  EXPECT_EQ(Read("org").status().code(), absl::StatusCode::kFailedPrecondition);
  tests::WriteFile(file_, "");
  EXPECT_EQ(Read("org").status().code(), absl::StatusCode::kFailedPrecondition);
  Write(1800000000, 2);
  EXPECT_EQ(Read("ngo").status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(PublishedZoneTest, IsTheSameWhereOnlyTheSerialDiffers) {
  const std::string other = folder_.Path("other.zone");
  tests::WriteFile(file_, Zone(1800000000));
  tests::WriteFile(other, Zone(1800000001));
  auto same = SameButSerial(file_, other);
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_TRUE(*same);
}

TEST_F(PublishedZoneTest, DiffersInEverythingElse) {
  const std::string other = folder_.Path("other.zone");
  tests::WriteFile(file_, Zone(1800000000));
  const std::string zone = Zone(1800000000);
  for (size_t i = 0; i < zone.size(); ++i) {
    const size_t serial = zone.find("1800000000");
    if (i >= serial && i < serial + 10) continue;
    std::string spoiled = zone;
    spoiled[i] ^= 1;
    tests::WriteFile(other, spoiled);
    const auto same = SameButSerial(file_, other);
    ASSERT_TRUE(same.ok()) << same.status();
    EXPECT_FALSE(*same) << "octet " << i << " of\n" << spoiled;
  }
  for (const std::string& spoiled : {zone + "c\t3600\tIN\tNS\tns.example.\n",
                                     zone.substr(0, zone.size() - 1), zone.substr(0, 20)}) {
    tests::WriteFile(other, spoiled);
    const auto same = SameButSerial(file_, other);
    ASSERT_TRUE(same.ok()) << same.status();
    EXPECT_FALSE(*same) << spoiled;
  }
}

TEST_F(PublishedZoneTest, IsReadWhereItIsCompressed) {
  const std::string plain = folder_.Path("plain.zone");
  tests::WriteFile(plain, Zone(1800000000));
  for (const std::string writer : {"gzip", "zstd -q"}) {
    ASSERT_EQ(tests::RunShell(writer + " < " + plain + " > " + file_).code, 0);
    const auto zone = Read("org");
    ASSERT_TRUE(zone.ok() && zone->has_value()) << zone.status();
    EXPECT_EQ((*zone)->serial, 1800000000u);
    EXPECT_EQ((*zone)->counts.delegations(), 2);
    const auto same = SameButSerial(file_, plain);
    ASSERT_TRUE(same.ok()) << same.status();
    EXPECT_TRUE(*same);
  }
  const std::string compressed = tests::ReadFile(file_);
  tests::WriteFile(file_, compressed.substr(0, compressed.size() - 3));
  EXPECT_EQ(Read("org").status().code(), absl::StatusCode::kFailedPrecondition) << "damaged";
}

TEST_F(PublishedZoneTest, HasAManifestThatIsReadBack) {
  Manifest manifest{"org", 4294967295u};
  manifest.time = absl::FromUnixMillis(1'800'000'000'123);
  manifest.counts.numbers = {10'000'000, 25'000'000, 400'000, 200'000, 100'000, 12};
  manifest.bytes = 900'000'000;
  manifest.sha256 = std::string(64, 'f');
  manifest.forced = "half of it # was \"spam\"";
  EXPECT_EQ(FormatManifest(manifest),
            "tld = org\nserial = 4294967295\ntime = 2027-01-15T08:00:00.123Z\n"
            "delegations = 10000000\nns = 25000000\nds = 400000\na = 200000\naaaa = 100000\n"
            "static = 12\nbytes = 900000000\nsha256 = " +
                std::string(64, 'f') + "\nforced = \"half of it # was \\\"spam\\\"\"\n");
  const auto read = ParseManifest("m", FormatManifest(manifest));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->tld, "org");
  EXPECT_EQ(read->serial, 4294967295u);
  EXPECT_EQ(read->time, manifest.time);
  EXPECT_EQ(read->counts, manifest.counts);
  EXPECT_EQ(read->bytes, 900'000'000);
  EXPECT_EQ(read->sha256, std::string(64, 'f'));
  EXPECT_EQ(read->forced, manifest.forced);
  EXPECT_FALSE(ParseManifest("m", "tld = org\n").ok());
}

}  // namespace
}  // namespace zonegen
