#include <iostream>
#include <string>
#include <vector>

#include "registry/base/text.h"
#include "registry/ctl/object_lookup.h"

namespace ctl {
namespace {

using registry::ObjectKind;

struct Arguments {
  std::string name;
  bool history = false;
  std::vector<std::string> add, remove;
};

// The registry lock: what an operator sets so that nobody can change, lose or move an object.
std::vector<std::string> Lock(ObjectKind kind) {
  std::vector<std::string> lock{"serverUpdateProhibited", "serverDeleteProhibited"};
  if (kind != ObjectKind::kHost) lock.emplace_back("serverTransferProhibited");
  return lock;
}

// Prints the object, then, if asked for, the history: also of an object that is gone. With --json
// and --history the history is the answer: one value for a program to read.
int Show(Session& session, const ObjectName& object, const Arguments& arguments) {
  const bool history_alone = session.json && arguments.history;
  const int code = WithObject(session, object, [&](const FoundObject& found) -> int {
    if (!history_alone) found.record.Print(std::cout, session.json);
    return kExitOk;
  });
  if (!arguments.history || code == kExitFailed) return code;
  const int history = ShowHistory(session, object);
  return history == kExitOk ? code : history;
}

// One of domain, host and contact, with what they have in common.
class Group {
 public:
  Group(CLI::App& app, Session& session, ObjectKind kind, const std::string& word,
        const std::string& help, std::string sample)
      : session_(session),
        kind_(kind),
        word_(word),
        sample_(std::move(sample)),
        group_(app.add_subcommand(word, help)) {
    group_->require_subcommand(1);
    Example(group_, registry::Concat(word_, " show ", sample_));
  }

  // `run(session, object, arguments)`
  template <class Run>
  CLI::App* Add(const std::string& verb, const std::string& help, const std::string& options,
                Run run) {
    CLI::App* command = group_->add_subcommand(verb, help);
    command->add_option("NAME", arguments().name, "Its name or identifier, or its ROID")
        ->required();
    command->callback([&session = session_, kind = kind_, run] {
      session.chosen = [&session, kind, run] {
        return WithObjectName(session, kind, arguments().name, [&](const ObjectName& object) {
          return run(session, object, arguments());
        });
      };
    });
    Example(command, registry::Concat(word_, " ", verb, " ", sample_, options));
    return command;
  }

  void AddAll(const std::string& status_sample) {
    Add("show", "Everything about it, as it is now", " --history",
        [](Session& s, const ObjectName& o, const Arguments& a) { return Show(s, o, a); })
        ->add_flag("--history", arguments().history,
                   "Also every change: when, who, by which command, what. With --json instead of "
                   "the object");
    Add("lock", "Registry lock: nobody but the operator can change, delete or transfer it", "",
        [](Session& s, const ObjectName& o, const Arguments&) {
          return ChangeStatuses(s, o, Lock(o.kind), {});
        });
    Add("unlock", "End a registry lock", "", [](Session& s, const ObjectName& o, const Arguments&) {
      return ChangeStatuses(s, o, {}, Lock(o.kind));
    });
    CLI::App* status =
        Add("status", "Set or clear single server statuses", " --add " + status_sample,
            [](Session& s, const ObjectName& o, const Arguments& a) {
              return ChangeStatuses(s, o, a.add, a.remove);
            });
    status->add_option("--add", arguments().add, "A status to set; may be repeated")
        ->allow_extra_args(false);
    status->add_option("--remove", arguments().remove, "A status to clear; may be repeated")
        ->allow_extra_args(false);
  }

 private:
  // CLI11 writes to them when it parses, long after this object is gone.
  static Arguments& arguments() {
    static Arguments arguments;
    return arguments;
  }

  Session& session_;
  ObjectKind kind_;
  std::string word_, sample_;
  CLI::App* group_;
};

}  // namespace

void AddObjectCommands(CLI::App& app, Session& session) {
  Group(app, session, ObjectKind::kDomain, "domain", "Domains: show, lock, unlock, status",
        "example.org")
      .AddAll("serverHold");
  Group(app, session, ObjectKind::kHost, "host", "Hosts (name servers): show, lock, unlock, status",
        "ns1.example.org")
      .AddAll("serverDeleteProhibited");
  Group(app, session, ObjectKind::kContact, "contact", "Contacts: show, lock, unlock, status",
        "holder-1")
      .AddAll("serverDeleteProhibited");
}

}  // namespace ctl
