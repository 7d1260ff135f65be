// SPDX-License-Identifier: Apache-2.0
//
// capture/size: about how much memory a HandshakeRecord takes, without its lists of messages and
// alerts.
#pragma once

#include "handshake/record.h"

namespace sealtone::capture {

[[nodiscard]] std::size_t octets_of(const handshake::HandshakeRecord& record);

}  // namespace sealtone::capture
