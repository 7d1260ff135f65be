// SPDX-License-Identifier: Apache-2.0
//
// base/log: one line an event.  Text that came from a peer goes through visible() here, so
// that no caller can forget it.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace sealtone::base {

enum class LogLevel { debug, info, warning };

class Log {
 public:
  virtual ~Log() = default;
  virtual void write(LogLevel level, std::string_view room, std::string_view line) = 0;
};

// "2026-11-23T22:12:55Z info tls: …" on a stdio stream.
class StreamLog final : public Log {
 public:
  StreamLog(std::FILE* stream, LogLevel lowest, const Clock& clock)
      : stream_(stream), lowest_(lowest), clock_(clock) {}
  void write(LogLevel level, std::string_view room, std::string_view line) override;

 private:
  std::FILE* stream_;
  LogLevel lowest_;
  const Clock& clock_;
};

class NullLog final : public Log {
 public:
  void write(LogLevel, std::string_view, std::string_view) override {}
};

}  // namespace sealtone::base
