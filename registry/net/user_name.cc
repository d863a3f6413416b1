#include "registry/net/user_name.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "registry/base/utf8.h"

namespace registry::net {

std::string UserName() {
  const char* sudo = std::getenv("SUDO_USER");
  if (sudo != nullptr && *sudo != '\0') return Excerpt(sudo);
  const passwd* user = getpwuid(getuid());
  return user != nullptr ? user->pw_name : std::to_string(getuid());
}

}  // namespace registry::net
