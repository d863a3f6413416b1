#include "registry/types/transaction_id.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

TEST(TransactionIdTest, IsTheNumberInHexadecimal) {
  EXPECT_EQ(FormatServerTransactionId(0x1A2B), "PTL-000000001A2B");
  EXPECT_EQ(FormatServerTransactionId(1), "PTL-000000000001");
  EXPECT_EQ(FormatServerTransactionId(INT64_MAX), "PTL-7FFFFFFFFFFFFFFF");
}

}  // namespace
}  // namespace registry
