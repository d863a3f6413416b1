#include "whois/page_files.h"

#include <algorithm>

#include "registry/base/check.h"
#include "registry/base/text.h"

namespace whois {
namespace {

constexpr std::string_view kFolder = "/page/";

std::string_view Stem(std::string_view name) { return name.substr(0, name.rfind('.')); }
std::string_view Extension(std::string_view name) { return name.substr(name.rfind('.')); }

std::string VersionedName(const PageFile& file) {
  return registry::Concat(Stem(file.name), "-", file.version, Extension(file.name));
}

// Without the version, if there is one: "look_up-0123.css" is "look_up.css".
std::string PlainName(std::string_view name) {
  const size_t hyphen = name.rfind('-');
  const size_t dot = name.rfind('.');
  if (hyphen == std::string_view::npos || dot == std::string_view::npos || dot < hyphen) {
    return std::string(name);
  }
  return registry::Concat(name.substr(0, hyphen), name.substr(dot));
}

}  // namespace

std::string PageFilePath(std::string_view name) {
  const auto files = PageFiles();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const PageFile& file) { return file.name == name; });
  POSTEL_CHECK(found != files.end());
  return registry::Concat(kFolder, VersionedName(*found));
}

std::string_view MediaTypeOf(const PageFile& file) {
  const std::string_view extension = Extension(file.name);
  if (extension == ".css") return "text/css; charset=utf-8";
  if (extension == ".js") return "text/javascript; charset=utf-8";
  if (extension == ".svg") return "image/svg+xml";
  return "application/octet-stream";
}

FoundPageFile FindPageFile(std::string_view path) {
  if (path == "/favicon.ico") path = "/page/icon.svg";
  if (!path.starts_with(kFolder)) return {};
  const std::string_view name = path.substr(kFolder.size());
  for (const PageFile& file : PageFiles()) {
    if (name == VersionedName(file)) return {&file, true};
    if (PlainName(name) == file.name) return {&file, false};
  }
  return {};
}

}  // namespace whois
