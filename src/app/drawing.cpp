// SPDX-License-Identifier: Apache-2.0
#include "app/drawing.h"

#include <unistd.h>

#include <cstdlib>

#include "app/new_file.h"
#include "base/text.h"

namespace sealtone::app {

bool locale_needs_ascii(const std::string& locale) {
  const auto lower = base::lower_ascii(locale);
  return lower.find("utf-8") == std::string::npos && lower.find("utf8") == std::string::npos;
}

bool needs_ascii(std::FILE* out) {
  if (::isatty(::fileno(out)) == 0) return false;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return locale_needs_ascii(value);
  }
  return true;
}

base::Result<void> write_picture(const explain::Ladder& ladder, const std::string& file,
                                 const explain::Dialogue& dialogue) {
  if (file.empty()) return {};
  constexpr int mode = 0644;
  return write_new_file(file, base::view(explain::to_svg(ladder, dialogue)), mode);
}

}  // namespace sealtone::app
