// SPDX-License-Identifier: Apache-2.0
//
// capture/hashes: the SHA-256 of certificates as they were sent.
#pragma once

#include <vector>

#include "crypto/crypto.h"

namespace sealtone::capture {

[[nodiscard]] std::vector<crypto::Sha256> hashes_of(const std::vector<base::Bytes>& chain);

}  // namespace sealtone::capture
