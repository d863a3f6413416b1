#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "registry/base/rare.h"
#include "registry/model/transfer.h"
#include "registry/types/keys.h"
#include "registry/types/transaction_id.h"

namespace registry {

// A message in a registrar's queue, RFC 5730 section 2.9.2.3.
struct PollMessage {
  // What happened; decides what stands beside the text. Append only: the letters are in the
  // database.
  enum class Notice : char {
    kText = 't',             // the text says it all
    kRenewed = 'r',          // the clock renewed the domain until `expires`
    kPurged = 'p',           // the domain is gone, as its <delete> had announced
    kDomainTransfer = 'x',   // the domain's `transfer` has come to another state
    kContactTransfer = 'y',  // the contact's
    kChange = 'c',           // what the operator did; `detail` is a ChangeNotice
    kKeyRelay = 'k',         // keys for the domain; `detail` is a KeyRelayNotice
    kMaintenance = 'm',      // of the registry's systems; `detail` is a MaintenanceNotice
  };
  // A command of the registrar's, by its transaction identifiers.
  struct Command {
    TransactionNumber number = 0;  // the svTRID's
    std::string client_id;         // may be empty
    friend bool operator==(const Command&, const Command&) = default;
  };

  int64_t id = 0;  // given by the database; ascending, what the client acknowledges
  RegistrarKey registrar = kNoRegistrar;
  absl::Time queued;
  std::string text;         // English, shown as <msg>
  std::string object_name;  // the domain, host, contact or maintenance; may be empty
  Notice notice = Notice::kText;
  DomainKey domain{};                   // to be looked up when the message is written; not kept
  std::optional<absl::Time> expires;    // with kRenewed
  std::optional<Command> deleted_by{};  // with kPurged, from the history; none: by the operator
  Rare<Transfer> transfer{};            // with kDomainTransfer and kContactTransfer
  std::string detail{};                 // what else stands beside the text, as `notice` says
};

}  // namespace registry
