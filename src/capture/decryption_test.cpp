// SPDX-License-Identifier: Apache-2.0
//
// capture/decryption: what OpenSSL's ends said to each other, read from their wire and key log.
#include "capture/decryption.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/tls_versions.h"
#include "capture/protection.h"
#include "capture/wire.h"
#include "handshake/names.h"

namespace sealtone::capture::testing {
namespace {

const std::string kAsked = "GET / HTTP/1.1\r\nHost: prov.example.com\r\n\r\n";
// Longer than a record.
std::string long_answer() { return std::string(20'000, 'a') + "the end"; }

Prepare one_version(int version, const std::string& cipher = "ALL:@SECLEVEL=0") {
  return [=](SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, version);
    SSL_CTX_set_max_proto_version(context, version);
    SSL_CTX_set_cipher_list(context, cipher.c_str());
  };
}

void talk(Engines& engines) {
  engines.say(engines.client.get(), kAsked);
  engines.hear(engines.server.get());
  engines.say(engines.server.get(), long_answer());
  SSL_shutdown(engines.client.get());
  engines.carry_all();
}

// Everything that was said is found, in its order, and nothing else.
void expect_all_of(const Engines& engines) {
  const auto read = follow(engines.records, engines.key_log);
  EXPECT_EQ(read.not_opened, 0U);
  EXPECT_EQ(read.sent, kAsked);
  EXPECT_TRUE(read.received == long_answer()) << read.received.size();
  EXPECT_EQ(read.alerts, (std::vector<std::uint8_t>{0}));
  auto found = read.handshakes, said = engines.handshakes;
  std::ranges::sort(found);
  std::ranges::sort(said);
  // The client's engine has not read the tickets that came last.
  std::erase(found, std::pair(Direction::received, HandshakeType::new_session_ticket));
  std::erase(said, std::pair(Direction::received, HandshakeType::new_session_ticket));
  EXPECT_EQ(found, said);
}

std::vector<std::string> ciphers_of_openssl() {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_method()),
                                                                  SSL_CTX_free);
  SSL_CTX_set_cipher_list(context.get(), "ALL:eNULL:@SECLEVEL=0");
  std::vector<std::string> names;
  auto* all = SSL_CTX_get_ciphers(context.get());
  for (int i = 0; i < sk_SSL_CIPHER_num(all); ++i) {
    const auto* cipher = sk_SSL_CIPHER_value(all, i);
    if (SSL_CIPHER_get_kx_nid(cipher) != NID_kx_any)
      names.emplace_back(SSL_CIPHER_get_name(cipher));
  }
  return names;
}

class UpToTls12 : public ::testing::TestWithParam<std::tuple<int, bool>> {
};  // version, encrypt-then-MAC

TEST_P(UpToTls12, OpensEveryCipherThatOpenSslHas) {
  const auto [version, encrypt_then_mac] = GetParam();
  std::set<std::string> opened, not_opened;
  for (const auto& name : ciphers_of_openssl()) {
    SCOPED_TRACE(name);
    const bool without = !encrypt_then_mac;
    Engines engines([&](SSL_CTX* context) {
      one_version(version, name + ":@SECLEVEL=0")(context);
      if (without) SSL_CTX_set_options(context, SSL_OP_NO_ENCRYPT_THEN_MAC);
    });
    if (!engines.shake_hands()) continue;  // of another version, or without a certificate
    const auto suite = SSL_CIPHER_get_protocol_id(SSL_get_current_cipher(engines.client.get()));
    talk(engines);
    if (!protection_of(suite)) {
      not_opened.insert(handshake::cipher_suite_name(suite));
      continue;
    }
    opened.insert(handshake::cipher_suite_name(suite));
    expect_all_of(engines);
  }
  for (const char* suite : {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                            "TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA"}) {
    EXPECT_TRUE(opened.contains(suite)) << suite;
  }
  if (version == TLS1_2_VERSION) {
    for (const char* suite :
         {"TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_RSA_WITH_AES_128_CCM", "TLS_RSA_WITH_AES_256_CCM_8",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
          "TLS_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_ARIA_256_GCM_SHA384"}) {
      EXPECT_TRUE(opened.contains(suite)) << suite;
    }
  }
  // Nothing is encrypted in these.
  for (const auto& suite : not_opened) EXPECT_NE(suite.find("_NULL_"), std::string::npos) << suite;
}

INSTANTIATE_TEST_SUITE_P(, UpToTls12,
                         ::testing::Combine(::testing::Values(TLS1_VERSION, TLS1_1_VERSION,
                                                              TLS1_2_VERSION),
                                            ::testing::Bool()));

const char* const kSuites13Named[] = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
                                      "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_CCM_SHA256",
                                      "TLS_AES_128_CCM_8_SHA256"};

