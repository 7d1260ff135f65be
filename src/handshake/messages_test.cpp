// SPDX-License-Identifier: Apache-2.0
#include "handshake/messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "handshake/two_engines.h"

namespace sealtone::handshake {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The bodies of one handshake between two OpenSSL engines, by type.
std::vector<std::pair<HandshakeType, base::Bytes>> real_bodies(int version, const char* ciphers) {
  std::vector<std::pair<HandshakeType, base::Bytes>> bodies;
  testing::End client(Role::client, testing::only(version, ciphers));
  testing::End server(Role::server, testing::ask_client);
  SSL_set_msg_callback(client.ssl.get(), [](int, int, int content, const void* body,
                                            std::size_t size, SSL*, void* list) {
    const auto* octets = static_cast<const std::uint8_t*>(body);
    if (content != SSL3_RT_HANDSHAKE) return;
    static_cast<decltype(bodies)*>(list)->emplace_back(HandshakeType{octets[0]},
                                                       base::Bytes(octets + 4, octets + size));
  });
  SSL_set_msg_callback_arg(client.ssl.get(), &bodies);
  for (bool more = true; more;) {
    client.step();
    more = client.deliver_to(server);
    server.step();
    more = server.deliver_to(client) || more;
  }
  return bodies;
}

// Whether a body of this type is understood.
bool understood(HandshakeType type, base::ByteView body, std::uint16_t version,
                std::uint16_t suite) {
  switch (type) {
    case HandshakeType::client_hello: return parse_client_hello(body).has_value();
    case HandshakeType::server_hello: return parse_server_hello(body).has_value();
    case HandshakeType::certificate: return parse_certificate(body, version).complete;
    case HandshakeType::certificate_request:
      return parse_certificate_request(body, version).has_value();
    case HandshakeType::server_key_exchange:
      return parse_server_key_exchange(body, {.version = version, .cipher_suite = suite})
          .has_value();
    default: return true;
  }
}

bool is_parsed(HandshakeType type) {
  return type == HandshakeType::client_hello || type == HandshakeType::server_hello ||
         type == HandshakeType::certificate || type == HandshakeType::certificate_request;
}

class RealBodies : public ::testing::TestWithParam<int> {};

// A vector's length is known before its content: cutting anywhere leaves one of them short.
// The extensions of a hello may be absent, which is the one place where less is still whole.
TEST_P(RealBodies, AreUnderstoodWholeAndNotWhenCutAnywhere) {
  const auto bodies = real_bodies(GetParam(), nullptr);
  const auto version = static_cast<std::uint16_t>(GetParam());
  ASSERT_GT(bodies.size(), 5U);
  for (const auto& [type, body] : bodies) {
    EXPECT_TRUE(understood(type, body, version, 0xC013));
    if (!is_parsed(type)) continue;
    int still_whole = 0;
    for (std::size_t cut = 0; cut < body.size(); ++cut) {
      const base::Bytes exact(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(cut));
      if (understood(type, exact, version, 0xC013)) ++still_whole;
    }
    const bool hello = type == HandshakeType::client_hello || type == HandshakeType::server_hello;
    EXPECT_LE(still_whole, hello ? 1 : 0) << static_cast<int>(type);
  }
}

INSTANTIATE_TEST_SUITE_P(Tls10To13, RealBodies,
                         ::testing::Values(TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION,
                                           TLS1_3_VERSION));

TEST(ParseClientHello, TakesOneWithoutExtensionsAsOldPhonesSendIt) {
  base::Bytes hello{3, 1};
  hello.insert(hello.end(), 32, 0xAA);
  hello.insert(hello.end(), {0, 0, 4, 0, 5, 0, 47, 1, 0});
  const auto parsed = parse_client_hello(hello);
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->hello.versions, ElementsAre(0x0301));
  EXPECT_THAT(parsed->hello.cipher_suites, ElementsAre(5, 47));
  EXPECT_EQ(parsed->hello.server_name, "");
  hello.push_back(0);
  EXPECT_FALSE(parse_client_hello(hello));
}

