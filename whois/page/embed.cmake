# Writes the C++ file that holds the files of this folder:
#   cmake -DOUT=page_files_data.cc -DFOLDER=whois/page -DNAMES=a.css,b.js -P embed.cmake
string(REPLACE "," ";" names "${NAMES}")
set(entries "")
foreach(name IN LISTS names)
  file(READ "${FOLDER}/${name}" content HEX)
  file(SHA256 "${FOLDER}/${name}" hash)
  string(SUBSTRING "${hash}" 0 16 version)
  string(LENGTH "${content}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "(................................)" "\\1\n" content "${content}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," content "${content}")
  string(MAKE_C_IDENTIFIER "${name}" identifier)
  string(APPEND arrays "constexpr unsigned char k_${identifier}[] = {\n${content}};\n")
  string(APPEND entries
    "    {\"${name}\", {reinterpret_cast<const char*>(k_${identifier}), ${size}}, \"${version}\"},\n")
endforeach()
file(WRITE "${OUT}" "// Generated from whois/page by embed.cmake.
#include <array>

#include \"whois/page_files.h\"

namespace whois {
namespace {

${arrays}
}  // namespace

std::span<const PageFile> PageFiles() {
  static const auto kFiles = std::to_array<PageFile>({
${entries}  });
  return kFiles;
}

}  // namespace whois
")
