#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/store/feed_reader.h"

namespace zonegen {

// How far a follower is with the change feed: what it has read, what of that is on its way, and
// what is in the zone, which the database is told a few times a second. Not thread-safe.
class FeedProgress {
 public:
  using Batch = registry::store::FeedReader::Batch;
  using Start = registry::store::FeedReader::Start;

  // `reader`: the name of its position.
  FeedProgress(const std::string& database, std::string reader)
      : feed_(database, std::move(reader)) {}

  // As FeedReader::Attach: what was read and not consumed is read again.
  absl::StatusOr<Start> Attach();
  // What follows what was read. Errors as FeedReader::Read.
  absl::StatusOr<Batch> Read(int limit);
  // Until something may have been written to the feed; at most half a second.
  absl::Status Wait();

  // A batch that is being sent, behind those that are; `looks`: names that are sent with it.
  // `whole`: there was no more when reading it began, at `read` by the monotonic clock.
  void Begin(const Batch& batch, absl::Duration read, bool whole, std::vector<std::string> looks);
  // All of it is on its way; it is in the zone when the sender has done so much. `some`: it was
  // something.
  void Sent(uint64_t done, bool some);
  // The sender has done so much. True: some batch is in the zone with that.
  bool NoteDone(uint64_t done);
  // What is on its way is given up. The looks of it.
  std::vector<std::string> GiveUp();
  // The zone has all that the registry held then, by the monotonic clock.
  absl::Duration current_as_of() const { return current_as_of_; }

  // What the database keeps with the position; FeedReader::Note and Keep.
  absl::StatusOr<std::string> ReadNote() { return feed_.Note(); }
  absl::Status KeepNote(std::string note);
  const std::string& kept_note() const { return kept_note_; }
  // Tells the database what is in the zone, if there is news: at once, or not too often.
  absl::Status Consume(std::string note, bool at_once);

 private:
  struct Part {
    registry::store::FeedReader::Position end;
    uint64_t done = 0;
    bool whole = false, some = false;
    absl::Duration read;
    std::vector<std::string> looks;
  };

  registry::store::FeedReader feed_;
  std::optional<registry::store::FeedReader::Position> read_;  // nothing: what is consumed
  std::deque<Part> on_their_way_;
  std::optional<registry::store::FeedReader::Position> done_;  // not consumed yet
  bool changed_ = false;                                       // the zone, since it was consumed
  std::string kept_note_;
  // By the monotonic clock:
  absl::Duration current_as_of_, active_until_;
  absl::Duration next_consume_, next_sign_of_life_;
};

}  // namespace zonegen
