// SPDX-License-Identifier: Apache-2.0
//
// app/new_file: writes a file that was not there.
//
// Errors: exists (whatever stands there, a link too, is left as it is), bad_input ("-", which is
// standard output elsewhere), io.
#pragma once

#include <filesystem>

#include "base/bytes.h"
#include "base/result.h"

namespace sealtone::app {

// Whether it can be, tried and gone again: who has to ask for its content first asks for nothing
// where it cannot, and leaves nothing behind where that is broken off.
[[nodiscard]] base::Result<void> can_be_made(const std::filesystem::path& path);

// Nobody else can read it before it has its mode; what was begun and not finished is gone again.
[[nodiscard]] base::Result<void> write_new_file(const std::filesystem::path& path,
                                                base::ByteView content, int mode);

}  // namespace sealtone::app
