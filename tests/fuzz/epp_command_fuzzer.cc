// All of CommandTargets() in one program, under libFuzzer: it is the target by whose name it is
// called. fuzz_epp_domain_create --write-seeds FOLDER, --write-dictionary FILE.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "registry/base/check.h"
#include "tests/fuzz/epp_command.h"
#include "tests/fuzz/xml_mutator.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace {

constexpr size_t kLongestText = 1024;

std::unique_ptr<fuzz::XmlMutator> mutator;

// As libFuzzer changes octets, with its dictionary and what it has seen compared.
std::string ChangeText(std::string_view value) {
  std::string text(value.substr(0, kLongestText));
  const size_t size = text.size();
  text.resize(size + 64);
  text.resize(LLVMFuzzerMutate(reinterpret_cast<uint8_t*>(text.data()), size, text.size()));
  return text;
}

// Everything beside letters, digits and the like as \xNN.
std::string Quoted(std::string_view word) {
  std::string text = "\"";
  for (const char c : word) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet > 0x20 && octet < 0x7F && c != '"' && c != '\\') {
      text += c;
    } else {
      char escaped[5];
      std::snprintf(escaped, sizeof(escaped), "\\x%02X", octet);
      text += escaped;
    }
  }
  return text + "\"";
}

void WriteSeeds(std::string_view target, const std::string& folder) {
  int number = 0;
  for (const std::string& seed : fuzz::CommandSeeds(target)) {
    std::ofstream file(folder + "/seed-" + std::to_string(number++), std::ios::binary);
    POSTEL_CHECK((file << seed).flush().good());
  }
}

void WriteDictionary(std::string_view target, const std::string& path) {
  std::ofstream file(path);
  for (const std::string& word : fuzz::WordsOf(fuzz::CommandSeeds(target))) {
    file << Quoted(word) << "\n";
  }
  POSTEL_CHECK(file.flush().good());
}

size_t Copy(const std::string& text, uint8_t* data, size_t max_size) {
  const size_t size = std::min(text.size(), max_size);
  std::memcpy(data, text.data(), size);
  return size;
}

std::string_view View(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  std::string_view target = (*argv)[0];
  target.remove_prefix(target.rfind("fuzz_") + 5);
  if (*argc == 3 && std::string_view((*argv)[1]) == "--write-seeds") {
    WriteSeeds(target, (*argv)[2]);
    std::exit(0);
  }
  if (*argc == 3 && std::string_view((*argv)[1]) == "--write-dictionary") {
    WriteDictionary(target, (*argv)[2]);
    std::exit(0);
  }
  mutator = std::make_unique<fuzz::XmlMutator>(fuzz::CommandSeeds(target), ChangeText);
  fuzz::CheckCommand("");  // makes keys, which takes its time
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fuzz::CheckCommand(View(data, size));
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned int seed) {
  if (seed % 5 == 0) return LLVMFuzzerMutate(data, size, max_size);
  return Copy(mutator->Mutate(View(data, size), seed), data, max_size);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* one, size_t one_size,
                                            const uint8_t* other, size_t other_size, uint8_t* out,
                                            size_t max_size, unsigned int seed) {
  return Copy(mutator->Cross(View(one, one_size), View(other, other_size), seed), out, max_size);
}
