#include "zonegen/zone_difference.h"

#include <gmock/gmock.h>

#include "tests/support/temporary_folder.h"
#include "zonegen/master_file_reader.h"
#include "zonegen/wanted_file.h"
#include "zonegen/zone_version.h"

namespace zonegen {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Names : public WantedZone {
 public:
  explicit Names(std::vector<OwnerRecords> names) : names_(std::move(names)) {}
  absl::StatusOr<bool> Next(OwnerRecords* out) override {
    if (next_ == names_.size()) return false;
    *out = names_[next_++];
    return true;
  }

 private:
  std::vector<OwnerRecords> names_;
  size_t next_ = 0;
};

OwnerRecords Name(std::string_view name, std::string_view server, uint32_t ttl = 3600) {
  return {WireName(name), {{kTypeNs, ttl, WireName(server)}}};
}

struct Found {
  std::vector<std::string> owners;
  int64_t different = 0, compared = 0;
  absl::Status status;
};

Found Compare(std::vector<OwnerRecords> wanted, std::vector<OwnerRecords> served,
              size_t limit = 100) {
  Names names(std::move(wanted));
  ZoneDifference difference(names, limit);
  Found found;
  for (OwnerRecords& name : served) {
    if (found.status.ok()) found.status = difference.Serve(std::move(name));
  }
  if (found.status.ok()) found.status = difference.Finish();
  found.owners = difference.owners();
  found.different = difference.different();
  found.compared = difference.compared();
  return found;
}

TEST(ZoneDifferenceTest, FindsWhatIsMissingSurplusAndOther) {
  const OwnerRecords a = Name("a.org", "x"), b = Name("b.org", "x"), c = Name("c.org", "x");
  EXPECT_THAT(Compare({a, b, c}, {a, b, c}).owners, IsEmpty());
  EXPECT_THAT(Compare({a, b, c}, {a, c}).owners, ElementsAre("b.org"));
  EXPECT_THAT(Compare({b}, {a, b, c}).owners, ElementsAre("a.org", "c.org"));
  EXPECT_THAT(Compare({a, b}, {a, Name("b.org", "y")}).owners, ElementsAre("b.org"));
  EXPECT_THAT(Compare({a, b}, {a, Name("b.org", "x", 1)}).owners, ElementsAre("b.org"));
  EXPECT_THAT(Compare({a, b}, {}).owners, ElementsAre("a.org", "b.org"));
  EXPECT_THAT(Compare({}, {a, b}).owners, ElementsAre("a.org", "b.org"));
  EXPECT_THAT(Compare({}, {}).owners, IsEmpty());
  EXPECT_EQ(Compare({a, b}, {b, c}).compared, 3);
}

TEST(ZoneDifferenceTest, GoesByCanonicalOrder) {
  // By octets of the text "a-b.org" would stand before "a.org".
  const OwnerRecords a = Name("a.org", "x"), ns = Name("ns.a.org", "x"), ab = Name("a-b.org", "x");
  EXPECT_THAT(Compare({a, ns, ab}, {a, ns, ab}).owners, IsEmpty());
  EXPECT_TRUE(absl::IsDataLoss(Compare({}, {ab, a}).status));
  EXPECT_TRUE(absl::IsDataLoss(Compare({}, {a, a}).status));
}

TEST(ZoneDifferenceTest, KeepsNoMoreThanItMay) {
  const Found found = Compare({Name("a.org", "x"), Name("b.org", "x"), Name("c.org", "x")}, {}, 2);
  EXPECT_THAT(found.owners, ElementsAre("a.org", "b.org"));
  EXPECT_EQ(found.different, 3);
}

TEST(OwnerGathererTest, LeavesOutWhatIsNotCompared) {
  OwnerGatherer gatherer;
  OwnerRecords done;
  const std::string org = WireName("org"), a = WireName("a.org");
  EXPECT_FALSE(gatherer.Add(org, {kTypeSoa, 1, "x"}, &done));
  EXPECT_FALSE(gatherer.Add(org, {kTypeNs, 1, "x"}, &done));
  EXPECT_FALSE(gatherer.Add(org, VersionRecord({1, 1}, 1), &done));
  EXPECT_FALSE(gatherer.Add(org, {46, 1, "signature"}, &done));
  EXPECT_FALSE(gatherer.Add(WireName("hash.org"), {50, 1, "denial"}, &done));
  EXPECT_FALSE(gatherer.Add(org, {kTypeNs, 1, "w"}, &done));
  EXPECT_TRUE(gatherer.Add(a, {kTypeNs, 1, "x"}, &done));
  EXPECT_EQ(done.owner, org);
  EXPECT_THAT(done.records, ElementsAre(DnsRecord{kTypeNs, 1, "w"}, DnsRecord{kTypeNs, 1, "x"}));
  EXPECT_TRUE(gatherer.Finish(&done));
  EXPECT_EQ(done.owner, a);
  EXPECT_FALSE(gatherer.Finish(&done));
}

// As `full` writes it: the policy's own records first.
TEST(WantedFileTest, GivesEveryNameInItsPlace) {
  constexpr char kZone[] =
      "@ 1 IN SOA a b 1 2 3 4 5\n@ 1 IN NS x.\nnic 1 IN TXT t\nzz 1 IN A 192.0.2.1\n"
      "nic 1 IN A 192.0.2.2\na 1 IN NS x.\na-b 1 IN NS x.\nnic 1 IN NS y.\np 1 IN NS x.\n";
  auto reader = MasterFileReader::OfText(kZone, "org", 1);
  ASSERT_TRUE(reader.ok());
  WantedFile file(*std::move(reader), {WireName("org"), WireName("nic.org"), WireName("zz.org")});
  std::vector<std::string> names;
  OwnerRecords next;
  for (auto more = file.Next(&next); more.ok() && *more; more = file.Next(&next)) {
    names.push_back(NameText(next.owner) + " " + std::to_string(next.records.size()));
  }
  EXPECT_THAT(names,
              ElementsAre("org 1", "a.org 1", "a-b.org 1", "nic.org 3", "p.org 1", "zz.org 1"));
}

}  // namespace
}  // namespace zonegen
