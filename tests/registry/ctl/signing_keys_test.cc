#include "registry/ctl/signing_keys.h"

#include <gmock/gmock.h>

#include "registry/base/text.h"
#include "tests/support/temporary_folder.h"

namespace ctl {
namespace {

using registry::Concat;
using testing::ElementsAre;
using testing::HasSubstr;

// As BIND 9.18 writes them.
constexpr char kKskState[] = R"(; This is the state of key 18426, for org.
Algorithm: 13
Length: 256
Lifetime: 0
KSK: yes
ZSK: no
Generated: 20261126145051 (Thu Nov 26 14:50:51 2026)
Published: 20261126145051 (Thu Nov 26 14:50:51 2026)
Active: 20261126145051 (Thu Nov 26 14:50:51 2026)
PublishCDS: 20261127155551 (Fri Nov 27 15:55:51 2026)
DNSKEYChange: 20261126145051 (Thu Nov 26 14:50:51 2026)
KRRSIGChange: 20261126145051 (Thu Nov 26 14:50:51 2026)
DSChange: 20261126145051 (Thu Nov 26 14:50:51 2026)
DNSKEYState: rumoured
KRRSIGState: rumoured
DSState: hidden
GoalState: omnipresent
)";
constexpr char kKsk[] = R"(; This is a key-signing key, keyid 18426, for org.
; Created: 20261126145051 (Thu Nov 26 14:50:51 2026)
org. 3600 IN DNSKEY 257 3 13 GF2Y5HlqJ+cXNOh1ZQEB4l1N4pmGTuuN6KDOTFChK04yww1OJ0hpmKlZ nOoau8zQkjTAp+aj5Izh1C/snaHZ+A==
)";
constexpr char kZskState[] = R"(; This is the state of key 21575, for org.
Algorithm: 13
Length: 256
Lifetime: 7776000
KSK: no
ZSK: yes
Published: 20261126145051 (Thu Nov 26 14:50:51 2026)
Active: 20261126145051 (Thu Nov 26 14:50:51 2026)
Retired: 20270224145051 (Wed Feb 24 14:50:51 2027)
Removed: 20270306155551 (Sat Mar  6 15:55:51 2027)
DNSKEYState: omnipresent
ZRRSIGState: omnipresent
GoalState: omnipresent
)";
constexpr char kZsk[] =
    "org. 3600 IN DNSKEY 256 3 13 56nzJhmxGbxwCNURFynLNnwKBSiOCD7FF1joTKf1VX9qGYXtUnmGs5tF "
    "YnqEG2VKnWBfFpWlS4fIgTAuI7wk/g==\n";

absl::Time At(int year, int month, int day, int hour = 14, int minute = 50, int second = 51) {
  return absl::FromCivil(absl::CivilSecond(year, month, day, hour, minute, second),
                         absl::UTCTimeZone());
}

SigningKey Ksk() {
  auto key = ParseKeyStateFile("f", kKskState);
  key->tag = 18426;
  key->dnskey_rdata = *ParsePublicKeyFile("f", kKsk);
  return *key;
}

std::string StateError(std::string_view from, std::string_view to) {
  std::string text = kKskState;
  const size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  text.replace(at, from.size(), to);
  return std::string(ParseKeyStateFile("K.state", text).status().message());
}

TEST(SigningKeysTest, AStateFileHasRoleTimesAndStates) {
  const SigningKey key = Ksk();
  EXPECT_EQ(key.Role(), "KSK");
  EXPECT_EQ(key.algorithm, 13);
  EXPECT_EQ(key.published, At(2026, 11, 26));
  EXPECT_EQ(key.publish_cds, At(2026, 11, 27, 15, 55));
  EXPECT_EQ(key.retired, std::nullopt);
  EXPECT_EQ(key.goal, KeyState::kOmnipresent);
  EXPECT_EQ(key.dnskey, KeyState::kRumoured);
  EXPECT_EQ(key.key_signatures, KeyState::kRumoured);
  EXPECT_EQ(key.zone_signatures, KeyState::kNone);
  EXPECT_EQ(key.ds, KeyState::kHidden);
  const auto zsk = ParseKeyStateFile("f", kZskState);
  ASSERT_TRUE(zsk.ok()) << zsk.status();
  EXPECT_EQ(zsk->Role(), "ZSK");
  EXPECT_EQ(zsk->ds, KeyState::kNone);
  EXPECT_EQ(zsk->zone_signatures, KeyState::kOmnipresent);
}

