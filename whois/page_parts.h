#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/types/domain_name.h"
#include "whois/html.h"
#include "whois/page_frame.h"
#include "whois/status_words.h"
#include "whois/view.h"

// What the pages of several kinds of objects are made of.
namespace whois {

// The answer: what it is about, and what can be done with it. `json_path`: of the same answer in
// RDAP, below our base; empty: there is none.
struct Subject {
  std::string_view kind;  // "Domain name"
  std::string name;
  std::string ascii;  // the name in A-labels; empty: it has no other form
  std::string json_path;
};
void BeginAnswer(const Subject& subject, const PageContext& context, Html& html);
void EndAnswer(Html& html);

// A sentence with a sign, in the colour of its tone.
void AddState(Tone tone, std::string_view title, std::string_view sentence, Html& html);

// A box with a heading; `id` for links and tests. Closed with html.Close().
void OpenCard(Html::Literal id, std::string_view heading, Html& html);

// Entries of a <dl>; those without a value write nothing.
void AddFact(std::string_view label, std::string_view value, Html& html);
void AddDate(std::string_view label, const std::optional<absl::Time>& date,
             const PageContext& context, Html& html);
void AddWebLink(std::string_view label, std::string_view url, Html& html);
void AddMail(std::string_view label, std::string_view address, Html& html);
void AddPhone(std::string_view label, std::string_view number, std::string_view extension,
              Html& html);
// What is there of it; empty texts are left out.
struct Address {
  std::vector<std::string> street;
  std::string city, state, postal_code;
  std::string country;  // ISO 3166-1 alpha-2
};
void AddAddress(const Address& address, Html& html);
void AddRegistrarLink(const RegistrarView& registrar, const PageContext& context, Html& html);

// A name in both forms, as a link that looks `query` up.
void AddNameLink(const registry::DomainName& name, std::string_view query,
                 const PageContext& context, Html& html);

void AddStatuses(const std::vector<std::string_view>& words, Html& html);

// When the data are of, and where else they can be had. `registrar_rdap` may be empty.
void AddSources(std::string_view json_path, std::string_view registrar_rdap,
                const PageContext& context, Html& html);

}  // namespace whois
