// SPDX-License-Identifier: Apache-2.0
//
// app/user_agent: which phone a User-Agent names, and its firmware.
//
// Source: docs of Yealink, Poly, snom, Cisco and Grandstream phones as their servers' logs have
// them: "MODEL VERSION", "MODEL/VERSION", with a hardware address behind it.  What a client says of
// itself is hostile: made visible here, and cut.
#pragma once

#include <string>
#include <string_view>

namespace sealtone::app {

struct Device {
  std::string model, firmware;  // empty: not said
};
[[nodiscard]] Device device_of(std::string_view user_agent);

}  // namespace sealtone::app
