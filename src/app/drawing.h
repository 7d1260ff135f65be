// SPDX-License-Identifier: Apache-2.0
//
// app/drawing: how a ladder is asked to be drawn: characters on the terminal, a picture in a file.
//
// Errors: exists (a picture is never written over another file), io.
#pragma once

#include <cstdio>
#include <string>

#include "base/result.h"
#include "explain/ladder.h"
#include "explain/spoken.h"

namespace sealtone::app {

// Whether this terminal says, by its locale (POSIX: LC_ALL, LC_CTYPE, LANG), that it can show no
// more than ASCII.  What is no terminal can.
[[nodiscard]] bool needs_ascii(std::FILE* out);
// The same by the words of a locale alone: "de_DE.UTF-8", "C", "".
[[nodiscard]] bool locale_needs_ascii(const std::string& locale);

// Nothing is written if file is empty.
[[nodiscard]] base::Result<void> write_picture(const explain::Ladder& ladder,
                                               const std::string& file,
                                               const explain::Dialogue& dialogue = {});

}  // namespace sealtone::app
