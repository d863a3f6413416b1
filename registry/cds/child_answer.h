#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/cds/dns_message.h"
#include "registry/rules/child_ds.h"

namespace cds {

// The CDS and CDNSKEY records of RDATA, sorted. False if one of them is malformed.
bool ReadChildRecords(const std::vector<std::string>& cds, const std::vector<std::string>& cdnskey,
                      registry::ChildRecords* records);

// The three answers of one address of a server. All are useful ones, for the same name.
struct ApexAnswers {
  DnsAnswer cds;
  DnsAnswer cdnskey;
  DnsAnswer dnskey;
};

// What they say, and which keys of the DNSKEY RRset sign it as of `now` (the real time, which
// signatures go by, also in a sandbox): RFC 4035 section 5.3. At most so many keys, signatures and
// verifications are looked at as an honest zone has.
registry::ChildAnswer ReadChildAnswer(std::string server, const ApexAnswers& answers,
                                      absl::Time now);

}  // namespace cds
