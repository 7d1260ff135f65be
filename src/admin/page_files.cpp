// SPDX-License-Identifier: Apache-2.0
#include "admin/page_files.h"

#include "embedded/app_css.h"
#include "embedded/app_js.h"
#include "embedded/index_html.h"

namespace sealtone::admin {

std::optional<PageFile> page_file(std::string_view path) {
  if (path == "/" || path == "/index.html") {
    return PageFile{"text/html; charset=utf-8", embedded::index_html()};
  }
  if (path == "/app.js") return PageFile{"text/javascript; charset=utf-8", embedded::app_js()};
  if (path == "/app.css") return PageFile{"text/css; charset=utf-8", embedded::app_css()};
  return std::nullopt;
}

}  // namespace sealtone::admin
