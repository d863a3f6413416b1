// Millions of random commands by three registrars, the operator and the clock, each followed by a
// look at all that must hold at any time (model.cc). The histories are some thousand steps long, so
// that one that fails can be cut down to the steps that matter, which are then printed as a table.
//
//   POSTEL_MODEL_STEPS=1000000 build/release/tests/model_test
//   POSTEL_MODEL_SEED=77       the first history's seed; the following have the next ones
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/commands/domain_create.h"
#include "registry/types/years.h"
#include "tests/model/history.h"

namespace model {
namespace {

using registry::Concat;

constexpr size_t kHistory = 4000;  // steps: some decades
constexpr int64_t kSteps = 12000;  // in every build

int64_t NumberFromEnvironment(const char* name, int64_t otherwise) {
  const char* text = std::getenv(name);
  if (text == nullptr) return otherwise;
  int64_t number = 0;
  POSTEL_CHECK(registry::ParseNumber(text, &number) && number > 0);
  return number;
}

std::string Report(const Setting& setting, const Lived& lived) {
  const History history = Shrink(setting, RandomHistory(setting, lived.steps));
  return Concat("seed ", setting.seed, ", step ", lived.steps, ": ", lived.complaint,
                "\nThe same, or something else, in fewer steps:\n",
                Table(setting, history, Live(setting, history).complaint));
}

// Half of the steps.
void LiveSoManySteps(bool compare_workers) {
  int64_t steps = NumberFromEnvironment("POSTEL_MODEL_STEPS", kSteps) / 2;
  Setting setting{static_cast<uint32_t>(NumberFromEnvironment("POSTEL_MODEL_SEED", 1)),
                  compare_workers};
  std::map<std::string, int64_t> accepted;
  for (; steps > 0; ++setting.seed) {
    const Lived lived =
        LiveAtRandom(setting, static_cast<size_t>(std::min<int64_t>(steps, kHistory)));
    ASSERT_EQ(lived.complaint, "") << Report(setting, lived);
    steps -= static_cast<int64_t>(lived.steps);
    for (const auto& [kind, count] : lived.accepted) accepted[kind] += count;
  }
  for (const char* kind : {"domain-create",
                           "domain-update",
                           "domain-lock",
                           "domain-renew",
                           "domain-delete",
                           "domain-restore-request",
                           "domain-restore-report",
                           "domain-transfer-request",
                           "domain-transfer-decision",
                           "domain-materialize",
                           "host-create",
                           "host-update",
                           "host-rename",
                           "external-host-rename",
                           "host-delete",
                           "contact-create",
                           "contact-update",
                           "contact-delete",
                           "contact-transfer-request",
                           "contact-transfer-decision",
                           "contact-materialize",
                           "poll-acknowledge",
                           "registrar-deposit",
                           "registrar-update"}) {
    EXPECT_GT(accepted[kind], 4) << kind << " hardly ever succeeded: it proves little";
    testing::Test::RecordProperty(kind, std::to_string(accepted[kind]));
  }
}

TEST(ModelTest, HoldsForRegistrarsWhoRunOutOfMoney) { LiveSoManySteps(false); }

TEST(ModelTest, IsTheSameWheneverTheWorkerComesBy) { LiveSoManySteps(true); }

// -- that the model sees something --

const registry::DomainName kName("a.thin");

Step At(int number, registry::AnyCommand command) {
  return {absl::FromCivil(absl::CivilDay(2024, 3, number), absl::UTCTimeZone()), number,
          std::move(command)};
}

Step CreateDomain() {
  registry::DomainCreate create;
  create.name = kName;
  return At(1, MakeCommand(registry::RegistrarKey{1}, "domain-create", create));
}

// What no command does to the domain: `change` gets it as it is.
using Change = void (*)(const registry::Domain& domain, registry::Decision& decision);

Step Break(Change change) {
  registry::AnyCommand command;
  command.asker = registry::RegistrarKey{1};
  command.text = "break something";
  command.needs = [] { return registry::Needs().Domain(kName, registry::Lock::kUpdate); };
  command.decide = [change](const registry::Context&, const registry::WorkingSet& set) {
    registry::Decision decision;
    change(*set.Find(kName), decision);
    return decision;
  };
  return At(2, std::move(command));
}

template <class Edit>
void Edited(const registry::Domain& domain, registry::Decision& decision, Edit edit) {
  registry::Domain after = domain;
  edit(after);
  decision.changes.Update(domain, std::move(after));
}

struct Defect {
  std::string_view complaint;  // how it begins
  Change change;
};
constexpr registry::RegistrarKey kAsker{1};

const Defect kDefects[] = {
    {"charged twice",
     [](const auto& d, auto& x) { x.changes.Charge(kAsker, registry::Money{}, "create", d); }},
    {"given back what was not paid",
     [](const auto& d, auto& x) { x.changes.Refund(kAsker, registry::Money{7}, "create", d); }},
    {"spends what it does not have",
     [](const auto& d, auto& x) { x.changes.Charge(kAsker, registry::Money{9999}, "renew", d); }},
    {"paid for other years than it has",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) { after.expires = registry::AddYears(after.expires, 1); });
     }},
    {"paid for other years than it has",
     [](const auto& d, auto& x) { x.changes.Charge(kAsker, registry::Money{700}, "renew", d); }},
    {"expires on another day",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) { after.expires -= absl::Hours(24); });
     }},
    {"expires too far ahead",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) { after.expires = registry::AddYears(after.expires, 10); });
     }},
    {"the clock has something to do",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) {
         after.phase = registry::DomainPhase::kPendingDelete;
         after.phase_ends = after.created;
         after.grace.clear();
       });
     }},
    {"statuses that exclude each other",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) {
         after.statuses.Add(registry::Status::kClientDeleteProhibited);
         after.phase = registry::DomainPhase::kRedemption;
         after.phase_ends = after.expires;
       });
     }},
    {"a grace period of a deleted domain",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) {
         after.phase = registry::DomainPhase::kRedemption;
         after.phase_ends = after.expires;
       });
     }},
    {"a name server that is not there",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) { after.name_servers = {registry::HostKey{9}}; });
     }},
    {"a contact that is not there",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) {
         after.contacts = {{registry::ContactRole::kTech, registry::ContactKey{9}}};
       });
     }},
    {"a registrant that is not there",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) { after.registrant = registry::ContactKey{9}; });
     }},
    {"a domain of nobody's",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) { after.sponsor = registry::RegistrarKey{9}; });
     }},
    {"a transfer between others",
     [](const auto& d, auto& x) {
       Edited(d, x, [](auto& after) {
         after.transfer = registry::Transfer();
         after.transfer->gaining = after.transfer->losing = registry::RegistrarKey{2};
         after.transfer->acted = after.expires;
       });
     }},
    {"a host below no domain",
     [](const auto&, auto& x) {
       registry::Host host;
       host.key = registry::HostKey{9};
       host.name = registry::DomainName("ns1.b.thin");
       host.superordinate = registry::DomainKey{9};
       x.changes.Insert(host);
     }},
    {"a host of nobody's",
     [](const auto&, auto& x) {
       registry::Host host;
       host.key = registry::HostKey{9};
       host.name = registry::DomainName("ns1.b.net");
       x.changes.Insert(host);
     }},
    {"a contact of nobody's",
     [](const auto&, auto& x) {
       registry::Contact contact;
       contact.key = registry::ContactKey{9};
       contact.id = registry::ContactId("jon");
       x.changes.Insert(contact);
     }},
    {"a message from the future",
     [](const auto& d, auto& x) {
       registry::PollMessage message;
       message.registrar = kAsker;
       message.text = message.object_name = "a.thin";
       message.queued = d.expires;
       x.changes.Queue(message);
     }},
    {"an empty message",
     [](const auto&, auto& x) {
       registry::PollMessage message;
       message.registrar = kAsker;
       x.changes.Queue(message);
     }},
    {"a refusal wants changes",
     [](const auto& d, auto& x) {
       x.code = registry::ResultCode::kStatusProhibits;
       x.reason = "refused";
       Edited(d, x, [](auto&) {});
     }},
    {"accepted with the code of a refusal",
     [](const auto&, auto& x) { x.code = registry::ResultCode::kStatusProhibits; }},
};

