// SPDX-License-Identifier: Apache-2.0
//
// capture/wifi: the logical link (IEEE 802.2) in a frame of IEEE 802.11, and the headers that
// captures put before such frames.
//
// Source: IEEE 802.11-2016 §9.2, https://www.radiotap.org.  Errors: nothing where the frame carries
// no data or is encrypted.
#pragma once

#include <optional>

#include "base/bytes.h"

namespace sealtone::capture {

[[nodiscard]] std::optional<base::ByteView> wifi_payload(base::ByteView frame);
[[nodiscard]] std::optional<base::ByteView> behind_radiotap(base::ByteView octets);
[[nodiscard]] std::optional<base::ByteView> behind_prism(base::ByteView octets);  // and AVS

}  // namespace sealtone::capture
