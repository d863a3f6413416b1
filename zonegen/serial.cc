#include "zonegen/serial.h"

namespace zonegen {

bool SerialGreater(uint32_t a, uint32_t b) {
  const uint32_t distance = a - b;
  return distance != 0 && distance < 0x80000000u;
}

uint32_t NextSerial(std::optional<uint32_t> last, absl::Time now) {
  const auto seconds = static_cast<uint32_t>(absl::ToUnixSeconds(now));
  uint32_t serial = !last || SerialGreater(seconds, *last) ? seconds : *last + 1;
  if (serial == 0) serial = 1;
  return serial;
}

}  // namespace zonegen
