#pragma once

#include <boost/asio/awaitable.hpp>

#include "whois/http_service.h"
#include "whois/page_service.h"
#include "whois/rdap_service.h"

namespace whois {

// All that we serve over HTTP, by path: RDAP, and what browsers want. What concerns every answer
// alike (methods, access, conditions, compression) is done here.
class WebService final : public HttpService {
 public:
  // Those given outlive this. Without a page browsers get what everybody gets.
  explicit WebService(const RdapService& rdap, const PageService* page = nullptr)
      : rdap_(rdap), page_(page) {}

  boost::asio::awaitable<HttpResponse> Answer(HttpRequest request) const override;
  HttpResponse Refuse(const RdapError& error) const override { return rdap_.Refuse(error); }
  absl::Time Now() const override { return rdap_.Now(); }

 private:
  boost::asio::awaitable<HttpResponse> Route(HttpRequest request) const;

  const RdapService& rdap_;
  const PageService* const page_;
};

}  // namespace whois