TEST(ModelTest, SeesWhatNoCommandMayDo) {
  for (const Setting setting : {Setting{3, false}, Setting{3, true}}) {
    for (const Defect& defect : kDefects) {
      if (setting.compare_workers && defect.complaint.starts_with("spends")) continue;
      const Lived lived = Live(setting, {CreateDomain(), Break(defect.change)});
      EXPECT_EQ(lived.steps, 2u);
      EXPECT_EQ(lived.complaint.substr(0, defect.complaint.size()), defect.complaint);
    }
  }
}

// A change that does not start from the row as it is.
TEST(ModelTest, SeesAVersionLeftOut) {
  const Step broken = Break([](const auto& domain, auto& decision) {
    Edited(domain, decision, [](auto&) {});
    ++decision.changes.domains.back().after->version;
  });
  const Lived lived = Live({2, false}, {CreateDomain(), broken});
  EXPECT_NE(lived.complaint, "");
}

// An answer that depends on what is written, not on what is.
TEST(ModelTest, SeesAnAnswerThatDependsOnTheWorker) {
  Step broken = Break([](const auto&, auto&) {});
  broken.at += absl::Hours(24 * 400);
  broken.command.decide = [](const registry::Context&, const registry::WorkingSet& set) {
    registry::Decision decision;
    if (set.Arrears(set.Find(kName)->key) != nullptr) decision.reason = "not-written";
    if (!decision.accepted()) decision.code = registry::ResultCode::kStatusProhibits;
    return decision;
  };
  EXPECT_EQ(Live({2, true}, {CreateDomain(), broken}).complaint,
            "the answer depends on the worker: 1000  or 2304 not-written");
}

