#include <iostream>
#include <string>
#include <vector>

#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/ctl/object_lookup.h"

namespace ctl {
namespace {

using registry::ObjectKind;

struct Arguments {
  std::string name;
  bool history = false;
  bool scan = false;
  std::vector<std::string> add, remove, statuses;
  int years = 1;
  bool approve = false, reject = false, cancel = false;
  DomainUpdateOptions update;
};

// RFC 8590: what the sponsor's message says beside what was done.
void AddNote(CLI::App* command, Session& session) {
  constexpr size_t kLongestReason = 32, kLongestCase = 64;
  const auto at_most = [](size_t most) {
    return [most](const std::string& text) {
      const std::optional<size_t> length = registry::PrintableLength(text);
      return length && *length <= most
                 ? std::string()
                 : registry::Concat("at most ", most, " printable characters in one line");
    };
  };
  registry::OperatorNote& note = session.note;
  command->add_option("--reason", note.reason, "What the registrar is told, at most 32 characters")
      ->check(at_most(kLongestReason));
  CLI::Option* id = command->add_option("--case", note.case_id, "The case that it belongs to")
                        ->check(at_most(kLongestCase));
  command->add_option("--case-type", note.case_type, "udrp, urs, or another name for such cases")
      ->check(at_most(kLongestCase))
      ->needs(id);
}

// The registry lock: what an operator sets so that nobody can change, lose or move an object.
std::vector<std::string> Lock(ObjectKind kind) {
  std::vector<std::string> lock{"serverUpdateProhibited", "serverDeleteProhibited"};
  if (kind == ObjectKind::kDomain || kind == ObjectKind::kContact) {
    lock.emplace_back("serverTransferProhibited");
  }
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

// One of domain, host, contact and organization, with what they have in common.
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

  // A command that changes the object.
  template <class Run>
  CLI::App* AddChange(const std::string& verb, const std::string& help, const std::string& options,
                      Run run) {
    CLI::App* command = Add(verb, help, options, run);
    AddNote(command, session_);
    return command;
  }

  void AddAll(const std::string& status_sample) {
    Add("show", "Everything about it, as it is now", " --history",
        [](Session& s, const ObjectName& o, const Arguments& a) { return Show(s, o, a); })
        ->add_flag("--history", arguments().history,
                   "Also every change: when, who, by which command, what. With --json instead of "
                   "the object");
    AddChange("lock", "Registry lock: nobody but the operator can change, delete or transfer it",
              " --reason \"by order of the court\"",
              [](Session& s, const ObjectName& o, const Arguments&) {
                return ChangeStatuses(s, o, Lock(o.kind), {});
              });
    AddChange("unlock", "End a registry lock", "",
              [](Session& s, const ObjectName& o, const Arguments&) {
                return ChangeStatuses(s, o, {}, Lock(o.kind));
              });
    CLI::App* status =
        AddChange("status", "Set or clear single server statuses", " --add " + status_sample,
                  [](Session& s, const ObjectName& o, const Arguments& a) {
                    return ChangeStatuses(s, o, a.add, a.remove);
                  });
    status->add_option("--add", arguments().add, "A status to set; may be repeated")
        ->allow_extra_args(false);
    status->add_option("--remove", arguments().remove, "A status to clear; may be repeated")
        ->allow_extra_args(false);
    AddChange("set-status", "Set server statuses", " " + status_sample,
              [](Session& s, const ObjectName& o, const Arguments& a) {
                return ChangeStatuses(s, o, a.statuses, {});
              })
        ->add_option("STATUS", arguments().statuses, "Server statuses")
        ->required();
    AddChange("clear-status", "Clear server statuses", " " + status_sample,
              [](Session& s, const ObjectName& o, const Arguments& a) {
                return ChangeStatuses(s, o, {}, a.statuses);
              })
        ->add_option("STATUS", arguments().statuses, "Server statuses")
        ->required();
  }

  // What can be done to a domain or a contact, to a domain alone, to all.
  void AddTransfer() {
    CLI::App* transfer = AddChange(
        "transfer", "Decide a transfer that is pending", " --approve",
        [](Session& s, const ObjectName& o, const Arguments& a) {
          using enum registry::TransferDecision;
          if (a.approve + a.reject + a.cancel != 1) {
            return ReportUsage("transfer: one of --approve, --reject and --cancel", s.json);
          }
          return DecideTransfer(s, o, a.approve ? kApprove : a.reject ? kReject : kCancel);
        });
    transfer->add_flag("--approve", arguments().approve, "As the sponsor could");
    transfer->add_flag("--reject", arguments().reject, "As the sponsor could");
    transfer->add_flag("--cancel", arguments().cancel, "As whoever asked for it could");
  }
  void AddHold() {
    AddChange("hold", "Take it out of the zone (serverHold)", " --case UR-17 --case-type urs",
              [](Session& s, const ObjectName& o, const Arguments&) {
                return ChangeStatuses(s, o, {"serverHold"}, {});
              });
    AddChange("unhold", "Put it back into the zone", "",
              [](Session& s, const ObjectName& o, const Arguments&) {
                return ChangeStatuses(s, o, {}, {"serverHold"});
              });
  }
  void AddCds() {
    Add("cds", "What its zone asks for by CDS and CDNSKEY records, as last seen", " --scan",
        [](Session& s, const ObjectName& o, const Arguments& a) {
          return a.scan ? RequestCds(s, o) : ShowCds(s, o);
        })
        ->add_flag("--scan", arguments().scan, "Have postel-worker cds look at it now instead");
  }
  void AddUpdate() {
    arguments().update.AddTo(*AddChange("update",
                                        "Change its name servers, contacts, DS records, registrant",
                                        " --add-name-server ns1.example.net",
                                        [](Session& s, const ObjectName& o, const Arguments& a) {
                                          return Update(s, o, a.update);
                                        }));
  }
  void AddRenewal() {
    AddChange(
        "renew", "Renew it, for nothing", " --years 1",
        [](Session& s, const ObjectName& o, const Arguments& a) { return Renew(s, o, a.years); })
        ->add_option("--years", arguments().years, "1 to 10; 1 by default");
  }
  void AddDeletion(const std::string& help) {
    AddChange("delete", help, " --case D2026-0042 --case-type udrp",
              [](Session& s, const ObjectName& o, const Arguments&) { return Delete(s, o); });
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
  Group domain(app, session, ObjectKind::kDomain, "domain",
               "Domains: show, lock, hold, statuses, update, renew, transfer, delete",
               "example.org");
  domain.AddAll("serverHold");
  domain.AddHold();
  domain.AddCds();
  domain.AddUpdate();
  domain.AddRenewal();
  domain.AddTransfer();
  domain.AddDeletion(
      "Delete it, as its registrar could: into redemption, or for good in the add\n"
      "grace period");
  Group host(app, session, ObjectKind::kHost, "host",
             "Hosts (name servers): show, lock, unlock, status, delete", "ns1.example.org");
  host.AddAll("serverDeleteProhibited");
  host.AddDeletion("Delete it; not while a domain uses it");
  Group contact(app, session, ObjectKind::kContact, "contact",
                "Contacts: show, lock, unlock, status, transfer, delete", "holder-1");
  contact.AddAll("serverDeleteProhibited");
  contact.AddTransfer();
  contact.AddDeletion("Delete it; not while a domain or an organization uses it");
  Group organization(app, session, ObjectKind::kOrganization, "organization",
                     "Organizations (resellers): show, lock, unlock, status, delete", "reseller-1");
  organization.AddAll("terminated");
  organization.AddDeletion("Delete it; not while a domain uses it, nor if it is a parent");
}

}  // namespace ctl
