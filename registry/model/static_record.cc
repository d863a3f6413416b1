#include "registry/model/static_record.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/types/domain_name.h"
#include "registry/types/ds_record.h"
#include "registry/types/ip_address.h"

namespace registry {
namespace {

constexpr size_t kLongestRecord = 4096;
constexpr size_t kLongestName = 253;
constexpr size_t kLongestLabel = 63;
constexpr size_t kLongestString = 255;        // octets, RFC 1035 section 3.3
constexpr uint32_t kLongestTtl = 2147483647;  // RFC 2181 section 8

absl::Status Wrong(std::string what) { return absl::InvalidArgumentError(std::move(what)); }

// The fields of a master-file line as they stand, quotes included; nothing if the line is not one
// whole record: control entries ($INCLUDE reads files), comments, parentheses, open quotes.
std::optional<std::vector<std::string>> Fields(std::string_view line) {
  const std::optional<size_t> length = PrintableLength(line);
  if (!length || *length == 0 || line.size() > kLongestRecord) return std::nullopt;
  if (line.front() == '$' || line.front() == ' ') return std::nullopt;
  std::vector<std::string> fields;
  for (size_t i = 0; i < line.size();) {
    if (line[i] == ' ') {
      ++i;
      continue;
    }
    const bool quoted = line[i] == '"';
    std::string field;
    if (quoted) field += line[i++];
    bool closed = !quoted;
    for (; i < line.size(); ++i) {
      if (!quoted && line[i] == ' ') break;
      field += line[i];
      if (line[i] == '\\') {
        if (++i == line.size()) return std::nullopt;
        field += line[i];
      } else if (line[i] == '"') {
        if (!quoted) return std::nullopt;
        closed = true;
        ++i;
        break;
      }
    }
    if (!closed || (quoted && i < line.size() && line[i] != ' ')) return std::nullopt;
    if (!quoted && field.find_first_of("();") != std::string::npos) return std::nullopt;
    fields.push_back(std::move(field));
  }
  return fields;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Whether the field is a <character-string>: at most 255 octets once its escapes (\DDD, \X) are
// resolved.
bool IsString(std::string_view field) {
  if (field.starts_with('"')) field = field.substr(1, field.size() - 2);
  size_t octets = 0;
  for (size_t i = 0; i < field.size(); ++i, ++octets) {
    if (field[i] != '\\') continue;
    ++i;  // Fields has seen to it that something follows
    if (!IsDigit(field[i])) continue;
    unsigned octet = 0;
    if (i + 3 > field.size() || !ParseNumber(field.substr(i, 3), &octet) || octet > 255) {
      return false;
    }
    i += 2;
  }
  return octets <= kLongestString;
}

bool IsLabel(std::string_view label, bool underscores) {
  if (label.empty() || label.size() > kLongestLabel) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::ranges::all_of(label, [&](char c) {
    return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '-' || (underscores && c == '_');
  });
}

// The absolute name that the field means, in lower case without the final dot; nothing if it is
// none. Underscores stand in names of services, not in those of hosts.
std::optional<std::string> AbsoluteName(const std::string& field, std::string_view tld,
                                        bool underscores) {
  std::string name = absl::AsciiStrToLower(field);
  if (name == "@") return std::string(tld);
  if (name.ends_with('.')) {
    name.pop_back();
  } else {
    name += Concat(".", tld);
  }
  if (name.size() > kLongestName) return std::nullopt;
  for (const std::string_view label : Split(name, '.')) {
    if (!IsLabel(label, underscores)) return std::nullopt;
  }
  return name;
}

bool IsIn(std::string_view name, std::string_view zone) {
  return name == zone || name.ends_with(Concat(".", zone));
}

template <class T>
bool IsNumber(const std::string& field) {
  T number{};
  return IsDigit(field.front()) && ParseNumber(field, &number);
}

// What the checks of one record's data share.
class DataReader {
 public:
  DataReader(std::vector<std::string> fields, std::string_view tld, StaticRecord& record)
      : fields_(std::move(fields)), tld_(tld), record_(record) {}

  absl::Status Read() {
    struct Form {
      std::string_view type;
      absl::Status (DataReader::*read)();
    };
    static constexpr Form kForms[] = {
        {"A", &DataReader::Address},     {"AAAA", &DataReader::Address}, {"CAA", &DataReader::Caa},
        {"CNAME", &DataReader::Cname},   {"DS", &DataReader::Ds},        {"MX", &DataReader::Mx},
        {"NS", &DataReader::NameServer}, {"SRV", &DataReader::Srv},      {"TXT", &DataReader::Txt}};
    const auto form = std::ranges::find(kForms, record_.type, &Form::type);
    if (form == std::end(kForms)) {
      return Wrong("the type is none of A, AAAA, CAA, CNAME, DS, MX, NS, SRV and TXT");
    }
    return (this->*form->read)();
  }

 private:
  absl::Status Address() {
    if (!OwnerIsHost()) return Wrong("the owner of an address is a host name");
    const auto family = record_.type == "A" ? IpAddress::Family::kV4 : IpAddress::Family::kV6;
    if (fields_.size() == 1) {
      const auto address = IpAddress::ParseAny(fields_[0]);
      if (address.ok() && address->family() == family) return absl::OkStatus();
    }
    return Wrong(record_.type == "A" ? "A needs an IPv4 address such as 192.0.2.1"
                                     : "AAAA needs an IPv6 address such as 2001:db8::1");
  }

  absl::Status Caa() {
    const bool right = fields_.size() == 3 && IsNumber<uint8_t>(fields_[0]) &&
                       fields_[1].size() <= 15 &&
                       std::ranges::all_of(fields_[1], absl::ascii_isalnum) && IsString(fields_[2]);
    return right ? absl::OkStatus() : Wrong("CAA looks like 0 issue \"ca.example.net\"");
  }

  absl::Status Cname() {
    if (AtApex()) return Wrong("there can be no CNAME at the apex");
    return fields_.size() == 1 && Target(fields_[0], /*underscores=*/true)
               ? absl::OkStatus()
               : Wrong("CNAME needs one domain name");
  }

  absl::Status Ds() {
    if (AtApex()) return Wrong("the apex has no DS: it stands in the root zone");
    std::string text;
    for (size_t i = 0; i < fields_.size(); ++i) {
      // The digest may be written in several groups.
      text += i == 0 || i > 3 ? fields_[i] : Concat(" ", fields_[i]);
    }
    return DsRecord::Parse(text).ok() ? absl::OkStatus()
                                      : Wrong("DS looks like 12345 13 2 and 64 hexadecimal digits");
  }

  absl::Status Mx() {
    if (!OwnerIsHost()) return Wrong("the owner of an MX is a host name");
    const bool right = fields_.size() == 2 && IsNumber<uint16_t>(fields_[0]) &&
                       (IsRoot(fields_[1]) || Target(fields_[1], /*underscores=*/false));
    return right ? absl::OkStatus() : Wrong("MX looks like 10 mail.example.net.");
  }

  absl::Status NameServer() {
    if (AtApex()) return Wrong("the zone's own name servers are settings `name_server`");
    return fields_.size() == 1 && Target(fields_[0], /*underscores=*/false)
               ? absl::OkStatus()
               : Wrong("NS needs one host name");
  }

  absl::Status Srv() {
    const bool right = fields_.size() == 4 && IsNumber<uint16_t>(fields_[0]) &&
                       IsNumber<uint16_t>(fields_[1]) && IsNumber<uint16_t>(fields_[2]) &&
                       (IsRoot(fields_[3]) || Target(fields_[3], /*underscores=*/false));
    return right ? absl::OkStatus() : Wrong("SRV looks like 0 0 443 host.example.net.");
  }

  absl::Status Txt() {
    const bool right = !fields_.empty() && std::ranges::all_of(fields_, IsString);
    return right ? absl::OkStatus()
                 : Wrong("TXT needs strings, each of at most 255 octets, such as \"text\"");
  }

  bool AtApex() const { return record_.owner == tld_; }
  bool OwnerIsHost() const { return record_.owner.find('_') == std::string::npos; }
  static bool IsRoot(const std::string& field) { return field == "."; }

  // A host name whose last label is a number would be taken for an address.
  bool Target(const std::string& field, bool underscores) {
    auto name = AbsoluteName(field, tld_, underscores);
    if (!name) return false;
    const std::string last = name->substr(name->rfind('.') + 1);
    if (std::ranges::all_of(last, IsDigit)) return false;
    record_.target = *std::move(name);
    return true;
  }

  const std::vector<std::string> fields_;
  const std::string_view tld_;
  StaticRecord& record_;
};

// Takes TTL and class, in either order, from the front of `fields`.
absl::Status TakeTtlAndClass(std::vector<std::string>& fields) {
  bool has_ttl = false, has_class = false;
  while (!fields.empty()) {
    const std::string field = absl::AsciiStrToUpper(fields.front());
    if (IsDigit(field.front()) && !has_ttl) {
      uint32_t ttl = 0;
      if (!ParseNumber(field, &ttl) || ttl > kLongestTtl) {
        return Wrong("the TTL is a number of seconds, at most 2147483647");
      }
      has_ttl = true;
    } else if (field == "IN" && !has_class) {
      has_class = true;
    } else if (field == "CH" || field == "HS" || field == "CS" || field.starts_with("CLASS")) {
      return Wrong("the class is IN");
    } else {
      return absl::OkStatus();
    }
    fields.erase(fields.begin());
  }
  return absl::OkStatus();
}

bool HasAddress(const std::vector<StaticRecord>& records, const std::string& name) {
  return std::ranges::any_of(records, [&](const StaticRecord& record) {
    return record.owner == name && (record.type == "A" || record.type == "AAAA");
  });
}

// Name servers elsewhere know the names at or below a delegation.
bool IsDelegated(const std::vector<StaticRecord>& records, const std::string& name) {
  return std::ranges::any_of(records, [&](const StaticRecord& record) {
    return record.type == "NS" && IsIn(name, record.owner);
  });
}

}  // namespace

absl::StatusOr<StaticRecord> ParseStaticRecord(std::string_view line, std::string_view tld) {
  std::optional<std::vector<std::string>> fields = Fields(line);
  if (!fields) return Wrong("not one master-file record, with blanks and in one line");
  StaticRecord record;
  const auto owner = AbsoluteName(fields->front(), tld, /*underscores=*/true);
  if (!owner) return Wrong("the owner is not a domain name");
  if (!IsIn(*owner, tld)) return Wrong(Concat("the owner is outside the zone of ", tld));
  record.owner = *owner;
  fields->erase(fields->begin());
  if (absl::Status status = TakeTtlAndClass(*fields); !status.ok()) return status;
  if (fields->empty()) return Wrong("the type is missing: OWNER [TTL] [IN] TYPE DATA");
  record.type = absl::AsciiStrToUpper(fields->front());
  fields->erase(fields->begin());
  DataReader data(*std::move(fields), tld, record);
  if (absl::Status status = data.Read(); !status.ok()) return status;
  return record;
}

std::optional<StaticRecordConflict> FindConflict(const std::vector<StaticRecord>& records,
                                                 std::string_view tld) {
  for (size_t i = 0; i < records.size(); ++i) {
    const StaticRecord& record = records[i];
    const auto beside = [&](auto is_so) {
      return std::ranges::any_of(records, [&](const StaticRecord& other) {
        return &other != &record && other.owner == record.owner && is_so(other);
      });
    };
    if (record.type == "CNAME" && beside([](const StaticRecord&) { return true; })) {
      return StaticRecordConflict{i, "a CNAME stands alone at its name"};
    }
    if (record.type == "DS" && !beside([](const StaticRecord& r) { return r.type == "NS"; })) {
      return StaticRecordConflict{i, "a DS needs NS records at the same name"};
    }
    const bool names_host = record.type == "MX" || record.type == "SRV";
    if (names_host && IsIn(record.target, tld) && !HasAddress(records, record.target) &&
        !IsDelegated(records, record.target)) {
      return StaticRecordConflict{
          i, Concat(record.target, " needs an A or AAAA record of its own here")};
    }
  }
  return std::nullopt;
}

}  // namespace registry
