#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "epp/call.h"
#include "epp/dispatch.h"
#include "epp/namespaces.h"
#include "epp/response.h"
#include "epp/xml_reader.h"
#include "registry/store/job.h"

// The two halves of every command that goes to the registry: read its element into a command of the
// core, and write the core's answer as a response. A file of epp/commands/ holds both.
namespace epp {

struct Clearinghouse;

// What stands in a command's <extension>: at most one element of each extension, named like the
// command (<secDNS:create> with <create>).
class ExtensionElements {
 public:
  // The element, or none.
  Element Find(Extension extension) const {
    for (const auto& [known, element] : elements_) {
      if (known == extension) return element;
    }
    return Element();
  }
  void Add(Extension extension, const Element& element) {
    elements_.emplace_back(extension, element);
  }

 private:
  std::vector<std::pair<Extension, Element>> elements_;
};

// A command element that passed the stages 2 to 8.
struct Request {
  Element object;  // <domain:create> and the like; <poll> for polls
  const ExtensionElements& extensions;
  const Clearinghouse* clearinghouse;  // null: there is none
  std::string_view name;
  const std::string& client_id;
  const SessionView& session;
  const DispatchLimits& limits;
  Faults* faults;
};

// The element that identifies the object of a command; what a refusal shows.
struct ObjectName {
  std::string_view ns;
  std::string_view element;
  std::string text;
  std::string as_sent;  // instead, if it says more than the text: Element::Echo
};

// What the registry says about the answer that is being written.
struct AnswerContext {
  const registry::Directory& directory;
  absl::Time now;
  ObjectSet objects;        // those that the answer may speak of
  ExtensionSet extensions;  // those that the answer may use
  registry::ResultCode* code;
};

// Who answers: what of the request is needed for that.
struct Respondent {
  std::string client_id;
  ObjectSet objects;
  ExtensionSet extensions;
  ObjectName object;
  // Of Faults::policy, if there is one: the reason's id and the element.
  std::string_view policy_reason;
  std::string policy_echo;
};

Respondent RespondentOf(const Request& request, ObjectName object);

Answer RenderRejection(const registry::Rejection& rejection, const Respondent& respondent,
                       registry::TransactionNumber number);
// The world broke, and nothing was changed: 2400. Nobody knows whether it was: 2500, so that the
// client looks again.
Answer RenderFailure(const absl::Status& status, const Respondent& respondent,
                     registry::TransactionNumber number);

template <class A>
using WriteAnswer = void (*)(const A& answer, const AnswerContext& context, Body* body);

template <class A>
Answer RenderReply(const registry::store::Reply<A>& reply, const Respondent& respondent,
                   WriteAnswer<A> write) {
  if (!reply.status.ok()) return RenderFailure(reply.status, respondent, reply.number);
  const registry::Outcome<A>& outcome = *reply.outcome;
  if (!outcome.ok()) return RenderRejection(outcome.rejection(), respondent, reply.number);
  Result result;
  result.code = reply.code;
  result.client_id = respondent.client_id;
  result.number = reply.number;
  Body body;
  write(*outcome,
        AnswerContext{*reply.directory, reply.now, respondent.objects, respondent.extensions,
                      &result.code},
        &body);
  return Answer{RenderResponse(result, body), result.code, reply.number, {}};
}

// The call that has the registry decide `command` and answers with what `write` makes of its
// answer.
template <class Command>
StoreCall MakeStoreCall(const Request& request, Command command, ObjectName object,
                        WriteAnswer<registry::store::AnswerOf<Command>> write) {
  using A = registry::store::AnswerOf<Command>;
  registry::store::Origin origin{request.session.registrar, request.client_id, request.name};
  Respondent respondent = RespondentOf(request, std::move(object));
  auto make_job = [origin = std::move(origin), command = std::move(command),
                   respondent = std::move(respondent), write](Finished finished) mutable {
    auto then = [respondent = std::move(respondent), write,
                 finished = std::move(finished)](registry::store::Reply<A> reply) mutable {
      std::move(finished)([reply = std::move(reply), respondent = std::move(respondent), write] {
        return RenderReply(reply, respondent, write);
      });
    };
    return registry::store::MakeJob(std::move(origin), std::move(command), std::move(then));
  };
  return StoreCall{std::move(make_job)};
}

// For commands that answer with nothing but their result.
inline void WriteNothing(const registry::Done&, const AnswerContext&, Body*) {}

// Complains if a <check> asks for more names than one may.
void LimitNames(const Request& request, size_t names);

// The clID of a registrar; "registry" for the operator and the clock.
std::string_view ClientOf(const registry::Directory& directory, registry::RegistrarKey key);

}  // namespace epp
