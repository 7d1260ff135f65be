// SPDX-License-Identifier: Apache-2.0
//
// app/screen: lines that are drawn again in place on a terminal.
//
// As large as the terminal is at that moment: what is wider is cut; blocks of lines that do not fit
// above its end are counted.  Nothing is read, and the terminal's mode stays as it is: what was
// drawn stays behind however the program ends.  Units: columns are code points.
#pragma once

#include <cstdio>
#include <limits>
#include <string>
#include <vector>

namespace sealtone::app {

struct ScreenSize {
  std::size_t columns = 80, rows = 24;
};
// Of the terminal behind the stream; nothing larger than 1,000 by 1,000.
[[nodiscard]] ScreenSize screen_size(std::FILE* stream);
[[nodiscard]] bool is_terminal(std::FILE* stream);
// How wide sentences are written there: 80 columns, on a wider terminal up to 100, on a narrower
// one as many as it has.
[[nodiscard]] std::size_t text_width(std::FILE* stream);

// How wide a table may be there: as the terminal is; anywhere else no line is broken.
inline constexpr std::size_t kAnyWidth = std::numeric_limits<std::size_t>::max();
[[nodiscard]] std::size_t table_width(std::FILE* stream);

// Lines that belong together.
using Block = std::vector<std::string>;
// The octets that put these lines in the place of those before: without a scrolled line.
[[nodiscard]] std::string frame(const std::vector<Block>& blocks, ScreenSize size);
// What takes all of it away again.
inline constexpr const char* kClearScreen = "\x1B[H\x1B[2J";

}  // namespace sealtone::app