TEST(ModelTest, CutsAFailureDownToTheStepsThatMatter) {
  const Setting setting{7, false};
  History history = RandomHistory(setting, 300);
  ASSERT_EQ(Live(setting, history).complaint, "");
  // The first time is fine.
  Step broken = Break([](const auto&, auto&) {});
  broken.command.needs = [] { return registry::Needs(); };
  broken.command.decide = [](const registry::Context& context, const registry::WorkingSet&) {
    registry::Decision decision;
    registry::Domain domain;
    decision.changes.Charge(context.asker, registry::Money{}, "something", domain);
    return decision;
  };
  for (const int at : {100, 150}) {
    broken.at = history[at].at;
    broken.number = 1000 + at;
    history.insert(history.begin() + at, broken);
  }
  const Lived lived = Live(setting, history);
  EXPECT_EQ(lived.steps, 151u);
  EXPECT_EQ(lived.complaint, "charged twice: something of domain 0 version 1");
  const History shrunk = Shrink(setting, history);
  ASSERT_EQ(shrunk.size(), 2u);
  const std::string table = Table(setting, shrunk, lived.complaint);
  EXPECT_NE(table.find(" | gold     | break something "), std::string::npos) << table;
  EXPECT_NE(table.find(" | charged twice"), std::string::npos) << table;
}

TEST(ModelTest, SurvivesAnAbort) {
  const Setting setting{7, false};
  History history = RandomHistory(setting, 20);
  history[10].command.decide = [](const registry::Context&,
                                  const registry::WorkingSet&) -> registry::Decision {
    std::abort();
  };
  const Lived lived = Live(setting, history);
  EXPECT_EQ(lived.complaint, "aborted");
  EXPECT_EQ(lived.steps, 11u);
  EXPECT_EQ(Shrink(setting, history).size(), 1u);
}

}  // namespace
}  // namespace model