Prepare tls13(const std::string& suites) {
  return [=](SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_ciphersuites(context, suites.c_str());
  };
}

class InTls13 : public ::testing::TestWithParam<const char*> {};

TEST_P(InTls13, OpensTheHandshakeAndWhatFollowsUnderNewKeys) {
  Engines engines(tls13(GetParam()));
  ASSERT_TRUE(engines.shake_hands());
  // Both sides change their keys, one of them twice.
  SSL_key_update(engines.client.get(), SSL_KEY_UPDATE_REQUESTED);
  engines.say(engines.client.get(), kAsked);
  engines.hear(engines.server.get());
  engines.say(engines.server.get(), "wait");
  SSL_key_update(engines.server.get(), SSL_KEY_UPDATE_NOT_REQUESTED);
  engines.say(engines.server.get(), long_answer());
  SSL_shutdown(engines.client.get());
  engines.carry_all();
  const auto read = follow(engines.records, engines.key_log);
  EXPECT_EQ(read.not_opened, 0U);
  EXPECT_EQ(read.sent, kAsked);
  EXPECT_TRUE(read.received == "wait" + long_answer()) << read.received.size();
  EXPECT_EQ(std::ranges::count(read.handshakes, HandshakeType::key_update,
                               &std::pair<Direction, HandshakeType>::second),
            3);
}

TEST_P(InTls13, OpensAHandshakeThatWasAskedForAnotherGroup) {
  Engines engines(tls13(GetParam()));
  SSL_set1_groups_list(engines.client.get(), "X25519:P-384");
  SSL_set1_groups_list(engines.server.get(), "P-384");
  ASSERT_TRUE(engines.shake_hands());
  talk(engines);
  expect_all_of(engines);
}

INSTANTIATE_TEST_SUITE_P(, InTls13, ::testing::ValuesIn(kSuites13Named));

// The session of an established connection, with its ticket read.
using Session = std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)>;
Session session_of(Engines& engines) {
  engines.say(engines.server.get(), "hello");
  engines.hear(engines.client.get());
  Session session(SSL_get1_session(engines.client.get()), SSL_SESSION_free);
  // Both say goodbye: else OpenSSL would forget the session.
  SSL_shutdown(engines.client.get());
  SSL_shutdown(engines.server.get());
  return session;
}

TEST(Decryption, OpensAResumedConnection) {
  for (const int version : {TLS1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION}) {
    SCOPED_TRACE(version);
    Engines engines(one_version(version));
    ASSERT_TRUE(engines.shake_hands());
    const auto session = session_of(engines);
    engines.begin(session.get());
    ASSERT_TRUE(engines.shake_hands());
    ASSERT_EQ(SSL_session_reused(engines.client.get()), 1);
    talk(engines);
    expect_all_of(engines);
  }
}

struct EarlyCase {
  bool accepted;
  bool secret_known;
};
void expect_early(const EarlyCase& one) {
  SCOPED_TRACE(::testing::Message() << one.accepted << one.secret_known);
  Engines engines([](SSL_CTX* context) {
    tls13("TLS_AES_256_GCM_SHA384")(context);
    SSL_CTX_set_max_early_data(context, 1000);
    SSL_CTX_set_recv_max_early_data(context, 1000);
  });
  ASSERT_TRUE(engines.shake_hands());
  const auto session = session_of(engines);
  engines.begin(session.get());
  if (!one.accepted) SSL_set_max_early_data(engines.server.get(), 0);
  std::size_t written = 0;
  ASSERT_EQ(SSL_write_early_data(engines.client.get(), kAsked.data(), kAsked.size(), &written), 1);
  engines.carry_all();
  if (one.accepted) {
    char octets[1000];
    std::size_t got = 0;
    ASSERT_EQ(SSL_read_early_data(engines.server.get(), octets, sizeof octets, &got),
              SSL_READ_EARLY_DATA_SUCCESS);
    ASSERT_EQ(got, kAsked.size());
    engines.carry_all();
    (void)SSL_do_handshake(engines.client.get());
    engines.carry_all();
    ASSERT_EQ(SSL_read_early_data(engines.server.get(), octets, sizeof octets, &got),
              SSL_READ_EARLY_DATA_FINISH);
  }
  ASSERT_TRUE(engines.shake_hands());
  engines.say(engines.client.get(), "later");
  auto key_log = engines.key_log;
  if (!one.secret_known) {
    for (auto at = key_log.find("CLIENT_EARLY"); at != std::string::npos;
         at = key_log.find("CLIENT_EARLY")) {
      key_log[at] = '#';
    }
  }
  const auto read = follow(engines.records, key_log);
  EXPECT_EQ(read.sent, one.secret_known ? kAsked + "later" : "later");
  const bool ended_early = one.accepted && one.secret_known;
  EXPECT_EQ(std::ranges::count(read.handshakes, HandshakeType::end_of_early_data,
                               &std::pair<Direction, HandshakeType>::second),
            ended_early ? 1 : 0);
  EXPECT_EQ(read.not_opened > 0, !one.secret_known);
}

