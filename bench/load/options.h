#pragma once

#include <string>

namespace bench {

// What `epp-load` is asked to do.
struct Options {
  std::string host = "127.0.0.1";
  std::string port = "700";
  std::string ca, certificate, key;
  std::string user, password;
  std::string tld = "org";
  std::string command = "create";  // create, renew, check or info
  std::string registrant;          // an existing contact of that registrar
  std::string name_servers;        // existing hosts, comma-separated
  std::string prefix = "load";     // of the names it makes
  int sessions = 64;
  int seconds = 10;         // measured
  int warm_up_seconds = 1;  // before that, not counted
  int names = 20000;        // prepared for renew, check and info; made if they are not there
};

}  // namespace bench
