#include "registry/rules/child_ds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "absl/strings/escaping.h"

namespace registry {
namespace {

using Kind = ChildDsVerdict::Kind;
using State = SignalAnswer::State;

const DomainName kName("example.org");

DnsKey Key(char seed, uint8_t algorithm = 15) {
  const size_t octets = algorithm == 15 ? 32 : 64;
  return DnsKey{257, algorithm, std::string(octets, seed)};
}

DsRecord Ds(const DnsKey& key) {
  DsRecord record = key.DsFor(kName);
  record.key.clear();
  return record;
}

CdsRecord Cds(const DnsKey& key) {
  const DsRecord record = Ds(key);
  return {record.key_tag, record.algorithm, record.digest_type, record.digest};
}
CdsRecord Sha1Cds(const DnsKey& key) { return {key.Tag(), key.algorithm, 1, std::string(20, 's')}; }
CdnskeyRecord Cdnskey(const DnsKey& key) { return {key.flags, 3, key.algorithm, key.public_key}; }

const CdsRecord kDeleteCds{0, 0, 0, std::string(1, '\0')};
const CdnskeyRecord kDeleteCdnskey{0, 3, 0, std::string(1, '\0')};

// The zone is signed by the key 'a', whose DS is published, and rolls to 'b': both sign its keys.
// Two servers say so.
class Case {
 public:
  Case() {
    policy.tld = "org";
    ds = {Ds(Key('a'))};
    for (const char* server : {"ns1.example.net 192.0.2.1", "ns2.example.net 192.0.2.2"}) {
      answers.push_back(
          {server, {{Cds(Key('b'))}, {Cdnskey(Key('b'))}}, {Key('a'), Key('b')}, {Key('a')}});
    }
    for (const char* server : {"ns1.example.net", "ns2.example.net"}) {
      evidence.signals.push_back({server, State::kSecure, answers[0].records});
    }
  }
  void Both(const std::function<void(ChildAnswer&)>& change) {
    std::ranges::for_each(answers, change);
  }
  void Signal() {
    for (SignalAnswer& signal : evidence.signals) signal.records = answers[0].records;
  }
  ChildDsVerdict Maintain() { return MaintainDs({kName, ds, policy}, answers); }
  ChildDsVerdict Bootstrap() { return BootstrapDs({kName, {}, policy}, answers, evidence); }

