#pragma once

#include <string_view>

#include "absl/time/time.h"
#include "whois/status_words.h"
#include "whois/view.h"

namespace whois {

// What all status words of a domain come to, for people: whether somebody has it, whether it works,
// and what is about to happen to it.
struct DomainState {
  std::string_view title;
  std::string_view sentence;
  Tone tone = Tone::kGood;
  bool in_dns = true;    // of its name servers, if it has any
  bool deleted = false;  // and not restored
};

// What weighs most: a deletion before a hold, a hold before what is under way.
DomainState StateOf(const DomainView& domain, absl::Time now);

}  // namespace whois
