#include "registry/model/registrar.h"

#include <algorithm>

namespace registry {

bool Registrar::MaySell(std::string_view tld) const {
  return tlds.empty() || std::find(tlds.begin(), tlds.end(), tld) != tlds.end();
}

absl::Time Registrar::PasswordExpires() const {
  if (password_days == 0) return absl::InfiniteFuture();
  return password_set + password_days * absl::Hours(24);
}

}  // namespace registry
