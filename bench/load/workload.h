#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/options.h"

namespace bench {

// Decides what each session sends next, and learns from the answers. One thread.
class Workload {
 public:
  explicit Workload(const Options& options);

  // While true, what is sent prepares the run and is not measured: the names that renew, check and
  // info use.
  bool preparing() const { return prepared_ < wanted_; }

  struct Request {
    std::string frame;
    size_t name = 0;  // index of the name
    bool prepares = false;
  };
  // Nothing to send now: an empty frame (the others are still preparing, or all names are used up).
  Request Next();
  void OnAnswer(const Request& request, int code, std::string_view response);

 private:
  struct Name {
    std::string expiry_day;
    bool in_use = false;
  };
  std::string NameOf(size_t index) const;
  Request Prepare();
  Request Renew();

  Options options_;
  std::string run_;  // differs from run to run, so that created names do
  std::vector<Name> names_;
  size_t wanted_ = 0, handed_out_ = 0, prepared_ = 0;
  size_t next_ = 0;
};

}  // namespace bench
