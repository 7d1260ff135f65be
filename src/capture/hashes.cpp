// SPDX-License-Identifier: Apache-2.0
#include "capture/hashes.h"

namespace sealtone::capture {

std::vector<crypto::Sha256> hashes_of(const std::vector<base::Bytes>& chain) {
  std::vector<crypto::Sha256> hashes;
  hashes.reserve(chain.size());
  for (const auto& certificate : chain) hashes.push_back(crypto::sha256(certificate));
  return hashes;
}

}  // namespace sealtone::capture
