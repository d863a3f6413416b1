#include "registry/commands/registrar_password.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "registry/base/utf8.h"
#include "registry/rules/access.h"
#include "registry/types/reasons.h"

namespace registry {
namespace {

bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }
bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsOther(char c) { return !IsLetter(c) && !IsDigit(c); }

int KindsOfCharacters(std::string_view text) {
  return std::ranges::any_of(text, IsLetter) + std::ranges::any_of(text, IsDigit) +
         std::ranges::any_of(text, IsOther);
}

// An XML Schema token.
bool IsCollapsed(std::string_view text) {
  return !text.starts_with(' ') && !text.ends_with(' ') && text.find("  ") == text.npos;
}

bool SameApartFromCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, absl::ascii_tolower, absl::ascii_tolower);
}

}  // namespace

Needs NeedsOf(const RegistrarPassword& /*command*/) { return {}; }

Outcome<Applied<Done>> Apply(const RegistrarPassword& command, const Context& context,
                             const WorkingSet& /*set*/) {
  const Registrar* registrar = context.directory.Registrar(command.registrar);
  if (registrar == nullptr) return Reject(kRegistrarNotFound);
  if (!IsSponsor(context, command.registrar)) return Reject(kNotSponsor);

  Registrar updated = *registrar;
  updated.password_hash = command.password_hash;
  updated.password_set = context.now;
  Changes changes;
  changes.Put(std::move(updated));
  return Applied<Done>{{}, std::move(changes)};
}

Outcome<Done> CheckPassword(std::string_view password, const RegistrarId& id, size_t longest) {
  const std::optional<size_t> length = PrintableLength(password);
  if (!length || *length < kShortestPassword || *length > longest) return Reject(kPasswordWeak);
  if (!IsCollapsed(password) || password == "[LOGIN-SECURITY]") return Reject(kPasswordWeak);
  if (KindsOfCharacters(password) < 2) return Reject(kPasswordWeak);
  if (SameApartFromCase(password, id.text())) return Reject(kPasswordWeak);
  return Done{};
}

}  // namespace registry
