#include "registry/rules/allocation.h"

#include <algorithm>

#include "registry/rules/reasons.h"

namespace registry {
namespace {

bool IsUsable(const AllocationToken& token, const Context& context) {
  if (token.revoked || context.now < token.starts || context.now >= token.ends) return false;
  return token.max_uses == 0 || token.uses < token.max_uses;
}

bool IsBoundElsewhere(const AllocationToken& token, const DomainName& name,
                      const Context& context) {
  const Bundles& bundles = context.directory.bundles();
  return (token.registrar != kNoRegistrar && token.registrar != context.asker) ||
         (!token.tld.empty() && bundles.PrimaryTld(token.tld) != bundles.PrimaryTld(name.tld())) ||
         (!token.name.empty() && bundles.Primary(token.name) != bundles.Primary(name));
}

bool IsForSuch(const AllocationToken& token, const Listing& listing) {
  if (token.kind == AllocationToken::Kind::kReserved) {
    return listing.withheld == Listing::Withheld::kReserved || !token.name.empty();
  }
  if (token.purpose == AllocationToken::Purpose::kCreate &&
      listing.withheld == Listing::Withheld::kReserved) {
    return false;
  }
  return listing.premium_class.empty() || !token.name.empty();
}

}  // namespace

bool Covers(const AllocationToken& token, AllocationToken::Purpose purpose, const DomainName& name,
            const Listing& listing, const Context& context) {
  if (listing.withheld == Listing::Withheld::kBlocked) return false;
  return token.purpose == purpose && IsUsable(token, context) &&
         !IsBoundElsewhere(token, name, context) && IsForSuch(token, listing);
}

Outcome<const AllocationToken*> CheckToken(const Rare<GivenToken>& given,
                                           AllocationToken::Purpose purpose, const DomainName& name,
                                           const Listing& listing, const Context& context,
                                           const WorkingSet& set) {
  const AllocationToken* token = nullptr;
  // What is withheld for good is refused as that.
  if (!given || listing.withheld == Listing::Withheld::kBlocked) return token;
  token = set.FindToken(given->digest());
  if (token == nullptr || !Covers(*token, purpose, name, listing, context)) {
    return Reject(kTokenMismatch);
  }
  return token;
}

Money PriceWith(const AllocationToken* token, Money a_year, int years) {
  if (token == nullptr) return a_year * years;
  const int promoted = std::min(years, token->promoted_years);
  const Money lower{(a_year.minor * (100 - token->discount) + 50) / 100};
  return token->price.value_or(lower) * promoted + a_year * (years - promoted);
}

}  // namespace registry
