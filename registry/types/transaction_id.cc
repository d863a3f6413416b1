#include "registry/types/transaction_id.h"

#include <cinttypes>
#include <cstdio>

namespace registry {

std::string FormatServerTransactionId(TransactionNumber number) {
  char text[24];
  std::snprintf(text, sizeof text, "PTL-%012" PRIX64, static_cast<uint64_t>(number));
  return text;
}

}  // namespace registry
