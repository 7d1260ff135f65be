// SPDX-License-Identifier: Apache-2.0
//
// digest/session: the examples of RFC 7616 §3.9, and values computed by Python's hashlib.
#include <gtest/gtest.h>

#include "digest/digest.h"
#include "digest/offers.h"

namespace sealtone::digest {
namespace {

using base::ErrorCode;

constexpr const char* kOpaque = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
constexpr const char* kClientNonce = "0a4f113b";

Challenge challenge(std::string_view field) {
  const std::vector<std::string_view> fields{field};
  return offered(fields).digest.value();
}
Session session(std::string_view field, std::string_view user = "user") {
  return Session::begin(challenge(field), user, "pass", kClientNonce).value();
}

// One parameter of an Authorization field; "-" if it is not there.
std::string parameter(const base::Result<std::string>& field, std::string_view name) {
  const auto offers = read_offers(field.value()).value();
  const auto* found = find(offers.at(0).parameters, name);
  return found == nullptr ? "-" : *found;
}

// RFC 7616 §3.9.1
std::string mufasa(const std::string& algorithm) {
  return R"(Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=)" + algorithm +
         R"(, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque=")" + kOpaque + "\"";
}
base::Result<std::string> answer_of_mufasa(const std::string& algorithm) {
  auto session = Session::begin(challenge(mufasa(algorithm)), "Mufasa", "Circle of Life",
                                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
  return session.value().authorization("GET", "/dir/index.html");
}

TEST(Session, AnswersTheExampleOfTheStandardWithMd5) {
  EXPECT_EQ(answer_of_mufasa("MD5").value(),
            R"(Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", )"
            R"(nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", )"
            R"(opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", algorithm=MD5, nc=00000001, )"
            R"(cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, )"
            R"(response="8ca523f5e9506fed4657c9700eebdbec")");
}

