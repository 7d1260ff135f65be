// SPDX-License-Identifier: Apache-2.0
//
// sip/options: one OPTIONS, asked of a server by somebody who has no account there.
//
// Source: RFC 3261 §11.1 (OPTIONS), §8.1.1 (what every request holds, and From of who does not say
// who asks), RFC 3581 (rport).  It shows no credentials.  Runs on the loop.  Errors: as flow.h.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/random.h"
#include "net/net.h"
#include "sip/message.h"
#include "sip/server.h"

namespace sealtone::sip {

// Whom it is about, and over which connection it goes.  local: this end, "192.0.2.5:40112".
[[nodiscard]] base::Result<Message> options_request(const Uri& about, Transport transport,
                                                    const std::string& local, base::Random& random);

// The final response to it, whatever its status.  The stream has ended when it comes, with a
// goodbye where that can be said.  seen: told of every message either way.
[[nodiscard]] net::Task<base::Result<Message>> ask_options(
    std::shared_ptr<net::ByteStream> stream, Message request, std::chrono::milliseconds limit,
    std::function<void(bool sent, const Message&)> seen = {});

}  // namespace sealtone::sip
