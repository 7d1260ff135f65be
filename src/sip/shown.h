// SPDX-License-Identifier: Apache-2.0
//
// sip/shown: a message as log, page and terminal may show it.
//
// Credentials are blanked: the parameters of Authorization and Proxy-Authorization but scheme,
// realm, user name, algorithm and uri, and passwords in URIs.  Control and bidirectional characters
// are made visible (base/text.h).  Source: sealtone's safety rules; RFC 3261 §22.4.
#pragma once

#include <string>

#include "sip/message.h"

namespace sealtone::sip {

[[nodiscard]] std::string shown(const Message& message);  // whole, lines by '\n'
[[nodiscard]] std::string one_line(
    const Message& message);  // "REGISTER sip:example.com", "401 Unauthorized"

}  // namespace sealtone::sip
