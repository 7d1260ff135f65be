// SPDX-License-Identifier: Apache-2.0
//
// sip/credentials: which challenges are answered, whose, and how often.
#include "sip/registering.h"

namespace sealtone::sip::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST_F(Registering, RefusesToWriteAUserNameThatWouldBreakALine) {
  auto odd = identity();
  odd.auth_name = "a\r\nVia: x";
  Registration other(odd, "call", "tag");
  other.begin(whom());
  const auto message = other.next({"192.0.2.5", 1}, "z9", "c0").value();
  ASSERT_TRUE(std::holds_alternative<Again>(other.take(challenge(message))));
  EXPECT_FALSE(other.next({"192.0.2.5", 1}, "z9", "c0"));
}

TEST_F(Registering, AnswersAChallengeOnceAndSaysThenThatThePasswordIsWrong) {
  next();
  EXPECT_TRUE(again(challenge(request)));
  next();
  EXPECT_THAT(std::string(request.field("Authorization")),
              AllOf(StartsWith("Digest username=\"alice\""), HasSubstr("realm=\"example.com\""),
                    HasSubstr("nc=00000001"), HasSubstr("cnonce=\"c0\"")));
  const auto no = refused(challenge(request));
  EXPECT_TRUE(no.authentication);
  EXPECT_EQ(no.status, 401);
  EXPECT_THAT(no.detail, HasSubstr("does not accept this account's user name and password"));
}

TEST_F(Registering, KeepsTheNonceAndCountsOn) {
  next();
  EXPECT_TRUE(again(challenge(request)));
  next();
  ASSERT_TRUE(std::holds_alternative<Registered>(take(granted(request, 60))));
  next();
  EXPECT_THAT(std::string(request.field("Authorization")), HasSubstr("nc=00000002"));
  // A server that has forgotten the nonce is answered, though it does not say "stale".
  EXPECT_TRUE(again(challenge(request)));
  next();
  EXPECT_TRUE(std::holds_alternative<Registered>(take(granted(request, 60))));
}

TEST_F(Registering, TakesTheNextNonceWhereOneIsGiven) {
  next();
  EXPECT_TRUE(again(challenge(request)));
  next();
  (void)take(granted(request, 60, {{"Authentication-Info", "nextnonce=\"n2\""}}));
  next();
  EXPECT_THAT(std::string(request.field("Authorization")),
              AllOf(HasSubstr("nonce=\"n2\""), HasSubstr("nc=00000001")));
}

TEST_F(Registering, DoesNotTrustAServerThatDoesNotKnowThePassword) {
  next();
  EXPECT_TRUE(again(challenge(request)));
  next();
  const auto no = refused(
      granted(request, 60,
              {{"Authentication-Info", "qop=auth, rspauth=\"0123\", cnonce=\"c0\", nc=00000001"}}));
  EXPECT_TRUE(no.authentication);
  EXPECT_THAT(no.detail, HasSubstr("rspauth"));
}

TEST_F(Registering, AnswersStaleNoncesButNotForEver) {
  next();
  EXPECT_TRUE(again(challenge(request)));
  for (int i = 0; i < 3; ++i) {
    next();
    EXPECT_TRUE(again(challenge(request, ", stale=true"))) << i;
  }
  next();
  const auto no = refused(challenge(request, ", stale=true"));
  EXPECT_TRUE(no.authentication);
  EXPECT_THAT(no.detail, HasSubstr("again and again"));
}

TEST_F(Registering, AnswersTheStrongestOfSeveralChallenges) {
  next();
  EXPECT_TRUE(again(reply(
      request, 401, "Unauthorized",
      {{"WWW-Authenticate", "Digest realm=\"e\", nonce=\"1\", algorithm=MD5, qop=\"auth\""},
       {"WWW-Authenticate", "Digest realm=\"e\", nonce=\"2\", algorithm=SHA-512-256, qop=\"auth\""},
       {"WWW-Authenticate", "Digest realm=\"e\", nonce=\"3\", algorithm=SHA-256, qop=\"auth\""}})));
  next();
  EXPECT_THAT(std::string(request.field("Authorization")), HasSubstr("algorithm=SHA-512-256"));
}

TEST_F(Registering, AnswersRegistrarAndProxyBoth) {
  next();
  EXPECT_TRUE(again(reply(request, 407, "Proxy Authentication Required",
                          {{"Proxy-Authenticate", "Digest realm=\"proxy\", nonce=\"p\""}})));
  next();
  EXPECT_THAT(std::string(request.field("Proxy-Authorization")), HasSubstr("realm=\"proxy\""));
  EXPECT_TRUE(again(challenge(request)));
  next();
  EXPECT_THAT(std::string(request.field("Proxy-Authorization")), HasSubstr("nonce=\"p\""));
  EXPECT_THAT(std::string(request.field("Authorization")), HasSubstr("nonce=\"n1\""));
  EXPECT_TRUE(std::holds_alternative<Registered>(take(granted(request, 60))));
}

TEST_F(Registering, AnswersNoBasicAndNothingUnknown) {
  for (const auto* field : {"Basic realm=\"e\"", "Digest realm=\"e\", nonce=\"1\", algorithm=SHA3",
                            "Digest realm=\"e\"", "Negotiate", "", "Digest realm=\"\x01\""}) {
    next();
    const auto no = refused(reply(request, 401, "Unauthorized", {{"WWW-Authenticate", field}}));
    EXPECT_TRUE(no.authentication);
    EXPECT_THAT(no.detail, HasSubstr("let it offer Digest")) << field;
    EXPECT_EQ(next().field("Authorization"), "");
  }
}

TEST_F(Registering, SaysWhereNoPasswordIsSet) {
  auto none = identity();
  none.password.clear();
  Registration other(none, "call", "tag");
  other.begin(whom());
  const auto message = other.next({"192.0.2.5", 1}, "z9", "c0").value();
  const auto answer = other.take(challenge(message));
  ASSERT_TRUE(std::holds_alternative<Refused>(answer));
  EXPECT_THAT(std::get<Refused>(answer).detail, HasSubstr("none is set for this account"));
}

TEST_F(Registering, GivesAPasswordForNoRealmOfARedirectedServersOwnChoice) {
  const auto elsewhere = [&] {
    auto to = whom();
    to.server = {"elsewhere.example"};
    to.redirected_to = Uri{"sip", "", "elsewhere.example"};
    registration.begin(to);
    next();
    EXPECT_EQ(request.uri, "sip:elsewhere.example");
    EXPECT_EQ(request.field("To"), "<sip:alice@example.com>");
    EXPECT_EQ(request.field("Authorization"), "");  // nor a nonce of the first server's
  };
  next();
  EXPECT_TRUE(again(challenge(request, "", "pbx")));
  next();
  elsewhere();
  EXPECT_TRUE(again(challenge(request, "", "pbx")));  // the configured server asked for that
  elsewhere();
  EXPECT_TRUE(again(challenge(request, "", "example.com")));  // the configured domain
  elsewhere();
  const auto no = refused(challenge(request, "", "bank.example"));
  EXPECT_TRUE(no.authentication);
  EXPECT_THAT(no.detail,
              HasSubstr("\"bank.example\", which the configured server never asked for"));
  EXPECT_EQ(next().field("Authorization"), "");
}

}  // namespace
}  // namespace sealtone::sip::tests
