// Two stores on one database, as two processes are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "registry/base/text.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_delete.h"
#include "registry/commands/host_update.h"
#include "registry/commands/idn_apply.h"
#include "registry/commands/organization_create.h"
#include "registry/commands/organization_delete.h"
#include "registry/commands/organization_update.h"
#include "registry/commands/poll_acknowledge.h"
#include "registry/commands/registrar_create.h"
#include "registry/commands/tld_apply.h"
#include "registry/store/allocation_tokens.h"
#include "tests/registry/store/store_scene.h"
#include "tests/support/private_cluster.h"

namespace registry::store {
namespace {

using testing::Each;
using testing::IsEmpty;
using testing::Not;

// Runs `client(index, store)` in threads, half of them on either store.
template <class Client>
void Race(StoreScene& scene, int clients, Client client) {
  SystemClock clock;
  std::unique_ptr<Store> another = scene.OpenAnother(&clock);
  std::vector<std::thread> threads;
  for (int i = 0; i < clients; ++i) {
    threads.emplace_back([&, i] { client(i, i % 2 == 0 ? *scene.store : *another); });
  }
  for (std::thread& thread : threads) thread.join();
}

// ngo gets a table in which sharp s is a variant of two s.
void OfferSharpS(StoreScene& scene, TldPolicy::Variants variants) {
  scene.Run(kOperator, IdnApply{*ParseIdnTable("t",
                                               "table = t\nallow = 0030-0039 0061-007A 00DF\n"
                                               "variant = 00DF : 0073 0073\n")});
  TldPolicy policy = *scene.store->directory()->Tld("ngo");
  policy.idn_tables = {"t"};
  policy.idn_variants = variants;
  ASSERT_EQ(scene.Code(kOperator, TldApply{policy}), ResultCode::kOk);
}

Origin From(RegistrarKey asker) { return {asker, "client-1", "test"}; }

TEST(StoreRacesTest, EveryNameGoesToExactlyOneOfThoseWhoWantIt) {
  StoreScene scene;
  constexpr int kNames = 40, kClients = 8;
  std::vector<std::atomic<int>> won(kNames);
  std::atomic<int> lost{0}, other{0};
  Race(scene, kClients, [&](int client, Store& store) {
    // Each in an order of its own.
    std::vector<int> order(kNames);
    for (int i = 0; i < kNames; ++i) order[i] = i;
    std::mt19937 random(client);
    std::shuffle(order.begin(), order.end(), random);
    for (int name : order) {
      const auto reply = store.Run(From(client < 4 ? scene.gold : scene.silver),
                                   CreateOrg(Concat("n", name, ".org")));
      const ResultCode code = StoreScene::CodeOf(reply);
      if (code == ResultCode::kOk) {
        ++won[name];
      } else if (code == ResultCode::kObjectExists) {
        ++lost;
      } else {
        ++other;
      }
    }
  });
  for (const std::atomic<int>& winners : won) EXPECT_EQ(winners, 1);
  EXPECT_EQ(lost, kNames * (kClients - 1));
  EXPECT_EQ(other, 0);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM domains"), kNames);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

// Both spellings of each name, tried by everybody; the codes other than success and existence.
std::vector<ResultCode> RaceForVariants(StoreScene& scene, int names, RegistrarKey others) {
  std::mutex mutex;
  std::vector<ResultCode> refusals;
  Race(scene, 8, [&](int client, Store& store) {
    std::mt19937 random(client);
    for (int i = 0; i < names; ++i) {
      // At about the same time the same names.
      const bool sharp = random() % 2 == 0;
      const std::string unicode = Concat("stra", sharp ? "\u00DF" : "ss", "e", i, ".ngo");
      DomainCreate create = CreateNgo("x.ngo");
      create.name = *DomainName::FromUnicode(unicode);
      const auto reply = store.Run(From(client < 4 ? scene.gold : others), std::move(create));
      const ResultCode code = StoreScene::CodeOf(reply);
      if (code == ResultCode::kOk || code == ResultCode::kObjectExists) continue;
      std::lock_guard lock(mutex);
      refusals.push_back(code);
    }
  });
  return refusals;
}

TEST(StoreRacesTest, OfTheVariantsOfANameExactlyOneIsRegistered) {
  StoreScene scene;
  OfferSharpS(scene, TldPolicy::Variants::kBlocked);
  constexpr int kNames = 40;
  const auto refusals = RaceForVariants(scene, kNames, scene.silver);
  EXPECT_THAT(refusals, Each(ResultCode::kParameterPolicy));
  EXPECT_THAT(refusals, Not(IsEmpty()));
  EXPECT_EQ(scene.Number("SELECT count(*) FROM domains"), kNames);
  EXPECT_EQ(scene.Number("SELECT count(DISTINCT variant_key) FROM domains"), kNames);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreRacesTest, VariantsThatAreForOneRegistrantGoToOneRegistrar) {
  StoreScene scene;
  OfferSharpS(scene, TldPolicy::Variants::kSameRegistrant);
  constexpr int kNames = 40;
  const auto refusals = RaceForVariants(scene, kNames, scene.silver);
  EXPECT_THAT(refusals, Each(ResultCode::kParameterPolicy));
  EXPECT_EQ(scene.Number("SELECT count(*) FROM (SELECT FROM domains GROUP BY variant_key HAVING "
                         "count(DISTINCT sponsor) = 1 AND count(*) FILTER (WHERE NOT "
                         "variant_follows) = 1) s"),
            kNames);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreRacesTest, ATokenIsUsedAsOftenAsItMayBe) {
  StoreScene scene;
  constexpr int kClients = 8, kEach = 20, kUses = 25;
  AllocationToken token;
  token.digest = GivenToken("sale").digest();
  token.kind = AllocationToken::Kind::kPromotion;
  token.discount = 50;
  token.max_uses = kUses;
  ASSERT_TRUE(CreateTokens(scene.database, {token}, "jon", scene.clock.Now()).ok());
  std::atomic<int> won{0}, lost{0}, other{0};
  Race(scene, kClients, [&](int client, Store& store) {
    for (int i = 0; i < kEach; ++i) {
      DomainCreate create = CreateOrg(Concat("n", client, "-", i, ".org"));
      create.token = GivenToken("sale");
      const ResultCode code = StoreScene::CodeOf(store.Run(From(scene.gold), create));
      ++(code == ResultCode::kOk ? won : code == ResultCode::kAuthorizationError ? lost : other);
    }
  });
  EXPECT_EQ(won, kUses);
  EXPECT_EQ(lost, kClients * kEach - kUses);
  EXPECT_EQ(other, 0);
  EXPECT_EQ(scene.Number("SELECT uses FROM allocation_tokens"), kUses);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM domains WHERE token IS NOT NULL"), kUses);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreRacesTest, GroupsThatOverlapInRandomOrderNeverDeadlock) {
  StoreScene scene;
  constexpr int kObjects = 12;
  for (int i = 0; i < kObjects; ++i) {
    ASSERT_EQ(scene.Code(scene.gold, CreateOrg(Concat("n", i, ".org"))), ResultCode::kOk);
    ASSERT_EQ(
        scene.Code(scene.gold, CreateHost(Concat("ns.n", i, ".org"), {IpAddress("192.0.2.1")})),
        ResultCode::kOk);
  }
  std::atomic<int> failed{0};
  Race(scene, 12, [&](int client, Store& store) {
    std::mt19937 random(client);
    for (int i = 0; i < 60; ++i) {
      const int a = static_cast<int>(random() % kObjects);
      const int b = static_cast<int>(random() % kObjects);
      DomainUpdate domain;
      domain.name = DomainName(Concat("n", a, ".org"));
      DomainUpdate::Part& part = random() % 2 == 0 ? domain.add : domain.remove;
      part.name_servers = {DomainName(Concat("ns.n", b, ".org"))};
      if (!store.Run(From(scene.gold), domain).status.ok()) ++failed;
      HostUpdate host;
      host.name = DomainName(Concat("ns.n", a, ".org"));
      HostUpdate::Part& addresses = random() % 2 == 0 ? host.add : host.remove;
      addresses.addresses = {IpAddress(Concat("192.0.2.", 2 + b))};
      if (!store.Run(From(scene.gold), host).status.ok()) ++failed;
    }
  });
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(scene.Query("SELECT deadlocks FROM pg_stat_database WHERE datname = "
                        "current_database()"),
            "0");
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreRacesTest, NobodySpendsTheSameMoneyTwice) {
  StoreScene scene;
  constexpr int kAffordable = 25;
  scene.Query(Concat("INSERT INTO ledger SELECT now(), registrar, 'd', ", 900 * kAffordable,
                     " - balance, 'test', NULL, 0, 1 FROM balances; UPDATE balances SET balance = ",
                     900 * kAffordable));
  std::atomic<int> paid{0}, refused{0}, other{0};
  Race(scene, 8, [&](int client, Store& store) {
    for (int i = 0; i < 10; ++i) {
      const auto reply =
          store.Run(From(scene.gold), CreateNgo(Concat("n", client, "-", i, ".ngo")));
      const ResultCode code = StoreScene::CodeOf(reply);
      ++(code == ResultCode::kOk ? paid : code == ResultCode::kBillingFailure ? refused : other);
    }
  });
  EXPECT_EQ(paid, kAffordable);
  EXPECT_EQ(refused, 80 - kAffordable);
  EXPECT_EQ(other, 0);
  EXPECT_EQ(
      scene.Number(Concat("SELECT balance FROM balances WHERE registrar = ", Number(scene.gold))),
      0);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreRacesTest, AMessageIsAcknowledgedOnce) {
  StoreScene scene;
  scene.Query(Concat("INSERT INTO poll_messages (registrar, queued, text, object_name) SELECT ",
                     Number(scene.gold), ", now(), 'x', '' FROM generate_series(1, 30)"));
  std::atomic<int> acknowledged{0};
  Race(scene, 6, [&](int, Store& store) {
    for (int64_t id = 1; id <= 30; ++id) {
      const auto reply = store.Run(From(scene.gold), PollAcknowledge{scene.gold, id});
      if (StoreScene::CodeOf(reply) == ResultCode::kOk) ++acknowledged;
    }
  });
  EXPECT_EQ(acknowledged, 30);
}

TEST(StoreRacesTest, ARegistrarIsMadeOnceAndEveryProcessKnowsIt) {
  StoreScene scene;
  SystemClock clock;
  std::unique_ptr<Store> another = scene.OpenAnother(&clock);
  std::atomic<int> made{0}, exists{0}, other{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&, i] {
      Store& store = i % 2 == 0 ? *scene.store : *another;
      for (int n = 0; n < 5; ++n) {
        const auto reply =
            store.Run(From(kOperator), RegistrarCreate{MakeRegistrar(Concat("reg", n))});
        const ResultCode code = StoreScene::CodeOf(reply);
        ++(code == ResultCode::kOk ? made : code == ResultCode::kObjectExists ? exists : other);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 5);
  EXPECT_EQ(exists, 25);
  EXPECT_EQ(other, 0);
  // The next command of either store is decided by the newest directory.
  for (Store* store : {scene.store.get(), another.get()}) {
    const auto reply = store->Run(From(kPublic), DomainInfo{DomainName("a.org")});
    EXPECT_EQ(reply.directory->registrars().size(), 7u);
  }
}

TEST(StoreRacesTest, ADomainIsNotLinkedToAHostThatGoesAway) {
  StoreScene scene;
  std::atomic<int> broken{0};
  Race(scene, 6, [&](int client, Store& store) {
    for (int i = 0; i < 25; ++i) {
      if (client < 2) {
        store.Run(From(scene.gold), CreateHost("busy.example.net"));
        if (!store.Run(From(scene.gold), HostDelete{DomainName("busy.example.net")}).status.ok()) {
          ++broken;
        }
      } else {
        DomainCreate create = CreateNgo(Concat("n", client, "-", i, ".ngo"));
        create.name_servers = {DomainName("busy.example.net")};
        const auto reply = store.Run(From(scene.gold), create);
        if (!reply.status.ok()) ++broken;
        if (StoreScene::CodeOf(reply) == ResultCode::kOk) {
          store.Run(From(scene.gold), DomainDelete{create.name});
        }
      }
    }
  });
  EXPECT_EQ(broken, 0);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

OrganizationCreate CreateOrganization(std::string_view id) {
  OrganizationCreate create;
  create.id = OrganizationId(id);
  create.roles = {{OrganizationRole::kPrivacyProxy, "", {}}, {OrganizationRole::kReseller, "", {}}};
  return create;
}

// One of two has it taken away: `take(store, i)` gives its code; 2305 while a domain is linked.
// Others link domains with res1 and delete them.
template <class Take>
void RaceWithLinks(StoreScene& scene, Take take) {
  std::atomic<int> linked{0}, other{0};
  Race(scene, 6, [&](int client, Store& store) {
    for (int i = 0; i < 40; ++i) {
      if (client < 2) {
        if (take(store) == ResultCode::kCommandFailed) ++other;
        continue;
      }
      DomainCreate create = CreateNgo(Concat("n", client, "-", i, ".ngo"));
      create.organizations = {{OrganizationRole::kReseller, OrganizationId("res1")}};
      const ResultCode code = StoreScene::CodeOf(store.Run(From(scene.gold), create));
      if (code == ResultCode::kOk) {
        ++linked;
        store.Run(From(scene.gold), DomainDelete{create.name});
      } else if (code != ResultCode::kObjectMissing && code != ResultCode::kParameterPolicy) {
        ++other;
      }
    }
  });
  EXPECT_EQ(other, 0);
  EXPECT_GT(linked, 0);
  EXPECT_EQ(take(*scene.store), ResultCode::kOk) << "nobody is linked any more";
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreRacesTest, ADomainIsNotLinkedToAnOrganizationThatGoesAway) {
  StoreScene scene;
  RaceWithLinks(scene, [&](Store& store) {
    store.Run(From(scene.gold), CreateOrganization("res1"));
    return StoreScene::CodeOf(
        store.Run(From(scene.gold), OrganizationDelete{OrganizationId("res1")}));
  });
}

TEST(StoreRacesTest, ADomainIsNotLinkedInARoleThatIsTakenAway) {
  StoreScene scene;
  ASSERT_EQ(scene.Code(scene.gold, CreateOrganization("res1")), ResultCode::kOk);
  // A link in a role that the organization does not have would stay behind here.
  scene.Query(
      "CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT FROM "
      "domains d JOIN links l ON l.domain = d.id WHERE l.target = -(NEW.id * 4 + 2) AND "
      "d.organizations IS NOT NULL) AND NOT 'r' = ANY(NEW.roles) THEN RAISE EXCEPTION 'linked'; "
      "END IF; RETURN NEW; END $$; CREATE TRIGGER look AFTER UPDATE ON organizations FOR EACH ROW "
      "EXECUTE FUNCTION look()");
  RaceWithLinks(scene, [&](Store& store) {
    OrganizationUpdate update;
    update.id = OrganizationId("res1");
    update.remove_roles = {OrganizationRole::kReseller};
    const ResultCode code = StoreScene::CodeOf(store.Run(From(scene.gold), update));
    if (code != ResultCode::kOk) return code;
    update.remove_roles.clear();
    update.add_roles = {HeldRole()};
    return StoreScene::CodeOf(store.Run(From(scene.gold), update));
  });
}

TEST(StoreRacesTest, NobodyIsAboveHisOwnParent) {
  StoreScene scene;
  for (const char* id : {"one", "two", "three"}) {
    ASSERT_EQ(scene.Code(scene.gold, CreateOrganization(id)), ResultCode::kOk);
  }
  std::atomic<int> accepted{0}, failed{0};
  Race(scene, 3, [&](int client, Store& store) {
    constexpr std::string_view kIds[] = {"one", "two", "three"};
    OrganizationUpdate update;
    update.id = OrganizationId(kIds[client]);
    update.parent = OrganizationId(kIds[(client + 1) % 3]);
    const ResultCode code = StoreScene::CodeOf(store.Run(From(scene.gold), update));
    ++(code == ResultCode::kOk ? accepted : failed);
    EXPECT_TRUE(code == ResultCode::kOk || code == ResultCode::kParameterPolicy);
  });
  EXPECT_EQ(accepted, 1);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM organizations c JOIN organizations p ON p.id = "
                         "c.parent WHERE p.parent IS NOT NULL"),
            0);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

}  // namespace
}  // namespace registry::store
