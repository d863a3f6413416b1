#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "registry/base/check.h"
#include "registry/base/result_code.h"

namespace registry {

// Why a command is refused. Reasons are constants (types/reasons.h, rules/reasons.h): `id` is
// stable, for tests, logs and metrics; `text` is for people, at most 80 characters, in English.
struct Reason {
  std::string_view id;
  ResultCode code;
  std::string_view text;
};

// A refusal: a reason, and what of the request it is about (a name, an element), may be empty.
struct Rejection {
  Reason reason;
  std::string subject;

  ResultCode code() const { return reason.code; }
};

inline Rejection Reject(const Reason& reason, std::string subject = {}) {
  return Rejection{reason, std::move(subject)};
}

// A value, or the reason why there is none.
template <class T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit
  Outcome(Rejection rejection)                                            // NOLINT: implicit
      : state_(std::in_place_index<1>, std::move(rejection)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& { return Checked(*this); }
  T& value() & { return Checked(*this); }
  T&& value() && { return std::move(Checked(*this)); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const Rejection& rejection() const {
    POSTEL_CHECK(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  template <class Self>
  static auto& Checked(Self& self) {
    POSTEL_CHECK(self.ok());
    return *std::get_if<0>(&self.state_);
  }

  std::variant<T, Rejection> state_;
};

// For commands that answer with nothing but their result code.
struct Done {};

}  // namespace registry
