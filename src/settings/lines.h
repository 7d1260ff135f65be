// SPDX-License-Identifier: Apache-2.0
//
// settings/lines: a configuration file's lines, however they end.
#pragma once

#include <string_view>

namespace sealtone::settings {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Takes one line after the other off a text: without its line end (LF, CRLF, or CR in a text that
// has no LF), without the byte order mark in front of the first.
class Lines {
 public:
  explicit Lines(std::string_view text)
      : rest_(text), end_(text.find('\n') == std::string_view::npos ? '\r' : '\n') {
    if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
  }

  // False behind the last line; a line end at the very end begins no further line.
  [[nodiscard]] bool next() {
    if (rest_.empty()) return false;
    const auto end = rest_.find(end_);
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    ++number_;
    return true;
  }
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] int number() const { return number_; }  // from 1

 private:
  std::string_view rest_;
  char end_;
  std::string_view line_;
  int number_ = 0;
};

}  // namespace sealtone::settings
