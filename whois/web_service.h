#pragma once

#include <boost/asio/awaitable.hpp>

#include "whois/bootstrap_file.h"
#include "whois/gate.h"
#include "whois/http_service.h"
#include "whois/page_service.h"
#include "whois/rdap_service.h"

namespace whois {

// All that we serve over HTTP, by path: RDAP, and what browsers want. What concerns every answer
// alike (methods, access, conditions, compression) is done here.
class WebService final : public HttpService {
 public:
  // Those given outlive this. Without a gate everybody is anonymous, and may ask as often as he
  // likes; without a bootstrap file there is none; without a page browsers get what all get.
  explicit WebService(const RdapService& rdap, const Gate* gate = nullptr,
                      const BootstrapFile* bootstrap = nullptr, const PageService* page = nullptr)
      : rdap_(rdap), gate_(gate), bootstrap_(bootstrap), page_(page) {}

  boost::asio::awaitable<HttpResponse> Answer(HttpRequest request) const override;
  HttpResponse Refuse(const RdapError& error) const override { return rdap_.Refuse(error); }
  absl::Time Now() const override { return rdap_.Now(); }

 private:
  boost::asio::awaitable<HttpResponse> Route(HttpRequest request, Access access) const;
  // What an authorised client gets: `response`, if it could be recorded.
  HttpResponse Recorded(HttpResponse response, const Gate::Passage& passage, HttpMethod method,
                        const std::string& target) const;
  HttpResponse Refused(const Refusal& refusal, const HttpRequest& request) const;
  bool IsBootstrap(const HttpRequest& request) const;

  const RdapService& rdap_;
  const Gate* const gate_;
  const BootstrapFile* const bootstrap_;
  const PageService* const page_;
};

}  // namespace whois