TEST(ParseClientHello, LeavesGreaseOutOfTheVersionsAndSortsThem) {
  base::Bytes hello{3, 3};
  hello.insert(hello.end(), 32, 0xAA);
  hello.insert(hello.end(), {0, 0, 2, 0x13, 0x01, 1, 0, 0, 11});
  hello.insert(hello.end(), {0, 43, 0, 7, 6, 0x1A, 0x1A, 3, 3, 3, 4});
  const auto parsed = parse_client_hello(hello);
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->hello.versions, ElementsAre(0x0304, 0x0303));
}

TEST(ParseCertificate, ReadsAnEmptyOneAsNoCertificate) {
  const auto old = parse_certificate(base::Bytes{0, 0, 0}, 0x0303);
  EXPECT_TRUE(old.complete);
  EXPECT_THAT(old.chain, IsEmpty());
  const auto now = parse_certificate(base::Bytes{0, 0, 0, 0}, 0x0304);
  EXPECT_TRUE(now.complete);
  EXPECT_THAT(now.chain, IsEmpty());
}

TEST(ParseCertificate, ReadsTheExtensionsOfEachEntryInTls13Only) {
  const base::Bytes entry{0, 0, 0, 7, 0, 0, 2, 9, 9, 0, 0};
  EXPECT_TRUE(parse_certificate(entry, 0x0304).complete);
  EXPECT_THAT(parse_certificate(entry, 0x0304).chain, ElementsAre(base::Bytes{9, 9}));
  EXPECT_FALSE(parse_certificate(entry, 0x0303).complete);
}

TEST(ParseServerKeyExchange, CountsTheBitsOfThePrimeWithoutLeadingZeros) {
  const auto bits = [](base::Bytes p) {
    p.insert(p.begin(), {0, static_cast<std::uint8_t>(p.size())});
    return parse_server_key_exchange(p, {.version = 0x0303, .cipher_suite = 0x0033})->dh_bits;
  };
  EXPECT_EQ(bits({0x80, 0, 0}), 24);
  EXPECT_EQ(bits({0, 0, 1, 0}), 9);
  EXPECT_EQ(bits({0, 0}), 0);
  EXPECT_EQ(bits({}), 0);
}

TEST(ParseServerKeyExchange, SkipsTheIdentityHintOfASharedKey) {
  const base::Bytes body{0, 2, 'h', 'i', 3, 0, 23};
  const ServerHello hello{.version = 0x0303, .cipher_suite = 0xC035};  // ECDHE_PSK
  EXPECT_EQ(parse_server_key_exchange(body, hello)->group, 23);
  EXPECT_FALSE(parse_server_key_exchange(body, hello)->signature_scheme);
  EXPECT_FALSE(parse_server_key_exchange(base::Bytes{0, 9, 1}, hello));
}

TEST(ParseServerKeyExchange, NamesTheSchemeOfTls12AndNoneBefore) {
  const base::Bytes curve{3, 0, 29, 1, 7, 4, 1, 0, 2, 9, 9};
  EXPECT_EQ(parse_server_key_exchange(curve, {.version = 0x0303, .cipher_suite = 0xC02F})
                ->signature_scheme,
            0x0401);
  EXPECT_FALSE(parse_server_key_exchange(curve, {.version = 0x0302, .cipher_suite = 0xC013})
                   ->signature_scheme);
  const base::Bytes prime{0, 1, 7, 0, 1, 2, 0, 1, 5, 4, 3, 0, 1, 9};
  EXPECT_EQ(parse_server_key_exchange(prime, {.version = 0x0303, .cipher_suite = 0x009E})
                ->signature_scheme,
            0x0403);
  // TLS_DH_anon_WITH_AES_128_GCM_SHA256 has none.
  const base::Bytes nobody(prime.begin(), prime.begin() + 9);
  EXPECT_FALSE(parse_server_key_exchange(nobody, {.version = 0x0303, .cipher_suite = 0x00A6})
                   ->signature_scheme);
}

