#include "registry/rules/rdap_bootstrap.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "registry/base/text.h"

namespace registry {

std::string RdapBootstrap(const Directory& directory, std::string_view base_url,
                          absl::Time publication) {
  namespace json = boost::json;
  json::array tlds;
  for (const TldPolicy* policy : directory.tlds()) tlds.emplace_back(policy->tld);
  const std::string url = Concat(base_url, base_url.ends_with('/') ? "" : "/");
  json::array services;
  if (!tlds.empty()) {
    json::array service;
    service.push_back(std::move(tlds));
    service.push_back(json::array{json::value(json::string(url))});
    services.push_back(std::move(service));
  }
  json::object file;
  file["description"] = "RDAP bootstrap file of the registry's own top-level domains";
  file["publication"] = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", publication, absl::UTCTimeZone());
  file["services"] = std::move(services);
  file["version"] = "1.0";
  return json::serialize(file);
}

}  // namespace registry
