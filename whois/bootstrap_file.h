#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "registry/base/mutex.h"
#include "whois/http_message.h"
#include "whois/lookups.h"

namespace whois {

// Serves the bootstrap file of our own TLDs (registry/rules/rdap_bootstrap.h). Its time of
// publication is when this process first saw the TLDs as they are. Thread-safe.
class BootstrapFile {
 public:
  static constexpr char kPath[] = "/bootstrap/dns.json";  // below the public base

  // `lookups` outlives this.
  BootstrapFile(std::string base_url, const Lookups& lookups);
  HttpResponse Answer() const;

 private:
  const std::string base_url_;
  const Lookups& lookups_;
  mutable registry::Mutex mutex_;
  mutable int64_t version_ ABSL_GUARDED_BY(mutex_) = -1;  // of the directory it was made of
  mutable std::shared_ptr<const std::string> file_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace whois
