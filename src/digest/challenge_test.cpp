// SPDX-License-Identifier: Apache-2.0
//
// digest/challenge: the strongest of what a server offers, and what is passed over.
#include <array>

#include <gtest/gtest.h>

#include "digest/digest.h"

namespace sealtone::digest {
namespace {

Offered offer(std::vector<std::string_view> fields) { return offered(fields); }

// The algorithm that is answered; "basic" or "none" if no digest is.
std::string answered(std::vector<std::string_view> fields) {
  const auto all = offered(fields);
  if (all.digest) return std::string(word(all.digest->algorithm));
  return all.basic ? "basic" : "none";
}

constexpr std::string_view kMd5 = R"(Digest realm="a", nonce="b", qop="auth", algorithm=MD5)";
constexpr std::string_view kSha256 =
    R"(Digest realm="a", nonce="b", qop="auth, auth-int", algorithm=SHA-256)";
constexpr std::string_view kBasic = R"(Basic realm="a")";

TEST(Offered, TakesTheStrongestDigestWhereverItStands) {
  EXPECT_EQ(answered({kMd5, kSha256, kBasic}), "SHA-256");
  EXPECT_EQ(answered({kBasic, kSha256, kMd5}), "SHA-256");
  EXPECT_EQ(answered({std::string(kMd5) + ", " + std::string(kBasic)}), "MD5");
  EXPECT_EQ(answered({kSha256, R"(Digest realm=a,nonce=b,qop=auth,algorithm="SHA-512-256")"}),
            "SHA-512-256");
  EXPECT_EQ(answered({kMd5, R"(Digest realm=a,nonce=b,qop=auth,algorithm=md5-SESS)"}), "MD5-sess");
  EXPECT_EQ(answered({kSha256, R"(Digest realm=a,nonce=b,qop=auth,algorithm=MD5-sess)"}),
            "SHA-256");
}

TEST(Offered, PassesOverWhatIsNotKnownHere) {
  EXPECT_EQ(answered({R"(Digest realm=a,nonce=b,qop=auth,algorithm=SHA-1)", kMd5}), "MD5");
  EXPECT_EQ(answered({R"(Digest realm=a,nonce=b,qop=auth,algorithm=SHA-1)"}), "none");
  EXPECT_EQ(answered({R"(Digest realm=a,nonce=b,qop="auth-int",algorithm=SHA-256)", kMd5}), "MD5");
  EXPECT_EQ(answered({R"(Digest realm=a,nonce=b,qop="",algorithm=SHA-256)"}), "none");
  EXPECT_EQ(answered({R"(Digest realm=a,nonce=b,algorithm=MD5-sess)"}), "none");
  EXPECT_EQ(answered({R"(Digest realm=a,qop=auth)", R"(Digest nonce=b,qop=auth)"}), "none");
  EXPECT_EQ(answered({"Negotiate", kBasic}), "basic");
  EXPECT_EQ(offer({"Negotiate", "NTLM"}).schemes, (std::vector<std::string>{"negotiate", "ntlm"}));
}

TEST(Offered, PassesOverAMalformedFieldAndTakesTheNext) {
  EXPECT_EQ(answered({R"(Digest realm="a, nonce=b)", kMd5}), "MD5");
  EXPECT_EQ(answered({std::string(20'000, 'x'), kBasic}), "basic");
  EXPECT_EQ(answered({"Digest realm=\"a\r\nX: y\", nonce=b, qop=auth"}), "none");
}

TEST(Offered, ReadsWhatTheChallengeSays) {
  const auto plain = offer({R"(Digest realm="a", nonce="b")"}).digest.value();
  EXPECT_EQ(plain.algorithm, Algorithm::md5);
  EXPECT_FALSE(plain.names_algorithm || plain.qop_auth || plain.stale || plain.utf8 ||
               plain.userhash || plain.opaque);
  const auto full = offer({R"(Digest realm="a", nonce="b", opaque="", stale=TRUE, charset="utf-8",)"
                           R"( userhash=true, qop="auth-int,auth", algorithm=SHA-256-sess)"})
                        .digest.value();
  EXPECT_EQ(full.algorithm, Algorithm::sha256_sess);
  EXPECT_TRUE(full.names_algorithm && full.qop_auth && full.stale && full.utf8 && full.userhash);
  EXPECT_EQ(full.opaque, "");
  EXPECT_FALSE(offer({R"(Digest realm="a", nonce="b", stale=false)"}).digest->stale);
}

TEST(Ways, AreAFewOfThoseOfferedAsAStrangerWroteThem) {
  const auto ways_of = [](std::string_view field) { return ways(offered(std::array{field})); };
  EXPECT_EQ(ways_of(""), "a way that cannot be read");
  EXPECT_EQ(ways_of("Negotiate"), "negotiate");
  EXPECT_EQ(ways_of("a, b, c, d, e"), "a, b, c, d, e");
  EXPECT_EQ(ways_of("a, b, c, d, e, f"), "a, b, c, d, e");
  EXPECT_LE(ways_of(std::string(5'000, 'x')).size(), 50U);
}

}  // namespace
}  // namespace sealtone::digest
