#include "whois/http_content.h"

#define XXH_INLINE_ALL
#include <xxhash.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "registry/base/check.h"
#include "registry/base/text.h"

namespace whois {
namespace {

constexpr size_t kWorthCompressing = 512;  // bytes; less fits into one packet anyway

std::string_view WithoutWeakness(std::string_view tag) {
  return tag.substr(0, 2) == "W/" ? tag.substr(2) : tag;
}

// A coding's weight is zero: "q=0", "q=0.0" and so on.
bool IsRefused(std::string_view parameters) {
  const std::string lower = absl::AsciiStrToLower({parameters.data(), parameters.size()});
  const size_t at = lower.find("q=");
  return at != std::string::npos && at + 2 < lower.size() &&
         lower.find_first_not_of("0. \t", at + 2) == std::string::npos;
}

// std::string_view::find looks for the first character first, and ours stands everywhere in JSON:
// it took as long as writing the answer.
size_t Find(std::string_view text, std::string_view part) {
  if (part.empty()) return text.npos;
  const void* found = memmem(text.data(), text.size(), part.data(), part.size());
  return found == nullptr ? text.npos
                          : static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

std::string WeakEntityTag(std::string_view text, std::string_view mark, size_t size) {
  constexpr char kHex[] = "0123456789abcdef";
  // Equal on every machine, so that all servers of a service say the same tag.
  uint64_t hash = 0;
  while (true) {
    const size_t at = Find(text, mark);
    const size_t end = at == text.npos ? text.size() : at + mark.size();
    hash = XXH3_64bits_withSeed(text.data(), end, hash);
    if (at == text.npos) break;
    text.remove_prefix(std::min(end + size, text.size()));
  }
  std::string tag = "W/\"";
  for (int shift = 60; shift >= 0; shift -= 4) tag += kHex[(hash >> shift) & 15];
  return tag += '"';
}

bool Matches(std::string_view if_none_match, std::string_view entity_tag) {
  if (entity_tag.empty()) return false;
  for (std::string_view one : registry::Split(if_none_match, ',')) {
    one = registry::Trim(one);
    // No tag of ours has a comma in it.
    if (one == "*" || WithoutWeakness(one) == WithoutWeakness(entity_tag)) return true;
  }
  return false;
}

void MakeNotModified(HttpResponse& response) {
  if (response.status != 200) return;
  response.status = 304;
  response.body.clear();
  response.shared_body = nullptr;
  response.encoding = {};
}

bool AcceptsGzip(std::string_view accept_encoding) {
  std::optional<bool> named, any;
  for (std::string_view one : registry::Split(accept_encoding, ',')) {
    const std::string_view coding = registry::Trim(one.substr(0, one.find(';')));
    const size_t semicolon = one.find(';');
    const bool wanted = semicolon == one.npos || !IsRefused(one.substr(semicolon + 1));
    if (absl::EqualsIgnoreCase({coding.data(), coding.size()}, "gzip")) named = wanted;
    if (coding == "*") any = wanted;
  }
  return named ? *named : any.value_or(false);
}

std::string Gzip(std::string_view text) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;
  constexpr int kMemoryLevel = 8;
  POSTEL_CHECK(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                            Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  POSTEL_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

void Compress(HttpResponse& response) {
  const std::string_view content = response.content();
  if (!response.encoding.empty() || content.size() < kWorthCompressing) return;
  response.body = Gzip(content);
  response.shared_body = nullptr;
  response.encoding = "gzip";
}

}  // namespace whois
