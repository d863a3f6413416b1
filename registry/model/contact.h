#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "registry/base/rare.h"
#include "registry/model/transfer.h"
#include "registry/types/auth_info.h"
#include "registry/types/contact_details.h"
#include "registry/types/identifiers.h"
#include "registry/types/keys.h"
#include "registry/types/status.h"

namespace registry {

// RFC 5733 section 2.
struct Contact {
  ContactKey key{};
  ContactId id;
  RegistrarKey sponsor = kNoRegistrar;
  RegistrarKey creator = kNoRegistrar;
  RegistrarKey updater = kNoRegistrar;
  absl::Time created;
  std::optional<absl::Time> updated;
  std::optional<absl::Time> transferred;
  StatusSet statuses;
  SealedAuthInfo auth;
  std::optional<absl::Time> auth_ends;      // as of domains
  std::optional<PostalInfo> international;  // one of the two at least
  std::optional<PostalInfo> localized;
  std::optional<Phone> voice;
  std::optional<Phone> fax;
  std::string email;
  Rare<AdditionalEmail> additional_email;
  Disclose disclose;
  Rare<Transfer> transfer;  // the latest
  int32_t version = 1;

  friend bool operator==(const Contact&, const Contact&) = default;
};

}  // namespace registry