TEST(Decryption, OpensEarlyDataWhereItsSecretIsKnownAndPassesItOverElse) {
  for (const bool accepted : {true, false}) {
    for (const bool known : {true, false}) expect_early({accepted, known});
  }
}

TEST(Decryption, OpensWhatFollowsARenegotiation) {
  for (const char* cipher : {"AES128-SHA", "ECDHE-RSA-AES256-GCM-SHA384"}) {
    SCOPED_TRACE(cipher);
    Engines engines([&](SSL_CTX* context) {
      one_version(TLS1_2_VERSION, std::string(cipher) + ":@SECLEVEL=0")(context);
      SSL_CTX_set_options(context, SSL_OP_ALLOW_CLIENT_RENEGOTIATION);
    });
    ASSERT_TRUE(engines.shake_hands());
    engines.say(engines.client.get(), "before ");
    engines.hear(engines.server.get());
    ASSERT_EQ(SSL_renegotiate(engines.client.get()), 1);
    for (int i = 0; i < 5; ++i) {
      (void)SSL_do_handshake(engines.client.get());
      engines.carry_all();
      engines.hear(engines.server.get());
    }
    ASSERT_EQ(SSL_renegotiate_pending(engines.client.get()), 0);
    engines.say(engines.client.get(), "behind");
    const auto read = follow(engines.records, engines.key_log);
    EXPECT_EQ(read.not_opened, 0U);
    EXPECT_EQ(read.sent, "before behind");
    EXPECT_EQ(std::ranges::count(read.handshakes, HandshakeType::finished,
                                 &std::pair<Direction, HandshakeType>::second),
              4);
  }
}

TEST(Decryption, FindsItsWayWhereOnlyTheKeysOfApplicationDataAreKnown) {
  Engines engines(tls13("TLS_AES_128_GCM_SHA256"));
  ASSERT_TRUE(engines.shake_hands());
  talk(engines);
  auto key_log = engines.key_log;
  for (auto at = key_log.find("CLIENT_HANDSHAKE"); at != std::string::npos;
       at = key_log.find("CLIENT_HANDSHAKE")) {
    key_log[at] = '#';
  }
  const auto read = follow(engines.records, key_log);
  EXPECT_EQ(read.not_opened, 1U);  // the client's Finished
  EXPECT_EQ(read.sent, kAsked);
  EXPECT_TRUE(read.received == long_answer()) << read.received.size();
}

struct Cipher {
  int version;
  const char* name;
};
class Hostile : public ::testing::TestWithParam<Cipher> {
 protected:
  static Prepare prepare() {
    const auto [version, name] = GetParam();
    return version == TLS1_3_VERSION ? tls13(name)
                                     : one_version(version, std::string(name) + ":@SECLEVEL=0");
  }
};

TEST_P(Hostile, GivesNothingUnderOtherKeys) {
  Engines engines(prepare());
  ASSERT_TRUE(engines.shake_hands());
  talk(engines);
  // Each secret's last octet is another one.
  auto wrong = engines.key_log;
  for (auto at = wrong.find('\n'); at != std::string::npos; at = wrong.find('\n', at + 1)) {
    wrong[at - 1] = wrong[at - 1] == '0' ? '1' : '0';
  }
  for (const auto& key_log : {wrong, std::string()}) {
    const auto read = follow(engines.records, key_log);
    EXPECT_EQ(read.sent, "");
    EXPECT_EQ(read.received, "");
    EXPECT_GE(read.not_opened, 6U);
  }
}

