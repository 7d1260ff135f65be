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

// A file that is there by now, and empty; gone again unless it is written.
class NewFile {
 public:
  [[nodiscard]] static base::Result<NewFile> create(const std::filesystem::path& path);
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();
  // Once.
  [[nodiscard]] base::Result<void> write(base::ByteView content, int mode);

 private:
  NewFile(std::filesystem::path path, int descriptor);
  std::filesystem::path path_;
  int descriptor_;
};

// Nobody else can read it before it has its mode; what was begun and not finished is gone again.
[[nodiscard]] base::Result<void> write_new_file(const std::filesystem::path& path,
                                                base::ByteView content, int mode);

}  // namespace sealtone::app
