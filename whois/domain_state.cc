#include "whois/domain_state.h"

#include <algorithm>

namespace whois {

DomainState StateOf(const DomainView& domain, absl::Time now) {
  const auto has = [&](std::string_view word) {
    return std::find(domain.statuses.begin(), domain.statuses.end(), word) != domain.statuses.end();
  };
  const bool held = has("serverHold") || has("clientHold");
  if (has("pendingRestore")) {
    if (held || domain.name_servers.empty()) {
      return {"Being restored",
              "The name had been deleted. Its registrar has asked for it to be restored, and the "
              "registry waits for the registrar's report. It does not work meanwhile.",
              Tone::kWarning, /*in_dns=*/false};
    }
    return {
        "Being restored",
        "The name had been deleted. Its registrar has asked for it to be restored, and the name "
        "works again while the registry waits for the registrar's report.",
        Tone::kWarning};
  }
  if (has("redemptionPeriod")) {
    return {"Deleted, but can still be restored",
            "The name does not work any more. Its former holder can still have it restored through "
            "the registrar; after that it will be given up for good. Nobody else can register it "
            "yet.",
            Tone::kBad, /*in_dns=*/false, /*deleted=*/true};
  }
  if (has("pendingDelete")) {
    return {
        "About to be deleted",
        "The name does not work any more and can no longer be restored. In a few days it leaves "
        "the registry, and then it may be registered again.",
        Tone::kBad, /*in_dns=*/false, /*deleted=*/true};
  }
  if (has("pendingCreate")) {
    return {"Not registered yet",
            "Somebody has asked for this name, and the registration is being processed.",
            Tone::kNotice, /*in_dns=*/false};
  }
  if (has("serverHold")) {
    return {"Registered, but switched off",
            "This name is taken, but the registry has taken it out of the DNS: web sites and "
            "e-mail at it do not work.",
            Tone::kWarning, /*in_dns=*/false};
  }
  if (has("clientHold")) {
    return {"Registered, but switched off",
            "This name is taken, but the registrar has taken it out of the DNS: web sites and "
            "e-mail at it do not work.",
            Tone::kWarning, /*in_dns=*/false};
  }
  if (domain.expires <= now) {
    return {"Registered, but expired",
            "The registration has come to its end. The registrar can tell whether it will be "
            "renewed.",
            Tone::kWarning};
  }
  if (has("pendingTransfer")) {
    if (domain.name_servers.empty()) {
      return {"Registered, moving to another registrar",
              "This name is taken, but it has no name servers. Another registrar has asked to take "
              "it over.",
              Tone::kNotice};
    }
    return {"Registered, moving to another registrar",
            "This name is taken, and it works. Another registrar has asked to take it over.",
            Tone::kNotice};
  }
  if (domain.name_servers.empty()) {
    return {"Registered, but not in use",
            "This name is taken, but it has no name servers: web sites and e-mail at it do not "
            "work.",
            Tone::kNotice};
  }
  return {"Registered", "This name is taken, and it is in the DNS.", Tone::kGood};
}

}  // namespace whois
