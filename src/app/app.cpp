// SPDX-License-Identifier: Apache-2.0
#include "app/app.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/user_information.h"

namespace sealtone::app {

int could_not(const Surroundings& with, const base::Error& error) {
  std::fflush(with.out);
  // A URL with a password in it may have been given where something else belongs.
  const auto said = base::without_user_information(base::to_string(error));
  fmt::print(with.err, "sealtone: {}\n", base::visible(said, 2'000));
  return kCouldNot;
}

}  // namespace sealtone::app
