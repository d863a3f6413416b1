// A signed mark, RFC 7848. Whatever was done to it: what is trusted still says what was signed. The
// keys are made anew in every process, so that none stands in the source.
#include "epp/signed_mark.h"

#include <string>
#include <vector>

#include "epp/reasons.h"
#include "registry/base/check.h"
#include "registry/rules/reasons.h"
#include "tests/fuzz/target.h"
#include "tests/support/mark_authority.h"

namespace fuzz {
namespace {

struct House {
  tests::MarkAuthority authority;
  tests::MarkAuthority::Validator validator = authority.Issue(10);
  epp::MarkSigners signers = *epp::MarkSigners::Read(authority.anchors(), authority.revoked());
  std::string good = tests::SignedMark({}, validator);
  registry::SignedMark said = *epp::ReadSignedMark(good, signers);
};

const House& TheHouse() {
  static const House house;
  return house;
}

}  // namespace

std::vector<std::string> Seeds() {
  const House& house = TheHouse();
  tests::MarkText other;
  other.root_id = "kinfo";
  return {house.good, tests::UnsignedMark({}, house.validator),
          tests::UnsignedMark(other, house.validator),
          tests::SignedMark({}, house.authority.Issue(11, /*authority=*/true))};
}

bool Check(std::string_view input) {
  const House& house = TheHouse();
  const auto mark = epp::ReadSignedMark(input, house.signers);
  if (!mark.ok()) {
    const std::string_view id = mark.rejection().reason.id;
    POSTEL_CHECK(id == epp::kSignedMarkSyntax.id || id == registry::kMarkUntrusted.id);
    return id == registry::kMarkUntrusted.id;  // a signed mark it is
  }
  POSTEL_CHECK(mark->id == house.said.id && mark->labels == house.said.labels);
  POSTEL_CHECK(mark->not_before == house.said.not_before);
  POSTEL_CHECK(mark->not_after == house.said.not_after && mark->mark == house.said.mark);
  return true;
}

}  // namespace fuzz
