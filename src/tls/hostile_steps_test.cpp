// SPDX-License-Identifier: Apache-2.0
//
// tls: a peer that goes wrong behind each record of its side of the handshake, in both roles.
//
// The peers are openssl's s_server and s_client; a proxy between does the wrong thing.
#include <gmock/gmock.h>

#include "support/fault_proxy.h"
#include "tls/ends.h"

namespace sealtone::tls::testing {
namespace {

using Kind = test::Fault::Kind;
using Side = test::Fault::Side;
using ::testing::AnyOf;
using ::testing::IsEmpty;
using ::testing::Not;

// For those that only wait.  A machine too busy to come to the fault within it gets twice as much.
constexpr auto kShort = 100ms;

struct Wrong {
  const char* name;
  Kind kind;
  Words codes;  // any one of them, alone
};
void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.name; }

const std::vector<Wrong> kWrongs = {
    {"Silence", Kind::silence, {"handshake-timeout"}},
    {"Drip", Kind::drip, {"handshake-timeout"}},
    {"Cut", Kind::cut, {"peer-closed"}},
    {"HalfClose", Kind::half_close, {"peer-closed"}},
    {"Garbage", Kind::garbage, {"protocol-violation", "plain-text-on-tls-port"}},
};

class Steps : public ::testing::TestWithParam<std::tuple<Wrong, std::uint16_t>> {
 protected:
  [[nodiscard]] const Wrong& wrong() const { return std::get<0>(GetParam()); }
  [[nodiscard]] std::uint16_t version() const { return std::get<1>(GetParam()); }
  // What only waits has to wait; everything else ends by itself.
  [[nodiscard]] std::chrono::milliseconds first_limit() const {
    return wrong().codes.contains("handshake-timeout") ? kShort : 10s;
  }

  void expect_its_finding(const Outcome& outcome, std::size_t records) const {
    SCOPED_TRACE("behind " + std::to_string(records) + " records");
    EXPECT_EQ(outcome.stream, nullptr);
    EXPECT_EQ(outcome.record.application_sent, 0U);
    const auto found = words(outcome.verdict);
    ASSERT_EQ(found.size(), 1U) << ::testing::PrintToString(found);
    EXPECT_TRUE(wrong().codes.contains(*found.begin())) << *found.begin();
  }
  net::asio::io_context loop;
};
INSTANTIATE_TEST_SUITE_P(Tls, Steps,
                         ::testing::Combine(::testing::ValuesIn(kWrongs),
                                            ::testing::Values(0x0301, 0x0303, 0x0304)),
                         [](const auto& info) {
                           return std::string(std::get<0>(info.param).name) + "Tls1_" +
                                  std::to_string(std::get<1>(info.param) - 0x0301);
                         });

TEST_P(Steps, OfTheServerEndInTheirFinding) {
  const test::OpensslServer peer(identity("server"),
                                 {openssl_flag(version()), "-cipher", "ALL:@SECLEVEL=0"});
  const auto context = build(client_options(kAll));
  std::size_t records = 0;
  for (auto limit = first_limit(); limit < test::kPatience;) {
    const test::FaultProxy proxy(peer.port(),
                                 {.kind = wrong().kind, .side = Side::server, .records = records});
    const auto outcome = dial(loop, proxy.port(), context, trusting_root(), limit);
    if (outcome.stream != nullptr) break;
    if (!proxy.struck()) {
      limit *= 2;
      continue;
    }
    expect_its_finding(outcome, records++);
  }
  EXPECT_GE(records, 5U);  // ServerHello, Certificate, …, Finished
}

// One connection of s_client to our server role, through the proxy.
struct Served {
  Outcome outcome;
  bool struck = false;
};
Served serve_one(net::asio::io_context& loop, const std::shared_ptr<const Context>& context,
                 std::uint16_t version, const test::Fault& fault, std::chrono::milliseconds limit) {
  std::optional<Outcome> outcome;
  const auto listener = net::Listener::tcp(loop, "127.0.0.1", 0, {}).value();
  listener->start([&](std::unique_ptr<net::Socket> socket) -> net::Task<void> {
    auto accepting = accept(std::move(socket), context, trusting_nobody(), limit);
    auto accepted = co_await std::move(accepting);
    outcome = std::move(accepted);
  });
  const test::FaultProxy proxy(listener->where().port, fault);
  test::StartOptions options;
  options.keep_input_open = true;
  const test::Process client(
      {"openssl", "s_client", "-connect", "127.0.0.1:" + std::to_string(proxy.port()),
       openssl_flag(version), "-cipher", "ALL:@SECLEVEL=0"},
      options);
  test::run_until(loop, [&] { return outcome.has_value(); });
  return {std::move(*outcome), proxy.struck()};
}

TEST_P(Steps, OfTheClientEndInTheirFinding) {
  const auto context = build(server_options(kAll));
  std::size_t records = 0;
  for (auto limit = first_limit(); limit < test::kPatience;) {
    const test::Fault fault{.kind = wrong().kind, .side = Side::client, .records = records};
    const auto served = serve_one(loop, context, version(), fault, limit);
    if (served.outcome.stream != nullptr) break;
    if (!served.struck) {
      limit *= 2;
      continue;
    }
    expect_its_finding(served.outcome, records++);
  }
  EXPECT_GE(records, 2U);  // ClientHello, …, Finished
}

class Corrupted : public ::testing::TestWithParam<std::uint16_t> {};
INSTANTIATE_TEST_SUITE_P(Tls, Corrupted, ::testing::Values(0x0301, 0x0303, 0x0304), version_suffix);

// Whatever octet of the handshake is another one, it is noticed, and nothing is sent.
TEST_P(Corrupted, OctetOfTheServerIsNoticed) {
  net::asio::io_context loop;
  const test::OpensslServer peer(
      identity("server"), {openssl_flag(GetParam()), "-cipher", "ALL:@SECLEVEL=0", "-Verify", "1"});
  const auto context = build(client_options(kAll, "client"));
  constexpr std::size_t stride = 53;
  bool established = false;
  int noticed = 0;
  for (std::size_t at = 0; at < 5'000; at += stride) {
    const test::FaultProxy proxy(peer.port(), {.kind = Kind::corrupt, .octets = at});
    const auto outcome = dial(loop, proxy.port(), context, trusting_root(), 500ms);
    established = outcome.stream != nullptr;
    if (established) break;
    ++noticed;
    EXPECT_THAT(words(outcome.verdict), Not(IsEmpty())) << at;
    EXPECT_NE(outcome.record.ending, Ending::established) << at;
    EXPECT_EQ(outcome.record.application_sent, 0U) << at;
  }
  EXPECT_TRUE(established) << "no octet came behind the handshake";
  // The shortest handshake here has more than a thousand octets from the server.
  EXPECT_GE(noticed, 15) << "an octet of the handshake passed unnoticed";
}

TEST(Delayed, HandshakeGoesWell) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server"));
  const test::FaultProxy proxy(peer.port(), {.kind = Kind::delay, .pace = 50ms});
  const auto outcome = dial(loop, proxy.port(), build(client_options()), trusting_root());
  EXPECT_NE(outcome.stream, nullptr);
  EXPECT_TRUE(proxy.struck());
  EXPECT_EQ(words(outcome.verdict), Words{});
}

}  // namespace
}  // namespace sealtone::tls::testing
