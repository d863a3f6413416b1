#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "whois/view.h"

// The text of WHOIS (registry agreement, specification 4, section 1): `Key: Value` lines ended by
// CR LF, a footer, and the operator's disclaimer. A value that we do not hold has no line.
namespace whois {

// What every answer ends with.
struct WhoisFooter {
  absl::Time as_of;  // of the data
  std::vector<std::string> disclaimer;
};

std::string WhoisText(const DomainView& domain, const WhoisFooter& footer);
// One record for each host. `cut`: there are more of them than are shown.
std::string WhoisText(const std::vector<HostView>& hosts, bool cut, const WhoisFooter& footer);
std::string WhoisText(const RegistrarView& registrar, const WhoisFooter& footer);
// "No match for ..." `subject` is printable.
std::string WhoisNoMatch(std::string_view subject, const WhoisFooter& footer);
// One line that says why there is no record, such as "Invalid query.", and the footer.
std::string WhoisRefusal(std::string_view line, const WhoisFooter& footer);

}  // namespace whois
