#include "registry/rules/fee_quote.h"

#include "registry/rules/allocation.h"
#include "registry/rules/pricing.h"
#include "registry/rules/reasons.h"
#include "registry/rules/registrable_names.h"

namespace registry {
namespace {

bool TakesYears(FeeCommand command) {
  return command == FeeCommand::kCreate || command == FeeCommand::kRenew ||
         command == FeeCommand::kTransfer;
}

std::vector<FeeQuote::Fee> RestoreFees(const TldPolicy& policy, const NamePrices& prices,
                                       const Domain* domain, const Context& context) {
  std::vector<FeeQuote::Fee> fees = {{prices.restore, "restore", {}}};
  if (domain == nullptr || domain->phase != DomainPhase::kRedemption) return fees;
  const RestorePrice price = PriceOfRestore(policy, *domain, context);
  if (price.years > 0) fees.push_back({price.renewal, "renewal of what has expired", {}});
  return fees;
}

const AllocationToken* TokenFor(AllocationToken::Purpose purpose, const AllocationToken* token) {
  return token != nullptr && token->purpose == purpose ? token : nullptr;
}

FeeQuote::Line LineOf(const FeeQuery::Asked& asked, const TldPolicy& policy,
                      const NamePrices& prices, const QuoteBasis& basis, const Context& context) {
  using Purpose = AllocationToken::Purpose;
  FeeQuote::Line line{asked, {}, {}};
  const int years = asked.years.value_or(1);
  if (asked.in_phase || asked.command == FeeCommand::kCustom) {
    line.obstacle = asked.in_phase ? "no launch phase is on" : "no custom commands";
    return line;
  }
  if (TakesYears(asked.command) && years > policy.longest_years) {
    line.obstacle = "the period is too long";
    return line;
  }
  const AllocationToken* token = basis.token;
  switch (asked.command) {
    case FeeCommand::kCreate:
      line.fees = {{PriceWith(TokenFor(Purpose::kCreate, token), prices.create, years), "create",
                    policy.add_grace}};
      break;
    case FeeCommand::kRenew:
      line.fees = {{prices.renew * years, "renew", policy.renew_grace}};
      break;
    case FeeCommand::kTransfer:
      line.fees = {{PriceWith(TokenFor(Purpose::kTransfer, token), prices.transfer, years),
                    "transfer", policy.transfer_grace}};
      break;
    case FeeCommand::kRestore:
      line.fees = RestoreFees(policy, prices, basis.domain, context);
      break;
    case FeeCommand::kDelete:
    case FeeCommand::kUpdate:
    case FeeCommand::kCustom:
      line.fees = {{Money{}, "free", {}}};
      break;
  }
  if (TakesYears(asked.command)) line.asked.years = years;
  return line;
}

}  // namespace

FeeQuote Quote(const Outcome<DomainName>& name, const QuoteBasis& basis, const FeeQuery& query,
               const Context& context) {
  FeeQuote quote;
  if (!name.ok()) {
    quote.obstacle = "not a valid domain name";
    return quote;
  }
  const auto policy = PolicyOf(*name, context.directory);
  if (!policy.ok()) {
    quote.obstacle = "not a name of this registry";
    return quote;
  }
  const NamePrices prices = PricesOf(
      **policy, basis.domain != nullptr ? basis.domain->premium_class : basis.premium_class);
  quote.standard = prices.premium_class.empty();
  quote.price_class = quote.standard ? "standard" : prices.premium_class;
  for (const FeeQuery::Asked& asked : query.commands) {
    quote.lines.push_back(LineOf(asked, **policy, prices, basis, context));
  }
  return quote;
}

}  // namespace registry
