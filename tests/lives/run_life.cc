#include "tests/lives/run_life.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_materialize.h"
#include "registry/lifecycle/project.h"
#include "tests/lives/words.h"
#include "tests/support/scene.h"

namespace lives {
namespace {

using registry::AnyCommand;
using registry::Concat;
using registry::Money;
using registry::RegistrarKey;

template <class Texts>
std::string Join(const Texts& texts) {
  std::string joined;
  for (const auto& text : texts) joined += Concat(joined.empty() ? "" : ", ", text);
  return joined;
}

std::vector<std::string_view> StatusNames(registry::StatusSet statuses) {
  std::vector<std::string_view> names;
  for (const registry::Status status : statuses.ToVector()) names.push_back(StatusName(status));
  return names;
}

class Runner {
 public:
  Runner(const Life& life, Worker worker) : lived_{life, Beginning(life)}, worker_(worker) {}

  absl::StatusOr<LivedLife> Run() {
    const std::span<Life::Row> rows = lived_.life.rows;
    for (size_t first = 0; first < rows.size();) {
      size_t end = first + 1;
      while (end < rows.size() && rows[end].at_once) ++end;
      if (auto error = RunGroup(rows.subspan(first, end - first)); !error.ok()) return error;
      first = end;
    }
    WriteAll(now_);
    return std::move(lived_);
  }

 private:
  // Besides org there is ngo, for registrars who may not sell org.
  static registry::MemoryRegistry Beginning(const Life& life) {
    registry::Scene scene;
    scene.now = life.starts;
    scene.directory.Add(life.policy);
    registry::TldPolicy ngo;
    ngo.tld = "ngo";
    scene.directory.Add(std::move(ngo));
    for (const Life::Account& account : life.accounts) AddAccount(account, scene);
    scene.AddContact("holder");
    for (const std::string_view host : {"ns1.example.net", "ns2.example.net"}) scene.AddHost(host);
    return scene;
  }

  static void AddAccount(const Life::Account& account, registry::Scene& scene) {
    const registry::Registrar* known = scene.directory.Registrar(account.id);
    registry::Registrar registrar =
        known != nullptr ? *known : *scene.directory.Registrar(registry::kGold);
    if (known == nullptr)
      registrar.key = RegistrarKey{10 + static_cast<int>(scene.balances.size())};
    registrar.id = account.id;
    registrar.credit_limit = account.credit_limit;
    scene.balances[registrar.key] = account.balance;
    scene.directory.Add(std::move(registrar));
  }

  // Rows that happen at once: each is decided in the knowledge of those above, and all are written
  // together.
  absl::Status RunGroup(std::span<Life::Row> rows) {
    MoveTo(rows.front().at);
    std::vector<AnyCommand> commands;
    std::vector<std::string> answers(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      const Life::Row& row = rows[i];
      if (row.command == kTimePasses && rows.size() == 1) continue;
      if (row.command == "poll") WriteAll(now_);  // it sees what is written
      auto command = Understand(row.command, SpeakerOf(row), &answers[i]);
      if (!command.ok()) return ErrorAt(lived_.life, row, std::string(command.status().message()));
      commands.push_back(*std::move(command));
    }
    const auto decisions = lived_.registry.Run(commands, number_, now_);
    number_ += static_cast<registry::TransactionNumber>(rows.size());
    if (worker_ == Worker::kAwake) WriteAll(now_);
    for (size_t i = 0; i < rows.size(); ++i) {
      if (!commands.empty()) rows[i].answer = AnswerText(decisions[i], answers[i]);
      Look(rows[i]);
    }
    return absl::OkStatus();
  }

  Speaker SpeakerOf(const Life::Row& row) const {
    const RegistrarKey asker = row.who == "operator" ? registry::kOperator : KeyOf(row.who);
    return {asker, now_, lived_.life.domain, lived_.registry};
  }

  RegistrarKey KeyOf(std::string_view who) const {
    const auto* registrar = lived_.registry.directory.Registrar(registry::RegistrarId(who));
    return registrar == nullptr ? registry::kNoRegistrar : registrar->key;
  }

  static std::string AnswerText(const registry::Decision& decision, const std::string& answer) {
    if (!answer.empty()) return answer;
    const std::string code = std::to_string(static_cast<int>(decision.code));
    return decision.accepted() ? code : Concat(code, " ", decision.reason);
  }

  // -- the worker --

  void MoveTo(absl::Time at) {
    if (worker_ == Worker::kAwake) {
      for (absl::Time due = NextEvent(); due <= at; due = NextEvent()) WriteAll(due);
    }
    now_ = at;
  }

  absl::Time NextEvent() const {
    absl::Time next = absl::InfiniteFuture();
    for (const auto& [key, domain] : lived_.registry.domains) {
      next = std::min(next, registry::NextEvent(domain));
    }
    return next;
  }

  void WriteAll(absl::Time at) {
    std::vector<AnyCommand> commands;
    for (const auto& [key, domain] : lived_.registry.domains) {
      commands.push_back(registry::MakeCommand(registry::kLifecycle, "domain-materialize",
                                               registry::DomainMaterialize{key}));
    }
    lived_.registry.Run(commands, 0, at);
    POSTEL_CHECK(NextEvent() > at);
  }

  // -- what is to be seen --

  void Look(Life::Row& row) const {
    row.sponsor = row.statuses = row.rgp = row.expires = "";
    row.balances.clear();
    const registry::Directory& directory = lived_.registry.directory;
    const registry::DomainInfo info{lived_.life.domain, registry::DomainInfo::Hosts::kAll, {}};
    const registry::WorkingSet set = lived_.registry.Load({NeedsOf(info)}, now_);
    const registry::Context context{registry::kPublic, now_, 0, "", directory};
    if (const auto seen = Apply(info, context, set)) {
      row.sponsor = directory.RegistrarText(seen->domain.sponsor);
      row.statuses = Join(StatusNames(seen->statuses));
      row.rgp = Join(seen->rgp_statuses);
      row.expires = FormatInstant(seen->domain.expires, lived_.life);
    } else {
      row.sponsor = "(free)";
    }
    for (const std::string& column : lived_.life.columns) {
      row.balances.push_back(FormatMoney(BalanceOf(KeyOf(column))));
    }
  }

  // With what the clock has done and nobody has written yet.
  Money BalanceOf(RegistrarKey registrar) const {
    Money balance = lived_.registry.balances.at(registrar);
    for (const auto& [key, domain] : lived_.registry.domains) {
      const auto projection = Project(domain, now_, lived_.registry.directory);
      for (const registry::LedgerEntry& entry : projection.arrears.ledger) {
        if (entry.registrar == registrar) balance += entry.amount;
      }
    }
    return balance;
  }

  LivedLife lived_;
  const Worker worker_;
  absl::Time now_ = absl::InfinitePast();
  registry::TransactionNumber number_ = 1000;
};

}  // namespace

absl::StatusOr<LivedLife> RunLife(const Life& life, Worker worker) {
  return Runner(life, worker).Run();
}

}  // namespace lives
