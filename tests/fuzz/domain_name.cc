// A domain name in a command, and one that somebody typed.
#include "registry/types/domain_name.h"

#include <algorithm>
#include <string>
#include <vector>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "tests/fuzz/target.h"

namespace fuzz {
namespace {

using registry::DomainName;
using registry::Outcome;

void CheckParts(const DomainName& name) {
  const std::string& text = name.text();
  POSTEL_CHECK(!text.empty() && text.size() <= 253);
  POSTEL_CHECK(std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  }));
  const std::vector<std::string_view> labels = registry::Split(text, '.');
  POSTEL_CHECK(std::ssize(labels) == name.label_count() && labels.size() >= 2);
  for (std::string_view label : labels) POSTEL_CHECK(!label.empty() && label.size() <= 63);
  POSTEL_CHECK(name.label() == labels.front() && name.tld() == labels.back());
  POSTEL_CHECK(registry::Concat(name.label(), ".", name.parent()) == text);
  POSTEL_CHECK(name.IsBelow(name.parent()) && name.IsBelow(name.tld()) && !name.IsBelow(text));
  POSTEL_CHECK(name.Ancestors().size() == labels.size() - 2);
}

// A TLD such as "ab--cd" is no business of ours, but libidn2 takes no U-label beside it.
bool HasReservedTld(const DomainName& name) {
  const std::string_view tld = name.tld();
  return tld.size() > 3 && tld.substr(2, 2) == "--" && !tld.starts_with("xn");
}

// Whoever is shown the name, in either form, can ask for it.
void CheckRoundTrip(const DomainName& name) {
  const Outcome<DomainName> again = DomainName::Parse(name.text());
  POSTEL_CHECK(again && *again == name);
  const Outcome<DomainName> typed = DomainName::FromUnicode(name.text());
  POSTEL_CHECK(typed && *typed == name);
  if (HasReservedTld(name)) return;
  const Outcome<DomainName> shown = DomainName::FromUnicode(name.ToUnicode());
  POSTEL_CHECK(shown && *shown == name);
}

}  // namespace

std::vector<std::string> Seeds() {
  return {"example.org",
          "EXAMPLE.org.",
          "ns1.b\u00fccher.example",
          "xn--bcher-kva.org",
          "xn--bcher-kva.xn--p1ai",
          "xn--fa-hia.org",
          "fa\u00df.org",
          "\uff21\uff22.org",
          "a\u3002org",
          "xn--mgba3gch31f060k.xn--mgbaam7a8h",
          "\u05d0\u05d1.org",
          "xn--ab-0ea.org",
          "1.2.3.4",
          "a--b.org",
          "-a.org",
          "a_b.org",
          "l\u00b7l.org",
          "xn--ll-0ea.org",
          "xn--1ch.org",
          std::string(63, 'a') + "." + std::string(63, 'b') + ".org",
          "org"};
}

bool Check(std::string_view input) {
  const Outcome<DomainName> name = DomainName::Parse(input);
  if (name) {
    CheckParts(*name);
    CheckRoundTrip(*name);
  }
  const Outcome<DomainName> typed = DomainName::FromUnicode(input);
  if (typed) CheckRoundTrip(*typed);
  POSTEL_CHECK(!name || (typed && *typed == *name));
  return name.ok();
}

}  // namespace fuzz
