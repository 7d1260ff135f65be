// SPDX-License-Identifier: Apache-2.0
//
// net/descriptors: how many connections others may hold, so that what this process itself has to
// open can be opened.
//
// Source: getrlimit(2), RLIMIT_NOFILE.
#pragma once

#include <cstddef>

namespace sealtone::net {

// For 16 accounts with their questions to name servers, provisioning, the store, admin.sock.
inline constexpr std::size_t kReservedDescriptors = 128;

// All but the reserved ones, half of them at least.  Asked once, at the first call: a confined
// process cannot ask.
[[nodiscard]] std::size_t descriptors_for_others();

}  // namespace sealtone::net
