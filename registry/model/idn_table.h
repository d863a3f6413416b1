#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/types/domain_name.h"

namespace registry {

// Ranges of code points, sorted, apart from each other.
class CodePointSet {
 public:
  void Add(char32_t first, char32_t last);  // first <= last
  bool Has(char32_t point) const;
  bool HasAny(std::u32string_view points) const;
  bool empty() const { return ranges_.empty(); }
  const std::vector<std::pair<char32_t, char32_t>>& ranges() const { return ranges_; }
  friend bool operator==(const CodePointSet&, const CodePointSet&) = default;

 private:
  std::vector<std::pair<char32_t, char32_t>> ranges_;
};

// What U-labels of one language or script may consist of, and which of its code points are variants
// of others (RFC 3743, RFC 7940 in short). It narrows IDNA 2008, whose own rules hold for every
// DomainName.
struct IdnTable {
  struct Variant {
    char32_t point = 0;
    std::u32string others;  // what it is a variant of: one code point or up to four in a row
    friend bool operator==(const Variant&, const Variant&) = default;
  };
  struct Rule {
    enum class Kind { kOnlyAfter, kOnlyBefore, kOnlyWith, kNotWith };
    Kind kind = Kind::kOnlyAfter;
    CodePointSet points;
    CodePointSet others;
    friend bool operator==(const Rule&, const Rule&) = default;
  };

  std::string id;
  std::string title;
  CodePointSet allowed;
  std::vector<Variant> variants;
  std::vector<Rule> rules;
  std::string text;  // as it was read

  bool Allows(std::u32string_view label) const;
  friend bool operator==(const IdnTable&, const IdnTable&) = default;
};

// 1 to 64 letters, digits, hyphens, underscores and dots.
bool IsIdnTableId(std::string_view text);

// Reads the form that `postelctl idn apply` takes and that the database keeps (base/config.h), at
// most a megabyte. Code points are four to six hexadecimal digits, a range is two with a hyphen in
// between, a set is several of either, with blanks. Keys:
//   table        the id; required
//   title        what people call it
//   allow        a set; repeated. ASCII only as A-labels have it. Required
//   variant      POINT : POINTS    is a variant of these, one to four in a row; repeated
//   only_after   SET : SET         may stand only directly after one of those; repeated, as are
//   only_before  SET : SET         directly before one
//   only_with    SET : SET         in a label that also has one of those
//   not_with     SET : SET         in a label that has none
// What stands before a colon has to be allowed. Errors name file and line.
absl::StatusOr<IdnTable> ParseIdnTable(std::string file, std::string_view text);

// <idn:data>: the table, and the name in Unicode as the client wrote it, which may be empty.
struct IdnRequest {
  std::string table;
  std::string uname;
  friend bool operator==(const IdnRequest&, const IdnRequest&) = default;
};

// The first label is an A-label.
bool IsALabel(const DomainName& name);
// The first label in Unicode.
std::u32string ULabelOf(const DomainName& name);

}  // namespace registry
