// The pages that show no object: the field alone, and what to do when there is no answer.
#include <algorithm>
#include <vector>

#include "registry/base/text.h"
#include "whois/page_html.h"
#include "whois/page_parts.h"

namespace whois {
namespace {

using registry::Concat;
using registry::DomainName;

constexpr size_t kMostGuesses = 4;

void AddExample(std::string_view query, std::string_view what, const PageContext& context,
                Html& html) {
  html.Open("li").Open("a", {{"href", LookUpUrl(context, query)}});
  html.Add("code", query).Close();
  html.Raw(" ").Add("span", what).Close();
}

void AddExamples(const PageContext& context, Html& html) {
  const std::string tld = context.tlds.empty() ? "org" : context.tlds.front();
  html.Open("section", {{"class", "examples"}, {"aria-labelledby", "examples"}});
  html.Add("h2", {{"id", "examples"}}, "For example");
  html.Open("ul", {{"role", "list"}});
  AddExample(Concat("example.", tld), "a domain name, in any script", context, html);
  AddExample(Concat("nameserver ns1.example.", tld), "a name server", context, html);
  AddExample("192.0.2.1", "the name servers at an IP address", context, html);
  AddExample("registrar 9999", "a registrar, by its name or IANA ID", context, html);
  html.Close().Close();
}

bool Holds(const PageContext& context, std::string_view tld) {
  return std::find(context.tlds.begin(), context.tlds.end(), tld) != context.tlds.end();
}

void AddGuesses(const std::vector<std::string>& guesses, const PageContext& context, Html& html) {
  if (guesses.empty()) return;
  html.Open("div", {{"class", "guesses"}}).Add("p", "Did you mean");
  html.Open("ul", {{"role", "list"}});
  for (const std::string& guess : guesses) {
    html.Open("li").Add("a", {{"class", "name"}, {"href", LookUpUrl(context, guess)}}, guess);
    html.Close();
  }
  html.Close().Close();
}

void BeginMessage(std::string_view kind, std::string_view heading, const PageContext& context,
                  Html& html) {
  PageHead head;
  head.title = heading;
  BeginPage(context, head, html);
  BeginAnswer({kind, std::string(heading), "", ""}, context, html);
  html.Open("section", {{"class", "card summary"}, {"aria-labelledby", "state"}});
}

std::string EndMessage(const PageContext& context, Html& html) {
  html.Close();
  EndAnswer(html);
  EndPage(context, html);
  return html.Take();
}

void AddNameNotFound(const DomainName& name, const PageContext& context, Html& html) {
  const std::string unicode = name.ToUnicode();
  const std::string tld = unicode.substr(unicode.rfind('.') + 1);
  if (!Holds(context, tld)) {
    AddState(Tone::kPlain, "Kept by another registry",
             Concat("Names under .", tld,
                    " are not in this registry, so it cannot tell anything "
                    "about this one."),
             html);
    html.Open("p", {{"class", "more"}}).Text("Try ");
    html.Add("a", {{"href", "https://lookup.icann.org/"}}, "ICANN\u2019s look-up");
    html.Text(", which asks the registry that knows.").Close();
    return;
  }
  if (name.label_count() > 2) {
    AddState(Tone::kPlain, "Not in the registry",
             Concat("The registry keeps names directly under .", tld,
                    ". What is below one of them is up to its holder."),
             html);
    AddGuesses({name.Ancestors().back().ToUnicode()}, context, html);
    return;
  }
  AddState(Tone::kPlain, "Not in the registry",
           "The registry holds no such name. That does not mean that you can have it: it may be "
           "reserved or blocked, or not be allowed at all.",
           html);
  html.Add(
      "p", {{"class", "more"}},
      "If you want to register it, ask a registrar of your choice: it can find out in a moment "
      "whether the name is free, and what it costs.");
}

void AddTextNotFound(const PageQuery& query, const PageContext& context, Html& html) {
  AddState(Tone::kPlain, "Not in the registry",
           "The registry knows no registrar of this name or number. A domain name has a dot in it, "
           "such as example.org.",
           html);
  std::vector<std::string> guesses;
  for (const std::string& tld : context.tlds) {
    const std::string guess = Concat(query.registrar, ".", tld);
    if (guesses.size() < kMostGuesses && DomainName::FromUnicode(guess).ok()) {
      guesses.push_back(guess);
    }
  }
  AddGuesses(guesses, context, html);
}

}  // namespace

std::string HomeHtml(const PageContext& context) {
  PageHead head;
  head.home = true;
  Html html;
  BeginPage(context, head, html);
  AddExamples(context, html);
  EndPage(context, html);
  return html.Take();
}

std::string ProblemHtml(std::string_view problem, const PageContext& context) {
  PageHead head;
  head.title = "Please correct the name";
  head.problem = problem;
  head.home = true;
  Html html;
  BeginPage(context, head, html);
  AddExamples(context, html);
  EndPage(context, html);
  return html.Take();
}

std::string NotFoundHtml(const PageQuery& query, const PageContext& context) {
  Html html;
  if (query.domain) {
    BeginMessage("Domain name", query.domain->ToUnicode(), context, html);
    AddNameNotFound(*query.domain, context, html);
  } else if (query.host) {
    BeginMessage("Name server", query.host->ToUnicode(), context, html);
    AddState(Tone::kPlain, "Not in the registry",
             "The registry knows no such name server. It knows those that names in it use or have "
             "used, not all in the world.",
             html);
  } else if (query.address) {
    BeginMessage("IP address", query.address->ToString(), context, html);
    AddState(Tone::kPlain, "Not in the registry",
             "No name server in this registry has this address. Who holds the address itself is "
             "known to the Regional Internet Registries.",
             html);
  } else if (!query.roid.empty()) {
    BeginMessage("Contact", query.typed, context, html);
    AddState(Tone::kPlain, "Not published",
             "The registry has no such contact, or it publishes nothing of it.", html);
  } else {
    BeginMessage("Registrar", query.typed, context, html);
    AddTextNotFound(query, context, html);
  }
  return EndMessage(context, html);
}

std::string ErrorHtml(int status, const PageContext& context) {
  Html html;
  if (status == 429) {
    BeginMessage("Please wait", "Too many look-ups", context, html);
    AddState(Tone::kWarning, "Please wait a little",
             "Many look-ups have come from your network in a short time. In a minute or so you can "
             "go on.",
             html);
  } else if (status == 503) {
    BeginMessage("Please wait", "No answer right now", context, html);
    AddState(Tone::kWarning, "The registry cannot answer at the moment",
             "That says nothing about the name. Please try again in a few seconds.", html);
  } else {
    BeginMessage("Error", "This did not work", context, html);
    AddState(Tone::kWarning, "There is nothing at this address",
             "Please look the name up with the field above.", html);
  }
  if ((status == 429 || status == 503) && !context.typed.empty()) {
    html.Open("p", {{"class", "more"}});
    html.Add("a", {{"class", "action"}, {"href", LookUpUrl(context, context.typed)}}, "Try again");
    html.Close();
  }
  return EndMessage(context, html);
}

}  // namespace whois
