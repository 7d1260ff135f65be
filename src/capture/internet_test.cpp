// SPDX-License-Identifier: Apache-2.0
#include "capture/internet.h"

#include <gtest/gtest.h>

#include "capture/made.h"

namespace sealtone::capture {
namespace {

using testing::ipv4;
using testing::put;
using Reading = Internet::Reading;

class OneInternet : public ::testing::Test {
 protected:
  // The datagram's payload is a part of the packet.
  Reading read(base::ByteView packet) {
    packet_.assign(packet.begin(), packet.end());
    return internet_.read(packet_, datagram_, now_);
  }
  // A fragment of IPv4: octets from a place on; more follows, or it is the last.
  Reading part(std::size_t at, std::string_view text, bool more = true) {
    return read(ipv4(6, base::view(text), true, (more ? 0x2000U : 0U) | (at / 8)));
  }
  std::string payload() { return std::string(base::text(datagram_.payload)); }
  Internet internet_;
  Internet::Time now_;
  base::Bytes packet_;
  Datagram datagram_;
};

base::Bytes ipv6(std::uint8_t next, base::ByteView payload) {
  base::Bytes packet{0x60, 0, 0, 0};
  put(packet, payload.size(), 2);
  put(packet, base::Bytes{next, 64});
  base::Bytes address(16);
  address[0] = 0x20;
  address[15] = 1;
  put(packet, address);
  address[15] = 2;
  put(packet, address);
  put(packet, payload);
  return packet;
}

TEST_F(OneInternet, ReadsIpv4AndLeavesOutWhatStandsBehindIt) {
  auto packet = ipv4(6, base::view("abc"));
  put(packet, base::view("padding"));
  EXPECT_EQ(read(packet), Reading::whole);
  EXPECT_EQ(payload(), "abc");
  EXPECT_EQ(datagram_.protocol, kTcp);
  EXPECT_EQ(text_of(datagram_.source), "192.0.2.1");
  EXPECT_EQ(text_of(datagram_.destination), "192.0.2.2");
}

TEST_F(OneInternet, KnowsHowMuchWasCutOff) {
  const auto packet = ipv4(6, base::view("abcdef"));
  const auto cut = base::ByteView(packet).first(packet.size() - 4);
  EXPECT_EQ(internet_.read(cut, datagram_, {}, 4), Reading::whole);
  EXPECT_EQ(payload(), "ab");
  EXPECT_EQ(datagram_.size, 6U);
  EXPECT_EQ(internet_.read(cut, datagram_, {}, 9), Reading::whole);
  EXPECT_EQ(datagram_.size, 6U);
  // No packet is longer than what was on the wire, whatever it says.
  EXPECT_EQ(internet_.read(cut, datagram_, {}, 1), Reading::whole);
  EXPECT_EQ(datagram_.size, 3U);
}

// Where the network card cuts large packets, they were captured before that.
TEST_F(OneInternet, TakesAPacketWithoutALengthWhole) {
  auto packet = ipv4(6, base::view("abc"));
  packet[2] = packet[3] = 0;
  EXPECT_EQ(read(packet), Reading::whole);
  EXPECT_EQ(payload(), "abc");
}

TEST_F(OneInternet, RefusesHeadersThatBreakOff) {
  const auto packet = ipv4(6, base::view("abc"));
  for (std::size_t cut = 0; cut < 20; ++cut) {
    EXPECT_EQ(read(base::ByteView(packet).first(cut)), Reading::unreadable) << cut;
  }
  const auto six = ipv6(6, base::view("abc"));
  for (std::size_t cut = 0; cut < 40; ++cut) {
    EXPECT_EQ(read(base::ByteView(six).first(cut)), Reading::unreadable) << cut;
  }
}

TEST_F(OneInternet, GoesThroughTheExtensionHeadersOfIpv6) {
  base::Bytes body{43, 0, 1, 2, 3, 4, 5, 6};                    // hop by hop
  put(body, base::Bytes{60, 0, 1, 2, 3, 4, 5, 6});              // routing
  put(body, base::Bytes{51, 0, 1, 2, 3, 4, 5, 6});              // destination options
  put(body, base::Bytes{6, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});  // authentication
  put(body, base::view("abc"));
  EXPECT_EQ(read(ipv6(0, body)), Reading::whole);
  EXPECT_EQ(payload(), "abc");
  EXPECT_EQ(datagram_.size, 3U);
  EXPECT_EQ(text_of(datagram_.source), "2000::1");
}

TEST_F(OneInternet, GivesUpBehindSixteenExtensionHeaders) {
  const auto with = [](int headers) {
    base::Bytes body;
    for (int i = 0; i < headers; ++i) {
      const std::uint8_t next = i + 1 == headers ? 6 : 60;
      put(body, base::Bytes{next, 0, 0, 0, 0, 0, 0, 0});
    }
    put(body, base::view("abc"));
    return ipv6(60, body);
  };
  EXPECT_EQ(read(with(15)), Reading::whole);
  EXPECT_EQ(read(with(16)), Reading::unreadable);
}

TEST_F(OneInternet, PutsFragmentsTogetherInAnyOrder) {
  const std::string first(16, 'a'), second(8, 'b'), third = "cd";
  EXPECT_EQ(read(ipv4(6, base::view(third), true, 3)), Reading::part);
  EXPECT_EQ(read(ipv4(6, base::view(first), true, 0x2000)), Reading::part);
  EXPECT_EQ(read(ipv4(6, base::view(first), true, 0x2000)), Reading::part);
  EXPECT_EQ(read(ipv4(6, base::view("other"), true, 0x2000, 8)), Reading::part);
  EXPECT_EQ(read(ipv4(6, base::view(second), true, 0x2002)), Reading::whole);
  EXPECT_EQ(payload(), first + second + third);
}

base::Bytes part_of_ipv6(unsigned place, std::string_view text, std::uint8_t next = 6) {
  base::Bytes body{next, 0};
  put(body, place, 2);
  put(body, 99, 4);
  put(body, base::view(text));
  return ipv6(44, body);
}

// Work grows with what is new, not with what was sent.
TEST_F(OneInternet, MovesNoOctetOfAFragmentTwice) {
  const std::string eight(8, 'a');
  EXPECT_EQ(part(8'008, "end", false), Reading::part);
  EXPECT_EQ(part(8, std::string(8'000, 'b')), Reading::part);
  const auto before = internet_.moved();
  EXPECT_EQ(before, 8'003U);
  for (int i = 0; i < 10'000; ++i) EXPECT_EQ(part(64, eight), Reading::part);
  EXPECT_EQ(internet_.moved(), before);
  EXPECT_EQ(part(0, eight), Reading::whole);
  EXPECT_EQ(payload(), eight + std::string(8'000, 'b') + "end");
  EXPECT_EQ(internet_.moved(), before + 8);
  EXPECT_EQ(internet_.given_up(), 0U);
}

TEST_F(OneInternet, TakesOfFragmentsThatOverlapWhatCameFirst) {
  EXPECT_EQ(part(8, std::string(8, 'b')), Reading::part);
  EXPECT_EQ(part(24, std::string(8, 'd')), Reading::part);
  EXPECT_EQ(part(0, std::string(40, 'X')), Reading::part);
  EXPECT_EQ(part(32, "YYYYYYYYe", false), Reading::whole);
  EXPECT_EQ(payload(), "XXXXXXXXbbbbbbbbXXXXXXXXddddddddXXXXXXXXe");
}

TEST_F(OneInternet, GivesUpADatagramOfMoreThan128Pieces) {
  for (std::size_t i = 0; i < 128; ++i) EXPECT_EQ(part(16 * i, "12345678"), Reading::part) << i;
  EXPECT_EQ(internet_.given_up(), 0U);
  EXPECT_EQ(part(16 * 128, "12345678"), Reading::unreadable);
  EXPECT_EQ(internet_.given_up(), 1U);
}

// Sixteen bits of identification come round: what is left of an old datagram is none of the next.
TEST_F(OneInternet, ForgetsFragmentsAfterAMinute) {
  using std::chrono::seconds;
  EXPECT_EQ(part(0, "12345678"), Reading::part);
  now_ += seconds(60);
  EXPECT_EQ(part(8, "9", false), Reading::whole);
  EXPECT_EQ(part(0, "oldoldol"), Reading::part);
  now_ += seconds(61);
  EXPECT_EQ(part(8, "9", false), Reading::part);
  EXPECT_EQ(internet_.given_up(), 1U);
  EXPECT_EQ(part(0, "12345678"), Reading::whole);
  EXPECT_EQ(payload(), "123456789");
}

// RFC 8200 §4.1: destination options stand behind the fragment header, in the part that is cut.
TEST_F(OneInternet, GoesThroughTheHeadersBehindTheFragmentHeader) {
  const std::string options("\x06\0\1\4\0\0\0\0", 8);
  EXPECT_EQ(read(part_of_ipv6(1, options + "12345678", 60)), Reading::part);
  EXPECT_EQ(read(part_of_ipv6(16, "9", 60)), Reading::whole);
  EXPECT_EQ(datagram_.protocol, kTcp);
  EXPECT_EQ(payload(), "123456789");
  EXPECT_EQ(datagram_.size, 9U);
}

TEST_F(OneInternet, PutsFragmentsInATunnelTogetherAndLooksIntoThem) {
  const auto inner = ipv4(17, base::view("abcdefgh"), false);
  const auto half = [&](bool first) {
    const base::ByteView all = inner;
    const auto octets = first ? all.first(16) : all.subspan(16);
    return ipv4(47, [&] {
      base::Bytes gre{0, 0, 8, 0};
      put(gre, ipv4(4, octets, true, first ? 0x2000 : 2));
      return gre;
    }());
  };
  EXPECT_EQ(read(half(true)), Reading::part);
  EXPECT_EQ(read(half(false)), Reading::whole);
  EXPECT_EQ(datagram_.protocol, kUdp);
  EXPECT_EQ(text_of(datagram_.source), "192.0.2.2");
  EXPECT_EQ(payload(), "abcdefgh");
}

TEST_F(OneInternet, PutsFragmentsOfIpv6Together) {
  const auto part = [](unsigned place, std::string_view text) { return part_of_ipv6(place, text); };
  EXPECT_EQ(read(part(1, "12345678")), Reading::part);
  EXPECT_EQ(read(part(8, "9")), Reading::whole);
  EXPECT_EQ(payload(), "123456789");
  EXPECT_EQ(read(part(0, "alone")), Reading::whole);
  EXPECT_EQ(payload(), "alone");
}

TEST_F(OneInternet, KeepsSixtyFourFragmentedDatagramsAndNoMore) {
  for (unsigned i = 0; i < kMostFragmented; ++i) {
    EXPECT_EQ(read(ipv4(6, base::view("12345678"), true, 0x2000, i)), Reading::part);
  }
  EXPECT_EQ(internet_.given_up(), 0U);
  EXPECT_EQ(read(ipv4(6, base::view("12345678"), true, 0x2000, 1'000)), Reading::part);
  EXPECT_EQ(internet_.given_up(), 1U);
  EXPECT_EQ(read(ipv4(6, base::view("9"), true, 1, 1)), Reading::whole);
  EXPECT_EQ(read(ipv4(6, base::view("9"), true, 1, 0)), Reading::part);  // its first is gone
}

TEST_F(OneInternet, FindsThePacketInsideTunnels) {
  const auto inner = ipv4(17, base::view("abc"), false);
  EXPECT_EQ(read(ipv4(4, inner)), Reading::whole);
  EXPECT_EQ(payload(), "abc");
  EXPECT_EQ(text_of(datagram_.source), "192.0.2.2");
  base::Bytes gre{0x20, 0, 8, 0, 0, 0, 0, 1};
  put(gre, inner);
  EXPECT_EQ(read(ipv4(47, gre)), Reading::whole);
  EXPECT_EQ(payload(), "abc");
  base::Bytes gtp{8, 104, 8, 104, 0, 0, 0, 0, 0x32, 255, 0, 0, 0, 0, 0, 1, 0, 5, 0, 0};
  put(gtp, inner);
  EXPECT_EQ(read(ipv4(17, gtp)), Reading::whole);
  EXPECT_EQ(payload(), "abc");
  base::Bytes vxlan{0, 9, 0x12, 0xB5, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 7, 0};
  put(vxlan, testing::ethernet(inner));
  EXPECT_EQ(read(ipv4(17, vxlan)), Reading::whole);
  EXPECT_EQ(payload(), "abc");
}

TEST_F(OneInternet, GoesFourTunnelsDeepAndNoDeeper) {
  const auto nested = [](int tunnels) {
    auto packet = ipv4(6, base::view("abc"));
    for (int i = 0; i < tunnels; ++i) packet = ipv4(4, packet);
    return packet;
  };
  EXPECT_EQ(read(nested(4)), Reading::whole);
  EXPECT_EQ(read(nested(5)), Reading::unreadable);
}

}  // namespace
}  // namespace sealtone::capture
