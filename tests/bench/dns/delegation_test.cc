#include "bench/dns/delegation.h"

#include <gtest/gtest.h>

#include "tests/bench/dns/answer_builder.h"

namespace bench {
namespace {

const std::string kOne = zonegen::WireName("ns1.example"), kTwo = zonegen::WireName("ns2.example");
const std::string kDs = std::string({0, 7, 13, 2}) + std::string(32, 'd');
const std::string kProof = std::string({1, 1, 0, 0, 0, 20}) + std::string(20, 'n');

AnswerBuilder Referral() {
  AnswerBuilder answer(77);
  answer.Add("a.org", zonegen::kTypeNs, kTwo).Add("a.org", zonegen::kTypeNs, kOne);
  return answer;
}

Delegation Insecure() { return {zonegen::WireName("a.org"), {kOne, kTwo}, ""}; }

Delegation Secure() {
  Delegation wanted = Insecure();
  wanted.ds = kDs;
  return wanted;
}

TEST(DelegationTest, AQuestionHasItsNumberAndAsksForSignatures) {
  const std::string query = DelegationQuery(zonegen::WireName("a.org"), 0x1234);
  EXPECT_EQ(QueryId(query), 0x1234);
  EXPECT_EQ(query.substr(2, 2), Number(0));           // no recursion
  EXPECT_NE(query.find(Number(0x8000)), query.npos);  // DO
  EXPECT_NE(query.find(zonegen::WireName("a.org")), query.npos);
  EXPECT_EQ(QueryId("short"), 0);
}

TEST(DelegationTest, AnInsecureOneNeedsASignedDenialOfItsDs) {
  EXPECT_FALSE(Shows(Referral().Wire(), Insecure()));
  AnswerBuilder denied = Referral();
  denied.Add("0123456789ABCDEFGHIJKLMNOPQRSTUV.org", kNsec3, kProof);
  EXPECT_FALSE(Shows(denied.Wire(), Insecure()));
  denied.Add("0123456789ABCDEFGHIJKLMNOPQRSTUV.org", kRrsig, SignatureOf(kNsec3));
  EXPECT_TRUE(Shows(denied.Wire(), Insecure()));
  EXPECT_FALSE(Shows(denied.Wire(), Secure()));
}

TEST(DelegationTest, ASecureOneNeedsItsDsWithASignature) {
  AnswerBuilder secure = Referral();
  secure.Add("a.org", zonegen::kTypeDs, kDs);
  EXPECT_FALSE(Shows(secure.Wire(), Secure()));
  secure.Add("a.org", kRrsig, SignatureOf(zonegen::kTypeDs));
  EXPECT_TRUE(Shows(secure.Wire(), Secure()));
  EXPECT_FALSE(Shows(secure.Wire(), Insecure()));
  Delegation other = Secure();
  other.ds[1] = 8;
  EXPECT_FALSE(Shows(secure.Wire(), other));
}

TEST(DelegationTest, OtherNameServersAreNotIt) {
  AnswerBuilder secure = Referral();
  secure.Add("a.org", zonegen::kTypeDs, kDs).Add("a.org", kRrsig, SignatureOf(zonegen::kTypeDs));
  Delegation wanted = Secure();
  wanted.servers.pop_back();
  EXPECT_FALSE(Shows(secure.Wire(), wanted));
}

TEST(DelegationTest, OneThatIsGoneNeedsASignedDenial) {
  const Delegation gone{zonegen::WireName("a.org"), {}, ""};
  AnswerBuilder denied(77, 3);
  EXPECT_FALSE(Shows(denied.Wire(), gone));
  denied.Add("0123456789ABCDEFGHIJKLMNOPQRSTUV.org", kRrsig, SignatureOf(kNsec3));
  EXPECT_TRUE(Shows(denied.Wire(), gone));
  EXPECT_FALSE(Shows(denied.Wire(), Insecure()));
}

TEST(DelegationTest, RubbishShowsNothing) {
  EXPECT_FALSE(Shows("", Secure()));
  std::string cut = Referral().Wire();
  cut.resize(cut.size() - 3);
  EXPECT_FALSE(Shows(cut, Insecure()));
}

}  // namespace
}  // namespace bench
