// SPDX-License-Identifier: Apache-2.0
//
// capture/size: about how much memory the parts of a HandshakeRecord take.
#pragma once

#include "handshake/record.h"

namespace sealtone::capture {

[[nodiscard]] std::size_t octets_of(const std::vector<base::Bytes>& list);
[[nodiscard]] std::size_t octets_of(const handshake::ClientHello& hello);

}  // namespace sealtone::capture
