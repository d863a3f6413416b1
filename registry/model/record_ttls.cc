#include "registry/model/record_ttls.h"

#include <algorithm>

namespace registry {

uint32_t TtlLimits::InForce(Ttl chosen) const {
  return chosen && offered() ? std::clamp(*chosen, least, most) : standard;
}

}  // namespace registry
