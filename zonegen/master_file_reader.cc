#include "zonegen/master_file_reader.h"

#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "zonegen/knot.h"

namespace zonegen {
namespace {

using registry::Concat;

bool HasNames(uint16_t type) {
  return type != kTypeA && type != kTypeAaaa && type != kTypeDs && type != kTypeTxt;
}

// Names in rdata in lower case, as RFC 4034 section 6.2 has them. False if they are none: the
// generic form of RFC 3597 section 5 (`TYPE2 \# 1 01`) takes any octets.
bool TakeRdata(const zs_scanner_t& scanner, std::string* rdata) {
  const auto* data = reinterpret_cast<const char*>(scanner.r_data);
  rdata->assign(data, scanner.r_data_length);
  if (!HasNames(scanner.r_type)) return true;
  std::string wire(1, '\0');  // the root's record
  const auto append = [&wire](unsigned number) {
    wire.push_back(static_cast<char>(number >> 8 & 0xff));
    wire.push_back(static_cast<char>(number & 0xff));
  };
  for (unsigned number : {unsigned{scanner.r_type}, unsigned{KNOT_CLASS_IN}, 0u, 0u,
                          static_cast<unsigned>(scanner.r_data_length)}) {
    append(number);
  }
  wire += *rdata;
  knot_rrset_t rrset;
  size_t at = 0;
  if (knot_rrset_rr_from_wire(reinterpret_cast<const uint8_t*>(wire.data()), &at, wire.size(),
                              &rrset, nullptr, true) != KNOT_EOK) {
    return false;
  }
  const bool one = rrset.rrs.count == 1;
  if (one) {
    rdata->assign(reinterpret_cast<const char*>(rrset.rrs.rdata->data), rrset.rrs.rdata->len);
  }
  knot_rrset_clear(&rrset, nullptr);
  return one;
}

}  // namespace

void MasterFileReader::Deinit::operator()(zs_scanner_t* scanner) const {
  zs_deinit(scanner);
  delete scanner;
}

MasterFileReader::~MasterFileReader() = default;

absl::Status MasterFileReader::Start(std::string_view tld, uint32_t ttl) {
  auto raw = std::make_unique<zs_scanner_t>();
  if (zs_init(raw.get(), Concat(tld, ".").c_str(), KNOT_CLASS_IN, ttl) != 0) {
    return absl::InternalError("cannot prepare the reader of zone files");
  }
  scanner_.reset(raw.release());
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<MasterFileReader>> MasterFileReader::Open(const std::string& file,
                                                                         std::string_view tld) {
  std::unique_ptr<MasterFileReader> reader(new MasterFileReader(file));
  if (absl::Status status = reader->Start(tld, 0); !status.ok()) return status;
  if (zs_set_input_file(reader->scanner_.get(), file.c_str()) != 0) {
    return absl::NotFoundError(
        Concat("cannot read ", file, ": ", zs_strerror(reader->scanner_->error.code)));
  }
  return reader;
}

absl::StatusOr<std::unique_ptr<MasterFileReader>> MasterFileReader::OfText(std::string_view text,
                                                                           std::string_view tld,
                                                                           uint32_t ttl) {
  std::unique_ptr<MasterFileReader> reader(new MasterFileReader("a record"));
  if (absl::Status status = reader->Start(tld, ttl); !status.ok()) return status;
  if (zs_set_input_string(reader->scanner_.get(), text.data(), text.size()) != 0) {
    return absl::InternalError("cannot read the text of a zone");
  }
  return reader;
}

absl::Status MasterFileReader::Wrong(std::string_view why) const {
  return absl::InvalidArgumentError(Concat(file_, ", line ", scanner_->line_counter, ": ", why));
}

absl::StatusOr<bool> MasterFileReader::Next(std::string* owner, DnsRecord* record) {
  while (zs_parse_record(scanner_.get()) == 0) {
    if (scanner_->state == ZS_STATE_EOF) return false;
    if (scanner_->state == ZS_STATE_ERROR) return Wrong(zs_strerror(scanner_->error.code));
    if (scanner_->state == ZS_STATE_INCLUDE) return Wrong("$INCLUDE is not taken");
    if (scanner_->state != ZS_STATE_DATA) continue;
    knot_dname_to_lower(scanner_->r_owner);
    owner->assign(reinterpret_cast<const char*>(scanner_->r_owner), scanner_->r_owner_length);
    record->type = scanner_->r_type;
    record->ttl = scanner_->r_ttl;
    if (!TakeRdata(*scanner_, &record->rdata)) return Wrong("what stands there is no name");
    return true;
  }
  return Wrong(zs_strerror(scanner_->error.code));
}

}  // namespace zonegen
