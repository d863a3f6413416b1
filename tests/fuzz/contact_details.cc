// The parts of a contact: one a line.
#include "registry/types/contact_details.h"

#include <string>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "tests/fuzz/target.h"

namespace fuzz {
namespace {

using registry::Outcome;
using registry::PostalField;
using registry::PostalForm;

// Hands out the lines one by one; empty ones when there are no more.
class Lines {
 public:
  explicit Lines(std::string_view text) : lines_(registry::Split(text, '\n')) {}
  std::string Next() { return next_ < lines_.size() ? std::string(lines_[next_++]) : ""; }

 private:
  const std::vector<std::string_view> lines_;
  size_t next_ = 0;
};

bool CheckText(PostalField field, const std::string& text) {
  const Outcome<std::string> localized = ParsePostalText(PostalForm::kLocalized, field, text);
  const Outcome<std::string> international =
      ParsePostalText(PostalForm::kInternational, field, text);
  if (localized) {
    const auto again = ParsePostalText(PostalForm::kLocalized, field, *localized);
    POSTEL_CHECK(again && *again == *localized);
    POSTEL_CHECK(registry::PrintableLength(*localized).has_value());
  }
  POSTEL_CHECK(!international || (localized && *international == *localized));
  return localized.ok();
}

bool CheckPhone(const std::string& number, const std::string& extension) {
  const Outcome<registry::Phone> phone = registry::Phone::Parse(number, extension);
  if (!phone) return false;
  POSTEL_CHECK(phone->number == number && phone->extension == extension);
  POSTEL_CHECK(number.size() <= 17);  // minPhone of RFC 5733, e164StringType
  return true;
}

bool CheckEmail(const std::string& text) {
  const Outcome<std::string> email = registry::ParseEmail(text);
  POSTEL_CHECK(!email || *email == text);
  POSTEL_CHECK(!email || registry::PrintableLength(text).has_value());
  return email.ok();
}

}  // namespace

std::vector<std::string> Seeds() {
  return {
      "Jon Doe\nExample & Sons\n123 Example Dr.\nSuite 100\n\nDulles\nVA\n20166-6503\nUS\n"
      "+1.7035555555\n1234\njdoe@example.com",
      "\u00c4da\n\nStra\u00dfe "
      "1\n\n\nK\u00f6ln\n\n50667\nDE\n+49.2211234\n\na.b+c@xn--bcher-kva.org",
      " a \tb \n\n\n\n\nc\n\n\nXX\n+999.99999999999999\n1\n" + std::string(64, 'x') + "@a.org",
  };
}

bool Check(std::string_view input) {
  Lines lines(input);
  bool postal = true;
  for (const PostalField field :
       {PostalField::kName, PostalField::kOrganization, PostalField::kStreet, PostalField::kStreet,
        PostalField::kStreet, PostalField::kCity, PostalField::kState, PostalField::kPostalCode}) {
    postal &= CheckText(field, lines.Next());
  }
  const std::string country = lines.Next();
  const Outcome<std::string> known = registry::ParseCountry(country);
  POSTEL_CHECK(!known || (known->size() == 2 && *registry::ParseCountry(*known) == *known));
  postal &= known.ok();
  const std::string number = lines.Next(), extension = lines.Next();
  const bool phone = CheckPhone(number, extension);
  return CheckEmail(lines.Next()) && phone && postal;
}

}  // namespace fuzz
