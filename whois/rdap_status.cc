#include "whois/rdap_status.h"

#include <algorithm>
#include <array>
#include <utility>

#include "registry/base/check.h"

namespace whois {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 24> kWords = {{
    {"ok", "active"},
    {"linked", "associated"},
    {"inactive", "inactive"},
    {"addPeriod", "add period"},
    {"autoRenewPeriod", "auto renew period"},
    {"renewPeriod", "renew period"},
    {"transferPeriod", "transfer period"},
    {"redemptionPeriod", "redemption period"},
    {"pendingRestore", "pending restore"},
    {"pendingCreate", "pending create"},
    {"pendingDelete", "pending delete"},
    {"pendingRenew", "pending renew"},
    {"pendingTransfer", "pending transfer"},
    {"pendingUpdate", "pending update"},
    {"clientDeleteProhibited", "client delete prohibited"},
    {"clientHold", "client hold"},
    {"clientRenewProhibited", "client renew prohibited"},
    {"clientTransferProhibited", "client transfer prohibited"},
    {"clientUpdateProhibited", "client update prohibited"},
    {"serverDeleteProhibited", "server delete prohibited"},
    {"serverHold", "server hold"},
    {"serverRenewProhibited", "server renew prohibited"},
    {"serverTransferProhibited", "server transfer prohibited"},
    {"serverUpdateProhibited", "server update prohibited"},
}};

}  // namespace

std::string_view RdapStatus(std::string_view epp_status) {
  const auto found = std::find_if(kWords.begin(), kWords.end(),
                                  [&](const Pair& pair) { return pair.first == epp_status; });
  POSTEL_CHECK(found != kWords.end());
  return found->second;
}

std::vector<std::string_view> MappedStatuses() {
  std::vector<std::string_view> words;
  for (const Pair& pair : kWords) words.push_back(pair.first);
  return words;
}

}  // namespace whois
