#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/model/listed_label.h"
#include "registry/model/tld_policy.h"

namespace ctl {

using NamedLabel = std::pair<std::string, registry::ListedLabel>;

std::string_view KindName(registry::ListedLabel::Kind kind);  // "reserved", "blocked", "premium"
std::optional<registry::ListedLabel::Kind> ParseKind(std::string_view name);

// A label of the TLD as names have it: an A-label in lower case; U-labels are converted. Nothing if
// the text is no label.
std::optional<std::string> ParseLabel(std::string_view text);

// Why the TLD cannot list a label so; empty if it can.
std::string CheckListing(const registry::ListedLabel& listed, const registry::TldPolicy& policy);

// A file of lines `LABEL [KIND [CLASS]]`, such as "gem premium rare"; empty lines and what follows
// a # do not count. `usual`: what a line says that has a label alone; without it, each has to say
// it. Each label stands once. InvalidArgument has the first errors, each with file and line.
absl::StatusOr<std::vector<NamedLabel>> ParseNamesFile(
    const std::string& file, std::string_view text, const registry::TldPolicy& policy,
    const std::optional<registry::ListedLabel>& usual);

}  // namespace ctl
