#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/types/transaction_id.h"

namespace registry {

// Why the operator did something, as he says it; RFC 8590 section 2.
struct OperatorNote {
  std::string reason;     // at most 32 characters; may be empty
  std::string case_id;    // of a dispute or the like; may be empty
  std::string case_type;  // "udrp", "urs", or whatever the operator calls it
  bool empty() const { return reason.empty() && case_id.empty(); }
  friend bool operator==(const OperatorNote&, const OperatorNote&) = default;
};

// What the operator did to a registrar's object, and the object as it was right after it, or, if it
// is gone, before: beside the text of a poll message.
struct ChangeNotice {
  // A value that an info answer would show; a list is fields of one name. `name` is that of the
  // EPP element; `qualifier` that of its attribute, if it has one, or of what it stands in.
  // "ds" and "rgpStatus" stand in extensions of the answer; they come last.
  struct Field {
    std::string name, qualifier, value;
    friend bool operator==(const Field&, const Field&) = default;
  };
  std::string operation;  // "update", "delete", "renew", "transfer", "restore", "create"
  TransactionNumber number = 0;
  OperatorNote note;
  char kind = 'D';  // D, H, C, O: as in the history
  bool gone = false;
  std::vector<Field> fields;
  friend bool operator==(const ChangeNotice&, const ChangeNotice&) = default;
};

// The form in the database: a line for each of them. Nothing if the text is none.
std::string FormatChangeNotice(const ChangeNotice& notice);
std::optional<ChangeNotice> ParseChangeNotice(std::string_view text);

}  // namespace registry
