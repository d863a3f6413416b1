#include "registry/ctl/output.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <iostream>

#include "registry/base/text.h"

namespace ctl {
namespace {

namespace json = boost::json;

json::value JsonValue(const std::string& text, bool number) {
  if (number && !text.empty()) return json::value(std::stoll(text));
  return json::value(text);
}

// Columns are counted in characters, not octets: names of registrars are UTF-8.
size_t Width(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string Padded(std::string_view text, size_t width, bool right) {
  const std::string blanks(width - std::min(width, Width(text)), ' ');
  return right ? registry::Concat(blanks, text) : registry::Concat(text, blanks);
}

std::string TrimRight(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

void ReportError(std::string_view kind, int code, std::string_view text, bool as_json) {
  if (as_json) {
    json::object error{{"error", json::string(kind)}, {"text", json::string(text)}};
    if (code != 0) error["code"] = code;
    std::cerr << json::serialize(error) << "\n";
  } else {
    std::cerr << "postelctl: " << text << "\n";
  }
}

}  // namespace

void Table::AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

void Table::Print(std::ostream& out, bool as_json) const {
  if (as_json) {
    json::array rows;
    for (const auto& row : rows_) {
      json::object object;
      for (size_t i = 0; i < columns_.size(); ++i) {
        object[columns_[i].key] = JsonValue(row[i], columns_[i].number);
      }
      rows.push_back(std::move(object));
    }
    out << json::serialize(rows) << "\n";
    return;
  }
  std::vector<size_t> widths;
  for (const Column& column : columns_) widths.push_back(Width(column.title));
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Width(row[i]));
  }
  std::string header, rule;
  for (size_t i = 0; i < columns_.size(); ++i) {
    header += registry::Concat(Padded(columns_[i].title, widths[i], columns_[i].number), "  ");
    rule += registry::Concat(std::string(widths[i], '-'), "  ");
  }
  out << TrimRight(header) << "\n" << TrimRight(rule) << "\n";
  for (const auto& row : rows_) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      line += registry::Concat(Padded(row[i], widths[i], columns_[i].number), "  ");
    }
    out << TrimRight(line) << "\n";
  }
}

void Record::Add(std::string key, std::string title, std::string value) {
  fields_.push_back({std::move(key), std::move(title), {std::move(value)}, false, false});
}

void Record::AddNumber(std::string key, std::string title, int64_t value) {
  fields_.push_back({std::move(key), std::move(title), {std::to_string(value)}, false, true});
}

void Record::AddList(std::string key, std::string title, std::vector<std::string> values) {
  fields_.push_back({std::move(key), std::move(title), std::move(values), true, false});
}

void Record::Print(std::ostream& out, bool as_json) const {
  if (as_json) {
    json::object object;
    for (const Field& field : fields_) {
      if (field.list) {
        json::array values;
        for (const std::string& value : field.values) values.emplace_back(value);
        object[field.key] = std::move(values);
      } else {
        object[field.key] = JsonValue(field.values.front(), field.number);
      }
    }
    out << json::serialize(object) << "\n";
    return;
  }
  size_t width = 0;
  for (const Field& field : fields_) width = std::max(width, Width(field.title));
  for (const Field& field : fields_) {
    for (const std::string& value : field.values) {
      if (value.empty() && !field.number) continue;
      out << TrimRight(registry::Concat(
                 Padded(registry::Concat(field.title, ":"), width + 2, false), value))
          << "\n";
    }
  }
}

int ReportRejection(const registry::Rejection& rejection, bool as_json) {
  const int code = static_cast<int>(rejection.code());
  const std::string subject =
      rejection.subject.empty() ? "" : registry::Concat(": ", rejection.subject);
  ReportError(rejection.reason.id, code, registry::Concat(rejection.reason.text, subject), as_json);
  return kExitRefused;
}

int ReportFailure(const absl::Status& status, bool as_json) {
  ReportError("failed", 0, std::string(status.message()), as_json);
  return kExitFailed;
}

int ReportUsage(const std::string& message, bool as_json) {
  ReportError("usage", 0, message, as_json);
  return kExitUsage;
}

}  // namespace ctl
