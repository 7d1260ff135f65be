// SPDX-License-Identifier: Apache-2.0
//
// x509/der: where one element of DER or BER ends in a file.  For this room's own use.
//
// Source: X.690 §8.1.  Units: octets.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.h"

namespace sealtone::x509 {

// The length that the SEQUENCE at the front of file states, with its own head; nothing if there is
// none, or of the indefinite form, which DER does not have.
[[nodiscard]] std::optional<std::size_t> element_length(base::ByteView file);

// One element of a SEQUENCE or SET.
struct DerElement {
  int tag;                // without its class
  bool context_specific;  // [0], [1]…; else of another class
  base::ByteView whole;   // with its head
  base::ByteView content;
};

// What stands behind one another in content; nothing if one of them is cut or has no length.
[[nodiscard]] std::optional<std::vector<DerElement>> elements(base::ByteView content);

// "0" is both the first octet of DER and the digit zero.
[[nodiscard]] bool looks_like_der(base::ByteView file);

// Line ends and zeroes, which programs put behind what they wrote.
[[nodiscard]] bool is_padding(base::ByteView rest);

}  // namespace sealtone::x509