base::Bytes hello_with(base::Bytes extensions, bool session_id) {
  base::Bytes hello{3, 3};
  hello.insert(hello.end(), 32, 0xAA);
  if (session_id) hello.insert(hello.end(), {1, 9});
  if (!session_id) hello.push_back(0);
  hello.insert(hello.end(), {0, 2, 0x13, 0x01, 1, 0});
  hello.insert(hello.end(), {0, static_cast<std::uint8_t>(extensions.size())});
  hello.insert(hello.end(), extensions.begin(), extensions.end());
  return hello;
}

TEST(ParseClientHello, TellsWhetherASessionIsOffered) {
  const auto offers = [](base::Bytes extensions, bool session_id) {
    return parse_client_hello(hello_with(std::move(extensions), session_id))->hello.offers_session;
  };
  const base::Bytes tls13{0, 43, 0, 3, 2, 3, 4}, may_have_ticket{0, 35, 0, 0},
      ticket{0, 35, 0, 1, 7}, pre_shared_key{0, 41, 0, 1, 7};
  EXPECT_FALSE(offers({}, false));
  EXPECT_TRUE(offers({}, true));
  EXPECT_FALSE(offers(tls13, true));  // for old middleboxes
  EXPECT_FALSE(offers(may_have_ticket, false));
  EXPECT_TRUE(offers(ticket, false));
  EXPECT_TRUE(offers(pre_shared_key, false));
}

TEST(ParseClientHello, TellsWhetherAnAnswerOfOcspIsAskedFor) {
  const auto asks = [](base::Bytes extensions) {
    return parse_client_hello(hello_with(std::move(extensions), false))->hello.asks_for_ocsp;
  };
  EXPECT_FALSE(asks({}));
  EXPECT_TRUE(asks({0, 5, 0, 5, 1, 0, 0, 0, 0}));
  EXPECT_FALSE(asks({0, 5, 0, 5, 2, 0, 0, 0, 0}));  // ocsp_multi is another extension's
  EXPECT_FALSE(asks({0, 5, 0, 0}));
}

TEST(ParseClientHello, KeepsTheGroupsOfItsKeyShares) {
  const base::Bytes shares{0, 51, 0, 11, 0, 9, 0, 29, 0, 1, 7, 0, 23, 0, 0};
  EXPECT_THAT(parse_client_hello(hello_with(shares, false))->hello.key_shares, ElementsAre(29, 23));
}

// RFC 5246 §E.2, as OpenSSL 0.9.8 sent it.
TEST(ParseSsl2ClientHello, KeepsTheVersionAndTheSuitesOfSsl3AndLater) {
  const base::Bytes hello{1, 3, 1, 0, 9, 0, 0, 0, 2, 7, 0, 0xC0, 0, 0, 0x2F, 0, 0, 5, 1, 2};
  const auto parsed = parse_ssl2_client_hello(hello);
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->versions, ElementsAre(0x0301));
  EXPECT_THAT(parsed->cipher_suites, ElementsAre(0x2F, 5));
  EXPECT_FALSE(parsed->offers_session);
  for (std::size_t cut = 0; cut < hello.size(); ++cut) {
    EXPECT_FALSE(parse_ssl2_client_hello(base::ByteView(hello).first(cut))) << cut;
  }
}

TEST(ParseServerHello, KeepsWhatItAgreesTo) {
  base::Bytes hello{3, 3};
  hello.insert(hello.end(), 32, 0xAA);
  hello.insert(hello.end(), {0, 0xC0, 0x2F, 0, 0, 17, 0, 22, 0, 0, 0, 23, 0, 0});
  hello.insert(hello.end(), {0, 16, 0, 5, 0, 3, 2, 'h', '2'});
  const auto parsed = parse_server_hello(hello);
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->hello.encrypt_then_mac);
  EXPECT_TRUE(parsed->hello.extended_master_secret);
  EXPECT_EQ(parsed->hello.alpn, "h2");
}

