#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "registry/model/changes.h"
#include "registry/store/connection.h"
#include "registry/store/copy_rows.h"
#include "registry/store/domain_links.h"

namespace registry::store {

// Many new objects at once, with what follows from them in other tables: what Flush does for the
// commands of a group, by one COPY per table. For loads that no registrar asked for.
class BulkInsert {
 public:
  // As what it stands in history and ledger. `command` is static text.
  struct Booking {
    RegistrarKey actor = kOperator;
    std::string_view command;
    absl::Time at;
  };
  explicit BulkInsert(const Booking& booking) : booking_(booking) {}

  // Inserts and ledger entries, nothing else. The key of an object is the number of the command
  // that made it; an entry has that of its domain.
  void Add(const Changes& changes);

  // Within the transaction that is open. The tables are those of the connection's search_path.
  absl::Status CopyObjects(Connection& connection);
  // What the servers must see in the same transaction: the feed and, last, the balances.
  absl::Status Announce(Connection& connection);

 private:
  void Add(const Domain& domain);
  void Add(const Host& host);
  void Add(const Contact& contact);
  void Add(const LedgerEntry& entry);
  template <class Object>
  void AddHistory(const Object& object, char kind);
  void AddFeed(char kind, int64_t object, const DomainName& name);

  const Booking booking_;
  CopyRows domains_, hosts_, contacts_, calendar_, history_, ledger_, feed_;
  std::vector<Link> links_;
  std::map<RegistrarKey, Money> deltas_;
};

}  // namespace registry::store
