#include "whois/whois_query.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"

namespace whois {
namespace {

using registry::DomainName;

bool Is(std::string_view word, std::string_view keyword) {
  return word.size() == keyword.size() &&
         absl::EqualsIgnoreCase({word.data(), word.size()}, {keyword.data(), keyword.size()});
}

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  for (size_t i = 0; i < line.size();) {
    const size_t begin = line.find_first_not_of(" \t", i);
    if (begin == std::string_view::npos) break;
    const size_t end = std::min(line.find_first_of(" \t", begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    i = end;
  }
  return words;
}

std::optional<WhoisQuery> DomainQuery(std::string_view text) {
  auto name = DomainName::FromUnicode(text);
  if (!name) return std::nullopt;
  return WhoisDomain{*std::move(name)};
}

std::optional<WhoisQuery> NameServerQuery(std::string_view text) {
  if (auto address = registry::IpAddress::ParseAny(text)) return WhoisAddress{*address};
  auto name = DomainName::FromUnicode(text);
  if (!name) return std::nullopt;
  return WhoisNameServer{*std::move(name)};
}

std::string Joined(const std::vector<std::string_view>& words, size_t from) {
  std::string text(words[from]);
  for (size_t i = from + 1; i < words.size(); ++i) text += registry::Concat(" ", words[i]);
  return text;
}

}  // namespace

std::optional<WhoisQuery> ParseWhoisQuery(std::string_view line) {
  const std::vector<std::string_view> words = Words(line);
  if (words.size() == 1) return DomainQuery(words[0]);
  if (words.size() == 2 && Is(words[0], "domain")) return DomainQuery(words[1]);
  if (words.size() == 2 && Is(words[0], "nameserver")) return NameServerQuery(words[1]);
  if (words.size() >= 2 && Is(words[0], "registrar")) {
    std::string name = Joined(words, 1);
    if (registry::PrintableLength(name)) return WhoisRegistrar{std::move(name)};
  }
  return std::nullopt;
}

}  // namespace whois
