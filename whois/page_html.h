#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/types/ip_address.h"
#include "whois/page_frame.h"
#include "whois/page_query.h"
#include "whois/view.h"

// The pages: whole HTML documents, written from views.
namespace whois {

std::string PageHtml(const DomainView& domain, const PageContext& context);
std::string PageHtml(const HostView& host, const PageContext& context);
std::string PageHtml(const RegistrarView& registrar, const PageContext& context);
std::string PageHtml(const ContactEntityView& contact, const PageContext& context);
// The name servers with an address, not none. `cut`: there are more.
std::string PageHtml(const registry::IpAddress& address, const std::vector<HostView>& hosts,
                     bool cut, const PageContext& context);

// The field and nothing else.
std::string HomeHtml(const PageContext& context);
// What was typed is no query; `problem` says why.
std::string ProblemHtml(std::string_view problem, const PageContext& context);
// The registry has nothing of that.
std::string NotFoundHtml(const PageQuery& query, const PageContext& context);
// Nothing can be answered now. `status` of HTTP; the page has something to say about 429 and 503.
std::string ErrorHtml(int status, const PageContext& context);

}  // namespace whois
