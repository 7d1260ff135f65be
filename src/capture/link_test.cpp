// SPDX-License-Identifier: Apache-2.0
#include "capture/link.h"

#include <gtest/gtest.h>

#include "capture/made.h"

namespace sealtone::capture {
namespace {

using testing::ethernet;
using testing::ipv4;
using testing::put;

const base::Bytes kInner = ipv4(17, base::view("inside"));

struct OneLink {
  const char* name;
  std::uint32_t link;
  base::Bytes before;
};

void PrintTo(const OneLink& one, std::ostream* out) { *out << one.name; }

class Links : public ::testing::TestWithParam<OneLink> {};

TEST_P(Links, CarryInternetPacketsAndNeverCutOnes) {
  auto octets = GetParam().before;
  const auto header = octets.size();
  put(octets, kInner);
  const auto found = internet_packet(GetParam().link, octets);
  ASSERT_TRUE(found);
  EXPECT_EQ(base::Bytes(found->begin(), found->end()), kInner);
  for (std::size_t cut = 0; cut < header; ++cut) {
    EXPECT_FALSE(internet_packet(GetParam().link, base::ByteView(octets).first(cut))) << cut;
  }
}

base::Bytes zeros_then(std::size_t zeros, const base::Bytes& more) {
  base::Bytes octets(zeros);
  put(octets, more);
  return octets;
}

const base::Bytes kSnap{0xAA, 0xAA, 3, 0, 0, 0, 8, 0};

base::Bytes wifi(base::Bytes control, std::size_t header) {
  control.resize(header);
  put(control, kSnap);
  return control;
}

base::Bytes radiotap() {
  base::Bytes octets{0, 0, 10, 0, 0, 0, 0, 0, 1, 2};
  put(octets, wifi({0x08, 0x01}, 24));
  return octets;
}

INSTANTIATE_TEST_SUITE_P(
    Of, Links,
    ::testing::Values(
        OneLink{"ethernet", 1, zeros_then(12, {8, 0})},
        OneLink{"vlan", 1, zeros_then(12, {0x81, 0, 0, 5, 8, 0})},
        OneLink{"qinq", 1, zeros_then(12, {0x88, 0xA8, 0, 5, 0x81, 0, 0, 6, 8, 0})},
        OneLink{"mpls", 1, zeros_then(12, {0x88, 0x47, 0, 1, 0, 9, 0, 1, 1, 9})},
        OneLink{"pppoe", 1, zeros_then(12, {0x88, 0x64, 0x11, 0, 0, 1, 0, 9, 0, 0x21})},
        OneLink{"llc", 1, zeros_then(12, {0, 40, 0xAA, 0xAA, 3, 0, 0, 0, 8, 0})},
        OneLink{"null", 0, {2, 0, 0, 0}}, OneLink{"loop", 108, {0, 0, 0, 2}},
        OneLink{"raw", 101, {}}, OneLink{"ipv4", 228, {}}, OneLink{"enc", 109, base::Bytes(12)},
        OneLink{"slip", 8, base::Bytes(16)}, OneLink{"ppp", 9, {0xFF, 3, 0, 0x21}},
        OneLink{"short ppp", 9, {0x21}}, OneLink{"hdlc", 104, {0x0F, 0, 8, 0}},
        OneLink{"serial", 50, {0x0F, 0, 8, 0}}, OneLink{"pppoe alone", 51, {0x11, 0, 0, 1, 0, 9, 0, 0x21}},
        OneLink{"pppd", 166, {0, 3, 0, 0x21}}, OneLink{"ppp with direction", 204, {1, 0xFF, 3, 0, 0x21}},
        OneLink{"cooked", 113, zeros_then(14, {8, 0})},
        OneLink{"cooked 2", 276, [] {
          base::Bytes octets{8, 0};
          octets.resize(20);
          return octets;
        }()},
        OneLink{"frame relay", 107, {0x18, 0x41, 3, 0xCC}},
        OneLink{"atm", 100, kSnap}, OneLink{"fddi", 10, zeros_then(13, kSnap)},
        OneLink{"token ring", 6, zeros_then(14, kSnap)},
        OneLink{"fibre channel", 122, zeros_then(16, kSnap)},
        OneLink{"firewire", 138, zeros_then(16, {8, 0})},
        OneLink{"infiniband", 242, zeros_then(40, {8, 0, 0, 0})},
        OneLink{"pflog", 117, [] {
          base::Bytes octets{61, 2};
          octets.resize(64);
          return octets;
        }()},
        OneLink{"nflog", 239, {2, 0, 0, 0, 5, 0, 1, 0, 7, 0, 0, 0, 30, 0, 9, 0}},
        OneLink{"wifi", 105, wifi({0x08, 0x01}, 24)},
        OneLink{"wifi with quality of service", 105, wifi({0x88, 0x01}, 26)},
        OneLink{"wifi between access points", 105, wifi({0x08, 0x03}, 30)},
        OneLink{"radiotap", 127, radiotap()},
        OneLink{"ppi", 192, {0, 0, 8, 0, 101, 0, 0, 0}}));

TEST(InternetPacket, FindsNoneInAnEncryptedFrameOrOneWithoutData) {
  auto frame = wifi({0x08, 0x41}, 24);
  put(frame, kInner);
  EXPECT_FALSE(internet_packet(105, frame));
  frame[1] = 0x01;
  EXPECT_TRUE(internet_packet(105, frame));
  frame[0] = 0x48;  // null function
  EXPECT_FALSE(internet_packet(105, frame));
}

TEST(InternetPacket, FindsNoneInOtherProtocols) {
  EXPECT_FALSE(internet_packet(1, ethernet(kInner, 0x0806)));
  EXPECT_FALSE(internet_packet(101, base::Bytes{0x50, 0}));
  EXPECT_FALSE(internet_packet(147, kInner));
  EXPECT_FALSE(link_is_known(147));
  EXPECT_TRUE(link_is_known(276));
}

// Tags that never end.
TEST(InternetPacket, GivesUpBehindSixteenTags) {
  const auto tagged = [](int tags) {
    base::Bytes frame(12);
    for (int i = 0; i < tags; ++i) put(frame, base::Bytes{0x81, 0, 0, 1});
    put(frame, base::Bytes{8, 0});
    put(frame, kInner);
    return frame;
  };
  EXPECT_TRUE(internet_packet(1, tagged(15)));
  EXPECT_FALSE(internet_packet(1, tagged(16)));
}

base::Bytes many(std::size_t count, const base::Bytes& unit) {
  base::Bytes octets;
  for (std::size_t i = 0; i < count; ++i) put(octets, unit);
  return octets;
}

TEST(InternetPacket, GivesUpBehindSixteenLabels) {
  const auto labelled = [](std::size_t labels) {
    auto octets = many(labels - 1, {0, 1, 0, 9});
    put(octets, base::Bytes{0, 1, 1, 9});
    put(octets, kInner);
    return octets;
  };
  constexpr std::uint32_t mpls = 219;
  EXPECT_TRUE(internet_packet(mpls, labelled(16)));
  EXPECT_FALSE(internet_packet(mpls, labelled(17)));
}

// Frames in frames: what each kind holds may be the other again, as long as a packet is.
TEST(InternetPacket, GivesUpBehindSixteenLayersOfWhateverKind) {
  const auto around = [](std::size_t units, const base::Bytes& unit) {
    auto octets = many(units, unit);
    put(octets, zeros_then(12, {8, 0}));
    put(octets, kInner);
    return octets;
  };
  // A label, a control word, an Ethernet frame: two layers each.
  const auto frame = zeros_then(12, {0x88, 0x47, 0, 0, 1, 0, 0, 0, 0, 0});
  EXPECT_TRUE(internet_packet(1, around(7, frame)));
  EXPECT_FALSE(internet_packet(1, around(8, frame)));
  EXPECT_FALSE(internet_packet(1, around(100'000, frame)));
  const auto snap = many(100'000, {0xAA, 0xAA, 3, 0, 0, 0, 0, 9});
  EXPECT_FALSE(internet_packet(100, snap));
  auto sessions = zeros_then(12, {0x88, 0x64});
  put(sessions, many(100'000, {0x11, 0, 0, 1, 0, 9, 2, 0x81, 0, 0, 1, 0, 0, 0,    0,
                               0,    0, 0, 0, 0, 0, 0, 0,    0, 0, 0, 0, 0, 0x88, 0x64}));
  EXPECT_FALSE(internet_packet(1, sessions));
}

}  // namespace
}  // namespace sealtone::capture
