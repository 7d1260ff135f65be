// SPDX-License-Identifier: Apache-2.0
//
// sip/redirects: whether a server that answers 3xx is followed, and where to.
//
// Source: RFC 3261 §8.1.3.4: "the client … MUST NOT add any given URI to the target set more than
// once"; a request that was to be protected is not sent unprotected.  The new server is judged by
// its own name, and gets no password for a realm of its own choosing (credentials.h).  Quiet.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "sip/message.h"
#include "sip/server.h"

namespace sealtone::sip {

inline constexpr int kMostRedirects = 5;  // of one try

struct Target {
  Server server;
  Uri uri;  // the Request-URI there
};

// The first of `to` that may be followed.  visited: servers that were asked in this try, the
// configured one first: its transport is what the admin chose.  not_allowed says why none is.
[[nodiscard]] base::Result<Target> followed(std::span<const Uri> to,
                                            std::span<const Server> visited);

}  // namespace sealtone::sip
