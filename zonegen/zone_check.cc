#include "zonegen/zone_check.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/hash/hash.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "zonegen/canonical_order.h"
#include "zonegen/text_input.h"

namespace zonegen {
namespace {

using registry::Concat;

constexpr size_t kLongestLabel = 63;
constexpr size_t kLongestName = 253;
constexpr int64_t kLongestTtl = 2147483647;  // RFC 2181 section 8
constexpr size_t kMostRecords = 1000;        // at one name
constexpr size_t kSoaFields = 7;
// By ZoneCheck::Type.
constexpr std::array<std::string_view, 4> kTypes = {"NS", "DS", "A", "AAAA"};
constexpr std::array<Counted, 4> kCounted = {Counted::kNs, Counted::kDs, Counted::kA,
                                             Counted::kAaaa};

constexpr std::array<bool, 256> kLdh = [] {
  std::array<bool, 256> ldh{};
  for (int c = 'a'; c <= 'z'; ++c) ldh[static_cast<size_t>(c)] = true;
  for (int c = '0'; c <= '9'; ++c) ldh[static_cast<size_t>(c)] = true;
  ldh['-'] = true;
  return ldh;
}();

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHex(char c) { return IsDigit(c) || (c >= 'A' && c <= 'F'); }

// Lower-case labels of letters, digits and hyphens with dots between. RFC 1123 section 2.1.
bool IsHostName(std::string_view name) {
  const char* at = name.data();
  const char* const end = at + name.size();
  while (true) {
    const char* const label = at;
    while (at < end && kLdh[static_cast<unsigned char>(*at)]) ++at;
    const auto size = static_cast<size_t>(at - label);
    if (size == 0 || size > kLongestLabel || *label == '-' || at[-1] == '-') return false;
    if (at == end) return true;
    if (*at++ != '.') return false;
  }
}

// What would be taken for an address: RFC 1123 section 2.1.
bool EndsInNumber(std::string_view name) {
  return std::ranges::all_of(name.substr(name.rfind('.') + 1), IsDigit);
}

template <class Number>
bool IsNumber(std::string_view text) {
  Number number{};
  return !text.empty() && IsDigit(text[0]) && registry::ParseNumber(text, &number);
}

bool IsTtl(std::string_view text) {
  int64_t ttl = 0;
  return !text.empty() && IsDigit(text[0]) && registry::ParseNumber(text, &ttl) &&
         ttl <= kLongestTtl;
}

// Of a digest in hexadecimal; nothing: any that is even.
std::optional<size_t> DigestDigits(std::string_view digest_type) {
  if (digest_type == "1") return 40;                        // SHA-1
  if (digest_type == "2" || digest_type == "3") return 64;  // SHA-256, GOST
  if (digest_type == "4") return 96;                        // SHA-384
  return std::nullopt;
}

bool IsDs(std::string_view data) {
  const auto fields = registry::Split(data, ' ');
  if (fields.size() != 4 || !IsNumber<uint16_t>(fields[0]) || !IsNumber<uint8_t>(fields[1]) ||
      !IsNumber<uint8_t>(fields[2]) || !std::ranges::all_of(fields[3], IsHex)) {
    return false;
  }
  const auto digits = DigestDigits(fields[2]);
  return digits ? fields[3].size() == *digits : !fields[3].empty() && fields[3].size() % 2 == 0;
}

bool IsAddress(int family, std::string_view data) {
  unsigned char octets[16];
  return data.size() < INET6_ADDRSTRLEN &&
         ::inet_pton(family, std::string(data).c_str(), octets) == 1;
}

uint64_t HashOf(std::string_view name) {
  return absl::Hash<absl::string_view>()(absl::string_view(name.data(), name.size()));
}

std::string_view TakeField(std::string_view& rest) {
  const size_t tab = rest.find('\t');
  if (tab == std::string_view::npos) return std::exchange(rest, std::string_view());
  const std::string_view field = rest.substr(0, tab);
  rest.remove_prefix(tab + 1);
  return field;
}

}  // namespace

std::string ZoneFindings::Describe() const {
  std::string all;
  for (const std::string& problem : first) all += all.empty() ? problem : "; " + problem;
  if (problems > std::ssize(first)) {
    all += Concat("; and ", problems - std::ssize(first), " more");
  }
  return all;
}

ZoneCheck::ZoneCheck(const ZoneExpectation& expected)
    : tld_(expected.tld), suffix_(Concat(".", expected.tld, ".")), serial_(expected.serial) {
  for (const std::string_view line : registry::Split(expected.own_lines, '\n')) {
    if (line.empty()) continue;
    ++own_[std::string(line)];
    ++own_left_;
  }
}

void ZoneCheck::ProblemAt(int64_t line, std::string_view what) {
  if (++findings_.problems > ZoneFindings::kShownProblems) return;
  findings_.first.push_back(Concat("line ", line, ": ", what));
}

void ZoneCheck::Line(std::string_view line) {
  if (++line_ <= 3) return Head(line);
  if (own_left_ > 0 && IsOwn(line)) return;
  Generated(line);
}

void ZoneCheck::Head(std::string_view line) {
  if (line_ == 1 && line != Concat("$ORIGIN ", tld_, ".")) {
    Problem(Concat("not the $ORIGIN of ", tld_));
  } else if (line_ == 2 && !(line.starts_with("$TTL ") && IsTtl(line.substr(5)))) {
    Problem("not a $TTL");
  } else if (line_ == 3) {
    Soa(line);
  }
}

void ZoneCheck::Soa(std::string_view line) {
  ++findings_.counts[Counted::kStatic];
  const std::string_view owner = TakeField(line), ttl = TakeField(line);
  const bool right_type = TakeField(line) == "IN" && TakeField(line) == "SOA";
  const auto fields = registry::Split(line, ' ');
  if (owner != "@" || !IsTtl(ttl) || !right_type || fields.size() != kSoaFields ||
      !fields[0].ends_with('.') || !fields[1].ends_with('.') ||
      !std::all_of(fields.begin() + 2, fields.end(), IsNumber<uint32_t>)) {
    return Problem("not the SOA of the zone");
  }
  registry::ParseNumber(fields[2], &findings_.serial);
  if (serial_ && findings_.serial != *serial_) {
    Problem(Concat("the serial is ", findings_.serial, ", not ", *serial_));
  }
}

bool ZoneCheck::IsOwn(std::string_view line) {
  const auto own = own_.find(absl::string_view(line.data(), line.size()));
  if (own == own_.end() || own->second == 0) return false;
  --own->second;
  --own_left_;
  ++findings_.counts[Counted::kStatic];
  std::string_view rest = line;
  const bool apex = TakeField(rest) == "@";
  TakeField(rest);
  if (apex && rest.starts_with("IN\tNS\t")) {
    apex_ns_ = true;
    CheckNameServer(rest.substr(6));
  }
  return true;
}

std::string_view ZoneCheck::TakeOwner(std::string_view& rest) {
  const size_t size = owner_.size();
  if (has_owner_ && rest.size() > size && rest[size] == '\t' && rest.starts_with(owner_)) {
    rest.remove_prefix(size + 1);
    return owner_;
  }
  return TakeField(rest);
}

const ZoneCheck::Middle& ZoneCheck::TakeMiddle(std::string_view& rest) {
  for (const Middle& middle : middles_) {
    if (middle.text.empty() || !rest.starts_with(middle.text)) continue;
    rest.remove_prefix(middle.text.size());
    return middle;
  }
  const std::string_view all = rest;
  Middle& middle = middles_[next_middle_++ % middles_.size()];
  middle = Middle();
  const std::string_view ttl = TakeField(rest);
  middle.right_ttl = IsTtl(ttl) && registry::ParseNumber(ttl, &middle.ttl);
  middle.is_record = TakeField(rest) == "IN";
  const std::string_view type = TakeField(rest);
  const auto known = std::ranges::find(kTypes, type);
  middle.type = static_cast<Type>(known - kTypes.begin());
  middle.is_record = middle.is_record && !type.empty() && !rest.empty();
  if (middle.is_record) middle.text = all.substr(0, all.size() - rest.size());
  return middle;
}

void ZoneCheck::Generated(std::string_view line) {
  std::string_view rest = line;
  const std::string_view owner = TakeOwner(rest);
  const Middle& middle = TakeMiddle(rest);
  if (!middle.is_record || rest.empty()) return Problem("not a record as it is written here");
  if (!has_owner_ || owner != owner_) NewOwner(owner);
  if (!middle.right_ttl) Problem("not a TTL");
  if (middle.type == Type::kOther) return Problem("a record of a type that has no place here");
  ++findings_.counts[kCounted[static_cast<size_t>(middle.type)]];
  CheckData(middle.type, rest);
  Note(middle, rest);
}

void ZoneCheck::NewOwner(std::string_view owner) {
  EndOwner(line_ - 1);
  if (owner == "@") {
    Problem("a record of the apex that is not the policy's");
  } else if (!IsHostName(owner) || owner.size() + suffix_.size() - 1 > kLongestName) {
    Problem(Concat(registry::Excerpt(owner), " is not a host name"));
  } else if (has_owner_ && !CanonicalLess(owner_, owner)) {
    Problem(Concat(owner, " comes after ", registry::Excerpt(owner_),
                   ", which is not the canonical order"));
  }
  owner_ = owner;
  has_owner_ = true;
}

void ZoneCheck::EndOwner(int64_t last) {
  bool ns = false, ds = false, address = false;
  for (const Seen& seen : seen_) {
    ns |= seen.type == Type::kNs;
    ds |= seen.type == Type::kDs;
    address |= seen.type == Type::kA || seen.type == Type::kAaaa;
  }
  if (ns) ++findings_.counts[Counted::kDelegations];
  if (ds && !ns) ProblemAt(last, Concat(owner_, " has DS records but no name server"));
  if (ns && owner_.find('.') != std::string::npos) {
    ProblemAt(last, Concat(owner_, " is a delegation but not just below the apex"));
  }
  if (address) glue_.push_back({HashOf(Concat(owner_, suffix_)), last});
  seen_.clear();
  seen_text_.clear();
}

void ZoneCheck::CheckData(Type type, std::string_view data) {
  switch (type) {
    case Type::kNs:
      return CheckNameServer(data);
    case Type::kDs:
      if (!IsDs(data)) Problem("not the data of a DS record");
      return;
    case Type::kA:
      if (!IsAddress(AF_INET, data)) Problem("not an IPv4 address");
      return;
    case Type::kAaaa:
      if (!IsAddress(AF_INET6, data)) Problem("not an IPv6 address");
      return;
    case Type::kOther:
      return;
  }
}

void ZoneCheck::CheckNameServer(std::string_view data) {
  const std::string_view name = data.substr(0, data.size() - 1);
  if (!data.ends_with('.') || name.size() > kLongestName || !IsHostName(name) ||
      EndsInNumber(name)) {
    return Problem(Concat("the name server ", registry::Excerpt(data), " is not a host name"));
  }
  if (!data.ends_with(suffix_) || data == last_needed_) return;
  last_needed_ = data;
  needed_.insert(HashOf(data));
}

void ZoneCheck::Note(const Middle& middle, std::string_view data) {
  if (seen_.size() == kMostRecords) return Problem("too many records at one name");
  for (const Seen& other : seen_) {
    if (other.type != middle.type) continue;
    if (std::string_view(seen_text_).substr(other.begin, other.size) == data) {
      Problem("a record that stands twice");
      break;
    }
    if (other.ttl != middle.ttl) {
      Problem("another TTL than its record set has");
      break;
    }
  }
  seen_.push_back({middle.type, middle.ttl, seen_text_.size(), data.size()});
  seen_text_ += data;
}

ZoneFindings ZoneCheck::Finish(bool ended) {
  EndOwner(line_);
  if (line_ < 3) Problem("the zone has no SOA");
  if (!ended) Problem("the last line has no end");
  for (const auto& [line, left] : own_) {
    if (left > 0) Problem(Concat("the whole file lacks ", registry::Excerpt(line)));
  }
  if (!apex_ns_) Problem("the apex has no NS records");
  for (const GlueOwner& glue : glue_) {
    if (needed_.contains(glue.hash)) continue;
    ProblemAt(glue.line, "addresses of what is the name server of no delegation");
  }
  return std::move(findings_);
}

absl::StatusOr<ZoneFindings> CheckZoneFile(const std::string& file, const ZoneExpectation& expected,
                                           GrowingFile* growth) {
  auto lines = LineInput::Open(file, growth);
  if (!lines.ok()) return lines.status();
  ZoneCheck check(expected);
  std::string_view line;
  while (true) {
    const auto more = lines->Next(line);
    if (!more.ok()) return more.status();
    if (!*more) break;
    check.Line(line);
  }
  return check.Finish(lines->ended());
}

}  // namespace zonegen
