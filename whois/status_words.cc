#include "whois/status_words.h"

#include <algorithm>
#include <array>

namespace whois {
namespace {

constexpr std::array<StatusWords, 29> kStatuses = {{
    {"ok", "Nothing unusual", "Nothing is under way, and nothing is locked.", Tone::kGood},
    {"linked", "In use",
     "Other objects in the registry refer to it; until they no longer do, it cannot be deleted.",
     Tone::kPlain},
    {"inactive", "Not in the DNS",
     "It has no name servers, so web sites and e-mail at this name do not work.", Tone::kNotice},

    {"clientHold", "Switched off by the registrar",
     "The registrar has taken the name out of the DNS, so web sites and e-mail at it do not work. "
     "Usual reasons are an unpaid bill, contact data that were never confirmed, or abuse.",
     Tone::kWarning},
    {"clientTransferProhibited", "Transfer lock, by the registrar",
     "The name cannot move to another registrar until its own lifts this lock. It is a common "
     "protection against theft.",
     Tone::kGood},
    {"clientUpdateProhibited", "Change lock, by the registrar",
     "Its data cannot be changed until the registrar lifts this lock. It is a protection against "
     "changes that nobody wanted.",
     Tone::kGood},
    {"clientDeleteProhibited", "Deletion lock, by the registrar",
     "It cannot be deleted until the registrar lifts this lock.", Tone::kGood},
    {"clientRenewProhibited", "Renewal lock, by the registrar",
     "The registration cannot be renewed until the registrar lifts this lock. That is uncommon: "
     "often there is a dispute, or the name is about to be deleted.",
     Tone::kNotice},

    {"serverHold", "Switched off by the registry",
     "The registry has taken the name out of the DNS, so web sites and e-mail at it do not work. "
     "Usual reasons are abuse, a court order, or contact data that were never confirmed.",
     Tone::kWarning},
    {"serverTransferProhibited", "Transfer lock, by the registry",
     "The name cannot move to another registrar until the registry lifts this lock. Registries set "
     "it for extra protection, during disputes, and shortly after a registration or transfer.",
     Tone::kGood},
    {"serverUpdateProhibited", "Change lock, by the registry",
     "Its data cannot be changed until the registry lifts this lock. Registries set it for extra "
     "protection, and during disputes.",
     Tone::kGood},
    {"serverDeleteProhibited", "Deletion lock, by the registry",
     "It cannot be deleted until the registry lifts this lock. Registries set it for extra "
     "protection, and during disputes.",
     Tone::kGood},
    {"serverRenewProhibited", "Renewal lock, by the registry",
     "The registration cannot be renewed until the registry lifts this lock. That is uncommon: "
     "often there is a dispute, or the name is about to be deleted.",
     Tone::kNotice},

    {"pendingCreate", "Registration under way",
     "The request to register it has arrived and is being processed.", Tone::kNotice},
    {"pendingDelete", "Being deleted",
     "It has been deleted and is on its way out of the registry. Only a name that is still in its "
     "redemption period can be restored.",
     Tone::kBad},
    {"pendingRenew", "Renewal under way", "The request to renew it is being processed.",
     Tone::kNotice},
    {"pendingTransfer", "Transfer under way",
     "Another registrar has asked to take it over, and the request has not been decided yet.",
     Tone::kNotice},
    {"pendingUpdate", "Change under way", "A request to change its data is being processed.",
     Tone::kNotice},

    {"addPeriod", "Newly registered",
     "It was registered in the last few days. If the registrar deletes it now, the registration is "
     "undone and the name is free again at once.",
     Tone::kPlain},
    {"autoRenewPeriod", "Renewed automatically",
     "The registration had come to its end and was renewed automatically; the expiry date is the "
     "new one. The registrar may still undo that, for instance if nobody pays for it.",
     Tone::kNotice},
    {"renewPeriod", "Just renewed",
     "The registrar renewed it in the last few days and may still undo that.", Tone::kPlain},
    {"transferPeriod", "Just transferred",
     "It moved to its present registrar in the last few days.", Tone::kPlain},
    {"redemptionPeriod", "Can still be restored",
     "The name has been deleted and is out of the DNS. For some weeks its former holder can have "
     "it restored, through the registrar and usually for a fee.",
     Tone::kBad},
    {"pendingRestore", "Being restored",
     "The registrar has asked for the deleted name to be restored, and is to report why. Until "
     "then "
     "the name works again.",
     Tone::kWarning},

    {"hold", "Suspended", "The organization is suspended for the time being.", Tone::kWarning},
    {"terminated", "Ended", "The organization no longer acts for the names in this registry.",
     Tone::kBad},
    {"clientLinkProhibited", "No new uses, by the registrar",
     "Nothing more can be attached to it until the registrar lifts this lock.", Tone::kPlain},
    {"serverLinkProhibited", "No new uses, by the registry",
     "Nothing more can be attached to it until the registry lifts this lock.", Tone::kPlain},
    {"", "Another status", "The registry has given it a status of its own.", Tone::kPlain},
}};

}  // namespace

StatusWords ExplainStatus(std::string_view word) {
  const auto found = std::find_if(kStatuses.begin(), kStatuses.end() - 1,
                                  [&](const StatusWords& words) { return words.word == word; });
  StatusWords words = *found;
  words.word = word;
  return words;
}

}  // namespace whois
