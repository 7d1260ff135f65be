// SPDX-License-Identifier: Apache-2.0
//
// app/said: for tests, a command in this process, what it said and how it ended.
//
// Units: its clock stands at 2026-11-23.
#pragma once

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "app/app.h"
#include "crypto/crypto.h"

namespace sealtone::app::test {

struct Said {
  int code;
  std::string out, err;
};

inline std::string drained(std::FILE* stream) {
  std::string text;
  std::rewind(stream);
  std::array<char, 4096> piece{};
  for (std::size_t got; (got = std::fread(piece.data(), 1, piece.size(), stream)) > 0;) {
    text.append(piece.data(), got);
  }
  std::fclose(stream);
  return text;
}

inline Said sealtone(std::vector<const char*> arguments, base::sys_seconds built = {}) {
  arguments.insert(arguments.begin(), "sealtone");
  const base::FakeClock clock(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
  crypto::SystemRandom random;
  std::FILE* out = std::tmpfile();
  std::FILE* err = std::tmpfile();
  const int code = run(static_cast<int>(arguments.size()), arguments.data(),
                       {.out = out, .err = err, .clock = clock, .random = random, .built = built});
  return {code, drained(out), drained(err)};
}

}  // namespace sealtone::app::test
