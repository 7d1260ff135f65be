// SPDX-License-Identifier: Apache-2.0
//
// app/new_file: writes a file that was not there.
//
// Errors: exists (whatever stands there, a link too, is left as it is), io.
#pragma once

#include <filesystem>

#include "base/bytes.h"
#include "base/result.h"

namespace sealtone::app {

// Nobody else can read it before it has its mode; what was begun and not finished is gone again.
[[nodiscard]] base::Result<void> write_new_file(const std::filesystem::path& path,
                                                base::ByteView content, int mode);

}  // namespace sealtone::app
