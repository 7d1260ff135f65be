// SPDX-License-Identifier: Apache-2.0
#include "capture/size.h"

namespace sealtone::capture {
namespace {

constexpr std::size_t kHeapBlock = 32;  // what the heap adds

template <typename Number>
std::size_t octets_of_numbers(const std::vector<Number>& list) {
  return list.capacity() * sizeof(Number) + kHeapBlock;
}

}  // namespace

std::size_t octets_of(const std::vector<base::Bytes>& list) {
  std::size_t sum = list.capacity() * sizeof(base::Bytes) + kHeapBlock;
  for (const auto& one : list) sum += one.capacity() + kHeapBlock;
  return sum;
}

std::size_t octets_of(const handshake::ClientHello& hello) {
  std::size_t sum = octets_of_numbers(hello.versions) + octets_of_numbers(hello.cipher_suites) +
                    octets_of_numbers(hello.groups) + octets_of_numbers(hello.signature_schemes) +
                    octets_of_numbers(hello.key_shares) + octets_of_numbers(hello.alpn) +
                    hello.server_name.capacity();
  for (const auto& one : hello.alpn) sum += one.capacity() + kHeapBlock;
  return sum;
}

}  // namespace sealtone::capture
