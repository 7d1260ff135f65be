// SPDX-License-Identifier: Apache-2.0
//
// x509/opener: see opener.h.
#include "x509/opener.h"

#include <openssl/x509.h>

#include <fmt/format.h>

#include "x509/der.h"
#include "x509/openssl.h"

namespace sealtone::x509 {

using base::ErrorCode;

base::Error Opener::needed(const std::string& what) const {
  return {ErrorCode::not_allowed, std::string(name_),
          fmt::format("{} is encrypted: a passphrase is needed", what)};
}

base::Error Opener::refused(base::Error reason, const std::string& what) const {
  reason.where = name_;
  if (reason.code != ErrorCode::mismatch) {
    reason.detail = fmt::format("{} {}", what, reason.detail);
  } else if (passphrase_) {
    reason.detail = fmt::format("the passphrase does not open {}", what);
  } else {
    return needed(what);
  }
  return reason;
}

// A wrong passphrase gives an end that looks right once in 256 times, and then no key.
base::Result<crypto::PrivateKey> Opener::read(const base::Result<crypto::Secret>& plain,
                                              const std::string& what) const {
  if (!plain) return std::unexpected(refused(plain.error(), what));
  auto key = crypto::PrivateKey::from_der(plain->view());
  if (key) return key;
  if (element_length(plain->view()) != plain->view().size()) {
    return std::unexpected(refused({ErrorCode::mismatch, "", ""}, what));
  }
  return base::fail(ErrorCode::bad_input, std::string(name_),
                    fmt::format("{} was opened, but no private key can be read from it: it is "
                                "damaged, or of a kind that is not supported (RSA, EC, Ed25519 "
                                "and Ed448 are)",
                                what));
}

base::Result<crypto::PrivateKey> Opener::key(const X509_sig_st& encrypted,
                                             crypto::Password password, const std::string& what) {
  const X509_ALGOR* algorithm = nullptr;
  const ASN1_OCTET_STRING* content = nullptr;
  X509_SIG_get0(&encrypted, &algorithm, &content);
  return read(crypto::decrypt(*algorithm, octets(content), password, effort_), what);
}

base::Result<crypto::PrivateKey> Opener::key(const X509_sig_st& encrypted,
                                             const std::string& what) {
  if (!passphrase_) return std::unexpected(needed(what));
  return key(encrypted, passphrase_, what);
}

base::Result<crypto::PrivateKey> Opener::key(const PemBlock& block, const std::string& what) {
  if (!passphrase_) return std::unexpected(needed(what));
  return read(crypto::decrypt_pem(block.dek_info, block.der, *passphrase_), what);
}

}  // namespace sealtone::x509
