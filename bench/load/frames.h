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
  // A create with two name servers, whose names follow.
  void Delegate(std::string_view name, std::string_view first, std::string_view second,
                std::string& out) const {
    delegate_.Append({name, first, second}, out);
  }
  void Redelegate(std::string_view name, std::string_view added, std::string_view removed,
                  std::string& out) const {
    redelegate_.Append({name, added, removed}, out);
  }
  // Adds a DS record with algorithm 13 and a SHA-256 digest in hexadecimal digits.
  void Secure(std::string_view name, std::string_view key_tag, std::string_view digest,
              std::string& out) const {
    secure_.Append({name, key_tag, digest}, out);
  }
  // Removes all DS records.
  void Unsecure(std::string_view name, std::string& out) const { unsecure_.Append({name}, out); }
  void Delete(std::string_view name, std::string& out) const { delete_.Append({name}, out); }
  void Hello(std::string& out) const { hello_.Append({}, out); }

 private:
  FrameTemplate create_, renew_, check_, info_, update_, hello_;
  FrameTemplate delegate_, redelegate_, secure_, unsecure_, delete_;
};

// With `sec_dns`, DS records are announced as well (RFC 5910).
void AppendLogin(std::string_view user, std::string_view password, bool sec_dns, std::string& out);

}  // namespace bench
