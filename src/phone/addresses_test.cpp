// SPDX-License-Identifier: Apache-2.0
//
// phone/addresses: where the page is, and who came.
#include "phone/addresses.h"

#include <gmock/gmock.h>

namespace sealtone::phone {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

TEST(PageAddresses, AreTheOneThatIsListenedOn) {
  EXPECT_THAT(page_addresses("192.0.2.1"), ElementsAre("192.0.2.1"));
  EXPECT_THAT(page_addresses("::1"), ElementsAre("::1"));
}

TEST(PageAddresses, AreThoseOfTheInterfacesForTheWildcard) {
  EXPECT_THAT(page_addresses("0.0.0.0"), Contains("127.0.0.1"));
  EXPECT_THAT(page_addresses("0.0.0.0"), Not(Contains("0.0.0.0")));
  EXPECT_THAT(page_addresses("::"), Contains("127.0.0.1"));
}

TEST(WithoutPort, LeavesTheAddress) {
  EXPECT_EQ(without_port("192.0.2.1:443"), "192.0.2.1");
  EXPECT_EQ(without_port("[2001:db8::1]:443"), "2001:db8::1");
  EXPECT_EQ(without_port("local"), "local");
  EXPECT_EQ(without_port(""), "");
}

}  // namespace
}  // namespace sealtone::phone
