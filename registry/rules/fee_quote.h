#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/base/outcome.h"
#include "registry/model/allocation_token.h"
#include "registry/model/context.h"
#include "registry/model/domain.h"
#include "registry/types/domain_name.h"
#include "registry/types/money.h"

// What commands would cost, RFC 8748 section 3 (<fee:check>).
namespace registry {

enum class FeeCommand { kCreate, kDelete, kRenew, kUpdate, kTransfer, kRestore, kCustom };

struct FeeQuery {
  struct Asked {
    FeeCommand command = FeeCommand::kCreate;
    std::optional<int> years;
    bool in_phase = false;  // a launch phase was named
  };
  std::string currency;  // empty: the registry's
  std::vector<Asked> commands;
};

struct FeeQuote {
  struct Fee {
    Money amount;
    std::string_view description;
    absl::Duration refundable;  // a deletion within so long gives it back; zero: it is final
  };
  struct Line {
    FeeQuery::Asked asked;
    std::vector<Fee> fees;
    std::string_view obstacle;  // why there are none; empty: there are
  };
  std::string_view price_class;  // "standard", or the premium class
  bool standard = true;
  std::vector<Line> lines;
  std::string_view obstacle;  // why there are no lines
};

// What an answer goes by, beside the policy.
struct QuoteBasis {
  const Domain* domain = nullptr;  // the one of that name, if there is one
  // Of the name; the domain has its own.
  std::string_view premium_class;
  const AllocationToken* token = nullptr;  // that was given, if it covers the name
};

// An answer's views point into the directory.
FeeQuote Quote(const Outcome<DomainName>& name, const QuoteBasis& basis, const FeeQuery& query,
               const Context& context);

}  // namespace registry
