// SPDX-License-Identifier: Apache-2.0
//
// The program without its confinement: strace makes calls fail by putting another number in their
// place, which the filter would end the process for.
#include <csignal>

#include "app/app.h"
#include "crypto/crypto.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  const sealtone::base::SystemClock clock;
  sealtone::crypto::SystemRandom random;
  return sealtone::app::run(argc, argv, {stdout, stderr, clock, random});
}
