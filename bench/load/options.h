#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bench {

// What `epp-load` is asked to do.
struct Options {
  std::string host = "127.0.0.1";
  std::string port = "700";
  std::string ca, certificate, key;
  std::vector<std::string> users;  // sessions are dealt out evenly
  std::string password;            // the same for all users
  std::string tld = "org";
  std::string registrant;                 // an existing contact
  std::vector<std::string> name_servers;  // existing hosts
  std::string prefix = "load";            // of the names it makes

  std::string command = "create";
  std::string mix = "check=70,info=15,renew=10,create=3,update=2";
  int sessions = 64;
  int seconds = 10;         // measured
  int warm_up_seconds = 1;  // before that, not counted
  double rate = 0;          // commands a second of all sessions; 0: a closed loop
  int pipeline = 1;         // commands that a session may have outstanding
  bool same_order = false;  // of a storm's names in all sessions
  bool survive = false;     // reconnects what breaks

  // Names that exist: names_prefix + first ... names_prefix + (first + names - 1), in the TLD, with
  // this expiry day (2027-11-25, UTC). Without names_prefix they are made before the measured time.
  std::string names_prefix;
  int first = 1;
  int names = 20000;
  std::string expiry;

  // Name servers that have to show what `delegations` changes, NAME=ADDRESS:PORT each, and the
  // share of the changes that are looked for.
  std::vector<std::string> watch;
  double watch_share = 1;

  std::string run;     // a part of all new names; empty: different in every run of the program
  std::string record;  // a file that gets a line for each create; empty: none
  std::string series;  // a file that gets a line of JSON for each measured second; empty: none
};

// Nothing, after a message, if the program is to end with `exit_code` at once.
std::optional<Options> ReadOptions(int argc, char** argv, int* exit_code);

}  // namespace bench
