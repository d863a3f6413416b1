#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/model/tld_policy.h"
#include "registry/types/dns_key.h"
#include "registry/types/domain_name.h"
#include "registry/types/ds_record.h"

// What a child zone asks its parent to publish by its CDS and CDNSKEY records, and whether it gets
// it: RFC 7344, RFC 8078, RFC 9615. What the servers answered goes in, and which keys signed it;
// who asks them stands in registry/cds/.
namespace registry {

// As they came; nothing is checked yet.
struct CdsRecord {
  uint16_t key_tag = 0;
  uint8_t algorithm = 0;
  uint8_t digest_type = 0;
  std::string digest;  // octets
  friend auto operator<=>(const CdsRecord&, const CdsRecord&) = default;
};
struct CdnskeyRecord {
  uint16_t flags = 0;
  uint8_t protocol = 0;
  uint8_t algorithm = 0;
  std::string public_key;  // octets
  friend auto operator<=>(const CdnskeyRecord&, const CdnskeyRecord&) = default;
};

struct ChildRecords {
  std::vector<CdsRecord> cds;          // sorted, unique
  std::vector<CdnskeyRecord> cdnskey;  // likewise
  bool empty() const { return cds.empty() && cdnskey.empty(); }
  friend bool operator==(const ChildRecords&, const ChildRecords&) = default;
};

// What one address of a name server of the child said.
struct ChildAnswer {
  std::string server;  // "ns1.example.net 192.0.2.1", for messages
  ChildRecords records;
  // Its keys with a signature of the DNSKEY RRset that holds now.
  std::vector<DnsKey> key_signers;
  // Those of its keys with such signatures of each of the two RRsets that is there.
  std::vector<DnsKey> record_signers;
};

// What stands at the signalling name of one name server, RFC 9615 section 2.
struct SignalAnswer {
  enum class State : uint8_t {
    kSecure,    // validated from the trust anchor down
    kInsecure,  // nobody signs it
    kFailed,    // bogus, or no answer
  };
  std::string server;  // the name server's name
  State state = State::kFailed;
  ChildRecords records;
};

// Why a child does not get what it asks for. `id` is stable, for the database and metrics.
struct ChildDsProblem {
  std::string_view id;
  std::string_view text;
};
inline constexpr ChildDsProblem kChildSilent{"silent", "no name server gives a useful answer"};
inline constexpr ChildDsProblem kChildServersDiffer{
    "servers-differ", "the name servers have different CDS or CDNSKEY records"};
inline constexpr ChildDsProblem kChildServerSilent{
    "server-silent", "a name server gives no useful answer; for a first DS all have to"};
inline constexpr ChildDsProblem kChildRecordsDisagree{"records-disagree",
                                                      "CDS and CDNSKEY do not say the same"};
inline constexpr ChildDsProblem kChildDeleteNotAlone{
    "delete-not-alone", "the record that asks for deletion stands beside others"};
inline constexpr ChildDsProblem kChildRecordRefused{"record-refused",
                                                    "an algorithm, digest or key is not allowed"};
inline constexpr ChildDsProblem kChildKeysMissing{
    "keys-missing", "this TLD takes keys, and there are no CDNSKEY records"};
inline constexpr ChildDsProblem kChildTooMany{"too-many", "more records than the TLD allows"};
inline constexpr ChildDsProblem kChildNotAuthentic{
    "not-authentic", "no key of a DS record in force has signed the records"};
inline constexpr ChildDsProblem kChildWouldBreak{
    "would-break", "no key of the new DS records signs the zone's keys"};
inline constexpr ChildDsProblem kChildNoSignal{
    "no-signal", "every name server is within the zone itself, so that none can vouch for it"};
inline constexpr ChildDsProblem kChildSignalMissing{
    "signal-missing", "a signalling name has no such records, or gives no answer"};
inline constexpr ChildDsProblem kChildSignalInsecure{"signal-insecure",
                                                     "a signalling name is not signed"};
inline constexpr ChildDsProblem kChildSignalDiffers{
    "signal-differs", "a signalling name has other records than the zone"};
// That a change was decided upon, but the domain does not allow it (commands/ds_maintenance.h).
inline constexpr ChildDsProblem kChildChangeRefused{"change-refused",
                                                    "the domain cannot be changed now"};

// By its id; "" for none of them.
std::string_view ChildDsProblemText(std::string_view id);

struct ChildDsVerdict {
  enum class Kind : uint8_t {
    kNothing,  // no such records, or they ask for nothing
    kSame,     // what they ask for is there
    kReplace,  // `ds` takes the place of what is there
    kRemove,   // the delegation becomes insecure
    kInitial,  // `ds` is the first
    kWaiting,  // likewise, but only when it was asked for long enough
    kRefused,  // `problem`
  };
  Kind kind = Kind::kNothing;
  std::vector<DsRecord> ds = {};  // sorted, unique, fit for a domain of the TLD
  ChildDsProblem problem = {};
  std::string about = {};  // whom or what the problem is with; may be empty
};

std::string_view ChildDsKindName(ChildDsVerdict::Kind kind);  // "replace"

// Of the delegation that is asked about.
struct ChildDelegation {
  DomainName name;
  std::vector<DsRecord> ds;  // that are published
  const TldPolicy& policy;   // outlives this
};

// A secure delegation. Changes take the signature of a key that a DS record in force stands for
// (RFC 7344 section 4.1), and leave, for each algorithm, a key that signs the zone's keys at every
// server. Servers that do not answer are not waited for. Whether there is anything to do at all can
// be told by one answer (IsWorthConfirming).
ChildDsVerdict MaintainDs(const ChildDelegation& delegation,
                          const std::vector<ChildAnswer>& answers);

// How an insecure delegation may get its first DS records.
struct BootstrapEvidence {
  std::vector<std::string> silent;    // name servers that gave no answer at any address
  std::vector<SignalAnswer> signals;  // of the name servers outside of the zone
  // Without good signals: accept what all servers have said for so long, unchanged (RFC 8078
  // section 3.3). Zero: never.
  absl::Duration accept_after;
  absl::Duration unchanged;  // so long it is what it is now
};

// An insecure delegation. Without answers that ask for something: kNothing.
ChildDsVerdict BootstrapDs(const ChildDelegation& delegation,
                           const std::vector<ChildAnswer>& answers,
                           const BootstrapEvidence& evidence);

// Whether asking more servers, for more than the records, could bring about a change: it is what
// one server's records alone ask for, or what only signatures and signals are missing to.
bool IsWorthConfirming(const ChildDsVerdict& verdict);

// The name at which `server` vouches for the child, RFC 9615 section 2; empty if it would be too
// long.
std::string SignalName(const DomainName& child, const DomainName& server);

// By semicolons; for comparing what was asked for at two times.
std::string DsText(const std::vector<DsRecord>& records);

}  // namespace registry
