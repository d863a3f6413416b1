#include "registry/model/registrar.h"

#include <algorithm>

namespace registry {

bool Registrar::MaySell(std::string_view tld) const {
  return tlds.empty() || std::find(tlds.begin(), tlds.end(), tld) != tlds.end();
}

}  // namespace registry
