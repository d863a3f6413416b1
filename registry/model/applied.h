#pragma once

#include "registry/base/result_code.h"
#include "registry/model/changes.h"

namespace registry {

// What a command that was accepted answers, and what it changes. `code` is a success.
template <class Answer>
struct Applied {
  Answer answer;
  Changes changes;
  ResultCode code = ResultCode::kOk;
};

}  // namespace registry
