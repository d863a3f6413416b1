#include "tests/fuzz/xml_mutator.h"

#include <set>
#include <sstream>
#include <utility>

namespace fuzz {
namespace {

constexpr unsigned kOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_comments |
                              pugi::parse_declaration | pugi::parse_ws_pcdata_single;
constexpr size_t kLongestWord = 64;

bool Load(std::string_view xml, pugi::xml_document& document) {
  return document.load_buffer(xml.data(), xml.size(), kOptions, pugi::encoding_utf8) &&
         document.document_element();
}

std::string Save(const pugi::xml_document& document) {
  std::ostringstream out;
  document.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return std::move(out).str();
}

bool IsElement(const pugi::xml_node& node) { return node.type() == pugi::node_element; }

template <class Visit>
void ForEachElement(pugi::xml_node node, Visit visit) {
  if (IsElement(node)) visit(node);
  for (pugi::xml_node child : node.children()) ForEachElement(child, visit);
}

std::vector<pugi::xml_node> ElementsOf(const pugi::xml_node& root) {
  std::vector<pugi::xml_node> elements;
  ForEachElement(root, [&](pugi::xml_node node) { elements.push_back(node); });
  return elements;
}

}  // namespace

XmlMutator::XmlMutator(const std::vector<std::string>& texts, Change change)
    : change_(std::move(change)) {
  for (const std::string& text : texts) {
    pugi::xml_document document;
    if (Load(text, document)) donors_.push_back(std::move(document));
  }
}

pugi::xml_node XmlMutator::AnyElement(const pugi::xml_node& root) {
  const std::vector<pugi::xml_node> elements = ElementsOf(root);
  return elements.empty() ? pugi::xml_node() : elements[Below(elements.size())];
}

// Of that name in some other document; of any name if there is none, or none is given.
pugi::xml_node XmlMutator::Donor(std::string_view name) {
  if (donors_.empty()) return {};
  for (int attempt = 0; attempt < 8 && !name.empty(); ++attempt) {
    for (const pugi::xml_node& node : ElementsOf(donors_[Below(donors_.size())])) {
      if (node.name() == name && Below(2) == 0) return node;
    }
  }
  return AnyElement(donors_[Below(donors_.size())]);
}

std::string XmlMutator::Mutate(std::string_view xml, uint32_t seed) {
  pugi::xml_document document;
  if (!Load(xml, document)) return std::string(xml);
  random_.seed(seed);
  for (size_t i = 0, n = 1 + Below(3); i < n; ++i) Damage(document);
  return Save(document);
}

std::string XmlMutator::Cross(std::string_view xml, std::string_view other, uint32_t seed) {
  pugi::xml_document document, donor;
  if (!Load(xml, document) || !Load(other, donor)) return std::string(xml);
  random_.seed(seed);
  pugi::xml_node node = AnyElement(document);
  std::vector<pugi::xml_node> same;
  ForEachElement(donor, [&](pugi::xml_node each) {
    if (std::string_view(each.name()) == node.name()) same.push_back(each);
  });
  if (same.empty()) {
    node.append_copy(AnyElement(donor));
  } else if (pugi::xml_node parent = node.parent()) {
    parent.insert_copy_after(same[Below(same.size())], node);
    parent.remove_child(node);
  }
  return Save(document);
}

void XmlMutator::Damage(pugi::xml_document& document) {
  pugi::xml_node node = AnyElement(document);
  pugi::xml_node parent = node.parent();
  if (!node || !parent) return;
  switch (Below(12)) {
    case 0:
      if (IsElement(parent)) parent.remove_child(node);
      break;
    case 1:
      if (IsElement(parent)) parent.insert_copy_after(node, node);
      break;
    case 2:  // behind its next sibling
      if (pugi::xml_node next = node.next_sibling()) parent.insert_move_after(node, next);
      break;
    case 3:  // elsewhere
      if (IsElement(parent)) {
        pugi::xml_node to = AnyElement(document);
        to.append_copy(node);
        parent.remove_child(node);
      }
      break;
    case 4:
      node.append_copy(Donor(""));
      break;
    case 5:
      if (const pugi::xml_node donor = Donor("")) node.set_name(donor.name());
      break;
    case 6:
    case 7:  // likely to be valid
      if (const pugi::xml_node donor = Donor(node.name()); donor && IsElement(parent)) {
        parent.insert_copy_after(donor, node);
        parent.remove_child(node);
      }
      break;
    case 8:
      ChangeAttributes(node);
      break;
    default:
      ChangeText(node);
  }
}

void XmlMutator::ChangeAttributes(pugi::xml_node node) {
  std::vector<pugi::xml_attribute> attributes;
  for (const pugi::xml_attribute& attribute : node.attributes()) attributes.push_back(attribute);
  if (attributes.empty() || Below(4) == 0) {
    if (const pugi::xml_attribute other = Donor("").first_attribute()) node.append_copy(other);
    return;
  }
  pugi::xml_attribute attribute = attributes[Below(attributes.size())];
  if (Below(4) == 0) {
    node.remove_attribute(attribute);
  } else {
    attribute.set_value(change_(attribute.value()).c_str());
  }
}

void XmlMutator::ChangeText(pugi::xml_node node) {
  for (int i = 0; i < 6 && node.first_child() && IsElement(node.first_child()); ++i) {
    node = AnyElement(node);  // mostly what has a text
  }
  for (pugi::xml_node child : node.children()) {
    if (child.type() != pugi::node_pcdata && child.type() != pugi::node_cdata) continue;
    child.set_value(change_(child.value()).c_str());
    return;
  }
  node.append_child(pugi::node_pcdata).set_value(change_("").c_str());
}

std::vector<std::string> WordsOf(const std::vector<std::string>& texts) {
  std::set<std::string> words;
  for (const std::string& text : texts) {
    pugi::xml_document document;
    if (!Load(text, document)) continue;
    ForEachElement(document, [&](pugi::xml_node node) {
      words.insert(node.name());
      words.insert(node.text().get());
      for (const pugi::xml_attribute& attribute : node.attributes()) {
        words.insert(attribute.name());
        words.insert(attribute.value());
      }
    });
  }
  std::erase_if(words, [](const std::string& word) {
    return word.empty() || word.size() > kLongestWord ||
           word.find_first_not_of(" \t\r\n") == std::string::npos;
  });
  return {words.begin(), words.end()};
}

}  // namespace fuzz