  TldPolicy policy;
  std::vector<DsRecord> ds;
  std::vector<ChildAnswer> answers;
  BootstrapEvidence evidence;
};

struct Row {
  const char* name;
  void (*spoil)(Case&);
  Kind kind;
  std::string_view problem = "";
};

std::string Name(const testing::TestParamInfo<Row>& row) { return row.param.name; }

class MaintainDsTest : public testing::TestWithParam<Row> {};

TEST_P(MaintainDsTest, Decides) {
  Case c;
  GetParam().spoil(c);
  const ChildDsVerdict verdict = c.Maintain();
  EXPECT_EQ(ChildDsKindName(verdict.kind), ChildDsKindName(GetParam().kind));
  EXPECT_EQ(verdict.problem.id, GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    Table, MaintainDsTest,
    testing::Values(
        Row{"NewKey", [](Case&) {}, Kind::kReplace},
        Row{"CdsAlone", [](Case& c) { c.Both([](auto& a) { a.records.cdnskey = {}; }); },
            Kind::kReplace},
        Row{"CdnskeyAlone", [](Case& c) { c.Both([](auto& a) { a.records.cds = {}; }); },
            Kind::kReplace},
        Row{"NoRecords", [](Case& c) { c.Both([](auto& a) { a.records = {}; }); }, Kind::kNothing},
        Row{"Same",
            [](Case& c) {
              c.Both([](auto& a) { a.records = {{Cds(Key('a'))}, {Cdnskey(Key('a'))}}; });
            },
            Kind::kSame},
        Row{"SameUnsigned",
            [](Case& c) {
              c.Both([](auto& a) { a.records = {{Cds(Key('a'))}, {}}, a.record_signers = {}; });
            },
            Kind::kSame},
        Row{"SameKeyByAnotherDigest",
            [](Case& c) {
              c.ds = {{Key('a').Tag(), 15, 6, std::string(32, 'x')}};
              c.Both([](auto& a) { a.records = {{}, {Cdnskey(Key('a'))}}; });
            },
            Kind::kSame},
        Row{"Delete",
            [](Case& c) { c.Both([](auto& a) {
                            a.records = {{kDeleteCds}, {kDeleteCdnskey}};
                          }); },
            Kind::kRemove},
        Row{"DeleteByCdsAlone",
            [](Case& c) { c.Both([](auto& a) {
                            a.records = {{kDeleteCds}, {}};
                          }); },
            Kind::kRemove},
        Row{"DeleteUnsigned",
            [](Case& c) {
              c.Both([](auto& a) { a.records = {{kDeleteCds}, {}}, a.record_signers = {}; });
            },
            Kind::kRefused, "not-authentic"},
        Row{"DeleteBesideAnother",
            [](Case& c) { c.Both([](auto& a) {
                            a.records = {{kDeleteCds, Cds(Key('b'))}, {}};
                          }); },
            Kind::kRefused, "delete-not-alone"},
        Row{"DeleteByOneTypeOnly",
            [](Case& c) { c.Both([](auto& a) { a.records.cds = {kDeleteCds}; }); }, Kind::kRefused,
            "records-disagree"},
        Row{"AlmostADelete",
            [](Case& c) { c.Both([](auto& a) {
                            a.records = {{{0, 0, 0, "\1"}}, {}};
                          }); },
            Kind::kRefused, "record-refused"},
        Row{"NobodyAnswers", [](Case& c) { c.answers.clear(); }, Kind::kRefused, "silent"},
        Row{"ServersDiffer", [](Case& c) { c.answers[1].records.cds = {Cds(Key('c'))}; },
            Kind::kRefused, "servers-differ"},
        Row{"OneServerHasNone", [](Case& c) { c.answers[1].records = {}; }, Kind::kRefused,
            "servers-differ"},
        Row{"CdsAndCdnskeyDisagree",
            [](Case& c) { c.Both([](auto& a) { a.records.cdnskey = {Cdnskey(Key('c'))}; }); },
            Kind::kRefused, "records-disagree"},
        Row{"OneKeyMoreThanDigests",
            [](Case& c) {
              c.Both([](auto& a) { a.records.cdnskey.push_back(Cdnskey(Key('c'))); });
            },
            Kind::kRefused, "records-disagree"},
        Row{"Unsigned", [](Case& c) { c.Both([](auto& a) { a.record_signers = {}; }); },
            Kind::kRefused, "not-authentic"},
        Row{"UnsignedAtOneServer", [](Case& c) { c.answers[1].record_signers = {}; },
            Kind::kRefused, "not-authentic"},
        Row{"SignedByAKeyWithoutDs",
            [](Case& c) { c.Both([](auto& a) { a.record_signers = {Key('b')}; }); }, Kind::kRefused,
            "not-authentic"},
        Row{"SignerDoesNotSignTheKeys",
            [](Case& c) { c.Both([](auto& a) { a.key_signers = {Key('b')}; }); }, Kind::kRefused,
            "not-authentic"},
        Row{"Sha1DsDoesNotCountBesideSha256",
            [](Case& c) {
              DsRecord weak = Ds(Key('b'));
              weak.digest_type = 1;
              c.ds = {Ds(Key('c')), weak};
            },
            Kind::kRefused, "not-authentic"},
        Row{"NewKeyIsNotInTheZone",
            [](Case& c) { c.Both([](auto& a) { a.key_signers = {Key('a')}; }); }, Kind::kRefused,
            "would-break"},
        Row{"NewKeyIsNotInTheZoneOfOneServer",
            [](Case& c) { c.answers[1].key_signers = {Key('a')}; }, Kind::kRefused, "would-break"},
        Row{"StandbyKeyBesideOneThatSigns",
            [](Case& c) {
              c.Both([](auto& a) {
                a.records = {{Cds(Key('a')), Cds(Key('b'))}, {}};
                a.key_signers = {Key('a')};
              });
            },
            Kind::kReplace},
        Row{"NewAlgorithmDoesNotSignYet",
            [](Case& c) {
              c.Both([](auto& a) { a.records = {{Cds(Key('a')), Cds(Key('b', 13))}, {}}; });
            },
            Kind::kRefused, "would-break"},
        Row{"NewAlgorithmSigns",
            [](Case& c) {
              c.Both([](auto& a) {
                a.records = {{Cds(Key('b', 13))}, {}};
                a.key_signers = {Key('a'), Key('b', 13)};
              });
            },
            Kind::kReplace},
        Row{"WrongAlgorithm",
            [](Case& c) {
              c.Both([](auto& a) { a.records = {{{1, 3, 2, std::string(32, 'x')}}, {}}; });
            },
            Kind::kRefused, "record-refused"},
        Row{"WrongKeyAlgorithm",
            [](Case& c) {
              c.Both([](auto& a) { a.records = {{}, {{257, 3, 3, std::string(32, 'x')}}}; });
            },
            Kind::kRefused, "record-refused"},
        Row{"WrongDigest",
            [](Case& c) {
              c.Both([](auto& a) { a.records = {{{1, 15, 9, std::string(32, 'x')}}, {}}; });
            },
            Kind::kRefused, "record-refused"},
        Row{"ShortDigest",
            [](Case& c) {
              c.Both([](auto& a) { a.records = {{{1, 15, 2, std::string(31, 'x')}}, {}}; });
            },
            Kind::kRefused, "record-refused"},
        Row{"RevokedKey",
            [](Case& c) {
              c.Both([](auto& a) { a.records = {{}, {{257 | 128, 3, 15, std::string(32, 'b')}}}; });
            },
            Kind::kRefused, "record-refused"},
        Row{"Sha1Alone",
            [](Case& c) { c.Both([](auto& a) {
                            a.records = {{Sha1Cds(Key('b'))}, {}};
                          }); },
            Kind::kRefused, "record-refused"},
        Row{"Sha1BesideSha256",
            [](Case& c) {
              c.Both([](auto& a) { a.records = {{Sha1Cds(Key('b')), Cds(Key('b'))}, {}}; });
            },
            Kind::kReplace},
        Row{"TooMany",
            [](Case& c) {
              c.policy.max_ds = 1;
              c.Both([](auto& a) { a.records = {{Cds(Key('a')), Cds(Key('b'))}, {}}; });
            },
            Kind::kRefused, "too-many"},
        Row{"DigestsOnlyWhereKeysAreTaken",
            [](Case& c) {
              c.policy.ds_interface = TldPolicy::DsInterface::kKey;
              c.Both([](auto& a) { a.records.cdnskey = {}; });
            },
            Kind::kRefused, "keys-missing"},
        Row{"KeysWhereKeysAreTaken",
            [](Case& c) { c.policy.ds_interface = TldPolicy::DsInterface::kKey; }, Kind::kReplace}),
    Name);

class BootstrapDsTest : public testing::TestWithParam<Row> {};

TEST_P(BootstrapDsTest, Decides) {
  Case c;
  GetParam().spoil(c);
  const ChildDsVerdict verdict = c.Bootstrap();
  EXPECT_EQ(ChildDsKindName(verdict.kind), ChildDsKindName(GetParam().kind));
  EXPECT_EQ(verdict.problem.id, GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BootstrapDsTest,
    testing::Values(
        Row{"Vouched", [](Case&) {}, Kind::kInitial},
        Row{"NeedsNoSignatureOfTheRecords",
            [](Case& c) { c.Both([](auto& a) { a.record_signers = {}; }); }, Kind::kInitial},
        Row{"NoRecords", [](Case& c) { c.Both([](auto& a) { a.records = {}; }); }, Kind::kNothing},
        Row{"Delete", [](Case& c) { c.Both([](auto& a) {
                                      a.records = {{kDeleteCds}, {}};
                                    }); },
            Kind::kNothing},
        Row{"NobodyAnswers", [](Case& c) { c.answers.clear(); }, Kind::kRefused, "silent"},
        Row{"OneServerIsSilent", [](Case& c) { c.evidence.silent = {"ns3.example.net"}; },
            Kind::kRefused, "server-silent"},
        Row{"ServersDiffer", [](Case& c) { c.answers[1].records = {}; }, Kind::kRefused,
            "servers-differ"},
        Row{"ZoneIsNotSigned", [](Case& c) { c.Both([](auto& a) { a.key_signers = {}; }); },
            Kind::kRefused, "would-break"},
        Row{"KeyIsNotInTheZoneOfOneServer", [](Case& c) { c.answers[1].key_signers = {Key('a')}; },
            Kind::kRefused, "would-break"},
        Row{"OnlyWithinItself", [](Case& c) { c.evidence.signals.clear(); }, Kind::kRefused,
            "no-signal"},
        Row{"OneSignalFails", [](Case& c) { c.evidence.signals[1].state = State::kFailed; },
            Kind::kRefused, "signal-missing"},
        Row{"OneSignalIsEmpty", [](Case& c) { c.evidence.signals[1].records = {}; }, Kind::kRefused,
            "signal-missing"},
        Row{"OneSignalIsInsecure", [](Case& c) { c.evidence.signals[1].state = State::kInsecure; },
            Kind::kRefused, "signal-insecure"},
        Row{"OneSignalDiffers",
            [](Case& c) { c.evidence.signals[1].records.cds = {Cds(Key('c'))}; }, Kind::kRefused,
            "signal-differs"},
        Row{"OneSignalLacksAType", [](Case& c) { c.evidence.signals[1].records.cdnskey = {}; },
            Kind::kRefused, "signal-differs"},
        Row{"TooMany",
            [](Case& c) {
              c.policy.max_ds = 1;
              c.Both([](auto& a) { a.records = {{Cds(Key('a')), Cds(Key('b'))}, {}}; });
              c.Signal();
            },
            Kind::kRefused, "too-many"},
        Row{"DelayIsRunning",
            [](Case& c) {
              c.evidence = {{}, {}, absl::Hours(72), absl::Hours(71)};
            },
            Kind::kWaiting},
        Row{"DelayIsOver",
            [](Case& c) {
              c.evidence = {{}, {}, absl::Hours(72), absl::Hours(72)};
            },
            Kind::kInitial},
        Row{"DelayDoesNotOutweighAContradiction",
            [](Case& c) {
              c.evidence.signals[1].records.cds = {Cds(Key('c'))};
              c.evidence.accept_after = absl::Hours(72);
              c.evidence.unchanged = absl::Hours(99);
            },
            Kind::kRefused, "signal-differs"},
        Row{"DelayNeedsAllServersToo",
            [](Case& c) {
              c.evidence = {{"ns3.example.net"}, {}, absl::Hours(72), absl::Hours(72)};
            },
            Kind::kRefused, "server-silent"}),
    Name);

TEST(ChildDsTest, GivesRecordsAsTheTldWantsThem) {
  Case c;
  EXPECT_EQ(c.Maintain().ds, std::vector{Ds(Key('b'))});
  c.Both([](auto& a) { a.records.cds = {}; });
  EXPECT_EQ(c.Maintain().ds, std::vector{Ds(Key('b'))}) << "of the key";
  c.policy.ds_interface = TldPolicy::DsInterface::kKey;
  EXPECT_EQ(c.Maintain().ds, std::vector{Key('b').DsFor(kName)}) << "with the key";
  EXPECT_EQ(c.Bootstrap().kind, Kind::kRefused) << "the signals are as before";
  c.Signal();
  EXPECT_EQ(c.Bootstrap().ds, std::vector{Key('b').DsFor(kName)});
}

TEST(ChildDsTest, LeavesSha1OutWhereThereIsBetter) {
  Case c;
  c.Both([](auto& a) { a.records = {{Sha1Cds(Key('b')), Cds(Key('b'))}, {}}; });
  EXPECT_EQ(c.Maintain().ds, std::vector{Ds(Key('b'))});
}

TEST(ChildDsTest, SortsTheRecords) {
  Case c;
  c.Both([](auto& a) { a.records = {{Cds(Key('b')), Cds(Key('a')), Cds(Key('b'))}, {}}; });
  std::vector expected{Ds(Key('a')), Ds(Key('b'))};
  std::ranges::sort(expected);
  EXPECT_EQ(c.Maintain().ds, expected);
}

TEST(ChildDsTest, NamesWhomTheProblemIsWith) {
  Case c;
  c.answers[1].key_signers = {Key('a')};
  EXPECT_EQ(c.Maintain().about, "ns2.example.net 192.0.2.2");
  c.answers[1].records = {};
  EXPECT_EQ(c.Maintain().about, "ns1.example.net 192.0.2.1, ns2.example.net 192.0.2.2");
}

TEST(ChildDsTest, TellsByTheRecordsAloneWhetherToAskFurther) {
  Case c;
  c.answers.resize(1);
  c.answers[0].key_signers = c.answers[0].record_signers = {};
  c.evidence = {};
  EXPECT_TRUE(IsWorthConfirming(c.Maintain()));
  EXPECT_TRUE(IsWorthConfirming(c.Bootstrap()));
  c.answers[0].key_signers = {Key('b')};
  EXPECT_TRUE(IsWorthConfirming(c.Bootstrap())) << "the signals are missing";
  c.answers[0].records = {{kDeleteCds}, {}};
  EXPECT_TRUE(IsWorthConfirming(c.Maintain()));
  EXPECT_FALSE(IsWorthConfirming(c.Bootstrap()));
  c.answers[0].records = {{Cds(Key('a'))}, {}};
  EXPECT_FALSE(IsWorthConfirming(c.Maintain()));
  c.answers[0].records = {{Cds(Key('a'))}, {Cdnskey(Key('b'))}};
  EXPECT_FALSE(IsWorthConfirming(c.Maintain()));
  EXPECT_FALSE(IsWorthConfirming(c.Bootstrap()));
  c.answers.clear();
  EXPECT_FALSE(IsWorthConfirming(c.Maintain()));
}

TEST(ChildDsTest, MakesSignallingNames) {
  EXPECT_EQ(SignalName(kName, DomainName("ns1.example.net")),
            "_dsboot.example.org._signal.ns1.example.net");
  const std::string label(60, 'a');
  const DomainName longest(label + "." + label + "." + label + ".net");
  EXPECT_EQ(SignalName(longest, longest), "");
}

}  // namespace
}  // namespace registry
