// SPDX-License-Identifier: Apache-2.0
//
// crypto/passphrase: undoes what a passphrase encrypted: private keys, PKCS#12 files.
//
// Source: RFC 8018 (PBES1, PBES2), RFC 7292 Appendix B and C (PKCS#12), RFC 1421 with OpenSSL's own
// key derivation (PEM).  RC2, DES and PBKDF1 of old files need OpenSSL's legacy provider; it is
// loaded into a library context of its own, which TLS never sees.
// Units: Effort, see there.  Errors: mismatch (the passphrase does not fit, or the octets are
// damaged, which cannot be told apart), too_large (a cost over what is left), unsupported (the
// algorithm), bad_input (its parameters).  The details go on from a name: "asks for …".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "crypto/secret.h"

extern "C" {
struct PKCS12_st;
struct X509_algor_st;
}

namespace sealtone::crypto {

inline constexpr std::size_t kMaxPassphraseBytes = 1'024;

// What is left to spend on one file.  How often a hash is repeated is the file's word, so what all
// of its repetitions cost together is counted before any is done.  The unit is one repetition of
// SHA-256 in PKCS#12's own derivation; one of PBKDF2 costs three to twelve.
class Effort {
 public:
  // 0.93 s at 0.19 µs a unit (measured on one core of a shared AMD EPYC machine).  The 600,000
  // repetitions that NSS and GnuTLS make, for MAC, certificates and key, fit in.
  static constexpr std::uint64_t kMost = 4'900'000;

  // Whether it could be taken from what is left.
  [[nodiscard]] bool take(std::uint64_t cost);

 private:
  std::uint64_t left_ = kMost;
};

// In PKCS#12 no password is not the same as an empty one.
using Password = std::optional<std::string_view>;

// Loads the library of the old algorithms, which otherwise happens with the first file that is
// encrypted: for a process that will not be allowed to load any later.
void load_old_algorithms();

[[nodiscard]] base::Result<Secret> decrypt(const X509_algor_st& algorithm, base::ByteView octets,
                                           Password password, Effort& effort);
// dek_info: what stands behind "DEK-Info:", "AES-256-CBC,8F3A…".
[[nodiscard]] base::Result<Secret> decrypt_pem(std::string_view dek_info, base::ByteView octets,
                                               std::string_view password);
// Whether the password makes the file's MAC.
[[nodiscard]] base::Result<bool> fits_mac(PKCS12_st& file, Password password, Effort& effort);

}  // namespace sealtone::crypto