TEST(SigningKeysTest, WhatIsWrongInAFileIsNamedByLineAndKey) {
  EXPECT_EQ(StateError("DSState: hidden", "DSState: seen"),
            "K.state:16: DSState: not hidden, rumoured, omnipresent or unretentive");
  EXPECT_EQ(StateError("Active: 20261126145051", "Active: 2026112614"),
            "K.state:9: Active: not a time");
  EXPECT_EQ(StateError("Active: 20261126145051", "Active: 20261326145051"),
            "K.state:9: Active: not a time");
  EXPECT_EQ(StateError("KSK: yes", "KSK: maybe"), "K.state:5: KSK: neither yes nor no");
  EXPECT_EQ(StateError("Algorithm: 13", "Algorithm: 256"),
            "K.state:2: Algorithm: not a number from 1 to 255");
  EXPECT_EQ(StateError("Length: 256", "Length"), "K.state:3: Length: not a line `Key: value`");
  EXPECT_THAT(StateError("GoalState: omnipresent", ""), HasSubstr("no key of a dnssec-policy"));
  EXPECT_THAT(StateError("KSK: yes", "KSK: no"), HasSubstr("no key of a dnssec-policy"));
  EXPECT_EQ(StateError("GoalState: omnipresent", "GoalState: omnipresent\nNew: thing"), "");
  EXPECT_EQ(StateError("Active: 20261126145051 (Thu Nov 26 14:50:51 2026)", "Active: 0"), "");
  EXPECT_EQ(ParsePublicKeyFile("K.key", "org. IN DNSKEY 257 3 13 !!!\n").status().message(),
            "K.key:1: DNSKEY: not a public key");
  EXPECT_EQ(ParsePublicKeyFile("K.key", "; nothing\n").status().message(),
            "K.key: has no DNSKEY record");
}

// By `dnssec-dsfromkey -2`.
TEST(SigningKeysTest, TheDsRecordIsThatOfTheKeyFile) {
  EXPECT_EQ(DsText("org", Ksk()),
            "18426 13 2 C68BE016236E6C5E3799E56F82ED0818FFD8DE3324ADD56C5284438779F087A2");
}

TEST(SigningKeysTest, WhatTheParentMustHaveFollowsTheStateOfTheDs) {
  struct Row {
    KeyState ds, goal;
    bool published, removed, must_have;
    const char *parent, *to_do;
  };
  using enum KeyState;
  const Row rows[] = {
      {kHidden, kOmnipresent, false, false, false, "not yet", ""},
      {kRumoured, kOmnipresent, false, false, true, "to be published",
       "Have the parent publish the DS record of 18426; when all of its servers do: "
       "rndc dnssec -checkds -key 18426 published org"},
      {kRumoured, kOmnipresent, true, false, true, "confirmed", ""},
      {kOmnipresent, kOmnipresent, true, false, true, "confirmed", ""},
      {kOmnipresent, kHidden, true, false, true, "confirmed", ""},
      {kUnretentive, kHidden, true, false, false, "to be withdrawn",
       "Have the parent withdraw the DS record of 18426; when all of its servers did: "
       "rndc dnssec -checkds -key 18426 withdrawn org"},
      {kUnretentive, kHidden, true, true, false, "withdrawn", ""},
      {kHidden, kHidden, true, true, false, "no more", ""},
      {kNone, kOmnipresent, false, false, false, "-", ""},
  };
  for (const Row& row : rows) {
    SigningKey key = Ksk();
    key.ds = row.ds;
    key.goal = row.goal;
    if (row.published) key.ds_published = At(2026, 11, 28);
    if (row.removed) key.ds_removed = At(2026, 11, 29);
    EXPECT_EQ(ParentMustHave(key), row.must_have) << row.parent;
    EXPECT_EQ(ParentText(key), row.parent);
    const std::vector<std::string> to_do = ToDo("org", {key});
    EXPECT_EQ(to_do.empty() ? "" : to_do[0], row.to_do);
    EXPECT_LE(to_do.size(), 1u);
  }
}

