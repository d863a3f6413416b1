#include "registry/types/status.h"

#include <algorithm>
#include <array>

namespace registry {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 22> kNames = {
    "clientDeleteProhibited",
    "clientHold",
    "clientRenewProhibited",
    "clientTransferProhibited",
    "clientUpdateProhibited",
    "serverDeleteProhibited",
    "serverHold",
    "serverRenewProhibited",
    "serverTransferProhibited",
    "serverUpdateProhibited",
    "inactive",
    "linked",
    "ok",
    "pendingCreate",
    "pendingDelete",
    "pendingRenew",
    "pendingTransfer",
    "pendingUpdate",
    "hold",
    "terminated",
    "clientLinkProhibited",
    "serverLinkProhibited",
};
static_assert(kNames.size() == static_cast<size_t>(Status::kServerLinkProhibited) + 1);

std::optional<Status> Find(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Status>(found - kNames.begin());
}

}  // namespace

std::string_view StatusName(Status status) { return kNames[static_cast<size_t>(status)]; }

std::optional<Status> ParseStatus(std::string_view name) {
  const std::optional<Status> status = Find(name);
  return status < Status::kHold ? status : std::nullopt;
}

std::optional<Status> ParseOrganizationStatus(std::string_view name) {
  static const StatusSet kOthers{
      Status::kClientHold, Status::kClientRenewProhibited, Status::kClientTransferProhibited,
      Status::kServerHold, Status::kServerRenewProhibited, Status::kServerTransferProhibited,
      Status::kInactive,   Status::kPendingRenew,          Status::kPendingTransfer};
  const std::optional<Status> status = Find(name);
  return status && !kOthers.Has(*status) ? status : std::nullopt;
}

bool IsClientStatus(Status status) { return StatusName(status).starts_with("client"); }

bool IsServerStatus(Status status) { return StatusName(status).starts_with("server"); }

StatusSet::StatusSet(std::initializer_list<Status> statuses) {
  for (Status status : statuses) Add(status);
}

std::vector<Status> StatusSet::ToVector() const {
  std::vector<Status> statuses;
  for (size_t i = 0; i < kNames.size(); ++i) {
    const auto status = static_cast<Status>(i);
    if (Has(status)) statuses.push_back(status);
  }
  return statuses;
}

}  // namespace registry
