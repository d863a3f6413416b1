#include "tests/registry/store/store_scene.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/commands/registrar_create.h"
#include "registry/commands/registrar_deposit.h"
#include "registry/commands/tld_apply.h"
#include "registry/store/audit.h"
#include "registry/store/migrations.h"
#include "registry/store/open_with_faults.h"
#include "registry/store/settings.h"
#include "tests/support/private_cluster.h"

namespace registry::store {
namespace {

TldPolicy Policy(std::string tld, TldPolicy::DataModel model) {
  TldPolicy policy;
  policy.tld = std::move(tld);
  policy.data_model = model;
  policy.soa_mname = "ns.nic." + policy.tld;
  policy.soa_rname = "hostmaster.nic." + policy.tld;
  policy.name_servers = {"ns.nic." + policy.tld};
  return policy;
}

template <class T>
T Must(absl::StatusOr<T> value) {
  EXPECT_TRUE(value.ok()) << value.status();
  POSTEL_CHECK(value.ok());
  return *std::move(value);
}

}  // namespace

StoreScene::StoreScene(Options options) {
  database = tests::PrivateCluster::Shared().CreateDatabase();
  MigrateOptions migrate;
  migrate.repository_id = "TEST";
  migrate.sandbox = options.sandbox;
  Must(Migrate(database, migrate, clock.Now()));
  options.store.database = database;
  if (options.store.application.empty()) options.store.application = "test";
  store = Must(OpenWithFaults::Open(options.store, &clock, options.faults));
  Run(kOperator, TldApply{Policy("org", TldPolicy::DataModel::kMaximum)});
  Run(kOperator, TldApply{Policy("ngo", TldPolicy::DataModel::kMinimum)});
  for (std::string_view id : {"gold", "silver"}) {
    Run(kOperator, RegistrarCreate{MakeRegistrar(id)});
    Run(kOperator, RegistrarDeposit{RegistrarId(id), Money{100'000'00}, "first"});
  }
  gold = store->directory()->Registrar(RegistrarId("gold"))->key;
  silver = store->directory()->Registrar(RegistrarId("silver"))->key;
  POSTEL_CHECK(Code(gold, CreateContact("holder")) == ResultCode::kOk);
  POSTEL_CHECK(Code(gold, CreateHost("ns1.example.net")) == ResultCode::kOk);
  POSTEL_CHECK(Code(gold, CreateHost("ns2.example.net")) == ResultCode::kOk);
}

std::unique_ptr<Store> StoreScene::OpenAnother(SystemClock* other_clock, FaultPoints faults,
                                               StoreOptions options) const {
  options.database = database;
  if (options.application.empty()) options.application = "another";
  return Must(OpenWithFaults::Open(std::move(options), other_clock, std::move(faults)));
}

std::string StoreScene::Query(const std::string& sql) const {
  return tests::PrivateCluster::Query(database, sql);
}

int64_t StoreScene::Number(const std::string& sql) const {
  int64_t number = 0;
  POSTEL_CHECK(ParseNumber(Query(sql), &number));
  return number;
}

std::vector<std::string> StoreScene::Findings() const {
  std::vector<std::string> lines;
  for (const Finding& finding : Must(Audit(database))) {
    lines.push_back(Concat(finding.check, ": ", finding.subject, ": ", finding.detail));
  }
  return lines;
}

void StoreScene::SetClock(absl::Duration offset) {
  ASSERT_TRUE(SetClockOffset(database, offset).ok());
  const int64_t version = Number("SELECT version FROM registry");
  while (store->directory()->version != version) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

DomainCreate CreateOrg(std::string_view name) {
  DomainCreate create;
  create.name = DomainName(name);
  create.period = Years(1);
  create.name_servers = {DomainName("ns1.example.net"), DomainName("ns2.example.net")};
  create.registrant = ContactId("holder");
  create.contacts = {{ContactRole::kAdmin, ContactId("holder")},
                     {ContactRole::kTech, ContactId("holder")}};
  create.auth = AuthInfo(kSecret).Seal(RandomSalt());
  return create;
}

DomainCreate CreateNgo(std::string_view name) {
  DomainCreate create;
  create.name = DomainName(name);
  create.auth = AuthInfo(kSecret).Seal(RandomSalt());
  return create;
}

ContactCreate CreateContact(std::string_view id) {
  ContactCreate create;
  create.id = ContactId(id);
  create.international = PostalInfo{
      "A. Person", "\"Quoted\\ Ltd\"", {"1 Main St", "", "x,{y}"}, "Ann Arbor", "MI", "48104",
      "US"};
  create.voice = Phone{"+1.5555550100", "12"};
  create.email = "person@example.net";
  create.auth = AuthInfo(kSecret).Seal(RandomSalt());
  return create;
}

HostCreate CreateHost(std::string_view name, std::vector<IpAddress> addresses) {
  return HostCreate{DomainName(name), std::move(addresses)};
}

Registrar MakeRegistrar(std::string_view id) {
  Registrar registrar;
  registrar.id = RegistrarId(id);
  registrar.name = Concat("Registrar ", id);
  registrar.street = {"1 Main St", "Suite \"2\""};
  registrar.city = "Reston";
  registrar.country = "US";
  registrar.phone = "+1.5555550100";
  registrar.email = "epp@example.net";
  registrar.certificates = {Fingerprint{1, 2, 3}};
  return registrar;
}

}  // namespace registry::store
