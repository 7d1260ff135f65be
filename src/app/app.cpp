// SPDX-License-Identifier: Apache-2.0
#include "app/app.h"

#include <fmt/format.h>

#include "base/text.h"

namespace sealtone::app {

int could_not(const Surroundings& with, const base::Error& error) {
  std::fflush(with.out);
  fmt::print(with.err, "sealtone: {}\n", base::visible(base::to_string(error), 2'000));
  return kCouldNot;
}

}  // namespace sealtone::app
