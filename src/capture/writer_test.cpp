// SPDX-License-Identifier: Apache-2.0
//
// capture/writer: what is written is read again by libpcap; tests/e2e has tshark read it.
#include "capture/writer.h"

#include <gtest/gtest.h>
#include <pcap/pcap.h>

#include <memory>

#include "capture/made.h"
#include "capture/wire.h"

namespace sealtone::capture {
namespace {

using handshake::Direction;
using std::chrono::microseconds;

constexpr Time kBegan{microseconds{1'700'000'000'123'456}};

struct ReadPacket {
  Time at;
  base::Bytes octets;
};

std::vector<ReadPacket> read_by_libpcap(base::Bytes file) {
  std::unique_ptr<FILE, int (*)(FILE*)> stream(fmemopen(file.data(), file.size(), "rb"), fclose);
  char why[PCAP_ERRBUF_SIZE] = "";
  pcap_t* capture = pcap_fopen_offline(stream.get(), why);
  EXPECT_NE(capture, nullptr) << why;
  std::vector<ReadPacket> packets;
  if (capture == nullptr) return packets;
  (void)stream.release();  // it is the capture's now
  EXPECT_EQ(pcap_datalink(capture), DLT_RAW);
  pcap_pkthdr* header = nullptr;
  const std::uint8_t* octets = nullptr;
  int read = 0;
  while ((read = pcap_next_ex(capture, &header, &octets)) == 1) {
    EXPECT_EQ(header->caplen, header->len);
    packets.push_back(
        {Time(std::chrono::seconds(header->ts.tv_sec) + microseconds(header->ts.tv_usec)),
         base::Bytes(octets, octets + header->caplen)});
  }
  EXPECT_EQ(read, PCAP_ERROR_BREAK) << pcap_geterr(capture);
  pcap_close(capture);
  return packets;
}

std::size_t field(const base::Bytes& octets, std::size_t at, std::size_t size) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | octets.at(at + i);
  return value;
}

// RFC 1071: the sum over what has its checksum in it is all ones.
std::size_t sum_of(base::ByteView octets, std::size_t before = 0) {
  std::size_t sum = before;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    sum += static_cast<std::size_t>(octets[i]) << (i % 2 == 0 ? 8 : 0);
  }
  while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
  return sum;
}

struct Segment {
  Time at;
  bool by_client;
  std::size_t sequence, acknowledged, flags;
  std::string content;
};

std::vector<Segment> segments_of(const base::Bytes& file, std::uint16_t client_port) {
  std::vector<Segment> segments;
  for (const auto& [at, octets] : read_by_libpcap(file)) {
    const bool v4 = octets.at(0) >> 4 == 4;
    const std::size_t ip = v4 ? 20 : 40;
    if (v4) {
      EXPECT_EQ(sum_of(base::ByteView(octets).first(20)), 0xFFFFU);
    }
    EXPECT_EQ(field(octets, v4 ? 2 : 4, 2), octets.size() - (v4 ? 0 : 40));
    const auto tcp = base::ByteView(octets).subspan(ip);
    const auto addresses = base::ByteView(octets).subspan(v4 ? 12 : 8, v4 ? 8 : 32);
    EXPECT_EQ(sum_of(tcp, sum_of(addresses) + tcp.size() + 6), 0xFFFFU);
    const auto header = ip + static_cast<std::size_t>(octets.at(ip + 12) >> 4) * 4;
    segments.push_back(
        {at, field(octets, ip, 2) == client_port, field(octets, ip + 4, 4),
         field(octets, ip + 8, 4), octets.at(ip + 13),
         std::string(octets.begin() + static_cast<std::ptrdiff_t>(header), octets.end())});
  }
  return segments;
}

KeptConversation conversation() {
  KeptConversation made;
  made.client = {"192.0.2.7", 40'312};
  made.server = {"198.51.100.1", 443};
  made.began = kBegan;
  const std::string asked = "asked", answered(3'000, 'a');
  made.pieces = {{Direction::sent, kBegan + microseconds(10), asked.size()},
                 {Direction::received, kBegan + microseconds(20), answered.size()}};
  for (const auto& text : {asked, answered}) {
    made.octets.insert(made.octets.end(), text.begin(), text.end());
  }
  made.client_ended = kBegan + microseconds(40);
  made.server_ended = kBegan + microseconds(30);
  made.comment = "what it was for";
  return made;
}

base::Bytes written(KeptConversation made) {
  std::vector<KeptConversation> all;
  all.push_back(std::move(made));
  return write_pcapng(all, "Sealtone");
}

bool holds(const base::Bytes& file, std::string_view text) {
  return base::text(file).find(text) != std::string_view::npos;
}

void expect_conversation(const std::vector<Segment>& segments) {
  ASSERT_EQ(segments.size(), 9U);
  const std::size_t flags[] = {0x02, 0x12, 0x10, 0x18, 0x18, 0x18, 0x18, 0x11, 0x11};
  std::size_t next[2] = {0, 0};
  std::string said[2];
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& one = segments[i];
    EXPECT_EQ(one.flags, flags[i]) << i;
    auto& own = next[one.by_client ? 0 : 1];
    EXPECT_EQ(one.sequence, own) << i;
    EXPECT_EQ(one.acknowledged, i == 0 ? 0 : next[one.by_client ? 1 : 0]) << i;
    own += one.content.size() + ((one.flags & 0x03) != 0 ? 1 : 0);
    said[one.by_client ? 0 : 1] += one.content;
  }
  EXPECT_EQ(said[0], "asked");
  EXPECT_EQ(said[1], std::string(3'000, 'a'));
  EXPECT_EQ(segments[0].at, kBegan);
  EXPECT_EQ(segments[3].at, kBegan + microseconds(10));
  EXPECT_FALSE(segments[7].by_client);
  EXPECT_EQ(segments[8].at, kBegan + microseconds(40));
}

TEST(WritePcapng, IsAConnectionFromItsSynToItsFins) {
  const auto file = written(conversation());
  expect_conversation(segments_of(file, 40'312));
  EXPECT_TRUE(holds(file, "what it was for"));
  EXPECT_TRUE(holds(file, "Sealtone"));
  EXPECT_FALSE(holds(file, "Cut here"));
}

TEST(WritePcapng, DoesTheSameOverIpv6) {
  auto made = conversation();
  made.client.address = "fe80::7%eth0";
  made.server.address = "2001:db8::1";
  const auto file = written(std::move(made));
  expect_conversation(segments_of(file, 40'312));
  const auto first = read_by_libpcap(file).at(0).octets;
  EXPECT_EQ(base::hex(base::ByteView(first).subspan(8, 32)),
            "fe800000000000000000000000000007"
            "20010db8000000000000000000000001");
}

TEST(WritePcapng, SaysWhereItWasCutAndCountsOn) {
  auto made = conversation();
  made.not_kept_sent = 100;
  made.not_kept_received = 5'000'000'000;  // beyond what a sequence number holds
  const auto file = written(std::move(made));
  EXPECT_TRUE(holds(file,
                    "Cut here: Sealtone kept the first 3005 octets of this connection, both "
                    "directions together. 100 octets of the client and 5000000000 of the server"));
  const auto segments = segments_of(file, 40'312);
  ASSERT_EQ(segments.size(), 9U);
  EXPECT_EQ(segments[8].sequence, 1U + 5 + 100);
  EXPECT_EQ(segments[7].sequence, (1U + 3'000 + 5'000'000'000) % 0x1'0000'0000);
}

TEST(WritePcapng, LeavesOpenWhatIsOpen) {
  auto made = conversation();
  made.client_ended.reset();
  made.server_ended.reset();
  EXPECT_EQ(segments_of(written(std::move(made)), 40'312).size(), 7U);
}

TEST(WritePcapng, HoldsTheKeysWhereItShallAndBeforeThePackets) {
  auto made = conversation();
  EXPECT_FALSE(holds(written(conversation()), "CLIENT_RANDOM"));
  made.key_log = crypto::Secret(std::string_view("CLIENT_RANDOM 00 11\n"));
  const auto file = written(std::move(made));
  const auto at = base::text(file).find("CLIENT_RANDOM 00 11\n");
  ASSERT_NE(at, std::string_view::npos);
  EXPECT_LT(at, base::text(file).find("asked"));
  EXPECT_EQ(base::text(file).substr(at - 8, 4), "KSLT");
  expect_conversation(segments_of(file, 40'312));
}

TEST(WritePcapng, PutsSeveralConnectionsInTheOrderOfTime) {
  std::vector<KeptConversation> all;
  for (const std::uint16_t port : {40'001, 40'002}) {
    all.push_back(conversation());
    all.back().client.port = port;
  }
  all[0].began -= microseconds(5);
  for (auto& piece : all[1].pieces) piece.at += microseconds(5);
  const auto segments = segments_of(write_pcapng(all, "Sealtone"), 40'001);
  ASSERT_EQ(segments.size(), 18U);
  for (std::size_t i = 1; i < segments.size(); ++i) {
    EXPECT_LE(segments[i - 1].at, segments[i].at);
  }
}

TEST(WritePcapng, TakesWhatIsNoAddressAndNoWholePiece) {
  auto made = conversation();
  made.client.address = "local";
  made.pieces.back().size += 1'000;  // more than there are octets
  made.comment = std::string(1'999, 'c') + "\xC3\xA9 and more";
  const auto file = written(std::move(made));
  expect_conversation(segments_of(file, 40'312));
  EXPECT_FALSE(holds(file, "\xC3"));
  EXPECT_EQ(segments_of(write_pcapng({}, ""), 1).size(), 0U);
}

// The other half of this room reads it, with the keys that the file itself holds.
TEST(WritePcapng, IsReadAgainAsWhatWasSaid) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    SCOPED_TRACE(version);
    testing::Engines engines([&](SSL_CTX* context) {
      SSL_CTX_set_min_proto_version(context, version);
      SSL_CTX_set_max_proto_version(context, version);
    });
    ASSERT_TRUE(engines.shake_hands());
    engines.say(engines.client.get(), "GET / HTTP/1.1\r\nUser-Agent: Sealtone test\r\n\r\n");
    auto made = conversation();
    made.octets.clear();
    made.pieces.clear();
    for (const auto& record : engines.records) {
      const auto size = record.fragment.size();
      const base::Bytes header{
          static_cast<std::uint8_t>(record.content), static_cast<std::uint8_t>(record.version >> 8),
          static_cast<std::uint8_t>(record.version), static_cast<std::uint8_t>(size >> 8),
          static_cast<std::uint8_t>(size)};
      made.octets.insert(made.octets.end(), header.begin(), header.end());
      made.octets.insert(made.octets.end(), record.fragment.begin(), record.fragment.end());
      made.pieces.push_back({record.direction, kBegan, size + header.size()});
    }
    made.key_log = crypto::Secret(std::string_view(engines.key_log));
    const auto seen = testing::read_all(written(std::move(made)));
    ASSERT_EQ(seen.connections.size(), 1U);
    const auto& read = seen.connections[0];
    EXPECT_EQ(read.client.text(), "192.0.2.7:40312");
    EXPECT_EQ(read.server.text(), "198.51.100.1:443");
    EXPECT_EQ(read.record.version(), version);
    EXPECT_TRUE(read.record.handshake_done);
    EXPECT_TRUE(read.record.observed->keys);
    EXPECT_EQ(read.record.observed->missing_sent + read.record.observed->missing_received, 0U);
    EXPECT_EQ(read.server_certificates.size(), 1U);
    EXPECT_EQ(read.user_agent, "Sealtone test");
  }
}

TEST(Writer, CommentsStandOnTheFirstPacketOfTheirPiece) {
  auto made = conversation();
  made.comments = {{0, "REGISTER"}, {1, "401"}, {1, "again"}, {7, "not kept"}};
  const auto file = written(std::move(made));
  const auto at = [&](std::string_view text) { return base::text(file).find(text); };
  EXPECT_EQ(read_by_libpcap(file).size(), 9U);
  EXPECT_LT(at("asked"), at("REGISTER"));
  EXPECT_LT(at("REGISTER"), at("aaaa"));
  EXPECT_LT(at("aaaa"), at("401 again"));
  EXPECT_LT(at("401 again"), at("not kept"));
}

}  // namespace
}  // namespace sealtone::capture
