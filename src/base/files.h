// SPDX-License-Identifier: Apache-2.0
//
// base/files: whole files read and written, with a limit and with the mode they need.
//
// Errors: not_found, too_large (over the limit given), io.
#pragma once

#include <filesystem>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace sealtone::base {

[[nodiscard]] Result<Bytes> read_file(const std::filesystem::path& path, std::size_t max_bytes);
// Written beside the target, synced, then renamed over it: the old file or the new, never half.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, ByteView content,
                                      int mode);

}  // namespace sealtone::base
