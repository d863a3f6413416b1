#include "whois/change_follower.h"

#include <chrono>
#include <utility>
#include <vector>

#include "registry/base/log.h"

namespace whois {
namespace {

using registry::store::FeedEntry;
using registry::store::FeedKind;

int64_t SteadyNanoseconds() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// What is said of a name also tells which of its variants are registered.
void NoteVariants(const registry::Directory& directory, const registry::DomainName& name,
                  std::vector<Topic>& topics) {
  const std::string key = directory.VariantKey(name);
  if (!key.empty()) topics.push_back(TopicOfVariants(key));
}

}  // namespace

ChangeFollower::ChangeFollower(Settings settings, RecentChanges& changes, Directory directory)
    : settings_(std::move(settings)),
      changes_(changes),
      directory_(std::move(directory)),
      watch_(settings_.database),
      last_look_(SteadyNanoseconds()),
      rounds_(settings_.interval, [this](const std::stop_token& /*stop*/) { Look(); }) {}

absl::Duration ChangeFollower::since_last_look() const {
  return absl::Nanoseconds(SteadyNanoseconds() - last_look_.load());
}

absl::Duration ChangeFollower::replay_lag() const { return absl::Nanoseconds(replay_lag_.load()); }

void ChangeFollower::Look() {
  const auto began = std::chrono::steady_clock::now();
  const auto news = watch_.Poll();
  if (!news.ok()) {
    if (!failing_) {
      registry::Log(registry::LogLevel::kWarning, "whois.changes_unknown",
                    {{"error", news.status().ToString()}});
    }
    failing_ = true;
    return;
  }
  if (failing_) registry::Log(registry::LogLevel::kInfo, "whois.changes_known");
  failing_ = false;
  Note(*news);
  changes_.Confirm(began, absl::ToChronoNanoseconds(settings_.max_lag));
  last_look_ = SteadyNanoseconds();
  replay_lag_ = absl::ToInt64Nanoseconds(news->replay_lag);
}

void ChangeFollower::Note(const registry::store::FeedWatch::News& news) {
  bool all = news.gap;
  std::vector<Topic> topics;
  const auto directory = directory_();
  for (const FeedEntry& entry : news.entries) {
    switch (entry.kind) {
      case FeedKind::kDomain:
        topics.push_back(TopicOfDomain(entry.name));
        NoteVariants(*directory, registry::DomainName::Trusted(entry.name), topics);
        break;
      case FeedKind::kHost:
        topics.push_back(TopicOf(registry::HostKey(entry.object)));
        break;
      case FeedKind::kContact:
        topics.push_back(TopicOf(registry::ContactKey(entry.object)));
        break;
      case FeedKind::kOrganization:
        topics.push_back(TopicOf(registry::OrganizationKey(entry.object)));
        break;
      default:  // seldom, and of consequence for many
        all = true;
    }
  }
  if (all) changes_.NoteAll();
  if (!topics.empty()) changes_.Note(topics);
}

}  // namespace whois
