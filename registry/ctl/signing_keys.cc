#include "registry/ctl/signing_keys.h"

#include <openssl/sha.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/time/civil_time.h"
#include "registry/base/text.h"

namespace ctl {
namespace {

using registry::Concat;

constexpr size_t kMostBytes = 64 << 10;  // of a file
constexpr size_t kMostKeys = 1000;

absl::Status Wrong(std::string_view file, int line, std::string_view key, std::string_view what) {
  return absl::InvalidArgumentError(Concat(file, ":", line, ": ", key, ": ", what));
}

std::optional<KeyState> ParseState(std::string_view text) {
  for (KeyState state :
       {KeyState::kHidden, KeyState::kRumoured, KeyState::kOmnipresent, KeyState::kUnretentive}) {
    if (text == KeyStateName(state)) return state;
  }
  return std::nullopt;
}

// "20261126145051 (Thu Nov 26 14:50:51 2026)"; 0 is no time.
bool ParseInstant(std::string_view text, std::optional<absl::Time>* time) {
  const std::string_view digits = text.substr(0, text.find(' '));
  if (digits == "0") return true;
  int64_t number = 0;
  if (digits.size() != 14 || !registry::ParseNumber(digits, &number) || number < 0) return false;
  const auto part = [&](size_t from, size_t length) {
    int value = 0;
    registry::ParseNumber(digits.substr(from, length), &value);
    return value;
  };
  const absl::CivilSecond second(part(0, 4), part(4, 2), part(6, 2), part(8, 2), part(10, 2),
                                 part(12, 2));
  // The 31st of a short month would have become the 1st of the next.
  if (absl::FormatCivilTime(second) != Concat(digits.substr(0, 4), "-", digits.substr(4, 2), "-",
                                              digits.substr(6, 2), "T", digits.substr(8, 2), ":",
                                              digits.substr(10, 2), ":", digits.substr(12, 2))) {
    return false;
  }
  *time = absl::FromCivil(second, absl::UTCTimeZone());
  return true;
}

bool ParseFlag(std::string_view text, bool* flag) {
  *flag = text == "yes";
  return text == "yes" || text == "no";
}

std::optional<absl::Time>* TimeOf(SigningKey& key, std::string_view name) {
  if (name == "Published") return &key.published;
  if (name == "Active") return &key.active;
  if (name == "Retired") return &key.retired;
  if (name == "Removed") return &key.removed;
  if (name == "PublishCDS") return &key.publish_cds;
  if (name == "DSPublish") return &key.ds_published;
  if (name == "DSRemoved") return &key.ds_removed;
  return nullptr;
}

KeyState* StateOf(SigningKey& key, std::string_view name) {
  if (name == "GoalState") return &key.goal;
  if (name == "DNSKEYState") return &key.dnskey;
  if (name == "ZRRSIGState") return &key.zone_signatures;
  if (name == "KRRSIGState") return &key.key_signatures;
  if (name == "DSState") return &key.ds;
  return nullptr;
}

absl::Status TakeLine(std::string_view file, int number, std::string_view line, SigningKey* key) {
  const size_t colon = line.find(':');
  if (colon == line.npos) return Wrong(file, number, line, "not a line `Key: value`");
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = registry::Trim(line.substr(colon + 1));
  if (std::optional<absl::Time>* time = TimeOf(*key, name)) {
    if (!ParseInstant(value, time)) return Wrong(file, number, name, "not a time");
  } else if (KeyState* state = StateOf(*key, name)) {
    const auto parsed = ParseState(value);
    if (!parsed) {
      return Wrong(file, number, name, "not hidden, rumoured, omnipresent or unretentive");
    }
    *state = *parsed;
  } else if (name == "KSK" || name == "ZSK") {
    if (!ParseFlag(value, name == "KSK" ? &key->is_ksk : &key->is_zsk)) {
      return Wrong(file, number, name, "neither yes nor no");
    }
  } else if (name == "Algorithm") {
    if (!registry::ParseNumber(value, &key->algorithm) || key->algorithm < 1 ||
        key->algorithm > 255) {
      return Wrong(file, number, name, "not a number from 1 to 255");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadFile(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(kMostBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || in.gcount() == 0) {
    return absl::PermissionDeniedError(Concat("cannot read ", file));
  }
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() > kMostBytes) return absl::InvalidArgumentError(Concat(file, ": is too long"));
  return text;
}

// The tag in "Korg.+013+18426.state"; nothing for any other name.
std::optional<int> TagIn(std::string_view name, std::string_view zone) {
  const std::string prefix = Concat("K", zone, ".+");
  constexpr std::string_view kSuffix = ".state";
  if (!name.starts_with(prefix) || !name.ends_with(kSuffix)) return std::nullopt;
  name.remove_prefix(prefix.size());
  name.remove_suffix(kSuffix.size());
  int tag = 0;
  // BIND writes both numbers with leading zeros.
  if (name.size() != 9 || name[3] != '+' || !registry::ParseNumber(name.substr(4), &tag)) {
    return std::nullopt;
  }
  return tag;
}

absl::StatusOr<SigningKey> ReadKey(const std::string& state_file, int tag) {
  const auto state = ReadFile(state_file);
  if (!state.ok()) return state.status();
  auto key = ParseKeyStateFile(state_file, *state);
  if (!key.ok()) return key;
  key->tag = tag;
  const std::string stem =
      state_file.substr(0, state_file.size() - std::string_view("state").size());
  const std::string public_file = Concat(stem, "key");
  const auto text = ReadFile(public_file);
  if (!text.ok()) return text.status();
  auto rdata = ParsePublicKeyFile(public_file, *text);
  if (!rdata.ok()) return rdata.status();
  key->dnskey_rdata = *std::move(rdata);
  return key;
}

std::string WireName(std::string_view zone) {
  std::string wire;
  for (std::string_view label : registry::Split(zone, '.')) {
    wire.push_back(static_cast<char>(label.size()));
    wire.append(label);
  }
  wire.push_back('\0');
  return wire;
}

}  // namespace

std::string_view KeyStateName(KeyState state) {
  switch (state) {
    case KeyState::kNone:
      return "-";
    case KeyState::kHidden:
      return "hidden";
    case KeyState::kRumoured:
      return "rumoured";
    case KeyState::kOmnipresent:
      return "omnipresent";
    case KeyState::kUnretentive:
      return "unretentive";
  }
  return "-";
}

std::string_view SigningKey::Role() const {
  if (is_ksk && is_zsk) return "CSK";
  return is_ksk ? "KSK" : "ZSK";
}

absl::StatusOr<SigningKey> ParseKeyStateFile(std::string_view file, std::string_view text) {
  SigningKey key;
  int number = 0;
  for (std::string_view line : registry::Split(text, '\n')) {
    ++number;
    line = registry::Trim(line);
    if (line.empty() || line.front() == ';') continue;
    if (absl::Status status = TakeLine(file, number, line, &key); !status.ok()) return status;
  }
  if (key.algorithm == 0 || key.goal == KeyState::kNone || (!key.is_ksk && !key.is_zsk)) {
    return absl::InvalidArgumentError(
        Concat(file, ": has no Algorithm, GoalState, and KSK or ZSK: no key of a dnssec-policy"));
  }
  return key;
}

absl::StatusOr<std::string> ParsePublicKeyFile(std::string_view file, std::string_view text) {
  int number = 0;
  for (std::string_view line : registry::Split(text, '\n')) {
    ++number;
    if (line.empty() || line.front() == ';') continue;
    std::vector<std::string_view> words;
    for (std::string_view word : registry::Split(line, ' ')) {
      if (!word.empty()) words.push_back(word);
    }
    const auto type = std::ranges::find(words, "DNSKEY");
    if (words.end() - type < 5) continue;
    int flags = 0, protocol = 0, algorithm = 0;
    std::string base64, octets;
    for (auto word = type + 4; word != words.end(); ++word) base64.append(*word);
    if (!registry::ParseNumber(type[1], &flags) || !registry::ParseNumber(type[2], &protocol) ||
        !registry::ParseNumber(type[3], &algorithm) || flags > 65535 || protocol > 255 ||
        algorithm > 255 || !absl::Base64Unescape(base64, &octets)) {
      return Wrong(file, number, "DNSKEY", "not a public key");
    }
    return Concat(std::string{static_cast<char>(flags >> 8), static_cast<char>(flags),
                              static_cast<char>(protocol), static_cast<char>(algorithm)},
                  octets);
  }
  return absl::InvalidArgumentError(Concat(file, ": has no DNSKEY record"));
}

absl::StatusOr<std::vector<SigningKey>> ReadSigningKeys(const std::string& directory,
                                                        const std::string& zone) {
  std::vector<SigningKey> keys;
  std::error_code error;
  std::filesystem::directory_iterator entries(directory, error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    const auto tag = TagIn(entries->path().filename().string(), zone);
    if (!tag) continue;
    if (keys.size() == kMostKeys) {
      return absl::InvalidArgumentError(Concat(directory, ": more than ", kMostKeys, " keys"));
    }
    auto key = ReadKey(entries->path().string(), *tag);
    if (!key.ok()) return key.status();
    keys.push_back(*std::move(key));
  }
  if (error) {
    return absl::PermissionDeniedError(Concat("cannot read ", directory, ": ", error.message()));
  }
  if (keys.empty()) {
    return absl::NotFoundError(Concat("no keys of ", zone, " in ", directory, " (files K", zone,
                                      ".+ALGORITHM+TAG.state, which BIND writes)"));
  }
  std::ranges::sort(keys, {}, [](const SigningKey& key) {
    return std::tuple(!key.is_ksk, key.published.value_or(absl::InfiniteFuture()), key.tag);
  });
  return keys;
}

std::string DsText(std::string_view zone, const SigningKey& key) {
  const std::string hashed = Concat(WireName(zone), key.dnskey_rdata);
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  ::SHA256(reinterpret_cast<const unsigned char*>(hashed.data()), hashed.size(),
           reinterpret_cast<unsigned char*>(digest.data()));
  return Concat(key.tag, " ", key.algorithm, " 2 ",
                absl::AsciiStrToUpper(absl::BytesToHexString(digest)));
}

bool ParentMustHave(const SigningKey& key) {
  return key.ds == KeyState::kRumoured || key.ds == KeyState::kOmnipresent;
}

std::string_view ParentText(const SigningKey& key) {
  switch (key.ds) {
    case KeyState::kNone:
      return "-";
    case KeyState::kHidden:
      return key.goal == KeyState::kOmnipresent ? "not yet" : "no more";
    case KeyState::kRumoured:
      return key.ds_published ? "confirmed" : "to be published";
    case KeyState::kOmnipresent:
      return "confirmed";
    case KeyState::kUnretentive:
      return key.ds_removed ? "withdrawn" : "to be withdrawn";
  }
  return "-";
}

std::vector<std::string> ToDo(std::string_view zone, const std::vector<SigningKey>& keys) {
  std::vector<std::string> publish, withdraw;
  for (const SigningKey& key : keys) {
    if (key.ds == KeyState::kRumoured && !key.ds_published) {
      publish.push_back(Concat("Have the parent publish the DS record of ", key.tag,
                               "; when all of its servers do: rndc dnssec -checkds -key ", key.tag,
                               " published ", zone));
    } else if (key.ds == KeyState::kUnretentive && !key.ds_removed) {
      withdraw.push_back(Concat("Have the parent withdraw the DS record of ", key.tag,
                                "; when all of its servers did: rndc dnssec -checkds -key ",
                                key.tag, " withdrawn ", zone));
    }
  }
  return publish.empty() ? withdraw : publish;
}

std::optional<KeyEvent> NextEvent(const SigningKey& key, absl::Time now) {
  std::optional<KeyEvent> next;
  const std::pair<std::string_view, const std::optional<absl::Time>&> planned[] = {
      {"published", key.published}, {"signs", key.active},       {"CDS", key.publish_cds},
      {"retires", key.retired},     {"is removed", key.removed},
  };
  for (const auto& [what, time] : planned) {
    if (time && *time > now && (!next || *time < next->at)) next = {what, *time};
  }
  return next;
}

}  // namespace ctl
