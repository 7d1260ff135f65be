// SPDX-License-Identifier: Apache-2.0
//
// net/gone: what an errno of reading or writing says of the peer.
#pragma once

#include <cerrno>

namespace sealtone::net {

// There is no way to it any more.
[[nodiscard]] inline bool peer_is_gone(int number) {
  switch (number) {
    case ECONNRESET:
    case ECONNABORTED:
    case EPIPE:
    case ENOTCONN:
    case ETIMEDOUT:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ENETDOWN: return true;
    default: return false;
  }
}

}  // namespace sealtone::net
