#include "registry/types/fingerprint.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

TEST(FingerprintTest, IsWrittenInLowerCaseHexadecimal) {
  Fingerprint fingerprint{};
  fingerprint[0] = 0x0F;
  fingerprint[1] = 0xA0;
  fingerprint[31] = 0xFF;
  EXPECT_EQ(FormatFingerprint(fingerprint), "0fa0" + std::string(58, '0') + "ff");
}

}  // namespace
}  // namespace registry
