// SPDX-License-Identifier: Apache-2.0
#include "handshake/messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <functional>

#include "base/tls_versions.h"
#include "handshake/names.h"
#include "handshake/reader.h"

namespace sealtone::handshake {
namespace {

constexpr std::uint8_t kOcsp = 1;  // RFC 6066 §8, status_type
constexpr std::uint16_t kServerName = 0, kStatusRequest = 5, kSupportedGroups = 10,
                        kSignatureAlgorithms = 13, kAlpn = 16, kEncryptThenMac = 22,
                        kExtendedMasterSecret = 23, kSessionTicket = 35, kPreSharedKey = 41,
                        kSupportedVersions = 43, kCertificateAuthorities = 47, kKeyShare = 51,
                        kRenegotiationInfo = 0xFF01;

// Up to this draft of TLS 1.3 its ServerHello had neither session identifier nor compression
// method, and the draft, or TLS 1.3's own number, stood in its version.
constexpr std::uint16_t kDraft = 0x7F00, kLastShortDraft = 0x7F15;

// RFC 8446 §4.1.3: SHA-256 of "HelloRetryRequest".
constexpr std::array<std::uint8_t, 32> kHelloRetryRequest{
    0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
    0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C};

base::Bytes copy(base::ByteView octets) { return {octets.begin(), octets.end()}; }

std::vector<std::uint16_t> numbers(base::ByteView octets) {
  std::vector<std::uint16_t> list;
  for (Reader reader(octets); reader.ok() && !reader.empty();) {
    const auto value = reader.u16();
    if (reader.ok()) list.push_back(value);
  }
  return list;
}

// Calls visit(type, octets) for every extension; false if their lengths do not add up.
template <typename Visit>
bool for_each_extension(base::ByteView extensions, Visit visit) {
  Reader reader(extensions);
  while (reader.ok() && !reader.empty()) {
    const auto type = reader.u16();
    const auto data = reader.vector(2);
    if (reader.ok()) visit(type, data);
  }
  return reader.ok();
}

std::string first_host_name(base::ByteView data) {
  Reader list(Reader(data).vector(2));
  while (list.ok() && !list.empty()) {
    const auto type = list.u8();
    const auto name = list.vector(2);
    if (list.ok() && type == 0) return std::string(base::text(name));
  }
  return {};
}

std::vector<std::string> protocols(base::ByteView data) {
  std::vector<std::string> found;
  Reader list(Reader(data).vector(2));
  while (list.ok() && !list.empty()) {
    const auto name = list.vector(1);
    if (list.ok()) found.emplace_back(base::text(name));
  }
  return found;
}

std::vector<std::uint16_t> shared_groups(base::ByteView data) {
  std::vector<std::uint16_t> groups;
  Reader list(Reader(data).vector(2));
  while (list.ok() && !list.empty()) {
    const auto group = list.u16();
    list.vector(2);
    if (list.ok()) groups.push_back(group);
  }
  return groups;
}

std::string first_protocol(base::ByteView data) {
  auto all = protocols(data);
  return all.empty() ? std::string{} : std::move(all.front());
}

// RFC 8701: a GREASE value is no version.
std::vector<std::uint16_t> real_versions(base::ByteView data) {
  auto versions = numbers(Reader(data).vector(1));
  std::erase_if(versions, [](std::uint16_t version) { return (version & 0x0F0F) == 0x0A0A; });
  std::ranges::sort(versions, std::greater{});
  return versions;
}

void read_client_extension(ClientHello& hello, std::uint16_t type, base::ByteView data) {
  switch (type) {
    case kServerName: hello.server_name = first_host_name(data); break;
    case kSupportedGroups: hello.groups = numbers(Reader(data).vector(2)); break;
    case kSignatureAlgorithms: hello.signature_schemes = numbers(Reader(data).vector(2)); break;
    case kAlpn: hello.alpn = protocols(data); break;
    case kSupportedVersions: hello.versions = real_versions(data); break;
    case kKeyShare: hello.key_shares = shared_groups(data); break;
    // RFC 5077 §3.2: an empty one says only that the client would take a ticket.
    case kStatusRequest: hello.asks_for_ocsp = !data.empty() && data.front() == kOcsp; break;
    case kSessionTicket: hello.offers_session = hello.offers_session || !data.empty(); break;
    case kPreSharedKey: hello.offers_session = true; break;
    default: break;
  }
}

std::optional<std::vector<base::Bytes>> authorities(base::ByteView list) {
  std::vector<base::Bytes> names;
  Reader reader(list);
  while (reader.ok() && !reader.empty()) {
    const auto name = reader.vector(2);
    if (reader.ok()) names.push_back(copy(name));
  }
  if (!reader.ok()) return std::nullopt;
  return names;
}

int bit_length(base::ByteView number) {
  const auto first = std::ranges::find_if(number, [](std::uint8_t octet) { return octet != 0; });
  if (first == number.end()) return 0;
  const auto rest = static_cast<int>(number.end() - first) - 1;
  return rest * 8 + std::bit_width(*first);
}

std::string group_words(std::uint16_t group) {
  auto name = group_name(group);
  if (name.starts_with("x")) name.front() = 'X';
  return name;
}

bool finite_field(std::uint16_t group) { return group >= 0x0100 && group < 0x0200; }

KeyExchange tls13_key_exchange(const ServerHello& hello) {
  KeyExchange kx;
  kx.forward_secret = hello.group.has_value();
  if (!hello.group) {
    kx.name = "PSK";
    return kx;
  }
  kx.name = fmt::format("{}{}, {}", hello.resumed ? "PSK with " : "",
                        finite_field(*hello.group) ? "DHE" : "ECDHE", group_words(*hello.group));
  return kx;
}

}  // namespace

std::optional<ParsedClientHello> parse_client_hello(base::ByteView body) {
  Reader reader(body);
  ParsedClientHello parsed;
  auto& hello = parsed.hello;
  hello.legacy_version = reader.u16();
  reader.take(32);
  parsed.session_id = copy(reader.vector(1));
  hello.cipher_suites = numbers(reader.vector(2));
  reader.vector(1);  // compression methods
  if (!reader.ok()) return std::nullopt;
  if (!reader.empty()) {
    const auto visit = [&](std::uint16_t type, base::ByteView data) {
      read_client_extension(hello, type, data);
    };
    if (!for_each_extension(reader.vector(2), visit) || !reader.finished()) return std::nullopt;
  }
  if (hello.versions.empty()) hello.versions = {hello.legacy_version};
  // RFC 8446 §4.1.2: with TLS 1.3 a session identifier may be there for old middleboxes only.
  const bool identifier_counts = hello.versions.front() < base::kTls13;
  if (identifier_counts && !parsed.session_id.empty()) hello.offers_session = true;
  return parsed;
}

std::optional<ClientHello> parse_ssl2_client_hello(base::ByteView body) {
  Reader reader(body);
  constexpr std::uint8_t client_hello = 1;
  if (reader.u8() != client_hello) return std::nullopt;
  ClientHello hello;
  hello.legacy_version = reader.u16();
  const auto kinds = reader.number(2), identifier = reader.number(2), challenge = reader.number(2);
  Reader list(reader.take(kinds));
  hello.offers_session = !reader.take(identifier).empty();
  reader.take(challenge);
  if (!reader.finished()) return std::nullopt;
  hello.versions = {hello.legacy_version};
  while (list.ok() && !list.empty()) {
    // RFC 5246 §E.2: "the first byte is zero" in those of SSL 3.0 and later.
    const bool known = list.u8() == 0;
    const auto suite = list.u16();
    if (list.ok() && known) hello.cipher_suites.push_back(suite);
  }
  if (!list.ok()) return std::nullopt;
  return hello;
}

std::optional<ParsedServerHello> parse_server_hello(base::ByteView body) {
  Reader reader(body);
  ParsedServerHello parsed;
  auto& hello = parsed.hello;
  hello.version = reader.u16();
  parsed.hello_retry_request = std::ranges::equal(reader.take(32), kHelloRetryRequest);
  const bool short_form =
      hello.version == base::kTls13 || (hello.version > kDraft && hello.version <= kLastShortDraft);
  if (!short_form) parsed.session_id = copy(reader.vector(1));
  hello.cipher_suite = reader.u16();
  if (!short_form) reader.u8();  // compression method
  if (!reader.ok()) return std::nullopt;
  if (reader.empty()) return parsed;
  bool pre_shared_key = false;
  const auto visit = [&](std::uint16_t type, base::ByteView data) {
    Reader value(data);
    if (type == kSupportedVersions && data.size() == 2) hello.version = value.u16();
    if (type == kKeyShare && data.size() >= 2) hello.group = value.u16();
    if (type == kPreSharedKey) pre_shared_key = true;
    if (type == kRenegotiationInfo) hello.secure_renegotiation = true;
    if (type == kEncryptThenMac) hello.encrypt_then_mac = true;
    if (type == kExtendedMasterSecret) hello.extended_master_secret = true;
    if (type == kAlpn) hello.alpn = first_protocol(data);
  };
  if (!for_each_extension(reader.vector(2), visit) || !reader.finished()) return std::nullopt;
  hello.resumed = pre_shared_key && hello.version >= base::kTls13;
  return parsed;
}

std::string chosen_protocol(base::ByteView encrypted_extensions) {
  std::string chosen;
  const auto visit = [&](std::uint16_t type, base::ByteView data) {
    if (type == kAlpn) chosen = first_protocol(data);
  };
  // What is wrong in an extension is the TLS library's to refuse.
  (void)for_each_extension(Reader(encrypted_extensions).vector(2), visit);
  return chosen;
}

// TLS 1.3 puts a request context before the list and extensions behind each entry.
ParsedCertificate parse_certificate(base::ByteView body, std::uint16_t version) {
  ParsedCertificate parsed;
  Reader reader(body);
  if (version >= base::kTls13) reader.vector(1);
  Reader list(reader.vector(3));
  while (list.ok() && !list.empty()) {
    const auto entry = list.vector(3);
    if (list.ok()) parsed.chain.push_back(copy(entry));
    if (version < base::kTls13) continue;
    const auto visit = [&](std::uint16_t type, base::ByteView data) {
      const bool first = parsed.chain.size() == 1;
      if (type == kStatusRequest && first) parsed.ocsp_response = parse_certificate_status(data);
    };
    // What is wrong in an extension is the TLS library's to refuse.
    (void)for_each_extension(list.vector(2), visit);
  }
  parsed.complete = reader.finished() && list.ok();
  return parsed;
}

base::Bytes parse_certificate_status(base::ByteView body) {
  Reader reader(body);
  if (reader.u8() != kOcsp) return {};
  const auto response = reader.vector(3);
  return reader.finished() ? copy(response) : base::Bytes{};
}

std::optional<std::vector<base::Bytes>> parse_certificate_request(base::ByteView body,
                                                                  std::uint16_t version) {
  Reader reader(body);
  reader.vector(1);  // certificate types; the request context in TLS 1.3
  if (version < base::kTls13) {
    if (version >= base::kTls12) reader.vector(2);  // signature algorithms
    const auto list = reader.vector(2);
    return reader.finished() ? authorities(list) : std::nullopt;
  }
  std::optional<std::vector<base::Bytes>> names = std::vector<base::Bytes>{};
  const auto visit = [&](std::uint16_t type, base::ByteView data) {
    if (type == kCertificateAuthorities) names = authorities(Reader(data).vector(2));
  };
  if (!for_each_extension(reader.vector(2), visit) || !reader.finished()) return std::nullopt;
  return names;
}

std::optional<ParsedServerKeyExchange> parse_server_key_exchange(base::ByteView body,
                                                                 const ServerHello& hello) {
  const auto suite = cipher_suite_name(hello.cipher_suite);
  Reader reader(body);
  ParsedServerKeyExchange parsed;
  if (suite.find("PSK") != std::string::npos) reader.vector(2);  // identity hint (RFC 4279 §3)
  if (suite.starts_with("TLS_ECDH")) {
    constexpr std::uint8_t named_curve = 3;  // RFC 8422 §5.4
    if (reader.u8() == named_curve) parsed.group = reader.u16();
  } else if (suite.starts_with("TLS_DH")) {
    parsed.dh_bits = bit_length(reader.vector(2));  // the prime
  }
  if (!reader.ok()) return std::nullopt;
  // RFC 5246 §7.4.3: the signature comes last, behind its algorithm; before TLS 1.2 without one.
  if (parsed.group) reader.vector(1);  // the public point
  if (parsed.dh_bits) {
    reader.vector(2);  // the generator
    reader.vector(2);  // the public value
  }
  const auto scheme = reader.u16();
  reader.vector(2);
  if (hello.version == base::kTls12 && reader.finished()) parsed.signature_scheme = scheme;
  return parsed;
}

KeyExchange key_exchange_of(const ServerHello& hello, const ParsedServerKeyExchange& parameters) {
  if (hello.version >= base::kTls13) return tls13_key_exchange(hello);
  if (hello.resumed) {
    // RFC 5246 §7.3: the keys come from the session's master secret; whoever learns that, from
    // either side or from a ticket's key, reads this connection too.
    auto first = hello;
    first.resumed = false;
    return {.name = "resumed, first by " + key_exchange_of(first, parameters).name,
            .forward_secret = false,
            .dh_bits = {}};
  }
  KeyExchange kx;
  kx.forward_secret = forward_secret_suite(hello.cipher_suite);
  kx.dh_bits = parameters.dh_bits;
  if (rsa_key_transport_suite(hello.cipher_suite)) {
    kx.name = "RSA key transport";
    return kx;
  }
  // "ECDHE" of TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "ECDHE_PSK" of TLS_ECDHE_PSK_WITH_….
  const auto suite = cipher_suite_name(hello.cipher_suite);
  auto words = suite.starts_with("TLS_") ? suite.substr(4, suite.find("_WITH_") - 4) : suite;
  for (const std::string_view signature : {"_RSA", "_ECDSA", "_DSS"}) {
    if (words.ends_with(signature)) words.resize(words.size() - signature.size());
  }
  kx.name = words;
  if (parameters.group) kx.name += ", " + group_words(*parameters.group);
  if (parameters.dh_bits) kx.name += fmt::format(", {} bits", *parameters.dh_bits);
  return kx;
}

}  // namespace sealtone::handshake
