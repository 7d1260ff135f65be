// SPDX-License-Identifier: Apache-2.0
//
// tests/support/loopback: TCP sockets of 127.0.0.1, blocking.
//
// Errors: std::runtime_error if one cannot listen; a descriptor of -1 if nobody answers.
#pragma once

#include <cstdint>

namespace sealtone::test {

// A listening descriptor; port is set to the free one it was given.
[[nodiscard]] int listen_on_loopback(std::uint16_t& port);
// A connected descriptor.  from: the last octet of the address 127.0.0.x it comes from.
[[nodiscard]] int dial_loopback(std::uint16_t port, std::uint8_t from = 1);

}  // namespace sealtone::test
