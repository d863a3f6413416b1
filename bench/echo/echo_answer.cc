#include "bench/echo/echo_answer.h"

#include "bench/load/frame_template.h"
#include "registry/base/text.h"

namespace bench {
namespace {

constexpr std::string_view kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><epp xmlns=\"urn:ietf:params:xml:ns:epp-1.0\">"
    "<response><result code=\"1000\"><msg>Command completed successfully</msg></result>";
constexpr std::string_view kTail = "</response></epp>";

}  // namespace

std::string EchoAnswer(size_t bytes) {
  const size_t least = kHead.size() + kTail.size();
  const std::string filling(bytes > least ? bytes - least : 0, ' ');
  std::string answer;
  FrameTemplate({registry::Concat(kHead, filling, kTail)}).Append({}, answer);
  return answer;
}

}  // namespace bench
