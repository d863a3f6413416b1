#include "registry/commands/domain_create.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr absl::Duration kDay = absl::Hours(24);

void SetPhase(Scene& scene, LaunchPhase phase) {
  scene.ChangePolicy([&](TldPolicy& policy) { policy.launch_phases = {{phase}}; });
}

// Of new.org, one minute old.
LaunchRequest WithNotice(absl::Time now) {
  LaunchRequest request;
  request.phase = LaunchPhase::kClaims;
  request.notices = {{*NoticeId::Parse("bb2f56661"), "tmch", absl::FromUnixSeconds(1800000000),
                      now - absl::Minutes(1)}};
  return request;
}

LaunchRequest WithMark(absl::Time now) {
  SignedMark mark;
  mark.id = "1-2";
  mark.not_before = mark.signer_starts = now - kDay;
  mark.not_after = mark.signer_ends = now + kDay;
  mark.labels = {"new"};
  LaunchRequest request;
  request.phase = LaunchPhase::kSunrise;
  request.mark.emplace(std::move(mark));
  return request;
}

DsRecord Ds(char digit) { return *DsRecord::Parse("12345 13 2 " + std::string(64, digit)); }

class DomainCreateTest : public testing::Test {
 protected:
  DomainCreateTest() {
    scene.AddContact("jon");
    scene.AddHost("ns1.example.net");
    command.name = DomainName("new.org");
    command.registrant = ContactId("jon");
  }

  Domain Created() {
    EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
    return scene.domain(command.name.text());
  }

  Scene scene;
  DomainCreate command;
};

TEST_F(DomainCreateTest, MakesADomainOfTheAskerForThePeriod) {
  command.period = Years(3);
  command.auth = AuthInfo(Scene::kAuth).Seal({});
  Domain expected;
  expected.key = DomainKey{1000};
  expected.name = command.name;
  expected.sponsor = kGold;
  expected.creator = kGold;
  expected.created = scene.now;
  expected.expires = At("2029-06-15T12:00:00.500Z");
  expected.auth = command.auth;
  expected.auth_ends = scene.now + 14 * kDay;
  expected.registrant = scene.contact("jon").key;
  expected.grace = {{GraceKind::kAdd, scene.now + 5 * kDay, Money{2700}, kGold, 3}};
  EXPECT_EQ(Created(), expected);
}

TEST_F(DomainCreateTest, AnswersWhatItMade) {
  const auto outcome = scene.Run(command);
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->code, ResultCode::kOk);
  EXPECT_EQ(outcome->answer.name, command.name);
  EXPECT_EQ(outcome->answer.created, scene.now);
  EXPECT_EQ(outcome->answer.expires, At("2027-06-15T12:00:00.500Z"));
  EXPECT_EQ(outcome->answer.charged, Money{900});
}

TEST_F(DomainCreateTest, KeepsListsSorted) {
  command.name_servers = {DomainName("ns2.example.net"), DomainName("ns1.example.net")};
  const HostKey second = scene.AddHost("ns2.example.net").key;
  command.contacts = {{ContactRole::kTech, ContactId("jon")},
                      {ContactRole::kAdmin, ContactId("jon")}};
  command.ds = {Ds('B'), Ds('A')};
  const ContactKey jon = scene.contact("jon").key;
  const Domain domain = Created();
  EXPECT_THAT(domain.name_servers, ElementsAre(scene.host("ns1.example.net").key, second));
  EXPECT_THAT(domain.contacts, ElementsAre(DomainContact{ContactRole::kAdmin, jon},
                                           DomainContact{ContactRole::kTech, jon}));
  EXPECT_THAT(domain.ds, ElementsAre(Ds('A'), Ds('B')));
}

TEST_F(DomainCreateTest, IsChargedForTheDomainsFirstVersion) {
  scene.ChangePolicy([](TldPolicy& policy) { policy.create_fee = Money{1234}; });
  command.period = Years(2);
  Created();
  ASSERT_EQ(scene.ledger.size(), 1u);
  EXPECT_EQ(scene.ledger[0].registrar, kGold);
  EXPECT_EQ(scene.ledger[0].kind, LedgerKind::kCharge);
  EXPECT_EQ(scene.ledger[0].amount, Money{-2468});
  EXPECT_EQ(scene.ledger[0].what, "create");
  EXPECT_EQ(scene.ledger[0].domain, DomainKey{1000});
  EXPECT_EQ(scene.ledger[0].domain_version, 1);
  EXPECT_EQ(scene.balances[kGold], Money{100000 - 2468});
}

