// SPDX-License-Identifier: Apache-2.0
//
// base/tls_versions: the versions of TLS by their numbers on the wire.
//
// Source: RFC 2246, 4346 and 5246 §7.4.1.2, RFC 8446 §4.2.1 (ProtocolVersion).
#pragma once

#include <cstdint>

namespace sealtone::base {

inline constexpr std::uint16_t kTls10 = 0x0301, kTls11 = 0x0302, kTls12 = 0x0303, kTls13 = 0x0304;

}  // namespace sealtone::base
