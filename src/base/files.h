// SPDX-License-Identifier: Apache-2.0
//
// base/files: whole files read and written, with a limit and with the mode they need.
//
// A pipe or a terminal is read as well (`<(command)` of a shell), as long as it gives all it has in
// time.  Errors: not_found, too_large (over the limit given), timeout, io.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace sealtone::base {

// What is no plain file has to be read to its end by then.
inline constexpr std::chrono::milliseconds kPipePatience{10'000};

[[nodiscard]] Result<Bytes> read_file(const std::filesystem::path& path, std::size_t max_bytes,
                                      std::chrono::milliseconds patience = kPipePatience);
// What is open already, from where it stands: standard input.  path: what it is called in messages.
[[nodiscard]] Result<Bytes> read_open_file(int fd, const std::filesystem::path& path,
                                           std::size_t max_bytes,
                                           std::chrono::milliseconds patience = kPipePatience);
// Written beside the target, synced, then renamed over it: the old file or the new, never half.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, ByteView content,
                                      int mode);

}  // namespace sealtone::base
