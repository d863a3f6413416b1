#include "registry/ctl/names_file.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/types/domain_name.h"

namespace ctl {
namespace {

using registry::Concat;
using registry::DomainName;
using registry::ListedLabel;

constexpr size_t kMostErrors = 20;

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  line = line.substr(0, line.find('#'));
  while (!(line = registry::Trim(line)).empty()) {
    const size_t end = std::min(line.find_first_of(" \t\r"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

// Nothing, and what is wrong in `error`.
std::optional<ListedLabel> ListingOf(const std::vector<std::string_view>& words,
                                     const std::optional<ListedLabel>& usual, std::string* error) {
  if (words.size() > 3) {
    *error = "expected a label, a kind and a class";
    return std::nullopt;
  }
  if (words.size() == 1) {
    if (!usual) *error = "expected a kind behind the label: reserved, blocked or premium";
    return usual;
  }
  const auto kind = ParseKind(words[1]);
  if (!kind) {
    *error = Concat("not a kind (reserved, blocked, premium): ", registry::Excerpt(words[1]));
    return std::nullopt;
  }
  return ListedLabel{*kind, words.size() == 3 ? std::string(words[2]) : std::string()};
}

}  // namespace

std::string_view KindName(ListedLabel::Kind kind) {
  switch (kind) {
    case ListedLabel::Kind::kReserved:
      return "reserved";
    case ListedLabel::Kind::kBlocked:
      return "blocked";
    case ListedLabel::Kind::kPremium:
      return "premium";
  }
  return "";
}

std::optional<ListedLabel::Kind> ParseKind(std::string_view name) {
  for (const auto kind :
       {ListedLabel::Kind::kReserved, ListedLabel::Kind::kBlocked, ListedLabel::Kind::kPremium}) {
    if (KindName(kind) == name) return kind;
  }
  return std::nullopt;
}

std::optional<std::string> ParseLabel(std::string_view text) {
  const std::string name = Concat(text, ".tld");
  const bool ascii = std::ranges::all_of(text, [](char c) { return (c & 0x80) == 0; });
  const auto parsed = ascii ? DomainName::Parse(name) : DomainName::FromUnicode(name);
  if (!parsed.ok() || parsed->label_count() != 2) return std::nullopt;
  return std::string(parsed->label());
}

std::string CheckListing(const ListedLabel& listed, const registry::TldPolicy& policy) {
  const std::string& name = listed.premium_class;
  if (listed.kind == ListedLabel::Kind::kBlocked) {
    return name.empty() ? "" : "a blocked label has no class";
  }
  if (name.empty()) {
    return listed.kind == ListedLabel::Kind::kPremium ? "a premium label needs its class" : "";
  }
  if (policy.premium_classes.contains(name)) return "";
  return Concat("the policy of ", policy.tld, " has no premium_class ", registry::Excerpt(name));
}

absl::StatusOr<std::vector<NamedLabel>> ParseNamesFile(const std::string& file,
                                                       std::string_view text,
                                                       const registry::TldPolicy& policy,
                                                       const std::optional<ListedLabel>& usual) {
  std::vector<NamedLabel> labels;
  absl::flat_hash_map<std::string, int64_t> lines;  // where a label stands
  std::string errors;
  size_t found = 0;
  int64_t line = 0;
  const auto complain = [&](std::string_view what) {
    if (++found > kMostErrors) return;
    errors += Concat(errors.empty() ? "" : "\n", file, ":", line, ": ", what);
  };
  while (!text.empty()) {
    ++line;
    const size_t end = std::min(text.find('\n'), text.size());
    const std::vector<std::string_view> words = Words(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.empty()) continue;
    std::optional<std::string> label = ParseLabel(words[0]);
    if (!label) {
      complain(Concat("not a label: ", registry::Excerpt(words[0])));
      continue;
    }
    std::string error;
    std::optional<ListedLabel> listed = ListingOf(words, usual, &error);
    if (listed) error = CheckListing(*listed, policy);
    if (!error.empty()) {
      complain(error);
      continue;
    }
    const auto [first, is_new] = lines.emplace(*label, line);
    if (is_new) {
      labels.emplace_back(*std::move(label), *std::move(listed));
    } else {
      complain(Concat("stands on line ", first->second, " too: ", *label));
    }
  }
  if (found == 0) return labels;
  if (found > kMostErrors) errors += Concat("\n... and ", found - kMostErrors, " more");
  return absl::InvalidArgumentError(errors);
}

}  // namespace ctl