// Drafts of TLS 1.3 up to the 21st; the next one has the form of RFC 8446.
TEST(ParseServerHello, ReadsTheShortFormOfEarlyDrafts) {
  base::Bytes hello{0x7F, 0x15};
  hello.insert(hello.end(), 32, 0xAA);
  hello.insert(hello.end(), {0x13, 0x01, 0, 0});
  ASSERT_TRUE(parse_server_hello(hello));
  EXPECT_EQ(parse_server_hello(hello)->hello.cipher_suite, 0x1301);
  hello[1] = 0x16;
  EXPECT_FALSE(parse_server_hello(hello));
}

TEST(ChosenProtocol, StandsInEncryptedExtensions) {
  EXPECT_EQ(chosen_protocol(base::Bytes{0, 9, 0, 16, 0, 5, 0, 3, 2, 'h', '2'}), "h2");
  EXPECT_EQ(chosen_protocol(base::Bytes{0, 0}), "");
  EXPECT_EQ(chosen_protocol(base::Bytes{0, 9, 0, 16}), "");
}

TEST(KeyExchangeOf, SpeaksOfASharedKeyWithAndWithoutDiffieHellman) {
  ServerHello hello{.version = 0x0304, .cipher_suite = 0x1301, .group = {}, .resumed = true};
  EXPECT_EQ(key_exchange_of(hello, {}).name, "PSK");
  EXPECT_FALSE(key_exchange_of(hello, {}).forward_secret);
  hello.group = 256;
  EXPECT_EQ(key_exchange_of(hello, {}).name, "PSK with DHE, ffdhe2048");
  EXPECT_TRUE(key_exchange_of(hello, {}).forward_secret);
}

TEST(KeyExchangeOf, NamesTheOthersAsTheSuiteDoes) {
  const auto name = [](std::uint16_t suite) {
    return key_exchange_of({.version = 0x0303, .cipher_suite = suite, .group = {}}, {}).name;
  };
  EXPECT_EQ(name(0xC00E), "ECDH");
  EXPECT_EQ(name(0x0034), "DH_anon");
  EXPECT_EQ(name(0xC035), "ECDHE_PSK");
  EXPECT_EQ(name(0xFFFE), "0xFFFE");
}

// RFC 6066 §8: status_type ocsp(1), then opaque OCSPResponse<1..2^24-1>.
TEST(ParseCertificateStatus, GivesTheAnswerOrNothing) {
  EXPECT_THAT(parse_certificate_status(base::Bytes{1, 0, 0, 2, 7, 8}), ElementsAre(7, 8));
  EXPECT_THAT(parse_certificate_status(base::Bytes{2, 0, 0, 2, 7, 8}), IsEmpty());
  EXPECT_THAT(parse_certificate_status(base::Bytes{1, 0, 0, 3, 7, 8}), IsEmpty());
  EXPECT_THAT(parse_certificate_status(base::Bytes{1, 0, 0, 1, 7, 8}), IsEmpty());
  EXPECT_THAT(parse_certificate_status(base::Bytes{1}), IsEmpty());
  EXPECT_THAT(parse_certificate_status({}), IsEmpty());
}

// RFC 8446 §4.4.2.1: an extension of the entry; that of the server's own certificate counts.
TEST(ParseCertificate, TakesTheAnswerBesideTheFirstOfTls13) {
  const base::Bytes extension{0, 5, 0, 6, 1, 0, 0, 2, 7, 8};
  base::Bytes body{0, 0, 0, 38};
  for (int i = 0; i < 2; ++i) {
    body.insert(body.end(), {0, 0, 4, 1, 2, 3, 4, 0, 10});
    body.insert(body.end(), extension.begin(), extension.end());
  }
  const auto parsed = parse_certificate(body, 0x0304);
  EXPECT_TRUE(parsed.complete);
  EXPECT_EQ(parsed.chain.size(), 2U);
  EXPECT_THAT(parsed.ocsp_response, ElementsAre(7, 8));
  // A second one does not take the first one's place.
  body.back() = 9;
  EXPECT_THAT(parse_certificate(body, 0x0304).ocsp_response, ElementsAre(7, 8));
}

}  // namespace
}  // namespace sealtone::handshake
