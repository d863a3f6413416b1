#include "whois/page_parts.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "whois/date_words.h"
#include "whois/time_text.h"
#include "whois/url_encode.h"

namespace whois {
namespace {

using registry::Concat;

std::string_view ToneClass(Tone tone) {
  switch (tone) {
    case Tone::kPlain:
      return "plain";
    case Tone::kGood:
      return "good";
    case Tone::kNotice:
      return "notice";
    case Tone::kWarning:
      return "warning";
    case Tone::kBad:
      return "bad";
  }
  return "plain";
}

// Each tone has a shape of its own, for those who do not see colours.
void AddSign(Tone tone, Html& html) {
  html.Raw(
      "<svg class=\"sign\" viewBox=\"0 0 20 20\" width=\"20\" height=\"20\" aria-hidden=\"true\" "
      "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\" stroke-linecap=\"round\" "
      "stroke-linejoin=\"round\">");
  switch (tone) {
    case Tone::kPlain:
      html.Raw("<circle cx=\"10\" cy=\"10\" r=\"7.5\"/><path d=\"M7 10h6\"/>");
      break;
    case Tone::kGood:
      html.Raw("<circle cx=\"10\" cy=\"10\" r=\"7.5\"/><path d=\"M6.8 10.3l2.2 2.2 4.2-4.6\"/>");
      break;
    case Tone::kNotice:
      html.Raw("<circle cx=\"10\" cy=\"10\" r=\"7.5\"/><path d=\"M10 9.5v4M10 6.4v.1\"/>");
      break;
    case Tone::kWarning:
      html.Raw("<path d=\"M10 2.8l7.6 13.4H2.4z\"/><path d=\"M10 8v3.8M10 13.9v.1\"/>");
      break;
    case Tone::kBad:
      html.Raw(
          "<path d=\"M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9z\"/>"
          "<path d=\"M7.4 7.4l5.2 5.2M12.6 7.4l-5.2 5.2\"/>");
      break;
  }
  html.Raw("</svg>\n");
}

void OpenFact(std::string_view label, Html& html) { html.Open("div").Add("dt", label).Open("dd"); }

void CloseFact(Html& html) { html.Close().Close(); }

// A long name may be broken behind its dots.
void AddBreakable(std::string_view name, Html& html) {
  for (size_t from = 0; from < name.size();) {
    const size_t dot = name.find('.', from);
    const size_t end = dot == std::string_view::npos ? name.size() : dot + 1;
    html.Text(name.substr(from, end - from));
    if (end < name.size()) html.Raw("<wbr>");
    from = end;
  }
}

// RFC 3966: digits behind a plus sign.
std::string PhoneUrl(std::string_view number, std::string_view extension) {
  std::string url = "tel:";
  for (const char c : number) {
    if (c == '+' || absl::ascii_isdigit(static_cast<unsigned char>(c))) url += c;
  }
  return extension.empty() ? url : Concat(url, ";ext=", UrlEncode(extension));
}

// RFC 6068: "@" stands for itself.
std::string MailUrl(std::string_view address) {
  const size_t at = address.rfind('@');
  if (at == std::string_view::npos) return Concat("mailto:", UrlEncode(address));
  return Concat("mailto:", UrlEncode(address.substr(0, at)), "@",
                UrlEncode(address.substr(at + 1)));
}

void AddItemLink(std::string_view url, std::string_view text, Html& html) {
  html.Open("li").Add("a", {{"href", url}}, text).Close();
}

}  // namespace

void BeginAnswer(const Subject& subject, const PageContext& context, Html& html) {
  html.Open("article", {{"id", "answer"}, {"tabindex", "-1"}, {"aria-labelledby", "subject"}});
  html.Open("header", {{"class", "subject"}});
  html.Add("p", {{"class", "kind"}}, subject.kind);
  html.Open("h1", {{"id", "subject"}}).Open("bdi");
  AddBreakable(subject.name, html);
  html.Close().Close();
  if (!subject.ascii.empty()) {
    html.Open("p", {{"class", "ascii"}}).Text("In the DNS: ").Open("code");
    AddBreakable(subject.ascii, html);
    html.Close().Close();
  }
  if (!subject.json_path.empty()) {
    html.Open("p", {{"class", "actions"}, {"data-name", subject.name}});
    html.Add("a",
             {{"class", "action"},
              {"id", "json"},
              {"href", Concat(context.base_path, subject.json_path)},
              {"type", "application/rdap+json"}},
             "Raw data (JSON)");
    html.Close();
  }
  html.Close();
}

void EndAnswer(Html& html) { html.Close(); }

void AddState(Tone tone, std::string_view title, std::string_view sentence, Html& html) {
  html.Open("div", {{"class", Concat("state ", ToneClass(tone))}});
  AddSign(tone, html);
  html.Open("div").Add("h2", {{"id", "state"}}, title).Add("p", sentence).Close();
  html.Close();
}

void OpenCard(Html::Literal id, std::string_view heading, Html& html) {
  const std::string heading_id = Concat(id.text(), "-heading");
  html.Open("section", {{"class", "card"}, {"id", id.text()}, {"aria-labelledby", heading_id}});
  html.Add("h2", {{"id", heading_id}}, heading);
}

void AddFact(std::string_view label, std::string_view value, Html& html) {
  if (value.empty()) return;
  OpenFact(label, html);
  html.Add("bdi", value);
  CloseFact(html);
}

void AddDate(std::string_view label, const std::optional<absl::Time>& date,
             const PageContext& context, Html& html) {
  if (!date) return;
  OpenFact(label, html);
  html.Add("time", {{"datetime", TimeText(*date)}}, DateWords(*date)).Text(" ");
  html.Add("span", {{"class", "ago"}}, RelativeWords(*date, context.as_of));
  CloseFact(html);
}

void AddWebLink(std::string_view label, std::string_view url, Html& html) {
  if (!IsWebUrl(url)) return AddFact(label, url, html);
  OpenFact(label, html);
  html.Add("a", {{"href", url}, {"rel", "noopener"}}, url);
  CloseFact(html);
}

void AddMail(std::string_view label, std::string_view address, Html& html) {
  if (address.empty()) return;
  OpenFact(label, html);
  html.Add("a", {{"href", MailUrl(address)}}, address);
  CloseFact(html);
}

void AddPhone(std::string_view label, std::string_view number, std::string_view extension,
              Html& html) {
  if (number.empty()) return;
  OpenFact(label, html);
  html.Add("a", {{"href", PhoneUrl(number, extension)}},
           extension.empty() ? std::string(number) : Concat(number, " ext. ", extension));
  CloseFact(html);
}

void AddAddress(const Address& address, Html& html) {
  std::vector<std::string> lines = address.street;
  std::string place = address.city;
  for (const std::string& part : {address.state, address.postal_code}) {
    if (!part.empty()) place += Concat(place.empty() ? "" : ", ", part);
  }
  if (!place.empty()) lines.push_back(std::move(place));
  if (lines.empty() && address.country.empty()) return;
  OpenFact("Address", html);
  for (const std::string& line : lines) {
    html.Open("span", {{"class", "line"}}).Add("bdi", line).Close();
  }
  if (!address.country.empty()) {
    html.Open("span", {{"class", "line"}});
    html.Add("span", {{"data-country", address.country}}, address.country).Close();
  }
  CloseFact(html);
}

void AddRegistrarLink(const RegistrarView& registrar, const PageContext& context, Html& html) {
  if (registrar.name.empty()) return;
  OpenFact("Registrar", html);
  html.Open("a", {{"href", LookUpUrl(context, Concat("registrar ", registrar.handle))}});
  html.Add("bdi", registrar.name).Close();
  CloseFact(html);
}

void AddNameLink(const registry::DomainName& name, std::string_view query,
                 const PageContext& context, Html& html) {
  const std::string unicode = name.ToUnicode();
  html.Open("a", {{"class", "name"}, {"href", LookUpUrl(context, query)}}).Open("bdi");
  AddBreakable(unicode, html);
  html.Close().Close();
  if (unicode != name.text()) html.Raw(" ").Add("code", {{"class", "ascii"}}, name.text());
}

void AddStatuses(const std::vector<std::string_view>& words, Html& html) {
  if (words.empty()) return;
  OpenCard("statuses", "Status", html);
  html.Open("ul", {{"class", "statuses"}, {"role", "list"}});
  for (std::string_view word : words) {
    const StatusWords status = ExplainStatus(word);
    html.Open("li", {{"class", ToneClass(status.tone)}});
    AddSign(status.tone, html);
    html.Open("div").Add("h3", status.title).Add("code", status.word);
    html.Add("p", status.sentence).Close().Close();
  }
  html.Close().Close();
}

void AddSources(std::string_view json_path, std::string_view registrar_rdap,
                const PageContext& context, Html& html) {
  OpenCard("sources", "About this answer", html);
  html.Open("p").Text("As the registry had it on ");
  html.Add("time", {{"datetime", TimeText(context.as_of)}, {"id", "as-of"}},
           DateWords(context.as_of));
  html.Text(".").Close();
  html.Open("ul", {{"class", "links"}, {"role", "list"}});
  AddItemLink(Concat(context.base_path, json_path), "The raw data of the registry (RDAP, JSON)",
              html);
  if (IsWebUrl(registrar_rdap)) {
    AddItemLink(registrar_rdap, "The registrar\u2019s own data (RDAP, JSON)", html);
  }
  AddItemLink("https://icann.org/wicf", "Report that something here is wrong, to ICANN", html);
  html.Close().Close();
}

}  // namespace whois
