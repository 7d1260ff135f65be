// SPDX-License-Identifier: Apache-2.0
#include "tls/offer.h"

#include <algorithm>
#include <array>

#include "base/tls_versions.h"
#include "handshake/messages.h"
#include "handshake/names.h"
#include "tls/native.h"

namespace sealtone::tls {
namespace {

using handshake::ClientHello;

// RFC 8446 §4.2.3 and RFC 5246 §7.4.1.4.1: numbers of signature schemes.
constexpr std::uint16_t kEcdsaP256 = 0x0403, kEcdsaP384 = 0x0503, kEcdsaP521 = 0x0603,
                        kEd25519 = 0x0807, kEd448 = 0x0808;
constexpr std::uint8_t kRsa = 1, kEcdsa = 3;  // the low octet, of TLS 1.2
constexpr std::uint16_t kLowestPssRsae = 0x0804, kHighestPssRsae = 0x0806, kLowestPssPss = 0x0809,
                        kHighestPssPss = 0x080B;

bool among(std::uint16_t scheme, std::uint16_t lowest, std::uint16_t highest) {
  return scheme >= lowest && scheme <= highest;
}

// By which signature a key shows whose it is in TLS 1.2.
bool signs(const x509::PublicKey& key, std::uint16_t scheme) {
  const auto by = static_cast<std::uint8_t>(scheme & 0xFFU);
  const bool old = scheme < 0x0700;  // a hash and a kind of key, an octet each
  if (key.kind == "RSA")
    return (old && by == kRsa) || among(scheme, kLowestPssRsae, kHighestPssRsae);
  if (key.kind == "RSA-PSS") return among(scheme, kLowestPssPss, kHighestPssPss);
  if (key.kind == "EC") return old && by == kEcdsa;
  return scheme == (key.kind == "Ed25519" ? kEd25519 : kEd448);
}

// In TLS 1.3 a scheme names its curve, and RSA signs by PSS alone.
bool signs_in_tls13(const x509::PublicKey& key, std::uint16_t scheme) {
  if (key.kind == "RSA") return among(scheme, kLowestPssRsae, kHighestPssRsae);
  if (key.kind != "EC") return signs(key, scheme);
  return (key.curve == "P-256" && scheme == kEcdsaP256) ||
         (key.curve == "P-384" && scheme == kEcdsaP384) ||
         (key.curve == "P-521" && scheme == kEcdsaP521);
}

// RFC 8422 §5.1.1: the number of the curve.
std::optional<std::uint16_t> group_of(const x509::PublicKey& key) {
  constexpr auto kCurves = std::to_array<std::pair<std::string_view, std::uint16_t>>({
      {"P-224", 21},
      {"secp256k1", 22},
      {"P-256", 23},
      {"P-384", 24},
      {"P-521", 25},
      {"brainpoolP256r1", 26},
      {"brainpoolP384r1", 27},
      {"brainpoolP512r1", 28},
  });
  const auto* const found =
      std::ranges::find(kCurves, key.curve, &std::pair<std::string_view, std::uint16_t>::first);
  return found == kCurves.end() ? std::nullopt : std::optional(found->second);
}

bool knows_kind(const x509::PublicKey& key) {
  return key.kind == "RSA" || key.kind == "RSA-PSS" || key.kind == "EC" || key.kind == "Ed25519" ||
         key.kind == "Ed448";
}

// RFC 8422 §5.1: a client's list of groups bounds the curves of certificates, too.
bool group_is_offered(const ClientHello& hello, const x509::PublicKey& key) {
  if (key.kind != "EC") return true;
  const auto group = group_of(key);
  return group && std::ranges::find(hello.groups, *group) != hello.groups.end();
}

// By the suite: with whose key the server encrypts or signs.  RFC 8422 §5.10 and RFC 8446 §4.2.3:
// Edwards curves go with ECDHE_ECDSA, RSASSA-PSS keys with DHE_RSA and ECDHE_RSA.
bool suite_goes_with(std::uint16_t suite, const x509::PublicKey& key) {
  const auto name = handshake::cipher_suite_name(suite);
  const bool ecdsa = name.starts_with("TLS_ECDHE_ECDSA_");
  if (key.kind == "EC" || key.kind.starts_with("Ed")) return ecdsa;
  const bool signed_by_rsa = name.starts_with("TLS_ECDHE_RSA_") || name.starts_with("TLS_DHE_RSA_");
  return signed_by_rsa || (key.kind == "RSA" && name.starts_with("TLS_RSA_WITH_"));
}

// Up to TLS 1.2.
bool goes_with_a_suite(const ClientHello& hello, const x509::PublicKey& key) {
  // A server that speaks several versions takes the newest of both sides.
  const bool tls12 = std::ranges::find(hello.versions, base::kTls12) != hello.versions.end();
  const auto signs_it = [&](std::uint16_t scheme) { return signs(key, scheme); };
  // RFC 5246 §7.4.1.4.1: who says nothing takes SHA-1 with RSA and ECDSA; before TLS 1.2 there was
  // nothing else.
  const bool by_default =
      (!tls12 || hello.signature_schemes.empty()) && (key.kind == "RSA" || key.kind == "EC");
  if (!by_default && !(tls12 && std::ranges::any_of(hello.signature_schemes, signs_it))) {
    return false;
  }
  return group_is_offered(hello, key) &&
         std::ranges::any_of(hello.cipher_suites,
                             [&](std::uint16_t suite) { return suite_goes_with(suite, key); });
}

}  // namespace

std::optional<ClientHello> client_hello(const Context& context) {
  const std::unique_ptr<SSL, Free> probe(SSL_new(context.native().context.get()));
  BIO* const nothing = BIO_new(BIO_s_mem());
  BIO* const said = BIO_new(BIO_s_mem());
  if (!probe || nothing == nullptr || said == nullptr) {
    BIO_free(nothing);
    BIO_free(said);
    return std::nullopt;
  }
  SSL_set_bio(probe.get(), nothing, said);  // both are the probe's now
  SSL_set_connect_state(probe.get());
  (void)SSL_do_handshake(probe.get());
  (void)crypto::drain_openssl_errors();
  char* octets = nullptr;
  const long length = BIO_get_mem_data(said, &octets);
  constexpr long headers = 5 + 4;  // of the record, and of the message
  if (octets == nullptr || length <= headers) return std::nullopt;
  const base::Bytes flight(octets, octets + length);
  auto parsed = handshake::parse_client_hello(base::ByteView(flight).subspan(headers));
  if (!parsed || parsed->hello.versions.empty()) return std::nullopt;
  return std::move(parsed->hello);
}

bool goes_with(const ClientHello& hello, const x509::PublicKey& key) {
  if (!knows_kind(key)) return false;
  const bool tls13 = std::ranges::find(hello.versions, base::kTls13) != hello.versions.end();
  const auto signs_it = [&](std::uint16_t scheme) { return signs_in_tls13(key, scheme); };
  if (tls13 && std::ranges::any_of(hello.signature_schemes, signs_it)) return true;
  return hello.versions.back() < base::kTls13 && goes_with_a_suite(hello, key);
}

std::string keys_that_go_with(const ClientHello& hello) {
  std::string names;
  for (const auto& [kind, curve] : std::to_array<std::pair<const char*, const char*>>({
           {"RSA", ""},
           {"EC", "P-256"},
           {"EC", "P-384"},
           {"EC", "P-521"},
           {"Ed25519", ""},
           {"Ed448", ""},
       })) {
    const x509::PublicKey key{.kind = kind, .curve = curve};
    if (!goes_with(hello, key)) continue;
    names += (names.empty() ? "" : ", ") + key.description();
  }
  return names;
}

}  // namespace sealtone::tls
