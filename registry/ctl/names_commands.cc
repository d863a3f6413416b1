// The long lists of reserved, blocked and premium labels.
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/base/utf8.h"
#include "registry/ctl/names_file.h"
#include "registry/ctl/session.h"
#include "registry/net/user_name.h"
#include "registry/rules/reasons.h"
#include "registry/store/listed_labels.h"
#include "registry/store/operator_reader.h"

namespace ctl {
namespace {

using registry::Concat;
using registry::ListedLabel;
using registry::net::UserName;
using registry::store::LabelEdit;

struct Options {
  std::string tld, file, kind, premium_class, label, reason;
  std::vector<std::string> labels;
  bool replace = false;
  int limit = 100;
};

// What stands in every line of a list.
std::string LineOf(const std::string& label, const ListedLabel& listed) {
  const std::string& name = listed.premium_class;
  return Concat(label, " ", KindName(listed.kind), name.empty() ? "" : " ", name);
}

// Calls `then` with the directory and the TLD's policy.
template <class Then>
int WithTld(Session& session, const std::string& name, Then then) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  const registry::TldPolicy* policy = (*directory)->Tld(absl::AsciiStrToLower(name));
  if (policy == nullptr) {
    return ReportRejection(registry::Reject(registry::kUnknownTld, registry::Excerpt(name)),
                           session.json);
  }
  return then(**directory, *policy);
}

// A line now and then on a terminal's standard error; nothing elsewhere, where it would look like
// an error.
class Progress {
 public:
  explicit Progress(size_t all) : all_(all), shown_(isatty(STDERR_FILENO) != 0) {}
  ~Progress() {
    if (shown_) std::cerr << "\r\033[K";
  }
  void Show(int64_t done) const {
    if (shown_) std::cerr << Concat("\r", done, " of ", all_, " labels\033[K") << std::flush;
  }

 private:
  const size_t all_;
  const bool shown_;
};

int Edit(Session& session, const registry::Directory& directory, LabelEdit edit) {
  if (directory.bundles().PrimaryTld(edit.tld) != edit.tld) {
    return ReportRejection(registry::Reject(registry::kBundleListed, edit.tld), session.json);
  }
  edit.by = UserName();
  registry::SystemClock clock;
  clock.SetOffset(directory.settings.clock_offset);
  absl::StatusOr<registry::store::LabelsEdited> edited;
  {
    const Progress progress(edit.labels.size());
    edited = registry::store::EditLabels(session.database, edit, clock.Now(),
                                         [&](int64_t sent) { progress.Show(sent); });
  }
  if (!edited.ok()) return ReportFailure(edited.status(), session.json);
  Record record;
  record.Add("tld", "TLD", edit.tld);
  record.AddNumber("put", "New or changed", edited->put);
  record.AddNumber("removed", "Removed", edited->removed);
  record.Print(std::cout, session.json);
  return kExitOk;
}

// What the options --kind and --class say; nothing without them. False: it has been reported.
bool ReadUsual(Session& session, const Options& options, const registry::TldPolicy& policy,
               std::optional<ListedLabel>* usual) {
  if (options.kind.empty() && options.premium_class.empty()) return true;
  const auto kind = ParseKind(options.kind.empty() ? "premium" : options.kind);
  std::string error = "--kind: reserved, blocked or premium";
  if (kind) {
    *usual = ListedLabel{*kind, options.premium_class};
    error = CheckListing(**usual, policy);
  }
  if (error.empty()) return true;
  ReportUsage(error, session.json);
  return false;
}

int Add(Session& session, const Options& options, bool remove) {
  return WithTld(session, options.tld, [&](const auto& directory, const auto& policy) {
    std::optional<ListedLabel> usual;
    if (!ReadUsual(session, options, policy, &usual)) return int{kExitUsage};
    LabelEdit edit;
    edit.tld = policy.tld;
    edit.reason = options.reason;
    std::vector<std::string> seen;
    for (const std::string& text : options.labels) {
      std::optional<std::string> label = ParseLabel(text);
      if (!label) {
        return ReportUsage(Concat("not a label: ", registry::Excerpt(text)), session.json);
      }
      if (std::ranges::find(seen, *label) != seen.end()) continue;
      seen.push_back(*label);
      edit.labels.emplace_back(*std::move(label), remove ? std::nullopt : usual);
    }
    return Edit(session, directory, std::move(edit));
  });
}

int Import(Session& session, const Options& options) {
  return WithTld(session, options.tld, [&](const auto& directory, const auto& policy) {
    std::optional<ListedLabel> usual;
    if (!ReadUsual(session, options, policy, &usual)) return int{kExitUsage};
    std::stringstream text;
    if (options.file == "-") {
      text << std::cin.rdbuf();
    } else {
      std::ifstream file(options.file, std::ios::binary);
      if (!file) return ReportUsage(Concat(options.file, ": cannot be read"), session.json);
      text << file.rdbuf();
      if (file.bad()) return ReportUsage(Concat(options.file, ": cannot be read"), session.json);
    }
    auto labels = ParseNamesFile(options.file, std::move(text).str(), policy, usual);
    if (!labels.ok()) {
      return ReportUsage(Concat(std::string(labels.status().message()), "\nNothing was changed."),
                         session.json);
    }
    LabelEdit edit;
    edit.tld = policy.tld;
    edit.reason = options.reason;
    edit.replace = options.replace;
    edit.labels.reserve(labels->size());
    for (NamedLabel& label : *labels) {
      edit.labels.emplace_back(std::move(label.first), std::move(label.second));
    }
    return Edit(session, directory, std::move(edit));
  });
}

int List(Session& session, const Options& options) {
  return WithTld(session, options.tld, [&](const auto&, const auto& policy) {
    std::optional<ListedLabel::Kind> kind;
    if (!options.kind.empty() && !(kind = ParseKind(options.kind))) {
      return ReportUsage("--kind: reserved, blocked or premium", session.json);
    }
    Table table({{"label", "Label"}, {"kind", "Kind"}, {"class", "Class"}});
    const absl::Status read = registry::store::ReadLabels(
        session.database, policy.tld, kind, absl::AsciiStrToLower(options.label),
        [&](const std::string& label, const ListedLabel& listed) {
          if (session.json) {
            table.AddRow({label, std::string(KindName(listed.kind)), listed.premium_class});
          } else {
            std::cout << LineOf(label, listed) << "\n";
          }
          return absl::OkStatus();
        });
    if (!read.ok()) return ReportFailure(read, session.json);
    if (session.json) table.Print(std::cout, true);
    return int{kExitOk};
  });
}

int History(Session& session, const Options& options) {
  return WithTld(session, options.tld, [&](const auto&, const auto& policy) {
    const auto changes = registry::store::ReadLabelChanges(
        session.database, policy.tld, absl::AsciiStrToLower(options.label), options.limit);
    if (!changes.ok()) return ReportFailure(changes.status(), session.json);
    Table table({{"at", "When"},
                 {"by", "By"},
                 {"label", "Label"},
                 {"kind", "Became"},
                 {"class", "Class"},
                 {"reason", "Reason"}});
    for (const auto& change : *changes) {
      const bool listed = change.listed.has_value();
      table.AddRow({registry::FormatUtc(change.at), change.by, change.label,
                    listed ? std::string(KindName(change.listed->kind)) : "unlisted",
                    listed ? change.listed->premium_class : "", change.reason});
    }
    table.Print(std::cout, session.json);
    return int{kExitOk};
  });
}

}  // namespace

