// SPDX-License-Identifier: Apache-2.0
//
// x509/opener: opens what a passphrase encrypted in one file.  For this room's own use.
//
// All that one file asks for shares one crypto::Effort.  Each error says what could not be opened:
// not_allowed (it is encrypted and no passphrase was given), mismatch (the passphrase does not open
// it), and what crypto/passphrase names.
#pragma once

#include <string>

#include "crypto/crypto.h"
#include "crypto/passphrase.h"
#include "x509/pem.h"

extern "C" {
struct X509_sig_st;
}

namespace sealtone::x509 {

class Opener {
 public:
  // Both are the caller's and outlive it.
  Opener(std::string_view name, crypto::Password passphrase)
      : name_(name), passphrase_(passphrase) {}

  [[nodiscard]] crypto::Password passphrase() const { return passphrase_; }
  [[nodiscard]] crypto::Effort& effort() { return effort_; }

  // EncryptedPrivateKeyInfo (RFC 5958 §3).
  [[nodiscard]] base::Result<crypto::PrivateKey> key(const X509_sig_st& encrypted,
                                                     crypto::Password password,
                                                     const std::string& what);
  [[nodiscard]] base::Result<crypto::PrivateKey> key(const X509_sig_st& encrypted,
                                                     const std::string& what);
  // A PEM block "Proc-Type: 4,ENCRYPTED".
  [[nodiscard]] base::Result<crypto::PrivateKey> key(const PemBlock& block,
                                                     const std::string& what);

  // Why what (as in "what is encrypted") was not opened: nothing was given to open it with, or
  // crypto's reason.
  [[nodiscard]] base::Error needed(const std::string& what) const;
  [[nodiscard]] base::Error refused(base::Error reason, const std::string& what) const;

 private:
  [[nodiscard]] base::Result<crypto::PrivateKey> read(const base::Result<crypto::Secret>& plain,
                                                      const std::string& what) const;

  std::string_view name_;
  crypto::Password passphrase_;
  crypto::Effort effort_;
};

}  // namespace sealtone::x509
