// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <cstdio>
#include <exception>

#include "app/app.h"
#include "app/confinement.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/version.h"
#include "crypto/crypto.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  // What was printed, a one-time password say, does not stay behind in the stream's buffer.
  std::setvbuf(stdout, nullptr, _IONBF, 0);
  const sealtone::base::SystemClock clock;
  sealtone::crypto::SystemRandom random;
  const auto built = sealtone::base::parse_utc(sealtone::base::built);
  const sealtone::app::Surroundings with{stdout,
                                         stderr,
                                         clock,
                                         random,
                                         sealtone::app::confine,
                                         built.value_or(sealtone::base::sys_seconds{})};
  try {
    if (auto kept = sealtone::app::keep_memory_private(); !kept) {
      return sealtone::app::could_not(with, kept.error());
    }
    return sealtone::app::run(argc, argv, with);
  } catch (const std::exception& problem) {
    // Memory is all that can run out this far up; every room keeps its own exceptions.
    std::fprintf(stderr, "sealtone: %s\n", problem.what());
    return sealtone::app::kCouldNot;
  }
}
