// SPDX-License-Identifier: Apache-2.0
//
// x509/general_name: GeneralNames as plain values.  For this room's own files.
//
// Source: RFC 5280 §4.2.1.6, §4.2.1.10.  A name of a kind that RFC 5280 does not have is told as
// such: it makes the others no less readable.
#pragma once

#include "x509/extensions.h"
#include "x509/openssl.h"

namespace sealtone::x509 {

[[nodiscard]] GeneralName read_general_name(const GENERAL_NAME& name);

// The value of a SubjectAltName or an IssuerAltName; nothing if it is none.
[[nodiscard]] std::optional<std::vector<GeneralName>> read_general_names(base::ByteView value);

// The value of a NameConstraints extension; nothing if it is none.
[[nodiscard]] std::optional<NameConstraints> read_name_constraints(base::ByteView value);

}  // namespace sealtone::x509