TEST_F(DomainCreateTest, TakesTheNameOfAPurgedDomainThatIsStillInTheDatabase) {
  Domain& old = scene.AddDomain("new.org");
  old.sponsor = kSilver;
  old.phase = DomainPhase::kPendingDelete;
  old.phase_ends = scene.now;
  const DomainKey old_key = old.key;
  EXPECT_EQ(Created().key, DomainKey{1000});
  EXPECT_FALSE(scene.domains.contains(old_key));
  ASSERT_EQ(scene.messages.size(), 1u) << "the purge is announced";
  EXPECT_EQ(scene.messages[0].registrar, kSilver);
}

TEST_F(DomainCreateTest, DoesNotTakeADeletedNameBeforeThePurge) {
  Domain& old = scene.AddDomain("new.org");
  old.phase = DomainPhase::kRedemption;
  old.phase_ends = scene.now + kDay;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kDomainExists.id);
  old.phase = DomainPhase::kPendingDelete;
  old.phase_ends = scene.now + absl::Milliseconds(1);
  EXPECT_EQ(ReasonOf(scene.Run(command)), kDomainExists.id);
}

TEST_F(DomainCreateTest, OfOneNameSucceedsOnceInAGroup) {
  const auto decisions =
      scene.Run({MakeCommand(kGold, "create", command), MakeCommand(kSilver, "create", command),
                 MakeCommand(kGold, "create", command)},
                2000, scene.now);
  EXPECT_TRUE(decisions[0].accepted());
  EXPECT_EQ(decisions[1].reason, kDomainExists.id);
  EXPECT_EQ(decisions[2].reason, kDomainExists.id);
  EXPECT_EQ(scene.domains.size(), 1u);
}

TEST_F(DomainCreateTest, SpendsNoMoreThanThereIsInAGroup) {
  scene.balances[kGold] = Money{1000};
  DomainCreate other = command;
  other.name = DomainName("other.org");
  const auto decisions =
      scene.Run({MakeCommand(kGold, "create", command), MakeCommand(kGold, "create", other)}, 2000,
                scene.now);
  EXPECT_TRUE(decisions[0].accepted());
  EXPECT_EQ(decisions[1].reason, kBalanceTooLow.id);
  EXPECT_EQ(scene.balances[kGold], Money{100});
}

TEST_F(DomainCreateTest, TakesNoContactsUnderTheMinimumDataModel) {
  scene.ChangePolicy([](TldPolicy& policy) { policy.data_model = TldPolicy::DataModel::kMinimum; });
  EXPECT_EQ(ReasonOf(scene.Run(command)), kRegistrantRefused.id);
  command.registrant.reset();
  EXPECT_EQ(Created().registrant, ContactKey{});
  command.name = DomainName("other.org");
  command.contacts = {{ContactRole::kTech, ContactId("jon")}};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kRegistrantRefused.id);
}

TEST_F(DomainCreateTest, RefusesTheSameValueTwice) {
  const DomainCreate good = command;
  command.name_servers = {DomainName("ns1.example.net"), DomainName("ns1.example.net")};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kDuplicateValue.id);
  command = good;
  command.contacts = {{ContactRole::kTech, ContactId("jon")},
                      {ContactRole::kTech, ContactId("jon")}};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kDuplicateValue.id);
  EXPECT_EQ(scene.Run(command).rejection().subject, "jon as tech");
  command = good;
  command.ds = {Ds('A'), Ds('A')};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kDuplicateValue.id);
}

TEST_F(DomainCreateTest, TakesAsMuchAsThePolicyAllows) {
  scene.ChangePolicy([](TldPolicy& policy) {
    policy.max_name_servers = 1;
    policy.max_contacts = 1;
    policy.max_ds = 1;
    policy.longest_years = 10;
  });
  command.name_servers = {DomainName("ns1.example.net")};
  command.contacts = {{ContactRole::kTech, ContactId("jon")}};
  command.ds = {Ds('A')};
  command.period = Years(10);
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
}

TEST_F(DomainCreateTest, NamesWhatIsMissing) {
  command.name_servers = {DomainName("ns1.example.net"), DomainName("ns9.example.net")};
  EXPECT_EQ(scene.Run(command).rejection().subject, "ns9.example.net");
  command.registrant = ContactId("nobody");
  EXPECT_EQ(scene.Run(command).rejection().subject, "nobody");
}

