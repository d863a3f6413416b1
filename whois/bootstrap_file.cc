#include "whois/bootstrap_file.h"

#include <utility>

#include "registry/base/text.h"
#include "registry/rules/rdap_bootstrap.h"

namespace whois {

BootstrapFile::BootstrapFile(std::string base_url, const Lookups& lookups)
    : base_url_(std::move(base_url)), lookups_(lookups) {}

HttpResponse BootstrapFile::Answer() const {
  const std::shared_ptr<const registry::Directory> directory = lookups_.directory();
  HttpResponse response;
  response.media_type = "application/json";
  response.cache_control = "max-age=3600";
  response.entity_tag = registry::Concat("W/\"bootstrap-", directory->version, "\"");
  const registry::MutexLock lock(mutex_);
  if (version_ != directory->version) {
    version_ = directory->version;
    file_ = std::make_shared<const std::string>(
        registry::RdapBootstrap(*directory, base_url_, lookups_.Now()));
  }
  response.shared_body = file_;
  return response;
}

}  // namespace whois
