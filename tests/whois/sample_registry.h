#pragma once

#include "tests/support/scene.h"

namespace tests {

// A registry with repository ID LROR, at 2026-01-02T03:04:05Z:
//   samplewell.org    registrant with the standing policy, a technical contact that discloses
//                     itself, two name servers below it, a DS record
//   minimal.org       no contacts, no name servers, just created
//   lapsed.org        in redemption
//   xn--bcher-kva.org an administrative contact that discloses itself, a technical one that does
//                     not, an external name server with an IDN
// Registrars: gold (IANA ID 3878, everything filled in) and silver (nothing, not even an IANA ID).
class SampleRegistry : public registry::Scene {
 public:
  SampleRegistry();

 private:
  void AddRegistrars();
  void AddContacts();
  void AddSampleWell();
  void AddOthers();
};

}  // namespace tests
