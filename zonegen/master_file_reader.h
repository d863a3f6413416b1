#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "zonegen/dns_record.h"

typedef struct zs_scanner zs_scanner_t;

namespace zonegen {

// Reads master files (RFC 1035 section 5) record by record; $INCLUDE is refused. Owners, and names
// in rdata, come in lower case. Errors name the file and the line. Not thread-safe.
class MasterFileReader {
 public:
  static absl::StatusOr<std::unique_ptr<MasterFileReader>> Open(const std::string& file,
                                                                std::string_view tld);
  // `text` outlives the reader. `ttl`: where a line has none.
  static absl::StatusOr<std::unique_ptr<MasterFileReader>> OfText(std::string_view text,
                                                                  std::string_view tld,
                                                                  uint32_t ttl);
  ~MasterFileReader();

  // False at the end. `owner` in wire form.
  absl::StatusOr<bool> Next(std::string* owner, DnsRecord* record);

 private:
  explicit MasterFileReader(std::string file) : file_(std::move(file)) {}
  absl::Status Start(std::string_view tld, uint32_t ttl);
  absl::Status Wrong(std::string_view why) const;

  struct Deinit {
    void operator()(zs_scanner_t* scanner) const;
  };
  const std::string file_;
  std::unique_ptr<zs_scanner_t, Deinit> scanner_;
};

}  // namespace zonegen
