#include "zonegen/tsig_key.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <system_error>

#include "registry/base/text.h"
#include "zonegen/tsig_secret.h"

namespace zonegen {

using registry::Concat;

absl::StatusOr<TsigKey> TsigKey::Parse(const std::string& text) {
  static const std::regex kForm(
      R"rx(^\s*key\s+"?([A-Za-z0-9._-]{1,253})"?\s*\{\s*algorithm\s+"?(hmac-sha(?:256|384|512))"?\s*;)rx"
      R"rx(\s*secret\s+"?([A-Za-z0-9+/=]{8,256})"?\s*;\s*\}\s*;\s*$)rx");
  std::smatch parts;
  if (!std::regex_match(text, parts, kForm)) {
    return absl::InvalidArgumentError(
        "is no key as tsig-keygen writes it: key \"NAME\" { algorithm hmac-sha256; secret "
        "\"BASE64\"; };");
  }
  auto secret = std::make_shared<Secret>();
  if (knot_tsig_key_init(&secret->key, parts.str(2).c_str(), parts.str(1).c_str(),
                         parts.str(3).c_str()) != KNOT_EOK) {
    return absl::InvalidArgumentError("has a secret that is not base64");
  }
  TsigKey key;
  key.name_ = parts.str(1);
  key.secret_ = std::move(secret);
  return key;
}

absl::StatusOr<TsigKey> TsigKey::ReadFile(const std::string& file) {
  constexpr size_t kMost = 4096;
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    return absl::NotFoundError(Concat("cannot read ", file));
  }
  std::ifstream in(file, std::ios::binary);
  std::string text(kMost + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || in.gcount() == 0) return absl::NotFoundError(Concat("cannot read ", file));
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() > kMost) return absl::InvalidArgumentError(Concat(file, " is too long"));
  auto key = Parse(text);
  if (key.ok()) return key;
  return absl::InvalidArgumentError(Concat(file, " ", std::string(key.status().message())));
}

}  // namespace zonegen
