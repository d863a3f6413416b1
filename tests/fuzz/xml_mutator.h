#pragma once

#include <cstdint>
#include <functional>
#include <pugixml.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

// Documents that differ from others in their structure, and stay well-formed: elements are left
// out, doubled, exchanged, put elsewhere or replaced by those of that name in another document;
// texts and attributes become other ones.
class XmlMutator {
 public:
  // `texts`: documents to borrow from. `change`: another value for a text or an attribute.
  using Change = std::function<std::string(std::string_view value)>;
  XmlMutator(const std::vector<std::string>& texts, Change change);

  // The same for the same seed and document. What is no document comes back as it is.
  std::string Mutate(std::string_view xml, uint32_t seed);
  // With a part of `other` in it.
  std::string Cross(std::string_view xml, std::string_view other, uint32_t seed);

 private:
  size_t Below(size_t n) { return random_() % n; }
  pugi::xml_node AnyElement(const pugi::xml_node& root);
  pugi::xml_node Donor(std::string_view name);
  void Damage(pugi::xml_document& document);
  void ChangeAttributes(pugi::xml_node node);
  void ChangeText(pugi::xml_node node);

  std::vector<pugi::xml_document> donors_;
  const Change change_;
  std::minstd_rand random_;
};

// The words that stand in documents: names, values of attributes, texts, each once. For a
// dictionary.
std::vector<std::string> WordsOf(const std::vector<std::string>& texts);

}  // namespace fuzz
