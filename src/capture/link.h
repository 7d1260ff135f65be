// SPDX-License-Identifier: Apache-2.0
//
// capture/link: where the IP packet begins in what a link carried.
//
// Source: https://www.tcpdump.org/linktypes.html (the link types in which libpcap finds IP, without
// those of Juniper, ARCNET, multilink Frame Relay and DOCSIS); IEEE 802.1Q, 802.2 and 802.11;
// RFC 1661, 2427, 2516 and 3032.  Units: octets.  Errors: nothing where no IP is in it, or behind
// more than sixteen layers of tags, labels and frames in frames.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace sealtone::capture {

// An IPv4 or IPv6 packet, with what may stand behind it.
[[nodiscard]] std::optional<base::ByteView> internet_packet(std::uint32_t link,
                                                            base::ByteView octets);
// Whether anything can be read of this link type.
[[nodiscard]] bool link_is_known(std::uint32_t link);

}  // namespace sealtone::capture
