#pragma once

#include <array>
#include <string_view>

// What names, persons and places are made of. The order counts: whoever changes a list changes all
// data that is made from it, and counts kEdition up (state.h).
namespace fill {

// None is the beginning of another, so that they can be read out of a text without separators.
extern const std::array<std::string_view, 512> kWords;

// For internationalised labels, none of ASCII only.
extern const std::array<std::string_view, 64> kLatinWords;
extern const std::array<std::string_view, 64> kCyrillicWords;
extern const std::array<std::string_view, 64> kHanCharacters;

extern const std::array<std::string_view, 32> kGivenNames;
extern const std::array<std::string_view, 32> kFamilyNames;

struct Place {
  std::string_view city, state, postal_code, country, dialling_code;
  std::string_view own_name;  // in the country's own script; empty: as `city`
};
extern const std::array<Place, 24> kPlaces;

}  // namespace fill
