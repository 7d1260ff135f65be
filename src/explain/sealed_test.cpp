// SPDX-License-Identifier: Apache-2.0
#include "explain/sealed.h"

#include <gtest/gtest.h>

#include "base/tls_versions.h"

namespace sealtone::explain {
namespace {

using handshake::ContentType;
using handshake::Direction;

// "<900": an encrypted record of the server's with so many octets; ">19": one of the client's.
handshake::HandshakeRecord sealed_record(const std::vector<int>& sizes,
                                         std::uint16_t suite = 0x1301) {
  handshake::HandshakeRecord record;
  record.server_hello = handshake::ServerHello{.version = base::kTls13, .cipher_suite = suite};
  for (const auto size : sizes) {
    record.messages.push_back({.direction = size > 0 ? Direction::sent : Direction::received,
                               .content = ContentType::application_data,
                               .type = {},
                               .size = static_cast<std::size_t>(std::abs(size)),
                               .encrypted = true});
  }
  return record;
}

TEST(Sealed, KnowsTheSizesOfEachSuite) {
  for (const auto& [suite, alert, finished] : {std::tuple{0x1301, 19U, 53U},
                                               {0x1302, 19U, 69U},
                                               {0x1303, 19U, 53U},
                                               {0x1304, 19U, 53U},
                                               {0x1305, 11U, 45U}}) {
    const auto record = sealed_record({}, static_cast<std::uint16_t>(suite));
    EXPECT_EQ(sealed_alert_size(record), alert) << suite;
    EXPECT_EQ(sealed_finished_size(record), finished) << suite;
  }
}

TEST(Sealed, SeesNoReasonOfWhoSaidNothing) {
  EXPECT_FALSE(sealed_reason_seen(sealed_record({-900}), Direction::sent));
  EXPECT_FALSE(sealed_reason_seen(sealed_record({900, -900}), Direction::sent)) << "early data";
  EXPECT_TRUE(sealed_reason_seen(sealed_record({-900, 19}), Direction::sent));
  EXPECT_TRUE(sealed_reason_seen(sealed_record({-900}), Direction::received));
}

}  // namespace
}  // namespace sealtone::explain
