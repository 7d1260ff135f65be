// SPDX-License-Identifier: Apache-2.0
#include "capture/packets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/made.h"

namespace sealtone::capture {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::pcap_header;
using testing::put;
using testing::put_little;

// "LINK SECONDS.MICROS SIZE octets", "secrets: …", and how it ended.
std::vector<std::string> all_of(base::Bytes file, std::size_t most_block = 1'000'000) {
  PacketFile packets(Source(std::move(file)), "it", most_block);
  std::vector<std::string> lines;
  Packet packet;
  for (;;) {
    std::string_view secrets;
    const auto step = packets.next(packet, secrets);
    if (!step) {
      lines.push_back(step.error().detail);
      return lines;
    }
    if (*step == Step::packet) {
      const auto micros = packet.time.time_since_epoch().count();
      lines.push_back(std::to_string(packet.link) + " " + std::to_string(micros) + " " +
                      std::to_string(packet.size) + " " + std::string(base::text(packet.octets)));
    }
    if (*step == Step::secrets) lines.push_back("secrets: " + std::string(secrets));
    if (*step == Step::cut) lines.emplace_back("cut");
    if (*step == Step::cut || *step == Step::end) return lines;
  }
}

base::Bytes one_packet(base::Bytes file, std::string_view text) {
  put_little(file, 5, 4);
  put_little(file, 7, 4);
  put_little(file, text.size(), 4);
  put_little(file, 100, 4);
  put(file, base::view(text));
  return file;
}

TEST(Pcap, ReadsPacketsWithTheirTimes) {
  EXPECT_THAT(all_of(one_packet(one_packet(pcap_header(), "ab"), "")),
              ElementsAre("1 5000007 100 ab", "1 5000007 100 "));
}

TEST(Pcap, ReadsNanosecondsAndTheOtherOrderOfOctets) {
  auto file = pcap_header();
  file[0] = 0x4D;
  file[1] = 0x3C;
  EXPECT_THAT(all_of(one_packet(file, "ab")), ElementsAre("1 5000000 100 ab"));
  base::Bytes big{0xA1, 0xB2, 0xC3, 0xD4, 0, 2, 0, 4};
  put(big, base::Bytes(8));
  put(big, base::Bytes{0, 0, 255, 255, 0, 0, 0, 101, 0, 0, 0, 5,  0,
                       0, 0, 7,   0,   0, 0, 1, 0,   0, 0, 9, 'x'});
  EXPECT_THAT(all_of(big), ElementsAre("101 5000007 9 x"));
}

TEST(Pcap, SaysWhereItIsCut) {
  const auto file = one_packet(pcap_header(), "ab");
  for (std::size_t cut = 4; cut < file.size(); ++cut) {
    const base::Bytes part(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(cut));
    if (cut < 24) {
      EXPECT_THAT(all_of(part), ElementsAre(HasSubstr("within its file header"))) << cut;
    } else if (cut == 24) {
      EXPECT_THAT(all_of(part), ElementsAre());
    } else {
      EXPECT_THAT(all_of(part), ElementsAre("cut")) << cut;
    }
  }
}

TEST(Pcap, TakesNothingLongerThanThereIsForAPacket) {
  const auto with = [](std::uint32_t length) {
    auto file = pcap_header();
    put_little(file, 0, 8);
    put_little(file, length, 4);
    put_little(file, length, 4);
    return file;
  };
  EXPECT_THAT(all_of(with(262'144)), ElementsAre("cut"));
  EXPECT_THAT(all_of(with(262'145)), ElementsAre(HasSubstr("damaged from here on")));
}

base::Bytes block(std::uint32_t type, base::Bytes body) {
  body.resize((body.size() + 3) / 4 * 4);
  base::Bytes whole;
  put_little(whole, type, 4);
  put_little(whole, body.size() + 12, 4);
  put(whole, body);
  put_little(whole, body.size() + 12, 4);
  return whole;
}

base::Bytes section() {
  base::Bytes body{0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0};
  put(body, base::Bytes(8, 0xFF));
  return block(0x0A0D0D0A, body);
}

base::Bytes interface(std::uint16_t link, base::Bytes options = {}) {
  base::Bytes body;
  put_little(body, link, 2);
  put_little(body, 0, 2);
  put_little(body, 0, 4);
  put(body, options);
  return block(1, body);
}

base::Bytes enhanced(std::uint32_t where, std::uint64_t time, std::string_view text) {
  base::Bytes body;
  put_little(body, where, 4);
  put_little(body, time >> 32U, 4);
  put_little(body, time & 0xFFFFFFFFU, 4);
  put_little(body, text.size(), 4);
  put_little(body, text.size(), 4);
  put(body, base::view(text));
  return block(6, body);
}

base::Bytes joined(std::initializer_list<base::Bytes> blocks) {
  base::Bytes file;
  for (const auto& one : blocks) put(file, one);
  return file;
}

// libpcap gives up where the link types of a file differ.
TEST(Pcapng, ReadsInterfacesOfDifferentLinkTypesAndTimes) {
  const auto file =
      joined({section(), interface(1), interface(101, {9, 0, 1, 0, 3, 0, 0, 0}),
              interface(113, {9, 0, 1, 0, 0x81, 0, 0, 0}), enhanced(0, 5'000'007, "ab"),
              enhanced(1, 5'001, "c"), enhanced(2, 3, "d"), enhanced(3, 1, "of nobody"),
              block(3, {2, 0, 0, 0, 's', 'i', 'm', 'p'})});
  EXPECT_THAT(all_of(file), ElementsAre("1 5000007 2 ab", "101 5001000 1 c", "113 1500000 1 d",
                                        "1 1500000 2 si"));
}

TEST(Pcapng, AddsTheOffsetOfAnInterface) {
  const base::Bytes offset{14, 0, 8, 0, 10, 0, 0, 0, 0, 0, 0, 0};
  const auto file = joined({section(), interface(1, offset), enhanced(0, 1, "a")});
  EXPECT_THAT(all_of(file), ElementsAre("1 10000001 1 a"));
}

TEST(Pcapng, GivesTheSecretsThatAreInIt) {
  base::Bytes body;
  put_little(body, 0x544C534B, 4);
  put_little(body, 5, 4);
  put(body, base::view("LABEL"));
  auto other = body;
  other[0] = 'W';
  EXPECT_THAT(all_of(joined({section(), block(10, body), block(10, other), block(4, {1, 2})})),
              ElementsAre("secrets: LABEL"));
  // Too long to be kept: left out, and the file goes on.
  EXPECT_THAT(all_of(joined({section(), interface(1), block(10, body), enhanced(0, 1, "a")}), 36),
              ElementsAre("secrets: LABEL", "1 1 1 a"));
  EXPECT_THAT(
      all_of(joined({section(), interface(1), block(10, base::Bytes(100)), enhanced(0, 1, "a")}),
             36),
      ElementsAre("1 1 1 a"));
}

TEST(Pcapng, BeginsEachSectionAnew) {
  base::Bytes big{0x0A, 0x0D, 0x0D, 0x0A, 0, 0, 0, 28, 0x1A, 0x2B, 0x3C, 0x4D, 0, 1, 0, 0};
  put(big, base::Bytes(8, 0xFF));
  put(big, base::Bytes{0, 0, 0, 28});
  put(big, base::Bytes{0, 0, 0, 1, 0, 0, 0, 20, 0, 101, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20});
  put(big, base::Bytes{0, 0, 0, 6, 0, 0, 0, 36, 0, 0, 0,   0, 0, 0, 0, 0, 0, 0,
                       0, 2, 0, 0, 0, 1, 0, 0,  0, 1, 'x', 0, 0, 0, 0, 0, 0, 36});
  EXPECT_THAT(all_of(joined({section(), interface(1), enhanced(0, 1, "a"), big})),
              ElementsAre("1 1 1 a", "101 2 1 x"));
}

TEST(Pcapng, SaysWhereItIsCutOrDamaged) {
  const auto file = joined({section(), interface(1), enhanced(0, 1, "ab")});
  for (std::size_t cut = 4; cut < file.size(); ++cut) {
    const auto lines = all_of({file.begin(), file.begin() + static_cast<std::ptrdiff_t>(cut)});
    const bool between = cut == 28 || cut == 48;
    if (!between && cut < 48) {
      EXPECT_THAT(lines, ElementsAre(HasSubstr("within its file header"))) << cut;
      continue;
    }
    EXPECT_EQ(lines, between ? std::vector<std::string>{} : std::vector<std::string>{"cut"}) << cut;
  }
  auto longer = enhanced(0, 1, "ab");
  longer[20] = 9;
  EXPECT_THAT(all_of(joined({section(), interface(1), longer})),
              ElementsAre(HasSubstr("longer than its block")));
  auto odd = interface(1);
  odd[4] = 21;
  EXPECT_THAT(all_of(joined({section(), odd})), ElementsAre(HasSubstr("block of 21 octets")));
}

TEST(Pcapng, IsCutWithinABlockThatNobodyWantsToo) {
  auto unknown = block(5, base::Bytes(200));
  const auto file = joined({section(), interface(1), enhanced(0, 1, "ab"), unknown});
  EXPECT_THAT(all_of(file), ElementsAre("1 1 2 ab"));
  EXPECT_THAT(all_of({file.begin(), file.end() - 1}), ElementsAre("1 1 2 ab", "cut"));
  unknown[7] = 0x10;  // 268 MB, it says
  EXPECT_THAT(all_of(joined({section(), interface(1), unknown, enhanced(0, 1, "ab")})),
              ElementsAre("cut"));
}

TEST(Pcapng, TakesNothingLongerThanThereIsForAPacket) {
  const auto with = [](std::size_t size) {
    const std::string text(size, 'x');
    return joined({section(), interface(1), enhanced(0, 1, text)});
  };
  EXPECT_THAT(all_of(with(262'144)), ElementsAre(::testing::EndsWith("xx")));
  EXPECT_THAT(all_of(with(262'145)), ElementsAre(HasSubstr("262144 are the most")));
  base::Bytes simple;
  put_little(simple, 262'145, 4);
  simple.resize(4 + 262'145);
  EXPECT_THAT(all_of(joined({section(), interface(1), block(3, simple)})),
              ElementsAre(HasSubstr("262144 are the most")));
}

TEST(PacketFile, SaysWhatIsNoCapture) {
  EXPECT_THAT(all_of({}), ElementsAre("it is empty, and no capture"));
  EXPECT_THAT(all_of({0x1F, 0x8B, 8, 0, 0}), ElementsAre(HasSubstr("gzip")));
  const auto text = base::view("hello, world");
  EXPECT_THAT(all_of({text.begin(), text.end()}), ElementsAre(HasSubstr("it is text")));
  EXPECT_THAT(all_of({1, 2, 3, 4, 5}), ElementsAre(HasSubstr("neither pcap nor pcapng")));
}

TEST(PacketTime, StaysBetween1970AndTheYear9999) {
  using namespace std::chrono;
  EXPECT_EQ(packet_time(~0ULL, ~0U), sys_days{10000y / 1 / 1} - 1us);
  EXPECT_EQ(packet_time(0, 0), sys_days{1970y / 1 / 1});
}

}  // namespace
}  // namespace sealtone::capture
