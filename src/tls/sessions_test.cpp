// SPDX-License-Identifier: Apache-2.0
//
// tls/sessions: what is given out, once or again, and what is dropped.
#include "tls/sessions.h"

#include <openssl/ssl.h>

#include "tls/ends.h"

namespace sealtone::tls::testing {
namespace {

const crypto::Sha256 kTerms{1}, kOthers{2};

Session session(const std::string& origin, bool single_use = true,
                std::chrono::sys_seconds made = kNow) {
  std::shared_ptr<SSL_SESSION> native(SSL_SESSION_new(), SSL_SESSION_free);
  const unsigned char id = 'i';
  SSL_SESSION_set1_id(native.get(), &id, 1);
  return {.origin = origin,
          .terms = kTerms,
          .native = std::move(native),
          .chain = {},
          .made = made,
          .expires = made + 1h,
          .single_use = single_use};
}

TEST(SessionCache, GivesASessionOfTls13OnceAndAnotherAgain) {
  SessionCache cache;
  cache.put(session("once"));
  cache.put(session("again", false));
  EXPECT_TRUE(cache.take("once", kTerms, kNow));
  EXPECT_FALSE(cache.take("once", kTerms, kNow));
  EXPECT_TRUE(cache.take("again", kTerms, kNow));
  EXPECT_TRUE(cache.take("again", kTerms, kNow));
}

TEST(SessionCache, GivesTheNewest) {
  SessionCache cache;
  for (const bool single_use : {true, false}) {
    cache.put(session("a", single_use, kNow));
    cache.put(session("a", single_use, kNow + 1s));
    const auto taken = cache.take("a", kTerms, kNow + 1s);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->made, kNow + 1s);
    cache.forget("a");
    EXPECT_EQ(cache.size(), 0U);
  }
}

TEST(SessionCache, DropsWhatWasMadeUnderOtherTerms) {
  SessionCache cache;
  cache.put(session("a"));
  cache.put(session("b"));
  EXPECT_FALSE(cache.take("a", kOthers, kNow));
  EXPECT_FALSE(cache.take("a", kTerms, kNow));
  EXPECT_TRUE(cache.take("b", kTerms, kNow));
}

TEST(SessionCache, DropsWhatHasExpiredOrIsOfATimeToCome) {
  SessionCache cache;
  const auto taken_at = [&](std::chrono::sys_seconds now) {
    cache.put(session("a"));
    return cache.take("a", kTerms, now).has_value();
  };
  EXPECT_TRUE(taken_at(kNow));
  EXPECT_TRUE(taken_at(kNow + 1h - 1s));
  EXPECT_FALSE(taken_at(kNow + 1h));
  EXPECT_FALSE(taken_at(kNow - 1s));
  EXPECT_EQ(cache.size(), 0U);
}

TEST(SessionCache, KeepsFewOfOneOriginAndNotManyInAll) {
  SessionCache cache;
  for (int i = 0; i < 1'000; ++i) cache.put(session("greedy"));
  EXPECT_EQ(cache.size(), SessionCache::kMostOfOrigin);
  for (std::size_t i = 0; i < SessionCache::kMost; ++i) cache.put(session(std::to_string(i)));
  EXPECT_EQ(cache.size(), SessionCache::kMost);
  EXPECT_FALSE(cache.take("greedy", kTerms, kNow));
  EXPECT_TRUE(cache.take("0", kTerms, kNow));
}

TEST(SessionTerms, AreOthersOnceAnythingIsThatASessionDependsOn) {
  const auto context = build(client_options());
  const auto check = trusting_root();
  const auto terms = terms_of(*context, check);
  EXPECT_EQ(terms, terms_of(*build(client_options()), trusting_root()));

  EXPECT_NE(terms, terms_of(*build(client_options(only(0x0303))), check));
  EXPECT_NE(terms, terms_of(*build(client_options({}, "client")), check));
  EXPECT_NE(terms_of(*build(client_options({}, "client")), check),
            terms_of(*build(client_options({}, "client-other")), check));
  auto listed = client_options();
  listed.cipher_list = "ECDHE+AESGCM";
  EXPECT_NE(terms, terms_of(*build(listed), check));
  auto grouped = client_options();
  grouped.groups = "P-256";
  EXPECT_NE(terms, terms_of(*build(grouped), check));

  std::vector<PeerCheck> others(14, check);
  others[0].anchors = trusting({"root"});
  others[1].reference = trust::ReferenceIdentifier::from_host("other.example.com");
  others[2].reference.reset();
  others[3].policy.only_accept_trusted = false;
  others[4].policy.check_name = false;
  others[5].policy.allow_common_name = true;
  others[6].policy.path.min_rsa_bits = 1'024;
  others[7].policy.path.allow_sha1 = true;
  others[8].policy.path.profile = x509::Profile::strict;
  others[9].policy.path.policies.initial_policy_set = {"1.2.3"};
  others[10].policy.path.max_intermediates = 1;
  others[11].policy.path.revocation_required = true;
  others[12].policy.path.partial_chain = false;
  others[13].policy.path.common_names = false;
  for (std::size_t i = 0; i < others.size(); ++i) {
    EXPECT_NE(terms, terms_of(*context, others[i])) << i;
  }
}

}  // namespace
}  // namespace sealtone::tls::testing
