// SPDX-License-Identifier: Apache-2.0
//
// x509/look: what a file holds, to be shown: as x509::parse, but a private key that is encrypted
// beside certificates stays closed where no passphrase is given, and a note says so.
//
// Errors: as x509::parse's; not_allowed where nothing can be shown without a passphrase.
#pragma once

#include "x509/parse.h"

namespace sealtone::x509 {

[[nodiscard]] base::Result<Contents> look(base::ByteView file, std::string_view name,
                                          crypto::Password passphrase = std::nullopt);

}  // namespace sealtone::x509
