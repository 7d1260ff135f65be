// SPDX-License-Identifier: Apache-2.0
#include "app/screen.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "explain/wording.h"

namespace sealtone::app {
namespace {

constexpr std::size_t kMost = 1'000;

// The first code points of a text that was made visible, and so is UTF-8.
std::string cut(const std::string& line, std::size_t columns) {
  if (explain::columns(line) <= columns) return line;
  std::size_t kept = 0, at = 0;
  while (at < line.size()) {
    const bool begins = (static_cast<unsigned char>(line[at]) & 0xC0U) != 0x80U;
    if (begins && kept++ == columns) break;
    ++at;
  }
  return line.substr(0, at);
}

}  // namespace

bool is_terminal(std::FILE* stream) { return ::isatty(::fileno(stream)) == 1; }

std::size_t table_width(std::FILE* stream) {
  return is_terminal(stream) ? screen_size(stream).columns : kAnyWidth;
}

std::size_t text_width(std::FILE* stream) {
  constexpr std::size_t least = 40, usual = 80, most = 100;
  if (!is_terminal(stream)) return usual;
  return std::clamp(screen_size(stream).columns, least, most);
}

ScreenSize screen_size(std::FILE* stream) {
  winsize size{};
  ScreenSize out;
  if (::ioctl(::fileno(stream), TIOCGWINSZ, &size) != 0) return out;
  if (size.ws_col > 0) out.columns = std::min<std::size_t>(size.ws_col, kMost);
  if (size.ws_row > 0) out.rows = std::min<std::size_t>(size.ws_row, kMost);
  return out;
}

std::string frame(const std::vector<Block>& blocks, ScreenSize size) {
  // The last row stays free: a line's end in it would scroll.
  const auto room = size.rows > 1 ? size.rows - 1 : 1;
  std::size_t lines = 0;
  for (const auto& block : blocks) lines += block.size();
  const bool all = lines <= room;
  auto left = all ? room : room - 1;
  std::string out = "\x1B[H";  // home
  const auto put = [&](const std::string& line) {
    out += cut(line, size.columns) + "\x1B[K\r\n";  // and nothing of what stood there
  };
  std::size_t shown = 0;
  for (; shown < blocks.size() && left > 0; ++shown) {
    const auto& block = blocks[shown];
    // The last one may lose its end.
    for (std::size_t i = 0; i < block.size() && left > 0; ++i, --left) put(block[i]);
  }
  const auto hidden = blocks.size() - shown;
  if (!all) put(hidden > 0 ? fmt::format("… and {} more", hidden) : std::string("…"));
  return out + "\x1B[J";  // nor below
}

}  // namespace sealtone::app
