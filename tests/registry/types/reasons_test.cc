#include "registry/types/reasons.h"

#include <gtest/gtest.h>

#include <set>

namespace registry {
namespace {

constexpr Reason kAll[] = {
    kDomainNameSyntax, kHostNameSyntax, kContactIdSyntax, kRegistrarIdSyntax,  kRoidSyntax,
    kPeriodRange,      kAddressSyntax,  kAddressUnusable, kCountrySyntax,      kEmailSyntax,
    kPhoneSyntax,      kPostalEmpty,    kPostalTooLong,   kPostalNotPrintable, kPostalNotAscii,
    kAuthInfoSyntax,   kMoneySyntax,    kDsDigestSyntax,  kDsAlgorithmRange,   kDsDigestTypeRange,
    kStatusRange,      kPasswordWeak};

TEST(ReasonsTest, HaveShortTextsAndIdsOfTheirOwn) {
  std::set<std::string_view> ids;
  for (const Reason& reason : kAll) {
    EXPECT_TRUE(ids.insert(reason.id).second) << reason.id;
    EXPECT_LE(reason.text.size(), 80u) << reason.id;
    EXPECT_GE(static_cast<int>(reason.code), 2000) << reason.id;
  }
}

}  // namespace
}  // namespace registry