TEST(SigningKeysTest, NoDsIsToBeWithdrawnBeforeItsSuccessorIsAtTheParent) {
  SigningKey old = Ksk(), successor = Ksk();
  old.ds = KeyState::kUnretentive;
  successor.ds = KeyState::kRumoured;
  EXPECT_THAT(ToDo("org", {old, successor}), ElementsAre(HasSubstr("parent publish the DS")));
  successor.ds_published = At(2026, 11, 28);
  EXPECT_THAT(ToDo("org", {old, successor}), ElementsAre(HasSubstr("parent withdraw the DS")));
}

TEST(SigningKeysTest, TheNextEventIsTheFirstThatIsStillToCome) {
  const auto event = [](const SigningKey& key, absl::Time now) {
    const auto next = NextEvent(key, now);
    return next ? Concat(next->what, " ", absl::ToUnixSeconds(next->at)) : "none";
  };
  const SigningKey zsk = *ParseKeyStateFile("f", kZskState);
  EXPECT_EQ(event(zsk, At(2026, 12, 1)), Concat("retires ", absl::ToUnixSeconds(*zsk.retired)));
  EXPECT_EQ(event(zsk, *zsk.retired), Concat("is removed ", absl::ToUnixSeconds(*zsk.removed)));
  EXPECT_EQ(event(zsk, *zsk.removed), "none");
  EXPECT_EQ(event(zsk, At(2020, 1, 1)), Concat("published ", absl::ToUnixSeconds(*zsk.published)));
  const SigningKey ksk = Ksk();
  EXPECT_EQ(event(ksk, At(2026, 11, 27)), Concat("CDS ", absl::ToUnixSeconds(*ksk.publish_cds)));
}

class KeyDirectoryTest : public testing::Test {
 protected:
  void Write(const std::string& name, std::string_view text) {
    tests::WriteFile(folder.Path(name), text);
  }
  absl::StatusOr<std::vector<SigningKey>> Read(const std::string& zone = "org") {
    return ReadSigningKeys(folder.Path("."), zone);
  }
  tests::TemporaryFolder folder;
};

TEST_F(KeyDirectoryTest, HasTheKeysOfOneZoneKsksFirst) {
  Write("Korg.+013+21575.state", kZskState);
  Write("Korg.+013+21575.key", kZsk);
  Write("Korg.+013+18426.state", kKskState);
  Write("Korg.+013+18426.key", kKsk);
  Write("Korg.+013+00001.key", kKsk);  // of no policy
  Write("Kngo.+013+00002.state", kKskState);
  Write("Kco.org.+013+00003.state", kKskState);
  const auto keys = Read();
  ASSERT_TRUE(keys.ok()) << keys.status();
  std::vector<int> tags;
  for (const SigningKey& key : *keys) tags.push_back(key.tag);
  EXPECT_THAT(tags, ElementsAre(18426, 21575));
}

TEST_F(KeyDirectoryTest, SaysWhatIsMissing) {
  EXPECT_TRUE(absl::IsNotFound(Read().status()));
  EXPECT_TRUE(absl::IsPermissionDenied(ReadSigningKeys("/nonexistent", "org").status()));
  Write("Korg.+013+18426.state", kKskState);
  EXPECT_THAT(std::string(Read().status().message()),
              testing::ContainsRegex("^cannot read .*/Korg.[+]013[+]18426.key$"));
  Write("Korg.+013+18426.key", std::string(70'000, ';'));
  EXPECT_THAT(std::string(Read().status().message()), HasSubstr("is too long"));
}

}  // namespace
}  // namespace ctl
