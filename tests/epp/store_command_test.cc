#include "epp/store_command.h"

#include <gmock/gmock.h>

namespace epp {
namespace {

using registry::ResultCode;
using testing::HasSubstr;

Respondent Client() {
  Respondent respondent;
  respondent.client_id = "ABC-12345";
  return respondent;
}

TEST(RenderFailureTest, SaysThatNothingWasChanged) {
  const Answer answer = RenderFailure(absl::InternalError("database: boom"), Client(), 1);
  EXPECT_EQ(answer.code, ResultCode::kCommandFailed);
  EXPECT_THAT(answer.xml, HasSubstr("<result code=\"2400\"><msg>Command failed</msg></result>"));
  EXPECT_THAT(answer.xml, HasSubstr("ABC-12345"));
}

TEST(RenderFailureTest, EndsTheSessionWhenNobodyKnowsWhetherItWas) {
  const Answer answer = RenderFailure(absl::UnknownError("gone during COMMIT"), Client(), 1);
  EXPECT_EQ(answer.code, ResultCode::kCommandFailedClosing);
  EXPECT_TRUE(registry::ClosesSession(answer.code));
  EXPECT_THAT(answer.xml, HasSubstr("Command failed; server closing connection"));
}

}  // namespace
}  // namespace epp
