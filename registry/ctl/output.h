#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "registry/base/outcome.h"

namespace ctl {

// What a command ends with; documented in `postelctl --help`.
enum ExitCode : int {
  kExitOk = 0,
  kExitRefused = 1,   // a rule of the registry says no, or the object does not exist
  kExitUsage = 2,     // the command line or a file is wrong
  kExitFailed = 3,    // the database cannot be reached or failed
  kExitFindings = 4,  // audit found something
};

// A table for people (columns aligned, a rule under the header), or an array of JSON objects for
// programs.
class Table {
 public:
  // `keys` are the members of the JSON form, the titles those of the table.
  struct Column {
    std::string key;
    std::string title;
    bool number = false;  // right-aligned; an unquoted number in JSON
  };
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void AddRow(std::vector<std::string> cells);
  void Print(std::ostream& out, bool json) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// One object: `Label: value` lines, or one JSON object. A label with several values is written once
// for each; in JSON as an array if `list` is set.
class Record {
 public:
  void Add(std::string key, std::string title, std::string value);
  void AddNumber(std::string key, std::string title, int64_t value);
  void AddList(std::string key, std::string title, std::vector<std::string> values);
  void Print(std::ostream& out, bool json) const;

 private:
  struct Field {
    std::string key, title;
    std::vector<std::string> values;
    bool list = false;
    bool number = false;
  };
  std::vector<Field> fields_;
};

// Writes what went wrong to standard error, as a sentence or as JSON; gives the exit code.
int ReportRejection(const registry::Rejection& rejection, bool json);
int ReportFailure(const absl::Status& status, bool json);
int ReportUsage(const std::string& message, bool json);

}  // namespace ctl
