// SPDX-License-Identifier: Apache-2.0
//
// net/unix_path: a spelling of a Unix socket's path that fits into sun_path.
//
// Source: unix(7): 107 characters and a zero.  A longer one is reached through the descriptor of
// its folder (/proc/self/fd/N/name), which stays open as long as this lives.
// Errors: not_found (no such folder), too_large (the last part alone does not fit).
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace sealtone::net {

class UnixPath {
 public:
  [[nodiscard]] static base::Result<UnixPath> of(const std::filesystem::path& path);
  UnixPath(UnixPath&& other) noexcept;
  UnixPath& operator=(UnixPath&&) = delete;
  ~UnixPath();
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  UnixPath(std::string text, int folder) : text_(std::move(text)), folder_(folder) {}
  std::string text_;
  int folder_;
};

}  // namespace sealtone::net