TEST(Session, AnswersTheExampleOfTheStandardWithSha256) {
  EXPECT_EQ(parameter(answer_of_mufasa("SHA-256"), "response"),
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

// RFC 7616 §3.9.2, with the values of erratum 4897.
constexpr std::string_view kDoe =
    R"(Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, )"
    R"(nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", )"
    R"(opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8)";
base::Result<std::string> answer_of_doe(const std::string& field) {
  auto session = Session::begin(challenge(field), "J\xC3\xA4s\xC3\xB8n Doe", "Secret, or not?",
                                "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v");
  return session.value().authorization("GET", "/doe.json");
}

TEST(Session, SendsTheHashOfTheUserNameWhereTheServerOffersIt) {
  const auto answer = answer_of_doe(std::string(kDoe) + ", userhash=true");
  EXPECT_EQ(parameter(answer, "username"),
            "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b");
  EXPECT_EQ(parameter(answer, "userhash"), "true");
  EXPECT_EQ(parameter(answer, "response"),
            "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5");
}

TEST(Session, EscapesAUserNameBeyondAsciiWhereTheServerTakesUtf8) {
  const auto answer = answer_of_doe(std::string(kDoe));
  EXPECT_NE(answer.value().find("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, "), std::string::npos)
      << *answer;
  EXPECT_EQ(parameter(answer, "username"), "-");
  EXPECT_EQ(parameter(answer, "response"),
            "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5");
}

TEST(Session, HashesOnceForASessionAndCountsFromThereOn) {
  auto sess = session(R"(Digest realm="realm", nonce="abc", qop="auth", algorithm=SHA-256-sess)");
  const auto first = sess.authorization("GET", "/x");
  EXPECT_EQ(parameter(first, "algorithm"), "SHA-256-sess");
  EXPECT_EQ(parameter(first, "response"),
            "ddfec953dabbe7371f3dde1698e622f4f529fdf24368d98ccbfe6ef4db9e790c");
  ASSERT_TRUE(sess.confirm(R"(nextnonce="def")"));
  const auto next = sess.authorization("GET", "/y");
  EXPECT_EQ(parameter(next, "nonce"), "def");
  EXPECT_EQ(parameter(next, "nc"), "00000001");
  EXPECT_EQ(parameter(next, "response"),
            "52473075a879534cda45099117efd5a9c99be1cb89b9789b5a91114aba0fee0d");
}

TEST(Session, CountsTheUsesOfItsNonce) {
  auto counting = session(R"(Digest realm="realm", nonce="abc", qop="auth")");
  EXPECT_EQ(parameter(counting.authorization("GET", "/x"), "nc"), "00000001");
  const auto second = counting.authorization("GET", "/y");
  EXPECT_EQ(parameter(second, "nc"), "00000002");
  EXPECT_EQ(parameter(second, "response"), "357cb8c677f02ffa53dc43b038a4aee1");
  EXPECT_EQ(parameter(second, "algorithm"), "-");
}

TEST(Session, AnswersAsIn1997WhereTheServerKnowsNoQop) {
  auto old = session(R"(Digest realm="realm", nonce="abc")");
  const auto answer = old.authorization("GET", "/x");
  EXPECT_EQ(answer.value(), R"(Digest username="user", realm="realm", uri="/x", nonce="abc", )"
                            R"(response="ad1cc13c8a6c533254f6564a06da016e")");
}

TEST(Session, AnswersASipRegistrar) {
  auto registering =
      Session::begin(challenge(R"(Digest realm="biloxi.com", qop="auth", algorithm=SHA-256, )"
                               R"(nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093")"),
                     "bob", "zanzibar", kClientNonce);
  EXPECT_EQ(parameter(registering.value().authorization("REGISTER", "sip:biloxi.com"), "response"),
            "93e0e23c30bf2e3b139a3410a7edc9a5b15b1cfd8fd557ca8ee303e4372339a1");
}

TEST(Session, HashesWhatIsMeantAndSendsItEscaped) {
  auto escaped = session(R"(Digest realm="re\\alm", nonce="abc", qop="auth")", "us\"er");
  const auto answer = escaped.authorization("GET", "/x");
  EXPECT_NE(answer.value().find(R"(username="us\"er", realm="re\\alm")"), std::string::npos)
      << *answer;
  EXPECT_EQ(parameter(answer, "response"), "58feecea357648a6076619e838d96bbe");
}

TEST(Session, LetsNoUserNameAndNoAddressEndALine) {
  for (const char* user : {"a\r\nX-Injected: 1", "\x7F"}) {
    const auto plain = Session::begin(challenge(R"(Digest realm="a", nonce="b")"), user, "", "c");
    ASSERT_FALSE(plain);
    EXPECT_EQ(plain.error().code, ErrorCode::bad_input);
    auto utf8 = Session::begin(challenge(R"(Digest realm="a", nonce="b", charset=UTF-8)"), user, "",
                               kClientNonce);
    EXPECT_EQ(utf8.value().authorization("GET", "/").value().find_first_of("\r\n\x7F"),
              std::string::npos);
  }
  auto any = session(R"(Digest realm="a", nonce="b")");
  EXPECT_FALSE(any.authorization("GET", "/\r\n"));
}

TEST(Session, TakesAProofThatTheServerKnowsThePassword) {
  auto asked = session(R"(Digest realm="realm", nonce="abc", qop="auth")");
  ASSERT_TRUE(asked.authorization("GET", "/x"));
  const std::string proof = R"(rspauth="cca369f3d93827a124238fb03a867b5a")";
  EXPECT_TRUE(asked.confirm(proof));
  EXPECT_TRUE(asked.confirm(proof + R"(, qop=auth, cnonce="0a4f113b", nc=00000001)"));
  EXPECT_TRUE(asked.confirm("qop=auth"));
  EXPECT_TRUE(asked.confirm(""));
}

TEST(Session, RefusesAProofThatIsNone) {
  auto asked = session(R"(Digest realm="realm", nonce="abc", qop="auth")");
  ASSERT_TRUE(asked.authorization("GET", "/x"));
  const std::string proof = R"(rspauth="cca369f3d93827a124238fb03a867b5a")";
  for (const std::string& info :
       {std::string(R"(rspauth="cca369f3d93827a124238fb03a867b5b")"), std::string(R"(rspauth="")"),
        proof + R"(, cnonce="other")", proof + ", nc=00000002", proof + ", qop=auth-int"}) {
    const auto refused = asked.confirm(info);
    ASSERT_FALSE(refused) << info;
    EXPECT_EQ(refused.error().code, ErrorCode::mismatch) << info;
  }
  // Of another request.
  ASSERT_TRUE(asked.authorization("GET", "/x"));
  EXPECT_FALSE(asked.confirm(proof));
  EXPECT_EQ(asked.confirm("rspauth=\"").error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace sealtone::digest
