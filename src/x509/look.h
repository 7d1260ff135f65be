// SPDX-License-Identifier: Apache-2.0
//
// x509/look: what a file holds, to be shown.
//
// look: as x509::parse, but a private key that is encrypted beside certificates stays closed where
// no passphrase is given, and a note says so.  salvage: as x509::parse, but a damaged piece is
// named, and what stands around it is read, up to kMaxDamaged pieces; behind DER that is none, what
// does not look like a certificate is not looked at.
// Errors: as x509::parse's; of look, not_allowed where nothing can be shown without a passphrase;
// of salvage, bad_input and wrong_kind where nothing at all can be read.
#pragma once

#include "x509/parse.h"

namespace sealtone::x509 {

[[nodiscard]] base::Result<Contents> look(base::ByteView file, std::string_view name,
                                          crypto::Password passphrase = std::nullopt);

// Pieces of a file that are named as damaged; one that has more is refused (too_large).
inline constexpr std::size_t kMaxDamaged = 100;

struct Salvaged {
  Contents contents;
  std::string form;                  // "PEM", "DER", "PKCS#7", "PKCS#12"
  std::vector<std::size_t> numbers;  // of each certificate, from 1; the damaged ones count, too
  std::vector<std::string> damaged;  // "PEM block 2 (CERTIFICATE, from line 31) is damaged: …"
};
[[nodiscard]] base::Result<Salvaged> salvage(base::ByteView file, std::string_view name,
                                             crypto::Password passphrase = std::nullopt);

}  // namespace sealtone::x509
