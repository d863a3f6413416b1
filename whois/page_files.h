#pragma once

#include <span>
#include <string>
#include <string_view>

namespace whois {

// A file of whois/page/, built into the program.
struct PageFile {
  std::string_view name;  // "look_up.css"
  std::string_view content;
  std::string_view version;  // begins the SHA-256 of the content, in hexadecimal digits
};

// All of them. The definition is generated at build time (whois/page/embed.cmake).
std::span<const PageFile> PageFiles();

// Where a page refers to it, below our base: "/page/look_up-0123456789abcdef.css". Another content
// has another path, so that a browser may keep it for good. Aborts if there is no such file.
std::string PageFilePath(std::string_view name);

std::string_view MediaTypeOf(const PageFile& file);

struct FoundPageFile {
  const PageFile* file = nullptr;  // null: there is none
  bool current = false;            // `path` names this content
};
// `path` as PageFilePath makes it. With another version, or none, it is found too: while servers
// are replaced one by one a page and its style sheet may come from different ones. /favicon.ico,
// which browsers ask for beside answers that are no pages, is the icon.
FoundPageFile FindPageFile(std::string_view path);

}  // namespace whois
