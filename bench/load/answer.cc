#include "bench/load/answer.h"

#include <charconv>

namespace bench {

int ResultCodeOf(std::string_view xml) {
  constexpr std::string_view kAttribute = "<result code=\"";
  const size_t at = xml.find(kAttribute);
  if (at == std::string_view::npos) {
    return xml.find("<greeting") == std::string_view::npos ? 0 : 1000;
  }
  int code = 0;
  std::from_chars(xml.data() + at + kAttribute.size(), xml.data() + xml.size(), code);
  return code;
}

std::string_view ExpiryDayOf(std::string_view xml) {
  constexpr std::string_view kElement = "exDate>";
  constexpr size_t kDay = 10;
  const size_t at = xml.find(kElement);
  if (at == std::string_view::npos || xml.size() - at < kElement.size() + kDay) return "";
  return xml.substr(at + kElement.size(), kDay);
}

}  // namespace bench
