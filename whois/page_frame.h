#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "whois/html.h"

// What all pages have in common: head, name of the service, the field to look up with, footer.
namespace whois {

struct PageContext {
  std::string base_path;     // of our public URL: "" or "/rdap"
  std::string service_name;  // what the operator calls it
  std::string terms_url;
  std::string typed;              // what stands in the field
  std::vector<std::string> tlds;  // that the registry holds names below, in U-labels, without a dot
  absl::Time as_of;               // of the data; of the answer where there are none
};

struct PageHead {
  std::string title;         // before the name of the service; empty: that name alone
  std::string_view problem;  // with what was typed; empty: none
  bool home = false;         // the page is the field, and little else
};

// Between the two: the content of <main>, with the page's <h1> in it unless it is home.
void BeginPage(const PageContext& context, const PageHead& head, Html& html);
void EndPage(const PageContext& context, Html& html);

// The URL of the page that looks `text` up.
std::string LookUpUrl(const PageContext& context, std::string_view text);

}  // namespace whois
