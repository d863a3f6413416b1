#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// <contact:create>, RFC 5733 section 3.2.1.
struct ContactCreate {
  ContactId id;
  std::optional<PostalInfo> international;  // one of the two at least; the edge sees to it (schema)
  std::optional<PostalInfo> localized;
  std::optional<Phone> voice;
  std::optional<Phone> fax;
  std::string email;
  Rare<AdditionalEmail> additional_email;  // RFC 9873
  SealedAuthInfo auth;
  bool auth_weak = false;  // the edge saw a value below 128 bits (RFC 9154); refused
  Disclose disclose;
};

struct ContactCreated {
  ContactId id;
  absl::Time created;
};

inline constexpr std::array kContactCreateReasons = {kContactExists, kRegistrarOnly, kAuthInfoWeak};

Needs NeedsOf(const ContactCreate& command);
Outcome<Applied<ContactCreated>> Apply(const ContactCreate& command, const Context& context,
                                       const WorkingSet& set);

}  // namespace registry
