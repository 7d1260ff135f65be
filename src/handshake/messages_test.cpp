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
      return parse_server_key_exchange(body, suite).has_value();
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
    return parse_server_key_exchange(p, 0x0033)->dh_bits;
  };
  EXPECT_EQ(bits({0x80, 0, 0}), 24);
  EXPECT_EQ(bits({0, 0, 1, 0}), 9);
  EXPECT_EQ(bits({0, 0}), 0);
  EXPECT_EQ(bits({}), 0);
}

TEST(ParseServerKeyExchange, SkipsTheIdentityHintOfASharedKey) {
  const base::Bytes body{0, 2, 'h', 'i', 3, 0, 23};
  EXPECT_EQ(parse_server_key_exchange(body, 0xC035)->group, 23);  // ECDHE_PSK
  EXPECT_FALSE(parse_server_key_exchange(base::Bytes{0, 9, 1}, 0xC035));
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
