#pragma once

#include <optional>

#include "registry/base/outcome.h"
#include "registry/model/allocation_token.h"
#include "registry/model/context.h"
#include "registry/rules/listing.h"
#include "registry/types/given_token.h"

// What allocation tokens are good for, RFC 8495.
namespace registry {

// Whether the asker may use the token now for that name: it is not used up or revoked, bound to
// nobody and nothing else, and of use. A token that allocates reserved names is for these, or for
// the one name that it is bound to; a promotion is for names that are neither reserved nor, unless
// it is bound to the name, premium.
bool Covers(const AllocationToken& token, AllocationToken::Purpose purpose, const DomainName& name,
            const Listing& listing, const Context& context);

// The token of a create or transfer request, or of a check; null if none is given. kTokenMismatch,
// also for one that does not exist.
Outcome<const AllocationToken*> CheckToken(const std::optional<GivenToken>& given,
                                           AllocationToken::Purpose purpose, const DomainName& name,
                                           const Listing& listing, const Context& context,
                                           const WorkingSet& set);

// What `years` cost at `a_year` with the token, if there is one. Halves of the smallest unit count
// as one.
Money PriceWith(const AllocationToken* token, Money a_year, int years);

}  // namespace registry
