#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
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
// programs. The keys are an interface: they stay.
class Table {
 public:
  enum class Form {
    kText,
    kNumber,  // right-aligned; a number in JSON
    kMoney,   // right-aligned; text in JSON, which has no decimals
    kJson,    // the cell holds JSON
  };
  // `keys` are the members of the JSON form, the titles those of the table.
  struct Column {
    std::string key;
    std::string title;
    Form form = Form::kText;
  };
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void AddRow(std::vector<std::string> cells);
  void Print(std::ostream& out, bool json) const;
  boost::json::array ToJson() const;

 private:
  void PrintText(std::ostream& out) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// One object: `Label: value` lines, or one JSON object. A label with several values is written once
// for each; in JSON they are an array. The keys are an interface: they stay.
class Record {
 public:
  void Add(std::string key, std::string title, std::string value);
  void AddNumber(std::string key, std::string title, int64_t value);
  void AddFlag(std::string key, std::string title, bool value);
  void AddList(std::string key, std::string title, std::vector<std::string> values);
  // Where the two forms have nothing in common.
  void AddForPeople(std::string title, std::vector<std::string> values);
  void AddForPrograms(std::string key, boost::json::value value);
  void Print(std::ostream& out, bool json) const;

 private:
  struct Line {
    std::string title, value;
  };
  std::vector<Line> lines_;
  boost::json::object object_;
};

// Each writes what went wrong to standard error, as a sentence or as JSON, and gives the exit code.
int ReportRejection(const registry::Rejection& rejection, bool json);
int ReportRefusal(std::string_view id, const std::string& text, bool json);
// FailedPrecondition and InvalidArgument are the operator's, all else is the world's.
int ReportFailure(const absl::Status& status, bool json);
int ReportUsage(const std::string& message, bool json);

}  // namespace ctl
