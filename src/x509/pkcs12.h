// SPDX-License-Identifier: Apache-2.0
//
// x509/pkcs12: the certificates and private keys of a PKCS#12 file (.p12, .pfx).  For parse's own
// use.
//
// Source: RFC 7292, in DER or BER; protected by a passphrase, by an empty one, or by none at all.
// Certificates come in the order of the file.  What else is in it is left out, and a note says so.
// Errors: not_allowed (a passphrase is needed), mismatch (it does not open the file), wrong_kind
// (neither certificate nor key in it), unsupported, too_large, bad_input.
#pragma once

#include "x509/opener.h"
#include "x509/parse.h"

namespace sealtone::x509 {

// Nothing if the file is no PKCS#12 at all; what: as in "what is damaged".
[[nodiscard]] std::optional<base::Result<Contents>> read_pkcs12(base::ByteView file,
                                                                std::string_view name,
                                                                const std::string& what,
                                                                Opener& opener);

}  // namespace sealtone::x509
