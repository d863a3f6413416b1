#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"
#include "registry/types/reasons.h"

namespace registry {

// <contact:update>, RFC 5733 section 3.2.5. A given postalInfo changes the members that are given
// in it.
struct ContactUpdate {
  // What a <contact:postalInfo> in <chg> says, checked (ParsePostalText, ParseCountry); members
  // left out stay.
  struct PostalChange {
    std::optional<std::string> name;
    std::optional<std::string> organization;
    // The <addr> as a whole:
    struct Address {
      std::vector<std::string> street;
      std::string city, state, postal_code, country;
    };
    std::optional<Address> address;
  };
  ContactId id;
  StatusSet add;
  StatusSet remove;
  std::optional<PostalChange> international;
  std::optional<PostalChange> localized;
  // Outer optional: to be changed; inner: the new value, nothing removes it.
  std::optional<std::optional<Phone>> voice;
  std::optional<std::optional<Phone>> fax;
  std::optional<std::string> email;
  std::optional<Rare<AdditionalEmail>> additional_email;  // as `voice`; RFC 9873
  std::optional<SealedAuthInfo> auth;
  bool auth_weak = false;
  std::optional<Disclose> disclose;
  std::optional<Rejection> unacceptable;  // what the edge saw and nobody may do: kDuplicateValue
};

// kPostalIncomplete can only be judged with the stored contact.
inline constexpr std::array kContactUpdateReasons = {
    kNothingToDo,     kContactNotFound, kNotSponsor, kUpdateProhibited, kPostalIncomplete,
    kTransferPending, kDuplicateValue,  kNotPresent, kAlreadyPresent,   kAuthInfoWeak};

Needs NeedsOf(const ContactUpdate& command);
Outcome<Applied<Done>> Apply(const ContactUpdate& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
