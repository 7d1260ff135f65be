// SPDX-License-Identifier: Apache-2.0
//
// sip/pnp: asks the network around for the URL of the phone's configuration, over UDP.
//
// Source: enrollment.h; RFC 3261 §17.1.2 (asked again after 0.5, 1, 2 … s).  Runs on the loop.
// Hostile answers: of a datagram over 4 KB and of more than 256 datagrams nothing is read.
// Errors: bad_input (the address that is asked), unreachable, timeout, too_large (too many
// answers).
#pragma once

#include <chrono>
#include <string>

#include "base/random.h"
#include "base/url.h"
#include "net/net.h"

namespace sealtone::sip {

struct PnpQuestion {
  std::string address = "224.0.1.75:5060";
  std::string mac = {};  // "001565000001"
  std::string user_agent = {};
  std::chrono::milliseconds limit{5'000}, again{500};
};

struct PnpAnswer {
  base::Url url;
  std::string by;  // the address that answered
};

[[nodiscard]] net::Task<base::Result<PnpAnswer>> ask_for_profile(PnpQuestion question,
                                                                 base::Random& random);

}  // namespace sealtone::sip