TEST_F(DomainCreateTest, IsForRegistrarsAlone) {
  for (const RegistrarKey asker : {kOperator, kLifecycle, kPublic, kStranger}) {
    scene.asker = asker;
    EXPECT_EQ(ReasonOf(scene.Run(command)), kTldNotAllowed.id) << Number(asker);
  }
}

TEST_F(DomainCreateTest, MayUseContactsAndHostsOfOthers) {
  scene.contact("jon").sponsor = kSilver;
  scene.host("ns1.example.net").sponsor = kSilver;
  command.name_servers = {DomainName("ns1.example.net")};
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
}

TEST_F(DomainCreateTest, KeepsTheProofThatTheLaunchPhaseAskedFor) {
  SetPhase(scene, LaunchPhase::kSunrise);
  command.launch = WithMark(scene.now);
  EXPECT_EQ(Created().launch, (Launch{LaunchPhase::kSunrise, "1-2", {}, {}, {}}));
  SetPhase(scene, LaunchPhase::kClaims);
  command.name = DomainName("other.org");
  command.launch.reset();
  command.claims = Claims::kNo;
  EXPECT_EQ(Created().launch, std::nullopt);
}

TEST_F(DomainCreateTest, TakesANameWithClaimsWithTheNotice) {
  SetPhase(scene, LaunchPhase::kClaims);
  command.claims = Claims::kYes;
  command.launch = WithNotice(scene.now);
  EXPECT_EQ(Created().launch, (Launch{LaunchPhase::kClaims,
                                      "bb2f56661",
                                      absl::FromUnixSeconds(1800000000),
                                      scene.now - absl::Minutes(1),
                                      {}}));
}

void Offer(Scene& scene, std::string_view table) {
  IdnTable parsed = *ParseIdnTable("t", table);
  scene.ChangePolicy([&](TldPolicy& policy) { policy.idn_tables.push_back(parsed.id); });
  scene.directory.Add(std::move(parsed));
}

constexpr std::string_view kGerman =
    "table = de\nallow = 0061-007A 00DF 00F6\nvariant = 00DF : 0073 0073\n";

TEST_F(DomainCreateTest, KeepsTheTableByWhichANameIsRegistered) {
  Offer(scene, kGerman);
  EXPECT_EQ(Created().idn_table, "") << "ASCII, unasked";
  command.name = DomainName("xn--nw-fka.org");
  EXPECT_EQ(Created().idn_table, "de") << "the only one";
  command.name = DomainName("asked.org");
  command.idn = IdnRequest{"de", "asked.org"};
  EXPECT_EQ(Created().idn_table, "de");
}

TEST_F(DomainCreateTest, TakesVariantsFromOthers) {
  Offer(scene, kGerman);
  command.name = DomainName("xn--strae-oqa.org");
  const Domain first = Created();
  EXPECT_EQ(first.variant_key, "strasse.org");
  EXPECT_FALSE(first.variant_follows);
  command.name = DomainName("strasse.org");
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "variant-blocked");
  scene.ChangePolicy(
      [](TldPolicy& policy) { policy.idn_variants = TldPolicy::Variants::kSameRegistrant; });
  scene.AddContact("another");
  command.registrant = ContactId("another");
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "variant-of-another");
  command.registrant = ContactId("jon");
  scene.asker = kSilver;
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "variant-of-another");
  scene.asker = kGold;
  const Domain second = Created();
  EXPECT_EQ(second.variant_key, "strasse.org");
  EXPECT_TRUE(second.variant_follows);
}

TEST_F(DomainCreateTest, OfVariantsInOneGroupTheFirstIsRegistered) {
  Offer(scene, kGerman);
  DomainCreate other = command;
  command.name = DomainName("xn--strae-oqa.org");
  other.name = DomainName("strasse.org");
  scene.set = scene.Load({NeedsOf(command), NeedsOf(other)}, scene.now);
  auto first = Apply(command, scene.context(), scene.set);
  ASSERT_TRUE(first.ok());
  scene.set.Merge(first->changes);
  ++scene.number;
  EXPECT_EQ(ReasonOf(Apply(other, scene.context(), scene.set)), "variant-blocked");
}

