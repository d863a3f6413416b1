#include "whois/page_frame.h"

#include "registry/base/text.h"
#include "whois/page_files.h"
#include "whois/url_encode.h"

namespace whois {
namespace {

using registry::Concat;

constexpr size_t kMostTlds = 8;  // that home names

void AddHead(const PageContext& context, const PageHead& head, Html& html) {
  const auto file = [&](std::string_view name) {
    return Concat(context.base_path, PageFilePath(name));
  };
  html.Open("head").Void("meta", {{"charset", "utf-8"}});
  html.Add("title", head.title.empty() ? context.service_name
                                       : Concat(head.title, " \u00b7 ", context.service_name));
  html.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.Void("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  if (!head.home) html.Void("meta", {{"name", "robots"}, {"content", "noindex, nofollow"}});
  html.Void("link", {{"rel", "icon"}, {"href", file("icon.svg")}, {"type", "image/svg+xml"}});
  html.Void("link", {{"rel", "stylesheet"}, {"href", file("look_up.css")}});
  html.Open("script", {{"src", file("look_up.js")}, {"defer", ""}}).Close();
  html.Close();
}

void AddBrand(const PageContext& context, Html& html) {
  html.Open("header", {{"class", "site"}});
  html.Open("a", {{"class", "brand"}, {"href", Concat(context.base_path, "/")}});
  html.Void("img", {{"src", Concat(context.base_path, PageFilePath("icon.svg"))},
                    {"alt", ""},
                    {"width", "28"},
                    {"height", "28"}});
  html.Add("span", context.service_name).Close().Close();
}

void AddInput(const PageContext& context, const PageHead& head, Html& html) {
  const bool wrong = !head.problem.empty();
  Html::AttributeList attributes = {{"type", "search"},
                                    {"id", "q"},
                                    {"name", "q"},
                                    {"value", context.typed},
                                    {"maxlength", "1024"},
                                    {"autocomplete", "off"},
                                    {"autocapitalize", "none"},
                                    {"autocorrect", "off"},
                                    {"spellcheck", "false"},
                                    {"enterkeyhint", "search"},
                                    {"aria-describedby", wrong ? "problem hint" : "hint"},
                                    {"required", ""}};
  if (wrong) attributes.push_back({"aria-invalid", "true"});
  // Where there is nothing else to read, typing goes to the field at once.
  if (head.home) attributes.push_back({"autofocus", ""});
  html.Void("input", attributes);
}

void AddForm(const PageContext& context, const PageHead& head, Html& html) {
  html.Open("form", {{"class", "finder"},
                     {"role", "search"},
                     {"method", "get"},
                     {"action", Concat(context.base_path, "/")}});
  html.Add("label", {{"for", "q"}}, "Name to look up");
  html.Open("div", {{"class", "field"}});
  AddInput(context, head, html);
  html.Add("button", {{"type", "submit"}}, "Look up").Close();
  if (!head.problem.empty()) {
    html.Add("p", {{"class", "problem"}, {"id", "problem"}}, head.problem);
  }
  html.Add("p", {{"class", "hint"}, {"id", "hint"}},
           "A domain name, a name server, an IP address, or a registrar by name or IANA ID");
  html.Close();
}

std::string TldList(const std::vector<std::string>& tlds) {
  std::string text;
  const size_t shown = tlds.size() > kMostTlds ? kMostTlds : tlds.size();
  for (size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == shown && shown == tlds.size();
    text += Concat(i == 0 ? "" : last ? " and " : ", ", ".", tlds[i]);
  }
  return shown < tlds.size() ? Concat(text, " and ", tlds.size() - shown, " more") : text;
}

}  // namespace

void BeginPage(const PageContext& context, const PageHead& head, Html& html) {
  html.Raw("<!doctype html>\n").Open("html", {{"lang", "en"}});
  AddHead(context, head, html);
  html.Open("body", {{"class", head.home ? "home" : "answered"}});
  html.Add("a", {{"class", "skip"}, {"href", head.home ? "#q" : "#answer"}},
           head.home ? "Skip to the search field" : "Skip to the answer");
  AddBrand(context, html);
  html.Open("main");
  if (head.home) {
    html.Add("h1", context.service_name);
    html.Add(
        "p", {{"class", "lead"}},
        context.tlds.empty()
            ? std::string("Whether a name is registered, through whom, and what state it is in.")
            : Concat("Whether a name under ", TldList(context.tlds),
                     " is registered, through whom, and what state it is in."));
  }
  AddForm(context, head, html);
}

void EndPage(const PageContext& context, Html& html) {
  html.Close();  // main
  html.Open("footer", {{"class", "site"}}).Open("ul");
  html.Open("li").Add("a", {{"href", context.terms_url}}, "Terms of service").Close();
  html.Open("li")
      .Add("a", {{"href", Concat(context.base_path, "/help")}}, "For programs: RDAP")
      .Close();
  html.Open("li")
      .Add("a", {{"href", "https://icann.org/epp"}}, "More on status words, at ICANN")
      .Close();
  html.Close().Close();  // footer
  html.Open("p", {{"id", "say"}, {"class", "unseen"}, {"role", "status"}}).Close();
  html.Close().Close();  // body, html
}

std::string LookUpUrl(const PageContext& context, std::string_view text) {
  return Concat(context.base_path, "/?q=", UrlEncode(text));
}

}  // namespace whois
