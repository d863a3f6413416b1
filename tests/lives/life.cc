#include "tests/lives/life.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "registry/base/config.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/types/years.h"

namespace lives {
namespace {

using registry::Concat;
using registry::Split;
using registry::Trim;

constexpr std::array<std::string_view, 8> kColumns = {"time",    "who",      "command", "answer",
                                                      "sponsor", "statuses", "rgp",     "expires"};
constexpr std::string_view kStarts = "2030-01-01 12:00";

absl::Status Error(std::string_view file, int line, std::string_view what) {
  return absl::InvalidArgumentError(Concat(file, ":", line, ": ", what));
}

std::optional<absl::Time> ParseStart(std::string_view text) {
  absl::Time time;
  std::string error;
  const bool read =
      absl::ParseTime("%Y-%m-%d %H:%M", std::string(text), absl::UTCTimeZone(), &time, &error);
  return read ? std::optional(time) : std::nullopt;
}

// The part of a step behind the years: "5d", "-1ms".
std::optional<absl::Time> AddStep(absl::Time from, std::string_view step) {
  int years = 0;
  if (step.ends_with('y')) {
    if (!registry::ParseNumber(step.substr(0, step.size() - 1), &years)) return std::nullopt;
    return registry::AddYears(from, years);
  }
  const auto duration = registry::ParseDuration(step);
  return duration.ok() ? std::optional(from + *duration) : std::nullopt;
}

// "+1y 45d -1ms", counted from the beginning of the life.
std::optional<absl::Time> ParseTimeCell(std::string_view cell, absl::Time starts) {
  if (!cell.starts_with('+')) return std::nullopt;
  absl::Time at = starts;
  for (const std::string_view step : Split(cell.substr(1), ' ')) {
    const auto moved = AddStep(at, step);
    if (!moved) return std::nullopt;
    at = *moved;
  }
  return at;
}

std::vector<std::string> Cells(std::string_view line) {
  std::vector<std::string> cells;
  for (const std::string_view cell : Split(line, '|')) cells.emplace_back(Trim(cell));
  return cells;
}

// Reads a file line by line. A failure is remembered with its place; what follows is not read.
class Reader {
 public:
  Reader(std::string file, std::string_view text) : lines_(Split(text, '\n')) {
    life_.file = std::move(file);
    life_.starts = *ParseStart(kStarts);
    for (const std::string_view id : {"gold", "silver"}) {
      life_.accounts.push_back({registry::RegistrarId(id)});
    }
  }

  absl::StatusOr<Life> Read() {
    if (lines_.back().empty()) lines_.pop_back();  // behind the last line's end
    ReadTitle();
    while (error_.ok() && !InTable()) ReadPreamble();
    while (error_.ok() && at_ < lines_.size()) ReadTableLine();
    if (error_.ok()) Finish();
    if (!error_.ok()) return error_;
    return std::move(life_);
  }

 private:
  void Fail(std::string_view what) { error_ = Error(life_.file, LineNumber(), what); }
  int LineNumber() const { return static_cast<int>(std::min(at_, lines_.size())); }
  std::string_view NextLine() { return lines_[at_++]; }
  bool InTable() const { return !life_.columns.empty(); }

  void ReadTitle() {
    life_.title = lines_.empty() ? "" : std::string(Trim(NextLine()));
    if (life_.title.empty() || life_.title.starts_with('#')) Fail("a life begins with its title");
    life_.preamble = Concat(life_.title, "\n");
  }

  void ReadPreamble() {
    if (at_ == lines_.size()) return Fail("there is no table");
    const std::string_view line = NextLine();
    if (line.find('|') != std::string_view::npos) return ReadHeader(line);
    life_.preamble += Concat(line, "\n");
    policy_.emplace_back();
    if (Trim(line).empty() || line.starts_with('#')) return;
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return Fail("neither a setting nor a table");
    ReadSetting(line.substr(0, colon), Trim(line.substr(colon + 1)));
  }

  void ReadSetting(std::string_view key, std::string_view value) {
    if (key == "starts") {
      const auto starts = ParseStart(value);
      if (!starts) return Fail("not a time such as 2032-02-29 12:00");
      life_.starts = *starts;
    } else if (key == "policy") {
      policy_.back() = value;
    } else if (key == "also in" && value == "the sandbox") {
      life_.also_in_sandbox = true;
    } else if (key.starts_with("registrar ")) {
      ReadAccount(Trim(key.substr(10)), value);
    } else {
      Fail(Concat("unknown setting ", key));
    }
  }

  // "5.00", "5.00 and 20.00 credit"
  void ReadAccount(std::string_view name, std::string_view value) {
    const auto id = registry::RegistrarId::Parse(name);
    const size_t end = value.find(" and ");
    const auto balance = registry::ParseMoney(value.substr(0, end));
    if (!id || !balance) return Fail("not a registrar with a balance");
    Life::Account account{*id, *balance, {}};
    if (end != std::string_view::npos) {
      const std::string_view rest = value.substr(end + 5);
      const auto credit = registry::ParseMoney(rest.substr(0, rest.find(' ')));
      if (!credit || !rest.ends_with(" credit")) return Fail("not a credit such as 20.00 credit");
      account.credit_limit = *credit;
    }
    std::erase_if(life_.accounts, [&](const auto& other) { return other.id == account.id; });
    life_.accounts.push_back(std::move(account));
  }

