// SPDX-License-Identifier: Apache-2.0
//
// phone/addresses: under which addresses the page can be reached.
#pragma once

#include <string>
#include <vector>

namespace sealtone::phone {

// The one that is listened on; for "0.0.0.0" and "::" those of this computer's interfaces.
[[nodiscard]] std::vector<std::string> page_addresses(const std::string& listen);

// "192.0.2.1" of "192.0.2.1:443", "::1" of "[::1]:443".
[[nodiscard]] std::string without_port(const std::string& peer);

[[nodiscard]] std::string host_name();

}  // namespace sealtone::phone
