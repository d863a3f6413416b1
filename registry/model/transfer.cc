#include "registry/model/transfer.h"

namespace registry {

std::string_view TransferStateName(TransferState state) {
  constexpr std::string_view kNames[] = {"pending",         "clientApproved", "clientRejected",
                                         "clientCancelled", "serverApproved", "serverCancelled"};
  return kNames[static_cast<size_t>(state)];
}

}  // namespace registry
