#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/model/tld_policy.h"
#include "registry/types/domain_name.h"
#include "registry/types/identifiers.h"
#include "registry/types/money.h"

namespace lives {

// A story about a domain, as a table that registrars' support can read; README.md has the form.
struct Life {
  struct Account {
    registry::RegistrarId id;
    registry::Money balance{100000};
    registry::Money credit_limit;
  };

  // What somebody does, and how everything is then, as the file has it. The cells from `answer` on
  // are what happened.
  struct Row {
    int line = 0;
    absl::Time at;
    bool at_once = false;  // with the row above, so that the two race
    std::string time, who, command;
    std::string answer, sponsor, statuses, rgp, expires;
    std::vector<std::string> balances;  // in the order of `columns`
  };

  std::string file;
  std::string title;
  absl::Time starts;
  std::vector<Account> accounts;
  registry::TldPolicy policy;  // of org
  bool also_in_sandbox = false;

  registry::DomainName domain;       // what the life is about: the first that is created
  std::vector<std::string> columns;  // the registrars whose balances are shown
  std::vector<Row> rows;

  std::string preamble;               // all that stands before the table
  std::vector<std::string> comments;  // those before each row, and behind the last one; whole lines
};

// Errors name file and line.
absl::StatusOr<Life> ParseLife(std::string file, std::string_view text);

// The file of this life: what ParseLife reads, with columns that stand in line.
std::string FormatLife(const Life& life);

// "2030-01-31", and the time of day where it is not that of the beginning.
std::string FormatInstant(absl::Time time, const Life& life);

// An error that names the row's file and line.
absl::Status ErrorAt(const Life& life, const Life::Row& row, std::string_view what);

}  // namespace lives
