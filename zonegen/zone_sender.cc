#include "zonegen/zone_sender.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/net/monotonic.h"
#include "zonegen/serial.h"

namespace zonegen {
namespace {

using registry::Concat;
using registry::Log;
using registry::LogLevel;
using registry::net::Monotonic;

// While there is something to send.
constexpr absl::Duration kAskSerial = absl::Seconds(1);

bool RequirementFailed(int rcode) { return rcode == kNxRrset || rcode == kYxRrset; }

}  // namespace

ZoneSender::ZoneSender(PrimaryServer server, std::string tld, const FollowSettings& settings,
                       const registry::Clock& clock, FollowMetrics& metrics,
                       std::function<void(const std::string&)> settled)
    : name_(server.name),
      tld_(std::move(tld)),
      message_bytes_(static_cast<size_t>(settings.message_bytes)),
      window_(static_cast<size_t>(settings.window)),
      clock_(clock),
      metrics_(metrics),
      settled_(std::move(settled)),
      primary_(std::move(server), tld_, settings.timeout),
      refused_(settings.retry) {}

absl::StatusOr<ApexState> ZoneSender::ReadApex() {
  auto served = primary_.ReadApex();
  if (served.ok()) NoteServed(served->serial, served_);
  return served;
}

absl::Status ZoneSender::SetApex(const ZoneRecords& zone, const ApexState& served,
                                 const ZoneVersion& version) {
  POSTEL_CHECK(messages_.empty());
  zone_ = &zone;
  UpdateFrame frame;
  for (const DnsRecord& record : served.records) {
    if (record.type == kTypeTxt) frame.required.push_back(record);
  }
  State after{ApexTxt(zone, VersionRecord(version, zone.apex_txt_ttl())), version,
              NextSerial(serial_, clock_.Now())};
  frame.txt = after.txt;
  frame.serial = after.serial;
  const auto message = MakeApexUpdate(zone, frame, served);
  if (!message.ok()) return message.status();
  absl::Status status = PostMessage(*message, {}, std::move(after));
  return status.ok() ? AwaitOnly() : status;
}

absl::Status ZoneSender::Send(std::vector<OwnerUpdate> updates) {
  given_ += updates.size();
  if (absl::Status status = AskSerial(); !status.ok()) return status;
  std::span<const OwnerUpdate> left = updates;
  while (!left.empty()) {
    if (absl::Status status = AwaitAnswers(window_ - 1); !status.ok()) return status;
    auto taken = Post(left);
    if (absl::IsInvalidArgument(taken.status())) {
      absl::Status status = AwaitAnswers(0);
      if (status.ok()) status = Refuse(left.front().owner, std::string(taken.status().message()));
      if (!status.ok()) return status;
      taken = 1;
    }
    if (!taken.ok()) return taken.status();
    left = left.subspan(*taken);
  }
  return absl::OkStatus();
}

absl::Status ZoneSender::TakeAnswers() {
  while (true) {
    const auto there = primary_.HasReply();
    if (!there.ok()) return there.status();
    if (!*there) return absl::OkStatus();
    absl::Status status = TakeAnswer();
    if (status.ok()) status = TakeInOrder();
    if (!status.ok()) return status;
  }
}

absl::Status ZoneSender::AwaitAnswers(size_t on_their_way) {
  while (messages_.size() > on_their_way || (on_their_way == 0 && serial_question_)) {
    absl::Status status = TakeAnswer();
    if (status.ok()) status = TakeInOrder();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

void ZoneSender::GiveUp() {
  primary_.Disconnect();
  messages_.clear();
  serial_question_.reset();
  given_ = done_;
}

// The next update's, which leaves the zone in the state `after`.
UpdateFrame ZoneSender::NextFrame(State& after) const {
  const State& before = messages_.empty() ? zone_now_ : messages_.back().after;
  after.version = {before.version.epoch, before.version.count + 1};
  after.txt = ApexTxt(*zone_, VersionRecord(after.version, zone_->apex_txt_ttl()));
  after.serial = NextSerial(serial_, clock_.Now());
  return {before.txt, after.txt, after.serial};
}

absl::Status ZoneSender::PostMessage(const DnsMessage& message, std::vector<OwnerUpdate> updates,
                                     State after) {
  if (absl::Status status = primary_.Post(message); !status.ok()) return status;
  serial_ = after.serial;
  messages_.push_back({message.id(), std::move(updates), std::move(after), Monotonic(), {}});
  return absl::OkStatus();
}

// As many as one message takes. kInvalidArgument: the first one fits into none.
absl::StatusOr<size_t> ZoneSender::Post(std::span<const OwnerUpdate> updates) {
  State after;
  const UpdateFrame frame = NextFrame(after);
  size_t taken = 0;
  auto message = MakeUpdate(*zone_, frame, updates, message_bytes_, &taken);
  if (!message.ok() && taken > 0) {
    message = MakeUpdate(*zone_, frame, updates.first(taken), message_bytes_, &taken);
  }
  if (!message.ok()) return absl::InvalidArgumentError(message.status().message());
  const auto sent = updates.first(taken);
  absl::Status status = PostMessage(*message, {sent.begin(), sent.end()}, std::move(after));
  if (!status.ok()) return status;
  return taken;
}

// The version guards the zone; that its serial only grows is for its secondaries.
absl::Status ZoneSender::AskSerial() {
  if (serial_question_ || Monotonic() < next_question_) return absl::OkStatus();
  next_question_ = Monotonic() + kAskSerial;
  const DnsMessage question = primary_.SerialQuestion();
  if (absl::Status status = primary_.Post(question); !status.ok()) return status;
  serial_question_ = {question.id(), served_};
  return absl::OkStatus();
}

absl::Status ZoneSender::TakeAnswer() {
  const auto reply = primary_.AwaitReply();
  if (!reply.ok()) return reply.status();
  if (serial_question_ && serial_question_->id == reply->id) {
    const auto serial = primary_.SerialOf(*reply);
    if (!serial.ok()) return serial.status();
    NoteServed(*serial, std::exchange(serial_question_, std::nullopt)->at_least);
    return absl::OkStatus();
  }
  for (Message& message : messages_) {
    if (message.id == reply->id) message.rcode = reply->rcode;
  }
  return absl::OkStatus();
}

absl::Status ZoneSender::TakeInOrder() {
  while (!messages_.empty() && messages_.front().rcode) {
    const Message message = std::move(messages_.front());
    messages_.pop_front();
    absl::Status status = Settle(message);
    if (absl::IsInvalidArgument(status)) status = SendAgain(message, std::string(status.message()));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// kInvalidArgument: the primary does not take this message.
absl::Status ZoneSender::Settle(const Message& message) {
  const int rcode = *message.rcode;
  if (RequirementFailed(rcode)) {
    return absl::AbortedError("the zone is not as the last update left it");
  }
  if (rcode != kNoError) {
    metrics_.Refused();
    return absl::InvalidArgumentError(Concat("the primary answers ", RcodeName(rcode)));
  }
  metrics_.Updated(Monotonic() - message.posted);
  metrics_.Serial(message.after.serial);
  zone_now_ = message.after;
  NoteServed(message.after.serial, std::nullopt);
  done_ += message.updates.size();
  for (const OwnerUpdate& update : message.updates) {
    settled_(update.owner);
    if (refused_.empty() || !refused_.Remove(update.owner)) continue;
    Log(LogLevel::kInfo, "follow.poison_gone",
        {{"tld", tld_}, {"primary", name_}, {"name", update.owner}});
    metrics_.Poison(std::ssize(refused_));
  }
  return absl::OkStatus();
}

// Those behind it required what it did not leave.
absl::Status ZoneSender::SendAgain(const Message& refused, const std::string& why) {
  while (std::ranges::any_of(messages_, [](const Message& other) { return !other.rcode; })) {
    if (absl::Status status = TakeAnswer(); !status.ok()) return status;
  }
  const std::deque<Message> behind = std::exchange(messages_, {});
  for (const Message& message : behind) {
    if (*message.rcode == kNoError) return absl::AbortedError("the zone has another writer");
  }
  takes_others_ = false;
  if (absl::Status status = Isolate(refused.updates, why); !status.ok()) return status;
  for (const Message& message : behind) {
    std::span<const OwnerUpdate> left = message.updates;
    while (!left.empty()) {
      const auto taken = Post(left);
      if (!taken.ok()) return taken.status();
      left = left.subspan(*taken);
    }
  }
  return absl::OkStatus();
}

// One message after the other, each awaited, while nothing else is on its way.
absl::Status ZoneSender::SendAlone(std::span<const OwnerUpdate> updates) {
  while (!updates.empty()) {
    const auto taken = Post(updates);
    if (!taken.ok()) return taken.status();
    absl::Status status = AwaitOnly();
    if (absl::IsInvalidArgument(status)) {
      status = Isolate(updates.first(*taken), std::string(status.message()));
    }
    if (!status.ok()) return status;
    updates = updates.subspan(*taken);
  }
  return absl::OkStatus();
}

absl::Status ZoneSender::AwaitOnly() {
  while (!messages_.front().rcode) {
    if (absl::Status status = TakeAnswer(); !status.ok()) return status;
  }
  const Message message = std::move(messages_.front());
  messages_.pop_front();
  return Settle(message);
}

absl::Status ZoneSender::Isolate(std::span<const OwnerUpdate> updates, const std::string& why) {
  if (!takes_others_) {
    if (absl::Status status = SendBare(why); !status.ok()) return status;
    takes_others_ = true;
  }
  if (updates.size() == 1) return Refuse(updates.front().owner, why);
  const size_t half = updates.size() / 2;
  absl::Status status = SendAlone(updates.first(half));
  return status.ok() ? SendAlone(updates.subspan(half)) : status;
}

// Does it take anything at all? kFailedPrecondition: no.
absl::Status ZoneSender::SendBare(const std::string& why) {
  const auto posted = Post({});
  const absl::Status status = posted.ok() ? AwaitOnly() : posted.status();
  return absl::IsInvalidArgument(status) ? absl::FailedPreconditionError(why) : status;
}

absl::Status ZoneSender::Refuse(const std::string& owner, const std::string& why) {
  const auto first = refused_.Add(owner);
  if (!first.ok()) return first.status();
  ++done_;
  metrics_.Poison(std::ssize(refused_));
  if (*first) {
    Log(LogLevel::kError, "follow.poison",
        {{"tld", tld_}, {"primary", name_}, {"name", owner}, {"error", why}});
  }
  return absl::OkStatus();
}

void ZoneSender::NoteServed(uint32_t serial, std::optional<uint32_t> at_least) {
  if (at_least && SerialGreater(*at_least, serial)) {
    Log(LogLevel::kError, "follow.serial_back",
        {{"tld", tld_}, {"primary", name_}, {"served", serial}, {"sent", *at_least}});
    went_back_ = true;
    return;
  }
  if (!serial_ || SerialGreater(serial, *serial_)) serial_ = serial;
  if (!served_ || SerialGreater(serial, *served_)) served_ = serial;
}

}  // namespace zonegen
