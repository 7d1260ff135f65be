// SPDX-License-Identifier: Apache-2.0
#include "handshake/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/tls_versions.h"
#include "handshake/cipher_suites.h"

namespace sealtone::handshake {
namespace {

struct Named {
  std::uint16_t number;
  std::string_view name;
};

constexpr auto kVersions = std::to_array<Named>({{0x0002, "SSL 2.0"},
                                                 {0x0300, "SSL 3.0"},
                                                 {base::kTls10, "TLS 1.0"},
                                                 {base::kTls11, "TLS 1.1"},
                                                 {base::kTls12, "TLS 1.2"},
                                                 {base::kTls13, "TLS 1.3"}});

// clang-format off
constexpr auto kGroups = std::to_array<Named>({
    {1, "sect163k1"}, {2, "sect163r1"}, {3, "sect163r2"}, {4, "sect193r1"}, {5, "sect193r2"},
    {6, "sect233k1"}, {7, "sect233r1"}, {8, "sect239k1"}, {9, "sect283k1"}, {10, "sect283r1"},
    {11, "sect409k1"}, {12, "sect409r1"}, {13, "sect571k1"}, {14, "sect571r1"},
    {15, "secp160k1"}, {16, "secp160r1"}, {17, "secp160r2"}, {18, "secp192k1"},
    {19, "secp192r1"}, {20, "secp224k1"}, {21, "secp224r1"}, {22, "secp256k1"},
    {23, "secp256r1"}, {24, "secp384r1"}, {25, "secp521r1"}, {26, "brainpoolP256r1"},
    {27, "brainpoolP384r1"}, {28, "brainpoolP512r1"}, {29, "x25519"}, {30, "x448"},
    {31, "brainpoolP256r1tls13"}, {32, "brainpoolP384r1tls13"}, {33, "brainpoolP512r1tls13"},
    {34, "GC256A"}, {35, "GC256B"}, {36, "GC256C"}, {37, "GC256D"}, {38, "GC512A"},
    {39, "GC512B"}, {40, "GC512C"}, {41, "curveSM2"},
    {256, "ffdhe2048"}, {257, "ffdhe3072"}, {258, "ffdhe4096"}, {259, "ffdhe6144"},
    {260, "ffdhe8192"}, {0x0200, "MLKEM512"}, {0x0201, "MLKEM768"}, {0x0202, "MLKEM1024"},
    {0x11EB, "SecP256r1MLKEM768"}, {0x11EC, "X25519MLKEM768"}, {0x11ED, "SecP384r1MLKEM1024"},
    {0x6399, "X25519Kyber768Draft00"}, {0x639A, "SecP256r1Kyber768Draft00"},
    {0xFF01, "arbitrary_explicit_prime_curves"}, {0xFF02, "arbitrary_explicit_char2_curves"},
});

constexpr auto kSchemes = std::to_array<Named>({
    {0x0201, "rsa_pkcs1_sha1"}, {0x0203, "ecdsa_sha1"},
    {0x0401, "rsa_pkcs1_sha256"}, {0x0403, "ecdsa_secp256r1_sha256"},
    {0x0501, "rsa_pkcs1_sha384"}, {0x0503, "ecdsa_secp384r1_sha384"},
    {0x0601, "rsa_pkcs1_sha512"}, {0x0603, "ecdsa_secp521r1_sha512"},
    {0x0708, "sm2sig_sm3"},
    {0x0804, "rsa_pss_rsae_sha256"}, {0x0805, "rsa_pss_rsae_sha384"},
    {0x0806, "rsa_pss_rsae_sha512"}, {0x0807, "ed25519"}, {0x0808, "ed448"},
    {0x0809, "rsa_pss_pss_sha256"}, {0x080A, "rsa_pss_pss_sha384"},
    {0x080B, "rsa_pss_pss_sha512"},
    {0x081A, "ecdsa_brainpoolP256r1tls13_sha256"}, {0x081B, "ecdsa_brainpoolP384r1tls13_sha384"},
    {0x081C, "ecdsa_brainpoolP512r1tls13_sha512"},
    {0x0904, "mldsa44"}, {0x0905, "mldsa65"}, {0x0906, "mldsa87"},
});
// clang-format on

template <std::size_t size>
std::string_view find(const std::array<Named, size>& table, std::uint16_t number) {
  const auto at = std::ranges::find(table, number, &Named::number);
  return at == table.end() ? std::string_view{} : at->name;
}

// RFC 8701 §2: values with both octets equal and a low nibble of A are offered to be ignored.
bool is_grease(std::uint16_t number) {
  return (number & 0x0F0F) == 0x0A0A && (number >> 8) == (number & 0xFF);
}

std::string known_or_hex(std::string_view name, std::uint16_t number) {
  if (!name.empty()) return std::string(name);
  if (is_grease(number)) return "GREASE";
  return fmt::format("0x{:04X}", number);
}

// TLS 1.2's pair of a hash and a signature algorithm (RFC 5246 §7.4.1.4.1).
std::string hash_and_signature(std::uint16_t scheme) {
  static constexpr std::array<std::string_view, 7> hashes{"none",   "md5",    "sha1",  "sha224",
                                                          "sha256", "sha384", "sha512"};
  static constexpr std::array<std::string_view, 4> signatures{"anonymous", "rsa", "dsa", "ecdsa"};
  const unsigned hash = scheme >> 8;
  const unsigned signature = scheme & 0xFF;
  if (hash >= hashes.size() || signature >= signatures.size()) return {};
  return fmt::format("{}_{}", signatures[signature], hashes[hash]);
}

std::string handshake_name(HandshakeType type) {
  switch (type) {
    case HandshakeType::hello_request: return "HelloRequest";
    case HandshakeType::client_hello: return "ClientHello";
    case HandshakeType::server_hello: return "ServerHello";
    case HandshakeType::new_session_ticket: return "NewSessionTicket";
    case HandshakeType::end_of_early_data: return "EndOfEarlyData";
    case HandshakeType::encrypted_extensions: return "EncryptedExtensions";
    case HandshakeType::certificate: return "Certificate";
    case HandshakeType::server_key_exchange: return "ServerKeyExchange";
    case HandshakeType::certificate_request: return "CertificateRequest";
    case HandshakeType::server_hello_done: return "ServerHelloDone";
    case HandshakeType::certificate_verify: return "CertificateVerify";
    case HandshakeType::client_key_exchange: return "ClientKeyExchange";
    case HandshakeType::finished: return "Finished";
    case HandshakeType::certificate_url: return "CertificateURL";
    case HandshakeType::certificate_status: return "CertificateStatus";
    case HandshakeType::supplemental_data: return "SupplementalData";
    case HandshakeType::key_update: return "KeyUpdate";
    case HandshakeType::compressed_certificate: return "CompressedCertificate";
    case HandshakeType::next_protocol: return "NextProtocol";
  }
  return fmt::format("handshake message 0x{:02X}", static_cast<unsigned>(type));
}

}  // namespace

std::string version_name(std::uint16_t version) {
  constexpr unsigned draft = 0x7F;  // draft-ietf-tls-tls13-28 §4.2.1.1
  if (version >> 8U == draft) return fmt::format("TLS 1.3 (draft {})", version & 0xFFU);
  return known_or_hex(find(kVersions, version), version);
}

std::optional<std::uint16_t> version_from(std::string_view text) {
  std::string word = base::lower_ascii(base::trim(text));
  if (word.starts_with("tls")) word.erase(0, 3);
  if (word.starts_with("v")) word.erase(0, 1);
  const std::string_view number = base::trim(word);
  if (number == "1.0" || number == "1") return base::kTls10;
  if (number == "1.1") return base::kTls11;
  if (number == "1.2") return base::kTls12;
  if (number == "1.3") return base::kTls13;
  return std::nullopt;
}

std::string cipher_suite_name(std::uint16_t suite) {
  return known_or_hex(registered_cipher_suite(suite), suite);
}

std::string group_name(std::uint16_t group) { return known_or_hex(find(kGroups, group), group); }

std::string signature_scheme_name(std::uint16_t scheme) {
  if (const auto name = find(kSchemes, scheme); !name.empty()) return std::string(name);
  if (auto pair = hash_and_signature(scheme); !pair.empty()) return pair;
  return known_or_hex({}, scheme);
}

std::string message_name(const Message& message) {
  switch (message.content) {
    case ContentType::change_cipher_spec: return "ChangeCipherSpec";
    case ContentType::alert: return "Alert";
    case ContentType::application_data: return "application data";
    case ContentType::heartbeat: return "Heartbeat";
    case ContentType::handshake: break;
  }
  if (message.hello_retry_request) return "HelloRetryRequest";
  if (message.type) return handshake_name(*message.type);
  return "handshake message";
}

// Ephemeral Diffie-Hellman in any form, and every suite of TLS 1.3 (a resumption without
// Diffie-Hellman is not the suite's doing).
bool forward_secret_suite(std::uint16_t suite) {
  const std::string_view name = registered_cipher_suite(suite);
  return (suite >> 8) == 0x13 || name.starts_with("TLS_DHE_") || name.starts_with("TLS_ECDHE_") ||
         name.starts_with("TLS_DH_anon_") || name.starts_with("TLS_ECDH_anon_") ||
         name.starts_with("TLS_ECCPWD_");
}

bool rsa_key_transport_suite(std::uint16_t suite) {
  const std::string_view name = registered_cipher_suite(suite);
  return name.starts_with("TLS_RSA_WITH_") || name.starts_with("TLS_RSA_EXPORT_");
}

}  // namespace sealtone::handshake
