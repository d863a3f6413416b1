// sign_mark KEY: signs the XML of standard input, whose <Signature> is still empty, with a PEM key,
// and writes it to standard output. For tests that are scripts.
#include <openssl/pem.h>

#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include "tests/support/mark_authority.h"

int main(int argc, char** argv) {
  std::FILE* file = argc == 2 ? std::fopen(argv[1], "r") : nullptr;
  if (file == nullptr) return 2;
  EVP_PKEY* key = PEM_read_PrivateKey(file, nullptr, nullptr, nullptr);
  std::fclose(file);
  if (key == nullptr) return 2;
  const std::string xml(std::istreambuf_iterator<char>(std::cin), {});
  std::cout << tests::Sign(xml, key);
  EVP_PKEY_free(key);
  return 0;
}
