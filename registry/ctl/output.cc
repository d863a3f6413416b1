#include "registry/ctl/output.h"

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>

#include "registry/base/text.h"
#include "registry/ctl/display_width.h"

namespace ctl {
namespace {

namespace json = boost::json;
using registry::Concat;

json::value JsonValue(const std::string& text, Table::Form form) {
  if (form == Table::Form::kNumber && !text.empty()) return json::value(std::stoll(text));
  if (form == Table::Form::kJson) return json::parse(text);
  return json::value(text);
}

bool IsRightAligned(Table::Form form) {
  return form == Table::Form::kNumber || form == Table::Form::kMoney;
}

std::string Padded(std::string_view text, size_t width, bool right) {
  const std::string blanks(width - std::min(width, DisplayWidth(text)), ' ');
  return right ? Concat(blanks, text) : Concat(text, blanks);
}

std::string TrimRight(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

// `code`: the EPP result code, if there is one.
void ReportError(std::string_view kind, int code, std::string_view text, bool as_json) {
  if (!as_json) {
    std::cerr << "postelctl: " << text << "\n";
    return;
  }
  json::object error{{"error", json::string(kind)}, {"text", json::string(text)}};
  if (code != 0) error["code"] = code;
  std::cerr << json::serialize(error) << "\n";
}

}  // namespace

void Table::AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

json::array Table::ToJson() const {
  json::array rows;
  for (const auto& row : rows_) {
    json::object object;
    for (size_t i = 0; i < columns_.size(); ++i) {
      object[columns_[i].key] = JsonValue(row[i], columns_[i].form);
    }
    rows.push_back(std::move(object));
  }
  return rows;
}

void Table::Print(std::ostream& out, bool as_json) const {
  if (as_json) {
    out << json::serialize(ToJson()) << "\n";
  } else {
    PrintText(out);
  }
}

void Table::PrintText(std::ostream& out) const {
  std::vector<size_t> widths;
  for (const Column& column : columns_) widths.push_back(DisplayWidth(column.title));
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(row[i]));
  }
  std::string header, rule;
  for (size_t i = 0; i < columns_.size(); ++i) {
    header += Padded(columns_[i].title, widths[i], IsRightAligned(columns_[i].form)) + "  ";
    rule += std::string(widths[i], '-') + "  ";
  }
  out << TrimRight(header) << "\n" << TrimRight(rule) << "\n";
  for (const auto& row : rows_) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      line += Padded(row[i], widths[i], IsRightAligned(columns_[i].form)) + "  ";
    }
    out << TrimRight(line) << "\n";
  }
}

void Record::Add(std::string key, std::string title, std::string value) {
  AddForPeople(std::move(title), {value});
  AddForPrograms(std::move(key), json::value(value));
}

void Record::AddNumber(std::string key, std::string title, int64_t value) {
  AddForPeople(std::move(title), {std::to_string(value)});
  AddForPrograms(std::move(key), value);
}

void Record::AddFlag(std::string key, std::string title, bool value) {
  AddForPeople(std::move(title), {value ? "yes" : "no"});
  AddForPrograms(std::move(key), value);
}

void Record::AddList(std::string key, std::string title, std::vector<std::string> values) {
  AddForPrograms(std::move(key), json::value_from(values));
  AddForPeople(std::move(title), std::move(values));
}

void Record::AddForPeople(std::string title, std::vector<std::string> values) {
  for (std::string& value : values) {
    if (!value.empty()) lines_.push_back({title, std::move(value)});
  }
}

void Record::AddForPrograms(std::string key, json::value value) { object_[key] = std::move(value); }

void Record::Print(std::ostream& out, bool as_json) const {
  if (as_json) {
    out << json::serialize(object_) << "\n";
    return;
  }
  size_t width = 0;
  for (const Line& line : lines_) width = std::max(width, DisplayWidth(line.title));
  for (const Line& line : lines_) {
    out << TrimRight(Padded(Concat(line.title, ":"), width + 2, false) + line.value) << "\n";
  }
}

int ReportRejection(const registry::Rejection& rejection, bool as_json) {
  const std::string subject = rejection.subject.empty() ? "" : Concat(": ", rejection.subject);
  ReportError(rejection.reason.id, static_cast<int>(rejection.code()),
              Concat(rejection.reason.text, subject), as_json);
  return kExitRefused;
}

int ReportRefusal(std::string_view id, const std::string& text, bool as_json) {
  ReportError(id, 0, text, as_json);
  return kExitRefused;
}

int ReportFailure(const absl::Status& status, bool as_json) {
  const std::string text(status.message());
  if (absl::IsFailedPrecondition(status)) return ReportRefusal("refused", text, as_json);
  if (absl::IsInvalidArgument(status)) return ReportUsage(text, as_json);
  ReportError("failed", 0, text, as_json);
  return kExitFailed;
}

int ReportUsage(const std::string& message, bool as_json) {
  ReportError("usage", 0, message, as_json);
  return kExitUsage;
}

}  // namespace ctl
