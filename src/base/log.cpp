// SPDX-License-Identifier: Apache-2.0
//
// base/log: see log.h.
#include "base/log.h"

#include <fmt/format.h>

#include "base/text.h"

namespace sealtone::base {
namespace {

constexpr std::size_t kMaxLine = 4'096;

const char* word(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
  }
  return "info";
}

}  // namespace

void StreamLog::write(LogLevel level, std::string_view room, std::string_view line) {
  if (level < lowest_) return;
  const auto whole =
      fmt::format("{} {} {}: {}\n", utc(clock_.now()), word(level), room, visible(line, kMaxLine));
  // One call for one line, so that lines of several threads do not mix.
  std::fwrite(whole.data(), 1, whole.size(), stream_);
  std::fflush(stream_);
}

}  // namespace sealtone::base
