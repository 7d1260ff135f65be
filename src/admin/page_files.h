// SPDX-License-Identifier: Apache-2.0
//
// admin/page_files: the page's files as they stand in the program.
#pragma once

#include <optional>
#include <string_view>

namespace sealtone::admin {

struct PageFile {
  std::string_view content_type;
  std::string_view content;
};

// "/", "/app.js", "/app.css".
[[nodiscard]] std::optional<PageFile> page_file(std::string_view path);

}  // namespace sealtone::admin