  void ReadHeader(std::string_view line) {
    const std::vector<std::string> cells = Cells(line);
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i < kColumns.size() ? cells[i] != kColumns[i] : !HasAccount(cells[i])) {
        return Fail(Concat("unknown column ", cells[i]));
      }
    }
    if (cells.size() <= kColumns.size()) return Fail("the registrars' columns are missing");
    life_.columns.assign(cells.begin() + kColumns.size(), cells.end());
    life_.comments.emplace_back();
    ReadPolicy();
  }

  void ReadPolicy() {
    std::string text;
    for (const std::string& line : policy_) text += Concat(line, "\n");
    auto policy = registry::ParseTldPolicy(life_.file, text);
    if (policy.ok()) {
      life_.policy = *std::move(policy);
    } else {
      error_ = policy.status();
    }
  }

  bool HasAccount(std::string_view name) const {
    return std::ranges::any_of(life_.accounts, [&](const auto& a) { return a.id.text() == name; });
  }

  void ReadTableLine() {
    const std::string_view line = NextLine();
    if (Trim(line).empty() || line.starts_with('#')) {
      life_.comments.back() += Concat(Trim(line), "\n");
      return;
    }
    ReadRow(Cells(line));
    life_.comments.emplace_back();
  }

  // Of a new row no more than time, who and command has to be written.
  void ReadRow(std::vector<std::string> cells) {
    const size_t all = kColumns.size() + life_.columns.size();
    if (cells.size() < 3 || cells.size() > all) return Fail(Concat("a row has ", all, " cells"));
    cells.resize(all);
    Life::Row row;
    row.line = LineNumber();
    std::string* const fields[] = {&row.time,    &row.who,      &row.command, &row.answer,
                                   &row.sponsor, &row.statuses, &row.rgp,     &row.expires};
    for (size_t i = 0; i < kColumns.size(); ++i) *fields[i] = std::move(cells[i]);
    row.balances.assign(cells.begin() + kColumns.size(), cells.end());
    if (!HasAccount(row.who) && row.who != "operator" && row.who != "clock") {
      return Fail(Concat("unknown registrar ", row.who));
    }
    SetTime(row);
    life_.rows.push_back(std::move(row));
  }

  // Nothing: just after the row above. "&": at once with it.
  void SetTime(Life::Row& row) {
    row.at_once = row.time == "&";
    if (row.at_once || row.time.empty()) {
      if (life_.rows.empty()) return Fail("the first row needs a time");
      row.at = life_.rows.back().at;
      return;
    }
    const auto at = ParseTimeCell(row.time, life_.starts);
    if (!at) return Fail(Concat("not a time such as +1y 45d: ", row.time));
    if (!life_.rows.empty() && *at < life_.rows.back().at) return Fail("before the row above");
    row.at = *at;
  }

  void Finish() {
    for (const Life::Row& row : life_.rows) {
      if (!row.command.starts_with("create ")) continue;
      const auto name = registry::DomainName::Parse(Split(row.command, ' ')[1]);
      if (name) life_.domain = *name;
      break;
    }
    if (life_.domain.empty()) Fail("no row creates the domain that the life is about");
  }

  std::vector<std::string_view> lines_;
  size_t at_ = 0;  // the next line
  Life life_;
  std::vector<std::string> policy_ = {"tld = org"};  // each setting on its line of the file
  absl::Status error_;
};

std::vector<std::string> CellsOf(const Life::Row& row) {
  std::vector<std::string> cells = {row.time,    row.who,      row.command, row.answer,
                                    row.sponsor, row.statuses, row.rgp,     row.expires};
  cells.insert(cells.end(), row.balances.begin(), row.balances.end());
  return cells;
}

// Texts to the left, money to the right.
std::string FormatCells(const std::vector<std::string>& cells, const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string gap(widths[i] - cells[i].size(), ' ');
    if (i > 0) line += " | ";
    line += i < kColumns.size() ? Concat(cells[i], gap) : Concat(gap, cells[i]);
  }
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

}  // namespace

absl::StatusOr<Life> ParseLife(std::string file, std::string_view text) {
  return Reader(std::move(file), text).Read();
}

std::string FormatLife(const Life& life) {
  std::vector<std::vector<std::string>> table(1);
  for (const std::string_view column : kColumns) table[0].emplace_back(column);
  table[0].insert(table[0].end(), life.columns.begin(), life.columns.end());
  for (const Life::Row& row : life.rows) table.push_back(CellsOf(row));

  std::vector<size_t> widths(table[0].size());
  for (const auto& cells : table) {
    for (size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], cells[i].size());
  }
  std::string text = life.preamble + FormatCells(table[0], widths);
  for (size_t i = 0; i < life.rows.size(); ++i) {
    text += life.comments[i] + FormatCells(table[i + 1], widths);
  }
  return text + life.comments.back();
}

std::string FormatInstant(absl::Time time, const Life& life) {
  const std::string text = registry::FormatUtc(time);  // 2030-01-31T12:00:00.000Z
  const std::string day = text.substr(0, 10);
  std::string clock = text.substr(11, 12);
  if (clock == registry::FormatUtc(life.starts).substr(11, 12)) return day;
  if (clock.ends_with(".000")) clock.resize(8);
  return Concat(day, " ", clock);
}

absl::Status ErrorAt(const Life& life, const Life::Row& row, std::string_view what) {
  return Error(life.file, row.line, what);
}

}  // namespace lives
