#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace registry::store {

class Session;

// What changed. Append only: the letters are in the database.
enum class FeedKind : char {
  kDomain = 'D',
  // A renamed host has an entry for either name. One without a name: a domain does not use the host
  // any more.
  kHost = 'H',
  kContact = 'C',       // not new ones, which are linked to nothing
  kOrganization = 'O',  // neither new ones nor those that go
  kRegistrar = 'R',
  kTld = 'T',
};

struct FeedEntry {
  FeedKind kind = FeedKind::kDomain;
  int64_t object = 0;  // its key; zero for a TLD
  std::string name;    // name, handle or TLD
  std::string tld;     // of domains and hosts: the last label
};

// The change feed (DESIGN section 7), read in the order of commits: nothing is skipped because a
// slower transaction had an earlier number. Every reader has a name, under which the database keeps
// how far it is. Not thread-safe; reconnects by itself.
class FeedReader {
 public:
  enum class Start {
    kResumed,  // what comes next is what was not consumed yet
    kFresh,    // new, or away for too long: rebuild from a snapshot that is taken after Attach
  };
  // In the feed, behind what was read.
  struct Position {
    uint64_t transaction = 0;
    int32_t ordinal = 0;
  };
  struct Batch {
    std::vector<FeedEntry> entries;
    Position end;
  };

  // `name` belongs to one process at a time.
  FeedReader(const std::string& database, std::string name);
  ~FeedReader();

  // First of all, and again when Read fails with kOutOfRange.
  absl::StatusOr<Start> Attach();
  // What follows the consumed part, at most about `limit` entries. Asked again without Consume it
  // starts at the same place. kOutOfRange: this reader was forgotten; attach again.
  absl::StatusOr<Batch> Read(int limit);
  // What follows a position that is not consumed yet; likewise.
  absl::StatusOr<Batch> Read(int limit, const Position& after);
  // What was read up to there has had its effect: forget it.
  absl::Status Consume(const Position& position);
  // The same, and keeps `note` with the new position.
  absl::Status Consume(const Position& position, const std::string& note);
  // Keeps it with the position that there is.
  absl::Status Keep(const std::string& note);
  // What was kept last; empty for one that is new.
  absl::StatusOr<std::string> Note();
  // Until something may have been written to the feed, at most `timeout`. False: nobody has said
  // so.
  absl::StatusOr<bool> Wait(absl::Duration timeout);
  // How many entries are not consumed yet.
  absl::StatusOr<int64_t> Lag();
  // Gives the name up, so that the feed is not kept for it.
  absl::Status Detach();

 private:
  absl::StatusOr<Batch> ReadAfter(int limit, const Position* after);

  std::unique_ptr<Session> session_;
  std::string name_;
  int32_t listening_ = 0;  // the server process that has been told LISTEN
};

}  // namespace registry::store