TEST_F(DomainCreateTest, KeepsThePremiumClassOfTheTime) {
  scene.ChangePolicy([](TldPolicy& policy) {
    policy.premium_classes["rare"] = {Money{10000}, Money{5000}, Money{6000}, Money{8000}};
  });
  scene.listed[command.name] = {ListedLabel::Kind::kPremium, "rare"};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kFeeMissing.id);
  command.agreement = FeeAgreement{"USD", Money{10000}};
  const Domain domain = Created();
  EXPECT_EQ(domain.premium_class, "rare");
  EXPECT_EQ(domain.grace[0].fee, Money{10000});
}

TEST_F(DomainCreateTest, AReservedNameTakesAToken) {
  scene.listed[command.name] = {ListedLabel::Kind::kReserved, ""};
  AllocationToken& token = scene.AddToken("abc");
  EXPECT_EQ(ReasonOf(scene.Run(command)), kNameReserved.id);
  command.token = GivenToken("abd");
  EXPECT_EQ(ReasonOf(scene.Run(command)), kTokenMismatch.id);
  command.token = GivenToken("abc");
  const Domain domain = Created();
  EXPECT_EQ(domain.token, (UsedToken{token.key, "abc"}));
  EXPECT_EQ(token.uses, 1);
  command.name = DomainName("new2.org");
  scene.listed[command.name] = {ListedLabel::Kind::kReserved, ""};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kTokenMismatch.id) << "it is used up";
}

TEST_F(DomainCreateTest, NoTokenHelpsWithABlockedName) {
  scene.listed[command.name] = {ListedLabel::Kind::kBlocked, ""};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kNameBlocked.id);
  scene.AddToken("abc").name = command.name;
  for (const char* text : {"abc", "unknown"}) {
    command.token = GivenToken(text);
    EXPECT_EQ(ReasonOf(scene.Run(command)), kNameBlocked.id);
  }
}

TEST_F(DomainCreateTest, UsesATokenOnceInAGroup) {
  DomainCreate other = command;
  other.name = DomainName("other.org");
  for (DomainCreate* create : {&command, &other}) {
    scene.listed[create->name] = {ListedLabel::Kind::kReserved, ""};
    create->token = GivenToken("abc");
  }
  const AllocationToken& token = scene.AddToken("abc");
  const auto decisions =
      scene.Run({MakeCommand(kGold, "create", command), MakeCommand(kSilver, "create", other)},
                2000, scene.now);
  EXPECT_TRUE(decisions[0].accepted());
  EXPECT_EQ(decisions[1].reason, kTokenMismatch.id);
  EXPECT_EQ(token.uses, 1);
}

TEST_F(DomainCreateTest, APromotionLowersTheFee) {
  AllocationToken& token = scene.AddToken("sale");
  token.kind = AllocationToken::Kind::kPromotion;
  token.max_uses = 0;
  token.price = Money{100};
  command.token = GivenToken("sale");
  command.period = Years(2);
  command.agreement = FeeAgreement{"USD", Money{999}};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kFeeTooLow.id);
  command.agreement = FeeAgreement{"USD", Money{1000}};
  EXPECT_EQ(Created().grace[0].fee, Money{1000}) << "what a deletion gives back";
  EXPECT_EQ(scene.ledger[0].amount, Money{-1000});
}

TEST_F(DomainCreateTest, KeepsTheTtlsThatAreChosen) {
  scene.ChangePolicy([](TldPolicy& p) { p.max_ns_ttl = 86400; });
  command.ttls = {{"NS", 600}};
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(scene.domain(command.name.text()).ttls, (DelegationTtls{600, {}}));
}

TEST_F(DomainCreateTest, LinksItsOrganizations) {
  const Organization& organization = scene.AddOrganization("res1");
  command.organizations = {{OrganizationRole::kReseller, organization.id}};
  EXPECT_THAT(*Created().organizations,
              ElementsAre(OrganizationLink{OrganizationRole::kReseller, organization.key,
                                           organization.id}));
  const Needs needs = NeedsOf(command);
  ASSERT_EQ(needs.organizations.size(), 1u);
  EXPECT_EQ(needs.organizations[0].lock, Lock::kReference);
  command.organizations.clear();
  EXPECT_TRUE(NeedsOf(command).organizations.empty());
}

