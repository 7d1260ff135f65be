// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <cstdio>
#include <exception>

#include "app/app.h"
#include "base/clock.h"
#include "crypto/crypto.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  const sealtone::base::SystemClock clock;
  sealtone::crypto::SystemRandom random;
  try {
    return sealtone::app::run(argc, argv, {stdout, stderr, clock, random});
  } catch (const std::exception& problem) {
    // Memory is all that can run out this far up; every room keeps its own exceptions.
    std::fprintf(stderr, "sealtone: %s\n", problem.what());
    return sealtone::app::kCouldNot;
  }
}
