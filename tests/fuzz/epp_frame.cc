// One frame, sent before a login and after one, to the registry of the golden files. Whatever it
// is, it gets one answer: well-formed, with a code of RFC 5730 that is never "command failed", and
// with the frame's clTRID; and a refusal changes nothing (epp_client.h).
#include <string>
#include <variant>
#include <vector>

#include "epp/dispatch.h"
#include "epp/frame_check.h"
#include "registry/base/check.h"
#include "tests/fuzz/epp_client.h"
#include "tests/fuzz/golden_seeds.h"
#include "tests/fuzz/target.h"

namespace fuzz {
namespace {

// What says the same in other octets is the same to the registry.
void CheckThatDressDoesNotMatter(std::string_view frame) {
  const epp::SessionView nobody;
  const epp::Call plain = epp::Dispatch(frame, nobody);
  const std::string dressed = "\xEF\xBB\xBF" + std::string(frame) + "<!-- the end -->\n";
  const epp::Call other = epp::Dispatch(dressed, nobody);
  POSTEL_CHECK(plain.name == other.name && plain.client_id == other.client_id);
  POSTEL_CHECK(plain.action.index() == other.action.index());
  const auto* refused = std::get_if<epp::Refused>(&plain.action);
  if (refused == nullptr) return;
  const auto& also = std::get<epp::Refused>(other.action);
  POSTEL_CHECK(refused->rejection.reason.id == also.rejection.reason.id);
  POSTEL_CHECK(refused->echo == also.echo);
}

}  // namespace

std::vector<std::string> Seeds() { return GoldenRequests(); }

bool Check(std::string_view input) {
  static EppClient stranger(registry::kNoRegistrar);
  static EppClient gold(registry::kGold);
  stranger.Ask(input);
  const bool done = gold.Ask(input).accepted();
  const absl::StatusOr<std::string> text = epp::DecodeFrame(input);
  const bool well_formed = text.ok() && epp::CheckFrame(*text).ok();
  if (well_formed && *text == input) CheckThatDressDoesNotMatter(input);
  POSTEL_CHECK(well_formed || !done);
  return done;
}

}  // namespace fuzz
