// SPDX-License-Identifier: Apache-2.0
//
// capture/protection: how one direction's records are protected, and the keys that open them.
//
// Source: RFC 2246 and 4346 §6.2.3, RFC 5246 §6.2.3 and §6.3, RFC 5288, RFC 6655, RFC 7366,
// RFC 7905, RFC 8446 §5.2, §5.3, §7.1 to §7.3.  Errors: nothing (nullopt) where a record does not
// open.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "crypto/sealed.h"

namespace sealtone::capture {

// What a cipher suite's name says.  Names of algorithms are OpenSSL's.
struct Protection {
  enum class Kind { nonce_sent, nonce_counted, blocks };  // GCM and CCM; ChaCha20; CBC
  Kind kind;
  const char* cipher;
  std::size_t key_size;
  std::size_t tag_size = 0;    // not CBC
  std::size_t block_size = 0;  // CBC
  const char* mac = nullptr;   // CBC: the hash of its HMAC
  std::size_t mac_size = 0;
  const char* hash = nullptr;  // of TLS 1.2's PRF and TLS 1.3's HKDF
  std::size_t hash_size = 0;
};
// Nothing for a suite that is not known, or that this program does not open (RC4, export, NULL).
[[nodiscard]] std::optional<Protection> protection_of(std::uint16_t cipher_suite);

// A record as the wire has it, without its header's length.
struct SealedRecord {
  std::uint8_t content;
  std::uint16_t version;
  base::ByteView fragment;
};

// Up to TLS 1.2: what both sides agreed on before a ChangeCipherSpec.
struct Agreed {
  std::uint16_t version = 0;
  Protection protection;
  bool encrypt_then_mac = false;
  std::array<std::uint8_t, 32> client_random{}, server_random{};
};

// One direction's keys up to TLS 1.2.
class Keys12 {
 public:
  [[nodiscard]] static std::optional<Keys12> derive(const Agreed& agreed, base::ByteView master,
                                                    bool of_client);
  [[nodiscard]] std::optional<base::Bytes> open(const SealedRecord& record, std::uint64_t number);

 private:
  [[nodiscard]] std::optional<base::Bytes> open_aead(const SealedRecord& record,
                                                     std::uint64_t number) const;
  [[nodiscard]] std::optional<base::Bytes> open_blocks(const SealedRecord& record,
                                                       std::uint64_t number);
  [[nodiscard]] bool mac_fits(const SealedRecord& record, std::uint64_t number,
                              base::ByteView covered, base::ByteView mac) const;

  Protection protection_{};
  bool encrypt_then_mac_ = false;
  bool iv_sent_ = false;  // TLS 1.1 and 1.2; before, the last block of the record before it
  crypto::Secret mac_key_, key_, iv_;
};

// One direction's keys of TLS 1.3, from one of its traffic secrets.
class Keys13 {
 public:
  [[nodiscard]] static std::optional<Keys13> derive(const Protection& protection,
                                                    base::ByteView traffic_secret);
  // The TLSInnerPlaintext, padding and all.
  [[nodiscard]] std::optional<base::Bytes> open(const SealedRecord& record,
                                                std::uint64_t number) const;
  // Behind a KeyUpdate (RFC 8446 §7.2).
  [[nodiscard]] std::optional<Keys13> updated() const;

 private:
  Protection protection_{};
  crypto::Secret secret_, key_, iv_;
};

}  // namespace sealtone::capture
