// SPDX-License-Identifier: Apache-2.0
#include "capture/size.h"

namespace sealtone::capture {
namespace {

constexpr std::size_t kBlock = 32;  // what the heap adds

std::size_t of(const std::vector<base::Bytes>& list) {
  std::size_t sum = list.capacity() * sizeof(base::Bytes) + kBlock;
  for (const auto& one : list) sum += one.capacity() + kBlock;
  return sum;
}

std::size_t of(const std::vector<std::string>& list) {
  std::size_t sum = list.capacity() * sizeof(std::string) + kBlock;
  for (const auto& one : list) sum += one.capacity() + kBlock;
  return sum;
}

template <typename Number>
std::size_t of(const std::vector<Number>& list) {
  return list.capacity() * sizeof(Number) + kBlock;
}

}  // namespace

std::size_t octets_of(const handshake::HandshakeRecord& record) {
  std::size_t sum = of(record.server_chain) + of(record.client_chain) +
                    of(record.requested_authorities) + of(record.stapled_ocsp);
  if (const auto& hello = record.client_hello) {
    sum += of(hello->versions) + of(hello->cipher_suites) + of(hello->groups) +
           of(hello->signature_schemes) + of(hello->key_shares) + of(hello->alpn) +
           hello->server_name.capacity();
  }
  return sum;
}

}  // namespace sealtone::capture
