#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "zonegen/follow_metrics.h"
#include "zonegen/follow_settings.h"
#include "zonegen/primary.h"
#include "zonegen/refused_names.h"
#include "zonegen/zone_change.h"
#include "zonegen/zone_records.h"
#include "zonegen/zone_update.h"
#include "zonegen/zone_version.h"

namespace zonegen {

// Sends the changes of one zone to its primary, in order. Several messages are on their way at a
// time; each requires the version of the zone (zone_version.h) that the one before it leaves, so
// that the primary takes none that is behind a refused one. What is refused is halved until the
// name that the primary does not take is alone; then the rest is sent again.
//
// Errors as those of Primary, and kAborted: the zone is not as we left it; kFailedPrecondition: the
// primary takes no update at all. After one it goes on with GiveUp. Not thread-safe.
class ZoneSender {
 public:
  // `clock` and `metrics` outlive it. `settled` is told each name whose records are in the zone.
  ZoneSender(PrimaryServer server, std::string tld, const FollowSettings& settings,
             const registry::Clock& clock, FollowMetrics& metrics,
             std::function<void(const std::string&)> settled);

  // While nothing is on its way.
  absl::StatusOr<ApexState> ReadApex();
  // Makes the apex what the policy says, with a new version. kInvalidArgument: it is refused.
  // `zone` outlives the messages.
  absl::Status SetApex(const ZoneRecords& zone, const ApexState& served,
                       const ZoneVersion& version);

  // Puts them on their way; waits while the window is full.
  absl::Status Send(std::vector<OwnerUpdate> updates);
  // Takes the answers that have come.
  absl::Status TakeAnswers();
  // Until at most so many messages are on their way.
  absl::Status AwaitAnswers(size_t on_their_way);
  // What is on its way may come into the zone or not; nobody waits for it any more.
  void GiveUp();

  // How many names were given to Send, and how many of them, in this order, are in the zone or
  // refused.
  uint64_t given() const { return given_; }
  uint64_t done() const { return done_; }
  // What the zone has by the answers taken.
  const ZoneVersion& version() const { return zone_now_.version; }
  uint32_t serial() const { return served_.value_or(0); }
  RefusedNames& refused() { return refused_; }
  const RefusedNames& refused() const { return refused_; }
  // The primary's serial was less than it had been, since the last call.
  bool TakeWentBack() { return std::exchange(went_back_, false); }

 private:
  struct State {                 // of the zone
    std::vector<DnsRecord> txt;  // at the apex
    ZoneVersion version;
    uint32_t serial = 0;
  };
  struct Message {
    uint16_t id = 0;
    std::vector<OwnerUpdate> updates;
    State after;
    absl::Duration posted;  // by the monotonic clock
    std::optional<int> rcode;
  };
  struct SerialQuestion {
    uint16_t id = 0;
    std::optional<uint32_t> at_least;
  };

  UpdateFrame NextFrame(State& after) const;
  absl::Status PostMessage(const DnsMessage& message, std::vector<OwnerUpdate> updates,
                           State after);
  absl::StatusOr<size_t> Post(std::span<const OwnerUpdate> updates);
  absl::Status AskSerial();
  absl::Status TakeAnswer();
  absl::Status TakeInOrder();
  absl::Status Settle(const Message& message);
  absl::Status SendAgain(const Message& refused, const std::string& why);
  absl::Status SendAlone(std::span<const OwnerUpdate> updates);
  absl::Status AwaitOnly();
  absl::Status Isolate(std::span<const OwnerUpdate> updates, const std::string& why);
  absl::Status SendBare(const std::string& why);
  absl::Status Refuse(const std::string& owner, const std::string& why);
  void NoteServed(uint32_t serial, std::optional<uint32_t> at_least);

  const std::string name_, tld_;  // of the primary, and of the zone
  const size_t message_bytes_, window_;
  const registry::Clock& clock_;
  FollowMetrics& metrics_;
  const std::function<void(const std::string&)> settled_;
  Primary primary_;
  RefusedNames refused_;

  const ZoneRecords* zone_ = nullptr;
  State zone_now_;                // as the last answer in order tells
  std::deque<Message> messages_;  // on their way, in order
  uint64_t given_ = 0, done_ = 0;
  std::optional<uint32_t> serial_;  // the greatest seen or sent
  std::optional<uint32_t> served_;  // the greatest that the zone has had
  std::optional<SerialQuestion> serial_question_;
  absl::Duration next_question_;  // by the monotonic clock
  bool went_back_ = false;
  bool takes_others_ = false;  // since the last refusal
};

}  // namespace zonegen
