#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/model/listed_label.h"

// The long lists of labels as the operator edits them. Every edit is one transaction: all of it or
// nothing. Processes need not be told, but of a TLD's first label and its last.
namespace registry::store {

struct LabelEdit {
  std::string tld;
  // What labels become; nothing: they leave the list. Each label once.
  std::vector<std::pair<std::string, std::optional<ListedLabel>>> labels;
  bool replace = false;  // what is not among them leaves the list
  std::string by;        // the operator's user name
  std::string reason;    // for the record; may be empty
};
struct LabelsEdited {
  int64_t put = 0;  // new or changed
  int64_t removed = 0;
};
// `progress` is called now and then with how many labels have been sent. NotFound: no such TLD;
// InvalidArgument: a class that the TLD's policy does not have.
absl::StatusOr<LabelsEdited> EditLabels(const std::string& database, const LabelEdit& edit,
                                        absl::Time now,
                                        const std::function<void(int64_t sent)>& progress);

// In the order of labels: those of a kind, or all, whose label begins with `prefix`.
absl::Status ReadLabels(
    const std::string& database, const std::string& tld, std::optional<ListedLabel::Kind> kind,
    const std::string& prefix,
    const std::function<absl::Status(const std::string& label, const ListedLabel&)>& each);

struct LabelChange {
  absl::Time at;
  std::string by, reason, label;
  std::optional<ListedLabel> listed;  // nothing: it was removed
};
// The latest first: of a label, or of the whole TLD if it is empty.
absl::StatusOr<std::vector<LabelChange>> ReadLabelChanges(const std::string& database,
                                                          const std::string& tld,
                                                          const std::string& label, int64_t most);

}  // namespace registry::store
