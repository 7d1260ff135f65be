// SPDX-License-Identifier: Apache-2.0
//
// What goes wrong between an account and its registrar: told, tried again, and never taken for a
// registration.
#include "e2e/at_kamailio.h"
#include "support/fault_proxy.h"

namespace sealtone::test {
namespace {

using Kind = Fault::Kind;
using Side = Fault::Side;

class WithFault : public AtKamailio {
 protected:
  void start_through(const FaultProxy& proxy) {
    auto quick = options({"localhost", proxy.port(), sip::Transport::tls});
    quick.limits.dial.handshake = 1s;
    quick.limits.flow.transaction = 1s;
    quick.limits.flow.message = 1s;
    start(std::move(quick));
  }
};

// Of the handshake's first record, of its middle, and behind it: octets of TLS 1.3's eighth record
// are SIP's or what goes before them.
struct Struck {
  const char* name;
  Fault fault;
  State is_told_as = State::failed;
};

class Striking : public WithFault, public ::testing::WithParamInterface<Struck> {};

TEST_P(Striking, IsToldAndTriedAgain) {
  const Kamailio kamailio({certificates.server(root)});
  const FaultProxy proxy(kamailio.tls_port(), GetParam().fault);
  start_through(proxy);
  until(GetParam().is_told_as);
  EXPECT_TRUE(proxy.struck());
  ASSERT_TRUE(status().cause);
  EXPECT_FALSE(status().cause->text.empty());
  EXPECT_TRUE(status().next_try) << why();
  EXPECT_FALSE(status().verdict);
  until(State::registering);
  until(GetParam().is_told_as);
}

INSTANTIATE_TEST_SUITE_P(
    Sip, Striking,
    ::testing::Values(
        Struck{"SilenceAtOnce", {Kind::silence}}, Struck{"CutAtOnce", {Kind::cut}},
        Struck{"CutWithinTheFirstRecord", {Kind::cut, Side::server, 0, 20}},
        Struck{"HalfClosedInTheHandshake", {Kind::half_close, Side::server, 2}},
        Struck{"GarbageAtOnce", {Kind::garbage}},
        Struck{"CorruptInTheHandshake", {Kind::corrupt, Side::server, 2, 30}},
        // Kamailio says no to it, with an alert.
        Struck{"CorruptOfThePhone", {Kind::corrupt, Side::client, 2, 30}, State::refused},
        Struck{"SilenceOfThePhone", {Kind::silence, Side::client, 1}},
        Struck{"SilenceBehindTheHandshake", {Kind::silence, Side::server, 8}},
        Struck{"CutBehindTheHandshake", {Kind::cut, Side::server, 8}},
        Struck{"CutWithinAnAnswer", {Kind::cut, Side::server, 8, 100}},
        Struck{"CorruptBehindTheHandshake", {Kind::corrupt, Side::server, 8, 10}},
        Struck{"HalfClosedBehindTheHandshake", {Kind::half_close, Side::server, 8}}),
    [](const auto& struck) { return std::string(struck.param.name); });

// Slow is not broken.
TEST_F(WithFault, RegistersOverAWayThatDelaysEachPiece) {
  const Kamailio kamailio({certificates.server(root)});
  const FaultProxy proxy(kamailio.tls_port(), {Kind::delay, Side::server, 0, 0, 50ms});
  start_through(proxy);
  until(State::registered);
  until_said(kamailio, "REGISTERED alice over tls");
}

TEST_F(WithFault, RegistersOverAWayOfOneOctetAtATime) {
  const Kamailio kamailio({certificates.server(root)});
  const FaultProxy proxy(kamailio.tls_port(), {Kind::drip, Side::client, 2, 0, 1ms});
  auto slow = options({"localhost", proxy.port(), sip::Transport::tls});
  start(std::move(slow));
  until(State::registered);
}

}  // namespace
}  // namespace sealtone::test
