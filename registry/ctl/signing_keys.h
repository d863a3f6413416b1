#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace ctl {

// How far a record of a key has come in the caches of the world; RFC 7583 and the key manager of
// BIND. kNone: the key has no such record.
enum class KeyState { kNone, kHidden, kRumoured, kOmnipresent, kUnretentive };
std::string_view KeyStateName(KeyState state);  // "hidden" ...; "-" for kNone

// A key of a zone that BIND signs by a dnssec-policy, as the three files of the key directory say.
struct SigningKey {
  int tag = 0;
  int algorithm = 0;  // number of IANA's registry
  bool is_ksk = false, is_zsk = false;
  // Planned or past.
  std::optional<absl::Time> published, active, retired, removed, publish_cds;
  // When the operator, or a look at the parent, has told BIND so.
  std::optional<absl::Time> ds_published, ds_removed;
  KeyState goal = KeyState::kNone;
  KeyState dnskey = KeyState::kNone, zone_signatures = KeyState::kNone,
           key_signatures = KeyState::kNone, ds = KeyState::kNone;
  std::string dnskey_rdata;  // wire form

  std::string_view Role() const;  // "KSK", "ZSK"; "CSK" if it is both
};

// The text of a `.state` file: lines `Key: value`, times as YYYYMMDDHHMMSS in UTC with a comment
// behind; `file` is for messages. InvalidArgument names file, line and key. Keys that are not
// known are passed over: other versions of BIND have more.
absl::StatusOr<SigningKey> ParseKeyStateFile(std::string_view file, std::string_view text);

// The rdata of the DNSKEY record in a `.key` file.
absl::StatusOr<std::string> ParsePublicKeyFile(std::string_view file, std::string_view text);

// All of the zone in the directory, KSKs first, the newest of each role last. NotFound: there are
// none; InvalidArgument: a file is wrong; PermissionDenied: it cannot be read.
absl::StatusOr<std::vector<SigningKey>> ReadSigningKeys(const std::string& directory,
                                                        const std::string& zone);

// The rdata of the DS record, with a digest by SHA-256 (RFC 4509): "18426 13 2 1A2B...".
std::string DsText(std::string_view zone, const SigningKey& key);

// Whether the parent must have the DS record now.
bool ParentMustHave(const SigningKey& key);
// What stands about the DS record: "at the parent" and the like; "-" for a ZSK.
std::string_view ParentText(const SigningKey& key);
// What the operator has to do now, as sentences. That a DS record is to be withdrawn is said only
// when all that are to be published are at the parent.
std::vector<std::string> ToDo(std::string_view zone, const std::vector<SigningKey>& keys);

struct KeyEvent {
  std::string_view what;
  absl::Time at;
};
// The next that is planned for this key, after `now`.
std::optional<KeyEvent> NextEvent(const SigningKey& key, absl::Time now);

}  // namespace ctl
