#include "bench/load/workload.h"

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "bench/load/frames.h"
#include "registry/base/text.h"

namespace bench {

Workload::Workload(const Options& options)
    : options_(options), run_(std::to_string(absl::ToUnixMillis(absl::Now()) % 100000000)) {
  if (options_.command != "create") wanted_ = static_cast<size_t>(options_.names);
  names_.resize(wanted_);
}

std::string Workload::NameOf(size_t index) const {
  // Scattered over the alphabet, as names are: a sequence would be kind to the index of names.
  const auto scattered = static_cast<uint32_t>(index * 2654435761u);
  return registry::Concat("n", scattered, "-", options_.prefix, "-", run_, ".", options_.tld);
}

Workload::Request Workload::Next() {
  if (handed_out_ < wanted_) return Prepare();
  if (preparing()) return {};
  if (options_.command == "renew") return Renew();
  const size_t index = next_++;
  if (options_.command == "create") return {CreateFrame(options_, NameOf(index)), index, false};
  // A large odd step visits the names in an order that no cache is fond of.
  const size_t name = (index * 7919) % names_.size();
  if (options_.command == "check") return {CheckFrame(NameOf(name)), name, false};
  return {InfoFrame(NameOf(name)), name, false};
}

Workload::Request Workload::Prepare() {
  const size_t index = handed_out_++;
  return {CreateFrame(options_, NameOf(index)), index, true};
}

Workload::Request Workload::Renew() {
  for (size_t tried = 0; tried < names_.size(); ++tried) {
    const size_t index = next_++ % names_.size();
    Name& name = names_[index];
    if (name.in_use || name.expiry_day.empty()) continue;
    name.in_use = true;
    return {RenewFrame(NameOf(index), name.expiry_day), index, false};
  }
  return {};
}

void Workload::OnAnswer(const Request& request, int code, std::string_view response) {
  if (request.prepares) {
    ++prepared_;
    names_[request.name].expiry_day = ExpiryDayOf(response);
  } else if (options_.command == "renew") {
    Name& name = names_[request.name];
    name.in_use = false;
    // Ten years are the limit: a name that reached it is not renewed again.
    name.expiry_day = code == 1000 ? ExpiryDayOf(response) : "";
  }
}

}  // namespace bench
