#include "zonegen/zone_export.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "zonegen/compression.h"
#include "zonegen/output_file.h"
#include "zonegen/sorted_lines.h"
#include "zonegen/text_input.h"
#include "zonegen/zone_reader.h"

namespace zonegen {
namespace {

using registry::Concat;

void AppendLine(const std::string& name, const ZoneRecord& record, std::string& out) {
  out.append(name).append(".\t").append(std::to_string(record.ttl)).append("\tin\t");
  for (const char c : record.type) out += absl::ascii_tolower(static_cast<unsigned char>(c));
  out.append("\t").append(record.data).append("\n");
}

absl::Status TakeSerial(const ZoneRecord& soa, uint32_t* serial) {
  const auto fields = registry::Split(soa.data, ' ');
  if (fields.size() == 7 && registry::ParseNumber(fields[2], serial)) return absl::OkStatus();
  return absl::InvalidArgumentError("the SOA has no serial");
}

// Gives everything but the SOA to `sorter`.
absl::Status SortRecords(const std::string& zone, SortedLines& sorter, std::string& soa,
                         ExportedZone& exported) {
  auto input = RecordInput::Open(zone);
  if (!input.ok()) return input.status();
  std::string name, line;
  ZoneRecord record;
  while (true) {
    const auto more = input->Next(name, record);
    if (!more.ok()) return more.status();
    if (!*more) break;
    line.clear();
    AppendLine(name, record, line);
    if (record.type == "SOA") {
      if (soa == line) continue;  // repeated at the end
      if (!soa.empty()) return input->Wrong("a second SOA");
      if (absl::Status status = TakeSerial(record, &exported.serial); !status.ok()) return status;
      soa = line;
    } else if (absl::Status status = sorter.Add(line); !status.ok()) {
      return status;
    }
    ++exported.records;
  }
  return soa.empty() ? absl::InvalidArgumentError(Concat(zone, " has no SOA")) : absl::OkStatus();
}

absl::Status CopyText(const std::string& from, OutputFile& out) {
  const auto input = TextInput::Open(from);
  if (!input.ok()) return input.status();
  while (true) {
    const auto part = (*input)->Next();
    if (!part.ok()) return part.status();
    if (part->empty()) return absl::OkStatus();
    if (absl::Status status = out.Append(*part); !status.ok()) return status;
  }
}

}  // namespace

absl::StatusOr<ExportedZone> ExportZone(const std::string& zone, const std::string& out) {
  ExportedZone exported;
  auto sorter = SortedLines::Start(out);
  if (!sorter.ok()) return sorter.status();
  std::string soa;
  if (absl::Status status = SortRecords(zone, **sorter, soa, exported); !status.ok()) {
    return status;
  }
  const auto sorted = (*sorter)->Finish();
  if (!sorted.ok()) return sorted.status();

  auto file = OutputFile::Create(out, Compression::kGzip);
  if (!file.ok()) return file.status();
  absl::Status status = (*file)->Append(soa);
  if (status.ok()) status = CopyText(*sorted, **file);
  if (status.ok()) status = (*file)->Append(soa);
  if (status.ok()) status = (*file)->Publish();
  if (!status.ok()) return status;
  exported.bytes = (*file)->bytes();
  exported.sha256 = (*file)->sha256();
  return exported;
}

}  // namespace zonegen
