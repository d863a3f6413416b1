#include "epp/login_security.h"

#include "epp/namespaces.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"

namespace epp {
namespace {

using Level = SecurityEvent::Level;

void WriteEvent(const SecurityEvent& event, XmlWriter* xml) {
  const std::string_view level = event.level == Level::kError ? "error" : "warning";
  if (event.statistic) {
    xml->Leaf("loginSec:event", event.text,
              {{"type", event.type},
               {"name", event.statistic->name},
               {"level", level},
               {"value", std::to_string(event.statistic->value)},
               {"duration", FormatXmlDuration(event.statistic->duration)}});
  } else if (event.expires) {
    xml->Leaf(
        "loginSec:event", event.text,
        {{"type", event.type}, {"level", level}, {"exDate", registry::FormatUtc(*event.expires)}});
  } else {
    xml->Leaf("loginSec:event", event.text, {{"type", event.type}, {"level", level}});
  }
}

}  // namespace

std::vector<SecurityEvent> SecurityEventsOf(const LoginFacts& facts,
                                            const LoginSecuritySettings& settings) {
  std::vector<SecurityEvent> events;
  if (facts.now >= facts.password_expires) {
    events.push_back({"password", Level::kError, "The password has expired", facts.password_expires,
                      std::nullopt});
  } else if (facts.now >= facts.password_expires - settings.password_warning) {
    events.push_back({"password", Level::kWarning, "The password expires soon",
                      facts.password_expires, std::nullopt});
  }
  if (facts.true_now >= facts.certificate_expires - settings.certificate_warning) {
    events.push_back({"certificate", Level::kWarning, "The client certificate expires soon",
                      facts.certificate_expires, std::nullopt});
  }
  if (facts.new_password_refused) {
    events.push_back({"newPW", Level::kError, "The new password is not strong enough", std::nullopt,
                      std::nullopt});
  }
  if (facts.failed_logins > 0) {
    events.push_back({"stat", Level::kWarning, "Logins failed since the last good one",
                      std::nullopt,
                      SecurityEvent::Statistic{"failedLogins", facts.failed_logins,
                                               settings.failed_login_window}});
  }
  return events;
}

void WriteSecurityEvents(const std::vector<SecurityEvent>& events, XmlWriter* xml) {
  if (events.empty()) return;
  xml->Open("loginSec:loginSecData", {{"xmlns:loginSec", kLoginSec}});
  for (const SecurityEvent& event : events) WriteEvent(event, xml);
  xml->Close();
}

std::string FormatXmlDuration(absl::Duration duration) {
  absl::Duration rest = duration;
  const int64_t days = absl::IDivDuration(rest, absl::Hours(24), &rest);
  const int64_t hours = absl::IDivDuration(rest, absl::Hours(1), &rest);
  const int64_t minutes = absl::IDivDuration(rest, absl::Minutes(1), &rest);
  const int64_t seconds = absl::IDivDuration(rest, absl::Seconds(1), &rest);
  std::string time;
  if (hours != 0) time += registry::Concat(hours, "H");
  if (minutes != 0) time += registry::Concat(minutes, "M");
  if (seconds != 0 || (days == 0 && time.empty())) time += registry::Concat(seconds, "S");
  std::string out = "P";
  if (days != 0) out += registry::Concat(days, "D");
  if (!time.empty()) out += "T" + time;
  return out;
}

}  // namespace epp
