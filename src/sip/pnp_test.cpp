// SPDX-License-Identifier: Apache-2.0
//
// PnP over UDP on loopback: what is asked, asked again, taken, and not waited for any longer.
#include "sip/pnp.h"

#include <gmock/gmock.h>

#include "crypto/crypto.h"
#include "sip/pnp_responder.h"
#include "support/loop.h"

namespace sealtone::sip::tests {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

constexpr const char* kUrl = "https://prov.example.com/phones/";

class Pnp : public ::testing::Test {
 protected:
  base::Result<PnpAnswer> ask(const std::string& address, milliseconds limit = milliseconds(400)) {
    return test::finish(loop_, ask_for_profile({.address = address,
                                                .mac = "001565000001",
                                                .user_agent = "Sealtone",
                                                .limit = limit,
                                                .again = milliseconds(20)},
                                               random_));
  }
  net::asio::io_context loop_;
  crypto::SystemRandom random_;
};

TEST_F(Pnp, GivesTheUrlAndWhoToldIt) {
  const PnpResponder responder([](const Message& subscribe) {
    return std::vector{write(response_to(subscribe, 200, "OK", "t")).value(),
                       PnpResponder::notify(subscribe, kUrl)};
  });
  const auto told = ask(responder.address(), test::kPatience);
  ASSERT_TRUE(told) << base::to_string(told.error());
  EXPECT_EQ(told->url.shown(), kUrl);
  EXPECT_EQ(told->by, "127.0.0.1");
}

TEST_F(Pnp, AsksAgainWhereNothingComes) {
  PnpResponder responder([n = 0](const Message& subscribe) mutable {
    return ++n < 3 ? std::vector<std::string>{}
                   : std::vector{PnpResponder::notify(subscribe, kUrl)};
  });
  EXPECT_TRUE(ask(responder.address(), test::kPatience));
  EXPECT_EQ(responder.asked(), 3);
}

TEST_F(Pnp, WaitsNoLongerThanItsLimit) {
  const PnpResponder silent([](const Message&) { return std::vector<std::string>{}; });
  const auto told = ask(silent.address());
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().code, base::ErrorCode::timeout);
}

TEST_F(Pnp, SaysWhyAnAnswerIsOfNoUse) {
  const PnpResponder responder([](const Message& subscribe) {
    return std::vector{PnpResponder::notify(subscribe, "http://prov.example.com/")};
  });
  const auto told = ask(responder.address());
  ASSERT_FALSE(told);
  EXPECT_THAT(told.error().detail, HasSubstr("only https"));
}

TEST_F(Pnp, PassesOverWhatIsTooLargeOrNoMessage) {
  const PnpResponder responder([](const Message& subscribe) {
    auto large = PnpResponder::notify(subscribe, kUrl);
    large.insert(large.find("Event:"), "X-Long: " + std::string(5'000, 'x') + "\r\n");
    return std::vector<std::string>{large, "", "NOTIFY", std::string(100, '\0'),
                                    PnpResponder::notify(subscribe, kUrl)};
  });
  EXPECT_TRUE(ask(responder.address(), test::kPatience));
}

TEST_F(Pnp, AFloodEndsIt) {
  const PnpResponder responder(
      [](const Message&) { return std::vector<std::string>(200, "flood"); });
  const auto told = ask(responder.address(), test::kPatience);
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().code, base::ErrorCode::too_large);
}

TEST_F(Pnp, NeedsAnAddress) {
  for (const auto* address : {"", "nobody.example.com:5060", "127.0.0.1:x"}) {
    const auto told = ask(address);
    ASSERT_FALSE(told) << address;
    EXPECT_EQ(told.error().code, base::ErrorCode::bad_input) << address;
  }
}

}  // namespace
}  // namespace sealtone::sip::tests