TEST_F(DomainCreateTest, ReasonsApplyInTheirDocumentedOrder) {
  scene.AddDomain("taken.org");
  void (*const spoil[])(Scene&, DomainCreate&) = {
      [](Scene&, DomainCreate& c) { c.name = DomainName("taken.net"); },
      [](Scene&, DomainCreate& c) { c.name = DomainName("www.taken.org"); },
      [](Scene& s, DomainCreate& c) {
        s.ChangePolicy([](TldPolicy& policy) { policy.longest_years = 4; });
        c.period = Years(5);
      },
      [](Scene& s, DomainCreate& c) {
        s.ChangePolicy([](TldPolicy& p) { p.data_model = TldPolicy::DataModel::kMaximum; });
        c.registrant.reset();
      },
      [](Scene& s, DomainCreate& c) {
        s.ChangePolicy([](TldPolicy& policy) { policy.idn_required = true; });
        c.name = DomainName("xn--nw-fka.org");
        c.idn.reset();
      },
      [](Scene&, DomainCreate& c) { c.name = DomainName("taken.org"); },
      [](Scene& s, DomainCreate&) {
        s.ChangeRegistrar(kGold, [](Registrar& r) { r.tlds = {"ngo"}; });
      },
      [](Scene&, DomainCreate& c) { c.token = GivenToken("wrong"); },
      [](Scene&, DomainCreate& c) { c.registrant = ContactId("nobody"); },
      [](Scene&, DomainCreate& c) {
        c.contacts = {{ContactRole::kTech, ContactId("nobody")}};
      },
      [](Scene&, DomainCreate& c) { c.name_servers.push_back(DomainName("ns.missing.org")); },
      [](Scene&, DomainCreate& c) { c.organizations[0].id = OrganizationId("nobody"); },
      [](Scene& s, DomainCreate& c) {
        s.AddHost("ns.taken.org").addresses.clear();
        c.name_servers = {DomainName("ns.taken.org")};
      },
      [](Scene& s, DomainCreate&) { s.organization("res1").sponsor = kSilver; },
      [](Scene& s, DomainCreate&) { s.organization("res1").statuses = {Status::kHold}; },
      [](Scene&, DomainCreate& c) { c.organizations[0].role = OrganizationRole::kDnsOperator; },
      [](Scene& s, DomainCreate&) {
        s.ChangePolicy([](TldPolicy& policy) { policy.reserved = {"new"}; });
        s.listed.clear();
      },
      [](Scene& s, DomainCreate& c) {
        s.listed[c.name] = {ListedLabel::Kind::kBlocked, ""};
      },
      [](Scene& s, DomainCreate&) {
        s.ChangePolicy([&](TldPolicy& policy) {
          policy.launch_phases = {{LaunchPhase::kOpen, s.now + kDay}};
        });
      },
      [](Scene&, DomainCreate& c) { c.launch->phase = LaunchPhase::kLandrush; },
      [](Scene&, DomainCreate& c) { c.launch->application = true; },
      [](Scene& s, DomainCreate& c) {
        SetPhase(s, LaunchPhase::kOpen);
        c.launch->phase = LaunchPhase::kOpen;
        c.launch->mark = WithMark(s.now).mark;
      },
      [](Scene& s, DomainCreate& c) { c.launch->notices = WithNotice(s.now).notices; },
      [](Scene&, DomainCreate& c) { c.launch->mark.reset(); },
      [](Scene&, DomainCreate& c) { c.launch->mark.emplace(Reject(kMarkUntrusted)); },
      [](Scene&, DomainCreate& c) { (*c.launch->mark)->revoked = true; },
      [](Scene& s, DomainCreate& c) { (*c.launch->mark)->not_before = s.now + kDay; },
      [](Scene& s, DomainCreate& c) {
        SetPhase(s, LaunchPhase::kSunrise);
        c.launch = WithMark(s.now);
        (*c.launch->mark)->labels = {"old"};
      },
      [](Scene&, DomainCreate& c) { c.claims = Claims::kUnknown; },
      [](Scene&, DomainCreate& c) { c.launch->notices.clear(); },
      [](Scene&, DomainCreate& c) { c.launch->notices.push_back(c.launch->notices.front()); },
      [](Scene&, DomainCreate& c) { c.launch->notices[0].validator = "other"; },
      [](Scene&, DomainCreate& c) { c.launch->notices[0].id = *NoticeId::Parse("000000001"); },
      [](Scene&, DomainCreate& c) {
        c.launch->notices[0].not_after = absl::FromUnixSeconds(1200000000);
        c.launch->notices[0].id = *NoticeId::Parse("ac0dc6af1");
      },
      [](Scene& s, DomainCreate& c) {
        SetPhase(s, LaunchPhase::kClaims);
        c.claims = Claims::kYes;
        c.launch = WithNotice(s.now);
        c.launch->notices[0].accepted = s.now + kDay;
      },
      [](Scene& s, DomainCreate& c) {
        s.ChangePolicy([](TldPolicy& policy) { policy.idn_only = true; });
        c.name = DomainName("new.org");
      },
      [](Scene&, DomainCreate& c) { c.idn->table = "no"; },
      [](Scene&, DomainCreate& c) { c.idn->uname = "new.org"; },
      [](Scene&, DomainCreate& c) {
        c.idn = IdnRequest{"de", ""};
      },
      [](Scene&, DomainCreate& c) { c.name = DomainName("xn--nw-xka.org"); },
      [](Scene& s, DomainCreate& c) {
        Offer(s, "table = sv\nallow = 0061-007A 00F6\n");
        c.name = DomainName("xn--nw-fka.org");
      },
      [](Scene& s, DomainCreate&) {
        s.ChangePolicy(
            [](TldPolicy& policy) { policy.idn_variants = TldPolicy::Variants::kBlocked; });
      },
      [](Scene& s, DomainCreate&) {
        Offer(s, "table = de\nallow = 0061-007A 00F6 0435\nvariant = 0435 : 0065\n");
        s.ChangePolicy(
            [](TldPolicy& policy) { policy.idn_variants = TldPolicy::Variants::kSameRegistrant; });
        Domain& variant = s.AddDomain("xn--nw-nlc.org");
        variant.sponsor = kSilver;
        variant.variant_key = s.directory.VariantKey(variant.name);
      },
      [](Scene& s, DomainCreate&) {
        s.ChangePolicy([](TldPolicy& p) { p.data_model = TldPolicy::DataModel::kMinimum; });
      },
      [](Scene&, DomainCreate& c) { c.unacceptable = Reject(kHostAttributesNotOffered); },
      [](Scene&, DomainCreate& c) { c.unacceptable = Reject(kKeyMismatch); },
      [](Scene&, DomainCreate& c) { c.unacceptable = Reject(kRoleNotOffered); },
      [](Scene& s, DomainCreate& c) {
        s.ChangePolicy([](TldPolicy& p) { p.ds_interface = TldPolicy::DsInterface::kDs; });
        c.ds = {KeyRecord(c.name)};
      },
      [](Scene& s, DomainCreate&) {
        s.ChangePolicy([](TldPolicy& p) { p.ds_interface = TldPolicy::DsInterface::kKey; });
      },
      [](Scene& s, DomainCreate& c) {
        s.ChangePolicy([](TldPolicy& policy) { policy.max_name_servers = 0; });
        c.name_servers = {DomainName("ns1.example.net")};
      },
      [](Scene& s, DomainCreate& c) {
        s.ChangePolicy([](TldPolicy& policy) { policy.max_contacts = 0; });
        c.contacts = {{ContactRole::kTech, ContactId("jon")}};
      },
      [](Scene& s, DomainCreate&) { s.ChangePolicy([](TldPolicy& policy) { policy.max_ds = 1; }); },
      [](Scene&, DomainCreate& c) {
        c.ds = {Ds('A'), Ds('A')};
      },
      [](Scene&, DomainCreate& c) { c.auth_weak = true; },
      [](Scene&, DomainCreate& c) {
        c.ttls.push_back({"DNAME", 3600});
      },
      [](Scene& s, DomainCreate& c) {
        s.ChangePolicy([](TldPolicy& p) { p.max_ns_ttl = 86400; });
        c.ttls = {{"NS", 299}};
      },
      [](Scene&, DomainCreate& c) { c.bundle = DomainName("other.ngo"); },
      [](Scene& s, DomainCreate& c) {
        c.agreement.reset();
        s.ChangePolicy([](TldPolicy& p) {
          p.premium_classes["rare"] = {Money{900}, Money{1}, Money{1}, Money{1}};
          p.premium["new"] = "rare";
        });
      },
      [](Scene&, DomainCreate& c) {
        c.agreement = FeeAgreement{"EUR", Money{0}};
      },
      [](Scene&, DomainCreate& c) {
        c.agreement = FeeAgreement{"USD", Money{899}};
      },
      [](Scene& s, DomainCreate&) { s.balances[kGold] = Money{899}; },
  };
  scene.AddOrganization("res1");
  command.organizations = {{OrganizationRole::kReseller, OrganizationId("res1")}};
  ExpectReasonsInOrder(scene, command, kDomainCreateReasons, spoil);
}

}  // namespace
}  // namespace registry
