#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/base/outcome.h"

namespace registry {

// A fully qualified host or domain name with at least two labels: lower-case A-labels and LDH
// labels of 1 to 63 octets, at most 253 octets, no final dot. RFC 1123 section 2.1, RFC 5890
// section 2.3.
// `--` in the third and fourth place only in valid A-labels (IDNA 2008) or in the top-level label.
class DomainName {
 public:
  // Letter case is folded. U-labels are not accepted here (see FromUnicode). kDomainNameSyntax.
  static Outcome<DomainName> Parse(std::string_view text);
  // The same for what people type: U-labels (UTF-8) are converted to A-labels (IDNA 2008), one
  // final dot is accepted. For look-ups only.
  static Outcome<DomainName> FromUnicode(std::string_view text);
  // For text that this class has written before (a row of ours). Not checked.
  static DomainName Trusted(std::string text) { return DomainName(std::move(text), 0); }
  // For names that stand in the source, such as in tests. Aborts if malformed.
  explicit DomainName(std::string_view literal);
  DomainName() = default;  // empty: no name

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  int label_count() const;
  std::string_view label() const;   // the first label
  std::string_view parent() const;  // what stands after the first dot
  std::string_view tld() const;     // the last label
  // Strictly below; "a.b.org" is below "b.org" and "org".
  bool IsBelow(std::string_view ancestor) const;
  // The proper ancestors with at least two labels, nearest first.
  std::vector<DomainName> Ancestors() const;
  // U-label form; the text itself where nothing is encoded.
  std::string ToUnicode() const;

  friend bool operator==(const DomainName&, const DomainName&) = default;
  friend auto operator<=>(const DomainName&, const DomainName&) = default;  // by octets
  template <class H>
  friend H AbslHashValue(H h, const DomainName& name) {
    return H::combine(std::move(h), name.text_);
  }

 private:
  DomainName(std::string text, int) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace registry
