#include "whois/topics.h"

#include <algorithm>

#include "registry/lifecycle/project.h"

namespace whois {

void SetTopics(const registry::DomainName& name,
               const registry::Outcome<registry::DomainLookupAnswer>& outcome,
               const registry::Directory& directory, CachedAnswer& answer) {
  // Of a bundle the feed names the first of its two names.
  answer.topics.push_back(TopicOfDomain(directory.bundles().Primary(name).text()));
  const std::string variants = directory.VariantKey(directory.bundles().Primary(name));
  if (!variants.empty()) answer.topics.push_back(TopicOfVariants(variants));
  answer.found = outcome.ok();
  if (!outcome.ok()) return;
  const registry::Domain& domain = outcome->info.domain;
  for (const registry::HostKey key : domain.name_servers) answer.topics.push_back(TopicOf(key));
  if (domain.registrant != registry::ContactKey{}) {
    answer.topics.push_back(TopicOf(domain.registrant));
  }
  for (const registry::DomainContact& link : domain.contacts) {
    answer.topics.push_back(TopicOf(link.contact));
  }
  if (domain.organizations) {
    for (const registry::OrganizationLink& link : *domain.organizations) {
      answer.topics.push_back(TopicOf(link.key));
    }
  }
  answer.valid_until = std::min(registry::NextEvent(domain), outcome->variants_until);
}

}  // namespace whois
