#pragma once

#include <string>
#include <string_view>
#include <vector>

// Every command of EPP as a target of its own, by name: what is sent is mostly that command. Seeds
// are the requests of its golden files, and words those that stand in them.
namespace fuzz {

// "epp_domain_create" ...; in CMakeLists.txt, too.
std::vector<std::string_view> CommandTargets();

// The target's golden requests, and what runs of it have found (seeds/TARGET).
std::vector<std::string> CommandSeeds(std::string_view target);

// Sends the frame as the comment "session: ..." in it says (tests/epp/golden_test.cc), to a
// registry as it is there, with and without extensions. Whatever the frame is, what EppClient
// expects of the answer holds; a frame that says the same in other words is answered the same; what
// was created is there; what was deleted is gone, or pendingDelete. True if a command was
// understood and given to the registry.
bool CheckCommand(std::string_view frame);

// The same frame in other words: other prefixes, CDATA sections, comments between the elements.
// Nothing if it is no frame, or would go beyond the limits of one.
std::string InOtherWords(std::string_view frame);

}  // namespace fuzz
