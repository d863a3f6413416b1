// What a registrar has paid and owes.
#include <iostream>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/commands/registrar_deposit.h"
#include "registry/ctl/registrar_actions.h"
#include "registry/model/ledger.h"
#include "registry/store/history_reader.h"

namespace ctl {
namespace {

using registry::Concat;
using registry::Money;

std::string KindName(char kind) {
  switch (static_cast<registry::LedgerKind>(kind)) {
    case registry::LedgerKind::kCharge:
      return "charge";
    case registry::LedgerKind::kRefund:
      return "refund";
    case registry::LedgerKind::kDeposit:
      return "deposit";
  }
  return std::string(1, kind);
}

int ReportDeposit(Session& session, const std::string& id, Money amount) {
  return WithRegistrar(
      session, id, [&](const registry::Directory& directory, const registry::Registrar& registrar) {
        const auto account = AccountOf(session.database, registrar.key);
        if (!account.ok()) return ReportFailure(account.status(), session.json);
        const std::string& currency = directory.settings.currency;
        const bool withdrawn = amount < Money{};
        const Money moved = withdrawn ? -amount : amount;
        Record record;
        record.Add("registrar", "Registrar", id);
        record.AddForPrograms("done", withdrawn ? "withdrawn" : "deposited");
        record.AddForPrograms("amount", boost::json::value(FormatMoney(moved)));
        record.AddForPrograms("balance", boost::json::value(FormatMoney(account->balance)));
        record.AddForPrograms("currency", boost::json::value(currency));
        record.AddForPeople(withdrawn ? "Withdrawn" : "Deposited",
                            {Concat(FormatMoney(moved), " ", currency)});
        record.AddForPeople("Balance", {Concat(FormatMoney(account->balance), " ", currency)});
        record.Print(std::cout, session.json);
        return int{kExitOk};
      });
}

}  // namespace

int Deposit(Session& session, const std::string& id, const std::string& amount,
            const std::string& reference) {
  const auto parsed = registry::RegistrarId::Parse(id);
  if (!parsed) return ReportRejection(parsed.rejection(), session.json);
  const auto money = registry::ParseMoney(amount);
  if (!money) return ReportRejection(money.rejection(), session.json);
  registry::RegistrarDeposit command{*parsed, *money, reference};
  return session.Run("registrar-deposit", std::move(command),
                     [&](const auto&) { return ReportDeposit(session, id, *money); });
}

int ShowLedger(Session& session, const std::string& id, int limit) {
  return WithRegistrar(
      session, id, [&](const registry::Directory& directory, const registry::Registrar& registrar) {
        const auto lines = registry::store::ReadLedger(session.database, registrar.key, limit);
        if (!lines.ok()) return ReportFailure(lines.status(), session.json);
        Table table(
            {{"at", "Booked"},
             {"happened", "When"},
             {"kind", "Kind"},
             {"amount", Concat("Amount, ", directory.settings.currency), Table::Form::kMoney},
             {"what", "What"},
             {"domain", "Domain"},
             {"svtrid", "svTRID"}});
        for (const auto& line : *lines) {
          const bool of_domain = line.domain != registry::DomainKey{};
          const std::string roid = FormatRoid(registry::ObjectKind::kDomain, Number(line.domain),
                                              directory.settings.repository_id);
          table.AddRow({registry::FormatUtc(line.at), registry::FormatUtc(line.happened),
                        KindName(line.kind), FormatMoney(line.amount), line.what,
                        of_domain ? roid : "", registry::FormatServerTransactionId(line.number)});
        }
        table.Print(std::cout, session.json);
        return int{kExitOk};
      });
}

}  // namespace ctl
