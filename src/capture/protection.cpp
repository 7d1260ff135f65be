// SPDX-License-Identifier: Apache-2.0
//
// capture/protection: see protection.h.
#include "capture/protection.h"

#include <algorithm>
#include <span>

#include "base/tls_versions.h"
#include "handshake/cipher_suites.h"

namespace sealtone::capture {
namespace {

using ProtectionKind = Protection::Kind;
using base::Bytes;
using base::ByteView;

struct NamedCipher {
  std::string_view spelled;
  Protection protection;
};
// The longer name before the one that it begins with.
constexpr NamedCipher kCiphers[] = {
    {"AES_128_GCM", {ProtectionKind::nonce_sent, "AES-128-GCM", 16, 16}},
    {"AES_256_GCM", {ProtectionKind::nonce_sent, "AES-256-GCM", 32, 16}},
    {"AES_128_CCM_8", {ProtectionKind::nonce_sent, "AES-128-CCM", 16, 8}},
    {"AES_256_CCM_8", {ProtectionKind::nonce_sent, "AES-256-CCM", 32, 8}},
    {"AES_128_CCM", {ProtectionKind::nonce_sent, "AES-128-CCM", 16, 16}},
    {"AES_256_CCM", {ProtectionKind::nonce_sent, "AES-256-CCM", 32, 16}},
    {"ARIA_128_GCM", {ProtectionKind::nonce_sent, "ARIA-128-GCM", 16, 16}},
    {"ARIA_256_GCM", {ProtectionKind::nonce_sent, "ARIA-256-GCM", 32, 16}},
    {"CHACHA20_POLY1305", {ProtectionKind::nonce_counted, "ChaCha20-Poly1305", 32, 16}},
    {"AES_128_CBC", {ProtectionKind::blocks, "AES-128-CBC", 16, 0, 16}},
    {"AES_256_CBC", {ProtectionKind::blocks, "AES-256-CBC", 32, 0, 16}},
    {"CAMELLIA_128_CBC", {ProtectionKind::blocks, "CAMELLIA-128-CBC", 16, 0, 16}},
    {"CAMELLIA_256_CBC", {ProtectionKind::blocks, "CAMELLIA-256-CBC", 32, 0, 16}},
    {"3DES_EDE_CBC", {ProtectionKind::blocks, "DES-EDE3-CBC", 24, 0, 8}},
};

struct NamedHash {
  std::string_view spelled;  // at the end of a suite's name
  const char* name;
  std::size_t size;
};
constexpr NamedHash kHashes[] = {
    {"_SHA", "SHA1", 20}, {"_SHA256", "SHA256", 32}, {"_SHA384", "SHA384", 48}};

void add_number(Bytes& to, std::uint64_t number, int octets) {
  for (int i = octets - 1; i >= 0; --i) to.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}
void add_octets(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

// "seq_num + TLSCompressed.type + TLSCompressed.version + TLSCompressed.length" (RFC 5246 §6.2.3.3)
Bytes numbered_header(const SealedRecord& record, std::uint64_t number, std::size_t length) {
  Bytes header;
  add_number(header, number, 8);
  header.push_back(record.content);
  add_number(header, record.version, 2);
  add_number(header, length, 2);
  return header;
}

// "The padded sequence number is XORed with the … write_iv" (RFC 7905 §2, RFC 8446 §5.3)
Bytes counted_nonce(ByteView iv, std::uint64_t number) {
  Bytes nonce(iv.begin(), iv.end());
  for (std::size_t i = 0; i < 8; ++i) {
    nonce[nonce.size() - 1 - i] ^= static_cast<std::uint8_t>(number >> (8 * i));
  }
  return nonce;
}

// The content in front of its padding, or nothing.  RFC 5246 §6.2.3.2: "Each uint8 in the padding
// data vector MUST be filled with the padding length value."
std::optional<std::size_t> before_padding(ByteView blocks, std::size_t mac_size) {
  if (blocks.empty()) return std::nullopt;
  const std::size_t padding = blocks.back() + 1U;
  if (padding + mac_size > blocks.size()) return std::nullopt;
  const auto filled = blocks.last(padding);
  const bool right =
      std::ranges::all_of(filled, [&](std::uint8_t octet) { return octet == filled.back(); });
  if (!right) return std::nullopt;
  return blocks.size() - padding;
}

std::size_t iv_size(const Agreed& agreed) {
  switch (agreed.protection.kind) {
    case ProtectionKind::nonce_sent:
      return 4;  // the salt; the other eight octets come with each record
    case ProtectionKind::nonce_counted: return 12;
    case ProtectionKind::blocks:
      return agreed.version < base::kTls11 ? agreed.protection.block_size : 0;
  }
  return 0;
}

// RFC 8446 §7.1: HKDF-Expand-Label with an empty context.
std::optional<crypto::Secret> expand_label(const Protection& protection, ByteView secret,
                                           std::string_view label, std::size_t size) {
  Bytes info;
  add_number(info, size, 2);
  add_number(info, label.size() + 6, 1);
  add_octets(info, base::view("tls13 "));
  add_octets(info, base::view(label));
  add_number(info, 0, 1);
  return crypto::hkdf_expand(protection.hash, secret, info, size);
}

}  // namespace

std::optional<Protection> protection_of(std::uint16_t cipher_suite) {
  auto name = handshake::registered_cipher_suite(cipher_suite);
  if (!name.starts_with("TLS_")) return std::nullopt;
  // Without a WITH it is one of TLS 1.3.
  const auto with = name.find("_WITH_");
  name.remove_prefix(with == std::string_view::npos ? 4 : with + 6);
  const auto* const cipher = std::ranges::find_if(
      kCiphers, [&](const NamedCipher& one) { return name.starts_with(one.spelled); });
  if (cipher == std::end(kCiphers)) return std::nullopt;
  name.remove_prefix(cipher->spelled.size());
  auto protection = cipher->protection;
  const auto* const ending = std::ranges::find(kHashes, name, &NamedHash::spelled);
  const bool named = ending != std::end(kHashes);
  if (!named && !name.empty()) return std::nullopt;
  if (protection.kind == ProtectionKind::blocks) {
    if (!named) return std::nullopt;
    protection.mac = ending->name;
    protection.mac_size = ending->size;
  }
  // RFC 5246 §5: SHA-256 where a suite does not say otherwise.
  const auto& hash = named && ending->size > 32 ? *ending : kHashes[1];
  protection.hash = hash.name;
  protection.hash_size = hash.size;
  return protection;
}

// RFC 5246 §6.3: MAC keys, keys, IVs; the client's before the server's each time.
std::optional<Keys12> Keys12::derive(const Agreed& agreed, ByteView master, bool of_client) {
  const auto& protection = agreed.protection;
  const auto iv = iv_size(agreed);
  Bytes seed;
  add_octets(seed, base::view("key expansion"));
  add_octets(seed, agreed.server_random);
  add_octets(seed, agreed.client_random);
  const char* hash = agreed.version < base::kTls12 ? "MD5-SHA1" : protection.hash;
  const auto block =
      crypto::tls1_prf(hash, master, seed, 2 * (protection.mac_size + protection.key_size + iv));
  if (!block) return std::nullopt;
  auto rest = block->view();
  const auto take = [&](std::size_t size) {
    const auto taken = rest.subspan(of_client ? 0 : size, size);
    rest = rest.subspan(2 * size);
    return crypto::Secret(taken);
  };
  Keys12 keys;
  keys.protection_ = protection;
  keys.encrypt_then_mac_ = agreed.encrypt_then_mac;
  keys.iv_sent_ = agreed.version >= base::kTls11;
  keys.mac_key_ = take(protection.mac_size);
  keys.key_ = take(protection.key_size);
  keys.iv_ = take(iv);
  return keys;
}

std::optional<Bytes> Keys12::open(const SealedRecord& record, std::uint64_t number) {
  return protection_.kind == ProtectionKind::blocks ? open_blocks(record, number)
                                                    : open_aead(record, number);
}

std::optional<Bytes> Keys12::open_aead(const SealedRecord& record, std::uint64_t number) const {
  auto sealed = record.fragment;
  Bytes nonce;
  if (protection_.kind == ProtectionKind::nonce_sent) {
    if (sealed.size() < 8) return std::nullopt;
    add_octets(nonce, iv_.view());
    add_octets(nonce, sealed.first(8));
    sealed = sealed.subspan(8);
  } else {
    nonce = counted_nonce(iv_.view(), number);
  }
  if (sealed.size() < protection_.tag_size) return std::nullopt;
  const auto beside = numbered_header(record, number, sealed.size() - protection_.tag_size);
  return crypto::open_aead({protection_.cipher, protection_.tag_size}, key_.view(), nonce, beside,
                           sealed);
}

bool Keys12::mac_fits(const SealedRecord& record, std::uint64_t number, ByteView covered,
                      ByteView mac) const {
  auto all = numbered_header(record, number, covered.size());
  add_octets(all, covered);
  const auto made = crypto::hmac(protection_.mac, mac_key_.view(), all);
  return made && std::ranges::equal(*made, mac);
}

std::optional<Bytes> Keys12::open_blocks(const SealedRecord& record, std::uint64_t number) {
  const auto mac_size = protection_.mac_size, block = protection_.block_size;
  auto sealed = record.fragment;
  // RFC 7366 §3: the MAC stands behind the blocks and covers them, with their IV.
  if (encrypt_then_mac_) {
    if (sealed.size() < mac_size) return std::nullopt;
    const auto mac = sealed.last(mac_size);
    sealed = sealed.first(sealed.size() - mac_size);
    if (!mac_fits(record, number, sealed, mac)) return std::nullopt;
  }
  const std::size_t least = (iv_sent_ ? 2 : 1) * block;
  if (sealed.size() < least || sealed.size() % block != 0) return std::nullopt;
  const crypto::Secret iv(iv_sent_ ? sealed.first(block) : iv_.view());
  // RFC 2246 §6.2.3.2: the next record's IV is "the last ciphertext block from the previous
  // record".
  if (iv_sent_) {
    sealed = sealed.subspan(block);
  } else {
    iv_ = crypto::Secret(sealed.last(block));
  }
  auto opened = crypto::decrypt_blocks(protection_.cipher, key_.view(), iv.view(), sealed);
  if (!opened) return std::nullopt;
  const auto content = before_padding(*opened, encrypt_then_mac_ ? 0 : mac_size);
  if (!content) return std::nullopt;
  opened->resize(*content);
  if (encrypt_then_mac_) return opened;
  const auto covered = ByteView(*opened).first(opened->size() - mac_size);
  if (!mac_fits(record, number, covered, ByteView(*opened).last(mac_size))) return std::nullopt;
  opened->resize(covered.size());
  return opened;
}

std::optional<Keys13> Keys13::derive(const Protection& protection, ByteView traffic_secret) {
  if (protection.kind == ProtectionKind::blocks || traffic_secret.size() != protection.hash_size) {
    return std::nullopt;
  }
  auto key = expand_label(protection, traffic_secret, "key", protection.key_size);
  auto iv = expand_label(protection, traffic_secret, "iv", 12);
  if (!key || !iv) return std::nullopt;
  Keys13 keys;
  keys.protection_ = protection;
  keys.secret_ = crypto::Secret(traffic_secret);
  keys.key_ = std::move(*key);
  keys.iv_ = std::move(*iv);
  return keys;
}

// RFC 8446 §5.2: the record's header is what stands beside, as it was sent.
std::optional<Bytes> Keys13::open(const SealedRecord& record, std::uint64_t number) const {
  Bytes beside{record.content};
  add_number(beside, record.version, 2);
  add_number(beside, record.fragment.size(), 2);
  return crypto::open_aead({protection_.cipher, protection_.tag_size}, key_.view(),
                           counted_nonce(iv_.view(), number), beside, record.fragment);
}

std::optional<Keys13> Keys13::updated() const {
  const auto next = expand_label(protection_, secret_.view(), "traffic upd", protection_.hash_size);
  if (!next) return std::nullopt;
  return derive(protection_, next->view());
}

}  // namespace sealtone::capture
