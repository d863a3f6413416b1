#include "zonegen/kept_zones.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace zonegen {
namespace {

class KeptZonesTest : public testing::Test {
 protected:
  // As a zone is published: in the place of the one before.
  void Publish(uint32_t serial) {
    tests::WriteFile(file_ + ".tmp", "zone " + std::to_string(serial));
    ASSERT_EQ(std::rename((file_ + ".tmp").c_str(), file_.c_str()), 0);
    tests::WriteFile(file_ + ".tmp", "manifest " + std::to_string(serial));
    ASSERT_EQ(std::rename((file_ + ".tmp").c_str(), (file_ + ".manifest").c_str()), 0);
  }
  void PublishAfter(uint32_t last, uint32_t serial, int keep) {
    ASSERT_TRUE(KeepZone(file_, last, true).ok());
    Publish(serial);
    ASSERT_TRUE(RemoveOldZones(file_, serial, keep).ok());
  }
  std::string Kept(uint32_t serial) const {
    return tests::ReadFile(file_ + "." + std::to_string(serial));
  }
  std::string KeptManifest(uint32_t serial) const {
    return tests::ReadFile(file_ + "." + std::to_string(serial) + ".manifest");
  }

  const tests::TemporaryFolder folder_;
  const std::string file_ = folder_.Path("org.zone");
};

TEST_F(KeptZonesTest, AreTheLastOnesWithTheirManifests) {
  Publish(1000);
  for (uint32_t serial = 1001; serial <= 1005; ++serial) PublishAfter(serial - 1, serial, 3);
  EXPECT_EQ(tests::ReadFile(file_), "zone 1005");
  for (uint32_t serial = 1002; serial <= 1004; ++serial) {
    EXPECT_EQ(Kept(serial), "zone " + std::to_string(serial));
    EXPECT_EQ(KeptManifest(serial), "manifest " + std::to_string(serial));
  }
  for (uint32_t serial : {1000u, 1001u, 1005u}) {
    EXPECT_EQ(Kept(serial), "");
    EXPECT_EQ(KeptManifest(serial), "");
  }
}

TEST_F(KeptZonesTest, AreTheYoungestAlsoWhereTheSerialWrapsAround) {
  Publish(4294967294u);
  PublishAfter(4294967294u, 4294967295u, 2);
  PublishAfter(4294967295u, 1, 2);
  PublishAfter(1, 2, 2);
  EXPECT_EQ(Kept(4294967294u), "");
  EXPECT_EQ(Kept(4294967295u), "zone 4294967295");
  EXPECT_EQ(Kept(1), "zone 1");
}

TEST_F(KeptZonesTest, AreGoneWhereNoneIsToStay) {
  Publish(1000);
  PublishAfter(1000, 1001, 1);
  EXPECT_EQ(Kept(1000), "zone 1000");
  ASSERT_TRUE(RemoveOldZones(file_, 1001, 0).ok());
  EXPECT_EQ(Kept(1000), "");
  EXPECT_EQ(tests::ReadFile(file_), "zone 1001");
}

TEST_F(KeptZonesTest, HaveNoManifestOfAnotherZone) {
  Publish(1000);
  ASSERT_TRUE(KeepZone(file_, 1000, true).ok());
  ASSERT_TRUE(KeepZone(file_, 1000, false).ok()) << "again";
  EXPECT_EQ(Kept(1000), "zone 1000");
  EXPECT_EQ(KeptManifest(1000), "");
}

TEST_F(KeptZonesTest, LeaveOtherFilesAlone) {
  Publish(1000);
  const std::string others[] = {file_ + ".gz", file_ + ".lock", file_ + ".1x", file_ + ".-1",
                                folder_.Path("ngo.zone.999")};
  for (const std::string& other : others) tests::WriteFile(other, "mine");
  PublishAfter(1000, 1001, 0);
  for (const std::string& other : others) EXPECT_EQ(tests::ReadFile(other), "mine") << other;
}

TEST_F(KeptZonesTest, SayWhichFileCannotBeMade) {
  const absl::Status status = KeepZone(file_, 1000, true);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(std::string(status.message()).find("org.zone.1000"), std::string::npos) << status;
}

}  // namespace
}  // namespace zonegen
