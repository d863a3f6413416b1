#include "registry/types/domain_name.h"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/types/reasons.h"

// Names are checked label by label in one pass. Only labels that begin with "xn--" go through
// libidn2: such a label is a valid A-label if its U-label passes the registration rules of IDNA2008
// (RFC 5891 section 4) and encodes to the same label again.

namespace registry {
namespace {

constexpr size_t kLongestName = 253;
constexpr size_t kLongestLabel = 63;
constexpr size_t kLongestTyped = 1024;  // octets that FromUnicode looks at
constexpr std::string_view kAcePrefix = "xn--";

struct FreeIdn {
  void operator()(void* text) const { idn2_free(text); }
};
using IdnText = std::unique_ptr<char, FreeIdn>;

// Null if nothing valid comes out.
IdnText DecodeLabels(const std::string& ascii) {
  char* decoded = nullptr;
  const int error = idn2_to_unicode_8z8z(ascii.c_str(), &decoded, IDN2_NO_TR46);
  IdnText text(decoded);
  return error == IDN2_OK ? std::move(text) : nullptr;
}

IdnText EncodeLookup(const std::string& unicode, int flags) {
  uint8_t* encoded = nullptr;
  const int error =
      idn2_lookup_u8(reinterpret_cast<const uint8_t*>(unicode.c_str()), &encoded, flags);
  IdnText text(reinterpret_cast<char*>(encoded));
  return error == IDN2_OK ? std::move(text) : nullptr;
}

IdnText EncodeRegistration(const char* ulabel) {
  uint8_t* encoded = nullptr;
  const int error =
      idn2_register_u8(reinterpret_cast<const uint8_t*>(ulabel), nullptr, &encoded, IDN2_NO_TR46);
  IdnText text(reinterpret_cast<char*>(encoded));
  return error == IDN2_OK ? std::move(text) : nullptr;
}

// The look-up rules add the bidirectional ones (RFC 5893), which the registration ones leave out.
bool IsALabel(std::string_view label) {
  const std::string alabel(label);
  const IdnText ulabel = DecodeLabels(alabel);
  if (ulabel == nullptr) return false;
  const IdnText registered = EncodeRegistration(ulabel.get());
  const IdnText looked_up = EncodeLookup(ulabel.get(), IDN2_NO_TR46);
  return registered != nullptr && looked_up != nullptr && alabel == registered.get() &&
         alabel == looked_up.get();
}

bool IsLetterDigitHyphen(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool IsNumeric(std::string_view label) {
  return label.find_first_not_of("0123456789") == std::string_view::npos;
}

bool IsLabel(std::string_view label, bool is_tld) {
  if (label.empty() || label.size() > kLongestLabel) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  if (!std::all_of(label.begin(), label.end(), IsLetterDigitHyphen)) return false;
  if (is_tld && IsNumeric(label)) return false;
  if (label.size() < 4 || label[2] != '-' || label[3] != '-') return true;
  if (label.starts_with(kAcePrefix)) return IsALabel(label);
  return is_tld;
}

bool IsName(std::string_view name) {
  if (name.size() > kLongestName) return false;
  size_t dot = name.find('.');
  if (dot == std::string_view::npos) return false;
  for (; dot != std::string_view::npos; dot = name.find('.')) {
    if (!IsLabel(name.substr(0, dot), /*is_tld=*/false)) return false;
    name.remove_prefix(dot + 1);
  }
  return IsLabel(name, /*is_tld=*/true);
}

std::string Folded(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

}  // namespace

Outcome<DomainName> DomainName::Parse(std::string_view text) {
  if (text.size() <= kLongestName) {
    std::string folded = Folded(text);
    if (IsName(folded)) return DomainName(std::move(folded), 0);
  }
  return Reject(kDomainNameSyntax, Excerpt(text));
}

Outcome<DomainName> DomainName::FromUnicode(std::string_view text) {
  if (text.size() > kLongestTyped || !PrintableLength(text)) {
    return Reject(kDomainNameSyntax, Excerpt(text));
  }
  if (IsAscii(text)) return Parse(text.ends_with('.') ? text.substr(0, text.size() - 1) : text);
  if (text.ends_with('.')) text.remove_suffix(1);
  // A top-level label in ASCII is none of IDNA 2008's business: it may have "--".
  const size_t dot = text.rfind('.');
  std::string_view unicode = text, rest;
  if (dot != std::string_view::npos && IsAscii(text.substr(dot))) {
    unicode = text.substr(0, dot);
    rest = text.substr(dot);
  }
  // UTS 46 maps what people type (capitals, full-width letters and dots) before IDNA 2008 applies.
  const IdnText encoded = EncodeLookup(std::string(unicode), IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  if (encoded == nullptr) return Reject(kDomainNameSyntax, Excerpt(text));
  std::string_view ascii(encoded.get());
  if (rest.empty() && ascii.ends_with('.')) ascii.remove_suffix(1);
  return Parse(Concat(ascii, rest));
}

DomainName::DomainName(std::string_view literal) : text_(Folded(literal)) {
  POSTEL_CHECK(IsName(text_));
}

int DomainName::label_count() const {
  return empty() ? 0 : 1 + static_cast<int>(std::count(text_.begin(), text_.end(), '.'));
}

std::string_view DomainName::label() const {
  return std::string_view(text_).substr(0, text_.find('.'));
}

std::string_view DomainName::parent() const {
  const size_t dot = text_.find('.');
  if (dot == std::string::npos) return {};
  return std::string_view(text_).substr(dot + 1);
}

std::string_view DomainName::tld() const {
  const size_t dot = text_.rfind('.');
  return std::string_view(text_).substr(dot == std::string::npos ? 0 : dot + 1);
}

bool DomainName::IsBelow(std::string_view ancestor) const {
  if (ancestor.empty() || text_.size() <= ancestor.size() + 1) return false;
  return text_.ends_with(ancestor) && text_[text_.size() - ancestor.size() - 1] == '.';
}

std::vector<DomainName> DomainName::Ancestors() const {
  std::vector<DomainName> ancestors;
  std::string_view rest = parent();
  while (rest.find('.') != std::string_view::npos) {
    ancestors.push_back(Trusted(std::string(rest)));
    rest.remove_prefix(rest.find('.') + 1);
  }
  return ancestors;
}

std::string DomainName::ToUnicode() const {
  if (text_.find(kAcePrefix) == std::string::npos) return text_;
  const IdnText unicode = DecodeLabels(text_);
  return unicode != nullptr ? std::string(unicode.get()) : text_;
}

}  // namespace registry
