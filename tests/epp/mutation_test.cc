// Damaged frames: the golden requests with a few octets changed, cut, doubled or swapped with
// another request's, from a fixed seed. Whatever comes in, Dispatch says what it is, and a refusal
// renders as a well-formed response.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "epp/dispatch.h"
#include "epp/frame_check.h"
#include "epp/response.h"
#include "registry/store/job.h"
#include "tests/support/paths.h"

namespace epp {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> Requests() {
  std::vector<fs::path> paths;
  for (const auto& entry :
       fs::recursive_directory_iterator(tests::SourcePath("tests/golden/epp"))) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".xml") && !name.ends_with(".reply.xml")) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> requests;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    requests.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return requests;
}

class Mutator {
 public:
  explicit Mutator(std::vector<std::string> texts) : texts_(std::move(texts)) {}

  std::string Next() {
    std::string text = texts_[Below(texts_.size())];
    for (size_t i = 0, n = 1 + Below(3); i < n && !text.empty(); ++i) Damage(&text);
    return text;
  }

 private:
  size_t Below(size_t n) { return random_() % n; }

  void Damage(std::string* text) {
    constexpr std::string_view kPieces[] = {"<",
                                            ">",
                                            "/",
                                            "&",
                                            "\"",
                                            "]]>",
                                            "<!--",
                                            "-->",
                                            "<![CDATA[",
                                            "<?",
                                            "&#0;",
                                            "&#x41;",
                                            ":",
                                            "xmlns=\"\"",
                                            "xmlns:domain=\"urn:x\"",
                                            "\xFF",
                                            "\xC3\xA9",
                                            " ",
                                            "<domain:name/>",
                                            "-1",
                                            ""};
    const size_t at = Below(text->size());
    const size_t length = Below(std::min<size_t>(text->size() - at, 24) + 1);
    switch (Below(8)) {
      case 0:
        text->replace(at, length, kPieces[Below(std::size(kPieces))]);
        break;
      case 1:
        text->insert(at, text->substr(at, length));
        break;
      case 2:
        (*text)[at] = static_cast<char>(Below(256));
        break;
      case 3: {
        const std::string& other = texts_[Below(texts_.size())];
        const size_t from = Below(other.size());
        text->replace(at, length, other.substr(from, Below(48)));
        break;
      }
      default:  // one letter or digit for another, which leaves most frames well-formed
        if (std::isalnum(static_cast<unsigned char>((*text)[at]))) {
          (*text)[at] = "abcxyz0129-."[Below(12)];
        }
    }
  }

  std::vector<std::string> texts_;
  std::mt19937 random_{20261123};
};

TEST(MutationTest, AnyDamagedFrameIsAnsweredWithAWellFormedResponse) {
  SessionView session;
  session.logged_in = true;
  session.registrar = registry::RegistrarKey{1};
  for (Object object : {Object::kDomain, Object::kHost, Object::kContact}) {
    session.objects.Add(object);
  }
  session.extensions.Add(Extension::kSecDns);
  Mutator mutator(Requests());
  int refused = 0, taken = 0;
  for (int i = 0; i < 5000; ++i) {
    const std::string frame = mutator.Next();
    const Call call = Dispatch(frame, session);
    const auto* refusal = std::get_if<Refused>(&call.action);
    if (refusal == nullptr) {
      ++taken;
      EXPECT_TRUE(CheckFrame(*DecodeFrame(frame)).ok()) << frame;
      continue;
    }
    ++refused;
    Result result;
    result.code = refusal->rejection.code();
    result.reason = refusal->rejection.reason.text;
    result.subject = refusal->rejection.subject;
    result.echo = refusal->echo;
    result.client_id = call.client_id;
    EXPECT_GE(static_cast<int>(result.code), 2000) << frame;
    EXPECT_NE(result.code, registry::ResultCode::kCommandFailed) << frame;
    EXPECT_TRUE(CheckFrame(RenderResult(result)).ok()) << frame;
  }
  EXPECT_GT(refused, 500);
  EXPECT_GT(taken, 250);
}

}  // namespace
}  // namespace epp
