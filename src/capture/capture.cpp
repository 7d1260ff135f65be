// SPDX-License-Identifier: Apache-2.0
#include "capture/capture.h"

#include <fmt/format.h>

namespace sealtone::capture {

std::string Endpoint::text() const {
  const bool v6 = address.find(':') != std::string::npos;
  return v6 ? fmt::format("[{}]:{}", address, port) : fmt::format("{}:{}", address, port);
}

}  // namespace sealtone::capture