TEST_P(Hostile, GivesNothingForARecordThatWasChangedAndOpensTheNext) {
  Engines engines(prepare());
  ASSERT_TRUE(engines.shake_hands());
  engines.say(engines.client.get(), "one");
  engines.say(engines.client.get(), "two");
  const auto whole = engines.records;
  const auto last_but_one = whole.size() - 2;
  auto& changed = engines.records[last_but_one].fragment;
  for (const std::size_t at : {std::size_t{0}, changed.size() / 2, changed.size() - 1}) {
    changed[at] ^= 0x40;
    const auto read = follow(engines.records, engines.key_log);
    EXPECT_EQ(read.not_opened, 1U) << at;
    EXPECT_EQ(read.sent, "two") << at;
    changed[at] ^= 0x40;
  }
  engines.records = whole;
  engines.records[last_but_one].version ^= 1;
  EXPECT_EQ(follow(engines.records, engines.key_log).not_opened, 1U);
}

TEST_P(Hostile, GivesNothingForARecordOfAnyOtherLength) {
  Engines engines(prepare());
  ASSERT_TRUE(engines.shake_hands());
  engines.say(engines.client.get(), "one");
  auto& last = engines.records.back().fragment;
  const auto whole = last;
  for (std::size_t size = 0; size < whole.size() + 40; ++size) {
    if (size == whole.size()) continue;
    last = whole;
    last.resize(size);
    const auto read = follow(engines.records, engines.key_log);
    EXPECT_EQ(read.not_opened, 1U) << size;
    EXPECT_EQ(read.sent, "") << size;
  }
}

INSTANTIATE_TEST_SUITE_P(, Hostile,
                         ::testing::Values(Cipher{TLS1_1_VERSION, "AES128-SHA"},
                                           Cipher{TLS1_2_VERSION, "AES128-SHA"},
                                           Cipher{TLS1_2_VERSION, "ECDHE-RSA-AES256-GCM-SHA384"},
                                           Cipher{TLS1_2_VERSION, "AES256-CCM8"},
                                           Cipher{TLS1_2_VERSION, "ECDHE-RSA-CHACHA20-POLY1305"},
                                           Cipher{TLS1_3_VERSION, "TLS_AES_128_GCM_SHA256"},
                                           Cipher{TLS1_3_VERSION, "TLS_AES_128_CCM_8_SHA256"}));

TEST(Decryption, TakesAnythingForAMessage) {
  const Secrets none;
  Decryption decryption(none);
  for (int type = 0; type < 256; ++type) {
    base::Bytes message(60, 0xFF);
    message[0] = static_cast<std::uint8_t>(type);
    for (std::size_t size = 0; size < message.size(); ++size) {
      for (const auto direction : {Direction::sent, Direction::received}) {
        const auto part = base::ByteView(message).first(size);
        decryption.saw(direction, ContentType::handshake, part);
        decryption.saw(direction, ContentType::change_cipher_spec, part);
        EXPECT_FALSE(decryption.open(direction, ContentType::application_data, 0x0303, part));
      }
    }
  }
}

TEST(ProtectionOf, KnowsNothingOfWhatItDoesNotOpen) {
  EXPECT_FALSE(protection_of(0x0000));  // TLS_NULL_WITH_NULL_NULL
  EXPECT_FALSE(protection_of(0x0005));  // TLS_RSA_WITH_RC4_128_SHA
  EXPECT_FALSE(protection_of(0x0008));  // TLS_RSA_EXPORT_WITH_DES40_CBC_SHA
  EXPECT_FALSE(protection_of(0x00FF));  // TLS_EMPTY_RENEGOTIATION_INFO_SCSV
  EXPECT_FALSE(protection_of(0x0A0A));  // GREASE
  EXPECT_STREQ(protection_of(0x000A)->cipher, "DES-EDE3-CBC");
  EXPECT_EQ(protection_of(0xC0A1)->tag_size, 8U);  // TLS_RSA_WITH_AES_256_CCM_8
  EXPECT_EQ(protection_of(0xC09D)->tag_size, 16U);
}

}  // namespace
}  // namespace sealtone::capture::testing
