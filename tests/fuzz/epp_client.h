#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "epp/dispatch.h"
#include "epp/session.h"
#include "registry/base/result_code.h"
#include "tests/epp/golden_world.h"

namespace fuzz {

// If somebody wants to see them: every answer that any client gets, each once.
inline std::set<std::string>* answers_to_keep = nullptr;

// The extensions that a session's login names.
enum class Services { kAll, kObjectsAlone };

// One session of a registry of its own, in which every frame meets the same objects: those of the
// golden files. Every answer is checked.
class EppClient : public epp::SessionServices {
 public:
  // kNoRegistrar: nobody is logged in.
  explicit EppClient(registry::RegistrarKey registrar, Services services = Services::kAll);

  // What became of a frame.
  struct Answer {
    std::string xml;           // of the response or greeting
    std::string_view command;  // Call::name
    registry::ResultCode code = registry::ResultCode::kOk;
    bool read = false;  // was it understood: a store, a login or a logout had to do with it?
    bool accepted() const { return registry::IsSuccess(code); }
  };
  Answer Ask(std::string_view frame);
  // Asks again, of the registry as the last Ask has left it.
  Answer AskOn(std::string_view frame);

 private:
  epp::Call Dispatch(std::string_view xml, const epp::SessionView& view) override;
  registry::TransactionNumber NextNumber() override { return world_->number; }
  absl::Time Now() override { return world_->now; }

  void Connect();
  epp::Session::Send Take(epp::Session::Step step);
  epp::Session::Send Execute(epp::StoreCall& call);
  void CheckUnchanged() const;
  void CheckBooks() const;

  const registry::RegistrarKey registrar_;
  const Services services_;
  std::optional<epp::Session> session_;
  std::unique_ptr<epp::GoldenWorld> world_;
  bool changed_ = false;  // is the world another one than at first?
  bool read_ = false;
};

// Of a response: well-formed, its elements as the schema has them (RFC 5730 section 4), with a code
// of the RFC that is not 2400, the client's identifier, and no namespace in it that the client has
// not asked for. Nothing if it is a greeting.
std::optional<registry::ResultCode> CheckAnswer(const std::string& xml, std::string_view client_id,
                                                Services services);

}  // namespace fuzz
