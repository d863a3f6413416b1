// A target under libFuzzer, whose own options are all there. `NAME --write-seeds FOLDER` leaves the
// target's seeds in a folder that a run can then begin with.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "registry/base/check.h"
#include "tests/fuzz/target.h"

namespace {

void WriteSeeds(const std::string& folder) {
  int number = 0;
  for (const std::string& seed : fuzz::Seeds()) {
    std::ofstream file(folder + "/seed-" + std::to_string(number++), std::ios::binary);
    file << seed;
    POSTEL_CHECK(file.flush().good());
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (*argc == 3 && std::string_view((*argv)[1]) == "--write-seeds") {
    WriteSeeds((*argv)[2]);
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fuzz::Check(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
