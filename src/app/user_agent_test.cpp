// SPDX-License-Identifier: Apache-2.0
#include "app/user_agent.h"

#include <gtest/gtest.h>

namespace sealtone::app {
namespace {

struct Said {
  const char *agent, *model, *firmware;
};

TEST(UserAgent, NamesModelAndFirmware) {
  for (const auto& [agent, model, firmware] : {
           Said{"Yealink SIP-T46G 28.72.0.1 00:15:65:4a:a9:37", "Yealink SIP-T46G", "28.72.0.1"},
           Said{"yealink SIP-T28P 2.70.0.140 001565112233", "yealink SIP-T28P", "2.70.0.140"},
           Said{"SIP VP-T49G", "SIP VP-T49G", ""},
           Said{"Yealink-T46G 28.71.0.81 28.1.0.128.0.0.0", "Yealink-T46G", "28.71.0.81"},
           Said{"VP530P 23.70.0.40 001565112233", "VP530P", "23.70.0.40"},
           Said{"FileTransport PolycomVVX-VVX_500-UA/5.4.1.17653 Type/Application",
                "PolycomVVX-VVX_500", "5.4.1.17653"},
           Said{"Mozilla/4.0 (compatible; snom370-SIP 8.7.3.25.5 1.1.3-u)", "snom370-SIP",
                "8.7.3.25.5"},
           Said{"snomD385/10.1.64.14", "snomD385", "10.1.64.14"},
           Said{"Grandstream Model HW GXP2130 SW 1.0.9.135 DevId 000b82", "Grandstream GXP2130",
                "1.0.9.135"},
           Said{"baresip v1.0.0 (x86_64/linux)", "baresip", "v1.0.0"},
           Said{"curl/7.88.1", "curl", "7.88.1"},
           Said{"Mozilla/5.0 (X11; Linux x86_64)", "", ""},
           Said{"", "", ""},
       }) {
    const auto device = device_of(agent);
    EXPECT_EQ(device.model, model) << agent;
    EXPECT_EQ(device.firmware, firmware) << agent;
  }
}

TEST(UserAgent, OfAHostileOneIsVisibleAndShort) {
  const auto device = device_of("evil\x1B[2J\xE2\x80\xAE 1.\x1B[31m" + std::string(10'000, 'x'));
  EXPECT_EQ(device.model.find('\x1B'), std::string::npos);
  EXPECT_EQ(device.firmware.find('\x1B'), std::string::npos);
  EXPECT_LT(device.model.size() + device.firmware.size(), 300U);
}

}  // namespace
}  // namespace sealtone::app
