#include "registry/model/key_relay.h"

#include <string_view>
#include <utility>

#include "registry/base/text.h"

namespace registry {
namespace {

std::string ExpiryText(const RelayedKey& key) {
  if (key.until) return Concat("@", absl::ToUnixMillis(*key.until));
  return key.after.empty() ? "-" : key.after;
}

template <class T>
bool Number(std::string_view text, T* out) {
  int64_t number = 0;
  if (!ParseNumber(text, &number)) return false;
  *out = static_cast<T>(number);
  return true;
}

std::optional<RelayedKey> ParseKey(std::string_view line) {
  const std::vector<std::string_view> words = Split(line, ' ');
  RelayedKey key;
  if (words.size() != 5 || !Number(words[0], &key.flags) || !Number(words[1], &key.protocol) ||
      !Number(words[2], &key.algorithm)) {
    return std::nullopt;
  }
  const std::string_view expiry = words[3];
  if (expiry.starts_with('@')) {
    int64_t until = 0;
    if (!Number(expiry.substr(1), &until)) return std::nullopt;
    key.until = absl::FromUnixMillis(until);
  } else if (expiry != "-") {
    key.after = expiry;
  }
  key.public_key = words[4];
  return key;
}

}  // namespace

std::string FormatKeyRelay(const KeyRelayNotice& notice) {
  std::string text = Concat(notice.from);
  for (const RelayedKey& key : notice.keys) {
    text += Concat("\n", key.flags, " ", static_cast<int>(key.protocol), " ",
                   static_cast<int>(key.algorithm), " ", ExpiryText(key), " ", key.public_key);
  }
  return text;
}

std::optional<KeyRelayNotice> ParseKeyRelay(const std::string& text) {
  KeyRelayNotice notice;
  bool first = true;
  for (const std::string_view line : Split(text, '\n')) {
    const std::string_view view(line.data(), line.size());
    if (std::exchange(first, false)) {
      if (!Number(view, &notice.from)) return std::nullopt;
      continue;
    }
    std::optional<RelayedKey> key = ParseKey(view);
    if (!key) return std::nullopt;
    notice.keys.push_back(*std::move(key));
  }
  if (notice.keys.empty()) return std::nullopt;
  return notice;
}

}  // namespace registry