void AddNamesCommands(CLI::App& app, Session& session) {
  CLI::App* names = app.add_subcommand(
      "names",
      "Long lists of labels: reserved (they take an allocation token), blocked (nobody\n"
      "registers them), premium (a class of the TLD's policy). Running servers look labels\n"
      "up when they are asked for: there is nothing to restart.");
  names->require_subcommand(1);
  Example(names, "names list org --kind reserved");

  static Options options;
  const auto subcommand = [&](const char* name, const char* help, const std::string& example,
                              int (*run)(Session&, const Options&)) {
    CLI::App* made = names->add_subcommand(name, help);
    made->add_option("TLD", options.tld, "Such as org")->required();
    made->callback(
        [&session, run] { session.chosen = [&session, run] { return run(session, options); }; });
    Example(made, example);
    return made;
  };
  const auto add_what = [](CLI::App* to) {
    to->add_option("--kind", options.kind, "reserved, blocked or premium");
    to->add_option("--class", options.premium_class, "A premium_class of the TLD's policy");
  };
  const auto add_reason = [](CLI::App* to) {
    to->add_option("--reason", options.reason, "For the record");
  };

  CLI::App* add = subcommand("add", "Put labels on the list, or change what it says of them",
                             "names add org gem --kind premium --class rare",
                             [](Session& s, const Options& o) { return Add(s, o, false); });
  add->add_option("LABELS", options.labels, "Such as gem jewel")->required();
  add_what(add);
  add->get_option("--kind")->required();
  add_reason(add);

  CLI::App* remove = subcommand("remove", "Take labels off the list", "names remove org gem",
                                [](Session& s, const Options& o) { return Add(s, o, true); });
  remove->add_option("LABELS", options.labels, "Such as gem jewel")->required();
  add_reason(remove);

  CLI::App* import =
      subcommand("import",
                 "Put the labels of a file on the list, all or none: a line for each, with its\n"
                 "kind and class, such as `gem premium rare`; what follows a # does not count.\n"
                 "--kind and --class are for lines with a label alone.",
                 "names import org names.txt --replace", Import);
  import->add_option("FILE", options.file, "The labels; - for standard input")->required();
  import->add_flag("--replace", options.replace, "Labels that are not in the file leave the list");
  add_what(import);
  add_reason(import);

  CLI::App* list = subcommand("list", "The list, in the form that import takes",
                              "names list org --kind premium", List);
  list->add_option("PREFIX", options.label, "Only labels that begin so");
  list->add_option("--kind", options.kind, "Only reserved, blocked or premium ones");

  CLI::App* history = subcommand("history", "Who changed the list, and when; the latest first",
                                 "names history org gem", History);
  history->add_option("LABEL", options.label, "Only of this label");
  history->add_option("--limit", options.limit, "So many changes at most")
      ->check(CLI::Range(1, 1'000'000));
}

}  // namespace ctl
