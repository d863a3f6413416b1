#pragma once

#include <string>
#include <string_view>

#include "bench/load/frame_template.h"
#include "bench/load/options.h"

namespace bench {

// The data units that the load driver sends. Each is appended to `out`.
class Frames {
 public:
  // Of `options`, registrant and name servers are used.
  explicit Frames(const Options& options);

  void Create(std::string_view name, std::string& out) const { create_.Append({name}, out); }
  void Renew(std::string_view name, std::string_view expiry_day, std::string& out) const {
    renew_.Append({name, expiry_day}, out);
  }
  void Check(std::string_view name, std::string& out) const { check_.Append({name}, out); }
  void Info(std::string_view name, std::string& out) const { info_.Append({name}, out); }
  // Replaces the authInfo by one that ends with `variant`.
  void Update(std::string_view name, std::string_view variant, std::string& out) const {
    update_.Append({name, variant}, out);
  }
  void Hello(std::string& out) const { hello_.Append({}, out); }

 private:
  FrameTemplate create_, renew_, check_, info_, update_, hello_;
};

void AppendLogin(std::string_view user, std::string_view password, std::string& out);

}  // namespace bench
