#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

// The lists that a trademark clearinghouse publishes for registries, RFC 9361 section 6: text, the
// first line with a version and the time of creation, the second with the names of the columns,
// then one line for each entry. A list that is not wholly in this form is refused whole: a line
// that cannot be read might be the one that counts. Errors name file and line.
namespace registry {

// The domain name label list (DNL): the labels with trademark claims, and the key with which a
// registrar looks up the notice. Made for a million labels: the text as it was read and four octets
// for each label.
class ClaimsList {
 public:
  static absl::StatusOr<ClaimsList> Parse(std::string_view file, std::string text);

  // The lookup key; empty if the label is not on the list. `label` is in lower case.
  std::string_view Find(std::string_view label) const;
  size_t size() const { return lines_.size(); }
  absl::Time created() const { return created_; }

 private:
  std::string_view LabelAt(uint32_t line) const;

  std::string text_;
  std::vector<uint32_t> lines_;  // where they begin, by label
  absl::Time created_;
};

// The SMD revocation list: identifiers of signed marks that are good for nothing any more.
class RevokedMarks {
 public:
  static absl::StatusOr<RevokedMarks> Parse(std::string_view file, std::string_view text);

  bool Has(std::string_view id) const { return ids_.contains(std::string(id)); }
  size_t size() const { return ids_.size(); }
  absl::Time created() const { return created_; }

 private:
  absl::flat_hash_set<std::string> ids_;
  absl::Time created_;
};

// mark:idType, "1-2".
bool IsMarkId(std::string_view text);

}  // namespace registry
