// Zone files, as `follow` reads them to compare, and the records of a policy.
#include "zonegen/master_file_reader.h"

#include <string>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/fuzz/target.h"
#include "zonegen/knot.h"

namespace fuzz {
namespace {

struct Read {
  std::vector<std::pair<std::string, zonegen::DnsRecord>> records;
  absl::Status status;
};

Read ReadAll(std::string_view text) {
  Read read;
  auto reader = zonegen::MasterFileReader::OfText(text, "org", 3600);
  if (!reader.ok()) {
    read.status = reader.status();
    return read;
  }
  while (true) {
    std::pair<std::string, zonegen::DnsRecord> next;
    const auto more = (*reader)->Next(&next.first, &next.second);
    if (!more.ok()) read.status = more.status();
    if (!more.ok() || !*more) return read;
    read.records.push_back(std::move(next));
  }
}

void CheckRecord(const std::string& owner, const zonegen::DnsRecord& record) {
  POSTEL_CHECK(knot_dname_size(reinterpret_cast<const knot_dname_t*>(owner.data())) ==
               owner.size());
  POSTEL_CHECK(zonegen::WireName(zonegen::NameText(owner)) == owner);
  POSTEL_CHECK(record.rdata.size() <= 65'535);
  if (record.type == zonegen::kTypeNs) {
    POSTEL_CHECK(zonegen::WireName(zonegen::TargetOf(record)) == record.rdata);
  }
}

}  // namespace

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds{
      "$ORIGIN org.\n$TTL 60\n@ IN SOA ns1.nic hostmaster.nic (1 2 3\n 4 5)\n",
      "nic 300 IN TXT \"one\" two \\; three ; four\n",
      "A.B.ORG. 1d AAAA 2001:db8::1\n\tA 192.0.2.1\n",
      "x DS 7 13 2 49FD46E6C4B45C55D4AC49FD46E6C4B45C55D4AC49FD46E6C4B45C55D4AC49FD\n",
      "x MX 10 Mail.Example.\ny CAA 0 issue \"ca.example\"\n_s._tcp SRV 1 2 3 t\n",
      "\\000\\.x NS a.\\255.example.\n",
      "x TYPE731 \\# 3 abcdef\n",
      "n TYPE2 \\# 1 01\n",
      "$INCLUDE other.zone\n"};
  for (std::string& zone : GoldenFiles("zonegen", ".zone")) {
    constexpr std::string_view kPlace = "SERIAL";
    zone.replace(zone.find(kPlace), kPlace.size(), "2026112500");
    seeds.push_back(std::move(zone));
  }
  return seeds;
}

bool Check(std::string_view input) {
  const Read read = ReadAll(input);
  for (const auto& [owner, record] : read.records) CheckRecord(owner, record);
  POSTEL_CHECK(read.status.ok() || absl::IsInvalidArgument(read.status));
  POSTEL_CHECK(read.status.ok() || read.status.message().find("line ") != std::string::npos);
  const Read again = ReadAll(input);
  POSTEL_CHECK(again.records == read.records && again.status == read.status);
  return read.status.ok() && !read.records.empty();
}

}  // namespace fuzz
