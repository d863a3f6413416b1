// Short texts that name something or open it: identifiers of registrars and contacts, ROIDs,
// amounts of money, authInfo. And what is shown of a text that was none of them.
#include "registry/types/identifiers.h"

#include <string>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/utf8.h"
#include "registry/types/auth_info.h"
#include "registry/types/money.h"
#include "registry/types/roid.h"
#include "tests/fuzz/target.h"

namespace fuzz {
namespace {

constexpr std::string_view kRepository = "LROR";

template <class Id>
bool CheckIdentifier(std::string_view input) {
  const auto id = Id::Parse(input);
  if (!id) return false;
  POSTEL_CHECK(id->text() == input && Id::Parse(id->text()).ok());
  return true;
}

bool CheckRoid(std::string_view input) {
  const auto roid = registry::ParseRoid(input, kRepository);
  if (!roid) return false;
  POSTEL_CHECK(registry::FormatRoid(roid->kind, roid->number, kRepository) == input);
  return true;
}

bool CheckMoney(std::string_view input) {
  const auto money = registry::ParseMoney(input);
  if (!money) return false;
  const auto again = registry::ParseMoney(registry::FormatMoney(*money));
  POSTEL_CHECK(again && *again == *money);
  return true;
}

bool CheckAuthInfo(std::string_view input) {
  const auto auth = registry::AuthInfo::Parse(input);
  if (!auth) return false;
  const registry::SealedAuthInfo sealed = auth->Seal(registry::SealedAuthInfo::Salt{});
  POSTEL_CHECK(sealed.is_set() == !input.empty());
  POSTEL_CHECK(auth->Opens(sealed) == sealed.is_set());
  POSTEL_CHECK(!auth->IsStrong() || input.size() >= 20);
  return true;
}

void CheckExcerpt(std::string_view input) {
  const std::string shown = registry::Excerpt(input);
  const std::optional<size_t> characters = registry::PrintableLength(shown);
  POSTEL_CHECK(characters && *characters <= 64);
  POSTEL_CHECK(registry::Excerpt(shown) == shown);
}

}  // namespace

std::vector<std::string> Seeds() {
  return {"gold",
          "sh8013",
          "\u00e4\u00f6\u00fc",
          "a b c",
          "D101-LROR",
          "C9223372036854775807-LROR",
          "H0-LROR",
          "9.75",
          "-3.1",
          "999999999999.99",
          "2fooBAR-2fooBAR-2fooBAR",
          "\xF0\x9F\x98\x80\xED\xA0\x80"};
}

bool Check(std::string_view input) {
  CheckExcerpt(input);
  const bool registrar = CheckIdentifier<registry::RegistrarId>(input);
  POSTEL_CHECK(CheckIdentifier<registry::ContactId>(input) == registrar);
  const bool roid = CheckRoid(input), money = CheckMoney(input);
  CheckAuthInfo(input);
  return registrar || roid || money;
}

}  // namespace fuzz
