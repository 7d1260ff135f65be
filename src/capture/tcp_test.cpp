// SPDX-License-Identifier: Apache-2.0
#include "capture/tcp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/made.h"
#include "capture/wire.h"

namespace sealtone::capture {
namespace {

using testing::Engines;
using testing::kAck;
using testing::kFin;
using testing::kPush;
using testing::kRst;
using testing::kSyn;
using testing::pcap_of;
using testing::read_all;
using testing::read_wire;
using testing::Wire;

// What two engines of OpenSSL say to each other, as the octets of each turn.
struct Turn {
  bool client;
  base::Bytes octets;
};

std::vector<Turn> turns_of(const std::vector<testing::Record>& records) {
  std::vector<Turn> turns;
  for (const auto& record : records) {
    const bool client = record.direction == handshake::Direction::sent;
    if (turns.empty() || turns.back().client != client) turns.push_back({client, {}});
    auto& octets = turns.back().octets;
    octets.push_back(static_cast<std::uint8_t>(record.content));
    testing::put(octets, record.version, 2);
    testing::put(octets, record.fragment.size(), 2);
    testing::put(octets, record.fragment);
  }
  return turns;
}

std::vector<Turn> turns_of(int version, const char* ciphers = nullptr) {
  Engines engines([&](SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, version);
    SSL_CTX_set_max_proto_version(context, version);
    if (ciphers != nullptr) SSL_CTX_set_cipher_list(context, ciphers);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  });
  EXPECT_TRUE(engines.shake_hands());
  engines.say(engines.client.get(), "GET / HTTP/1.1\r\n\r\n");
  engines.hear(engines.server.get());
  engines.say(engines.server.get(), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  return turns_of(engines.records);
}

Wire wire_of(const std::vector<Turn>& turns, std::size_t most = 1'400) {
  Wire wire;
  wire.open();
  for (const auto& turn : turns) wire.says(turn.client, turn.octets, most);
  return wire;
}

std::string steps_of(const handshake::HandshakeRecord& record) {
  std::string steps;
  for (const auto& message : record.messages) {
    steps += message.direction == handshake::Direction::sent ? ">" : "<";
    steps += message.type ? std::to_string(static_cast<int>(*message.type))
                          : "r" + std::to_string(static_cast<int>(message.content));
    steps += message.encrypted ? "* " : " ";
  }
  return steps;
}

// The nine steps of the figure: 1 ClientHello, 2 ServerHello, 11 Certificate, 14 ServerHelloDone,
// 16 ClientKeyExchange, then ChangeCipherSpec and an encrypted message each.
constexpr auto kNine = ">1 <2 <11 <14 >16 >r20 >r22* <r20 <r22* ";

TEST(Connections, AreReadWhateverTheSegments) {
  const auto turns = turns_of(TLS1_VERSION, "AES128-SHA");
  for (const std::size_t most : {1U, 2U, 5U, 7U, 100U, 1'400U, 20'000U}) {
    auto wire = wire_of(turns, most);
    wire.close(true);
    const auto seen = read_wire(wire);
    ASSERT_EQ(seen.connections.size(), 1U) << most;
    const auto& one = seen.connections.front();
    EXPECT_EQ(one.client.text(), "192.0.2.1:50000");
    EXPECT_EQ(one.server.text(), "192.0.2.2:443");
    EXPECT_EQ(one.record.peer, "192.0.2.2:443");
    EXPECT_EQ(steps_of(one.record), kNine) << most;
    EXPECT_EQ(one.record.key_exchange->name, "RSA key transport");
    EXPECT_TRUE(one.record.handshake_done);
    EXPECT_EQ(one.record.ending, handshake::Ending::established);
    EXPECT_EQ(one.record.closed_by, handshake::Direction::sent);
    EXPECT_FALSE(one.record.reset);
    EXPECT_FALSE(one.record.observed->start_missing);
    EXPECT_FALSE(one.record.observed->end_missing);
    ASSERT_EQ(one.server_certificates.size(), one.record.server_chain.size());
    EXPECT_EQ(one.server_certificates[0], crypto::sha256(one.record.server_chain[0]));
  }
}

TEST(Connections, AreReadInAnyOrderOfPacketsAndWithEachTwice) {
  const auto whole = wire_of(turns_of(TLS1_2_VERSION), 200);
  for (std::size_t i = 3; i + 1 < whole.packets.size(); ++i) {
    auto wire = whole;
    std::swap(wire.packets[i], wire.packets[i + 1]);
    wire.packets.insert(wire.packets.begin() + static_cast<std::ptrdiff_t>(i), wire.packets[3]);
    const auto seen = read_wire(wire);
    ASSERT_EQ(seen.connections.size(), 1U) << i;
    EXPECT_TRUE(seen.connections[0].record.handshake_done) << i;
    EXPECT_EQ(seen.connections[0].record.observed->missing_received, 0U);
  }
}

TEST(Connections, SayWhatIsMissing) {
  const auto turns = turns_of(TLS1_2_VERSION);
  for (std::size_t lost = 3; lost < wire_of(turns, 100).packets.size(); ++lost) {
    auto wire = wire_of(turns, 100);
    wire.packets.erase(wire.packets.begin() + static_cast<std::ptrdiff_t>(lost));
    wire.close(true);
    const auto seen = read_wire(wire);
    // A ClientHello of which the first octets are lost is none that could be found.
    if (seen.connections.empty()) continue;
    const auto& observed = *seen.connections[0].record.observed;
    EXPECT_GT(observed.missing_sent + observed.missing_received, 0U) << lost;
    EXPECT_LE(observed.missing_sent + observed.missing_received, 100U) << lost;
  }
}

TEST(Connections, SayWhatWasCutOffOfEachPacket) {
  auto wire = wire_of(turns_of(TLS1_2_VERSION));
  wire.close(true);
  const auto seen = read_all(pcap_of(wire.packets, 14 + 40 + 200));
  ASSERT_EQ(seen.connections.size(), 1U);
  const auto& record = seen.connections[0].record;
  EXPECT_TRUE(record.client_hello);
  EXPECT_GT(record.observed->missing_received, 0U);
}

TEST(Connections, OfWhichTheEndIsMissingSaySo) {
  const auto whole = wire_of(turns_of(TLS1_2_VERSION));
  for (std::size_t cut = 4; cut < whole.packets.size(); ++cut) {
    auto wire = whole;
    wire.packets.resize(cut);
    const auto seen = read_wire(wire);
    ASSERT_EQ(seen.connections.size(), 1U);
    EXPECT_TRUE(seen.connections[0].record.observed->end_missing) << cut;
    EXPECT_FALSE(seen.connections[0].record.closed_by);
  }
}

TEST(Connections, OfWhichTheStartIsMissingSaySo) {
  auto wire = wire_of(turns_of(TLS1_2_VERSION));
  wire.packets.erase(wire.packets.begin(), wire.packets.begin() + 3);
  auto seen = read_wire(wire);
  ASSERT_EQ(seen.connections.size(), 1U);
  EXPECT_TRUE(seen.connections[0].record.observed->start_missing);
  EXPECT_TRUE(seen.connections[0].record.handshake_done);
  // Only application data, both ways.
  const base::Bytes data{23, 3, 3, 0, 3, 1, 2, 3};
  Wire later;
  later.says(true, data);
  later.says(false, data);
  seen = read_wire(later);
  ASSERT_EQ(seen.connections.size(), 1U);
  EXPECT_EQ(seen.connections[0].server.port, 443);
  EXPECT_EQ(seen.connections[0].record.application_sent, 3U);
  EXPECT_TRUE(seen.connections[0].record.observed->start_missing);
}

TEST(Connections, OfOneSideAloneAreRead) {
  const auto turns = turns_of(TLS1_2_VERSION);
  for (const bool client : {true, false}) {
    Wire wire;
    for (const auto& turn : turns) {
      if (turn.client == client) wire.says(client, turn.octets);
    }
    const auto seen = read_wire(wire);
    ASSERT_EQ(seen.connections.size(), 1U);
    EXPECT_EQ(seen.connections[0].client.port, 50'000);
    EXPECT_EQ(seen.connections[0].record.client_hello.has_value(), client);
    EXPECT_EQ(seen.connections[0].record.server_hello.has_value(), !client);
  }
}

TEST(Connections, OnTheSamePortsAreOthersAfterANewSyn) {
  const auto turns = turns_of(TLS1_2_VERSION);
  Wire wire;
  for (int i = 0; i < 3; ++i) {
    wire.client_next += 70'000;
    wire.server_next -= 90'000;
    wire.open();
    for (const auto& turn : turns) wire.says(turn.client, turn.octets);
    if (i == 0) wire.close(true);
    if (i == 1) wire.segment(true, kRst);
  }
  const auto seen = read_wire(wire);
  ASSERT_EQ(seen.connections.size(), 3U);
  for (const auto& one : seen.connections) EXPECT_TRUE(one.record.handshake_done);
  EXPECT_FALSE(seen.connections[0].record.reset);
  EXPECT_TRUE(seen.connections[1].record.reset);
  EXPECT_EQ(seen.connections[1].record.closed_by, handshake::Direction::sent);
  EXPECT_TRUE(seen.connections[2].record.observed->end_missing);
}

// What anybody may send who knows the ports ends nothing.
TEST(Connections, AreResetByWhoKnowsTheirNumbersAlone) {
  const auto turns = turns_of(TLS1_2_VERSION);
  const auto seen_with = [&](std::uint32_t ahead) {
    Wire wire;
    wire.open();
    wire.says(true, turns[0].octets);
    wire.segment_at(false, wire.server_next + ahead, kRst, {});
    for (std::size_t i = 1; i < turns.size(); ++i) wire.says(turns[i].client, turns[i].octets);
    return read_wire(wire).connections.at(0).record;
  };
  EXPECT_TRUE(seen_with(0).reset);
  EXPECT_TRUE(seen_with(1U << 26U).reset);
  EXPECT_TRUE(seen_with(0U - (1U << 20U)).reset);
  for (const auto ahead : {(1U << 26U) + 1, 0U - (1U << 20U) - 1, 1U << 31U}) {
    EXPECT_FALSE(seen_with(ahead).reset) << ahead;
    EXPECT_FALSE(seen_with(ahead).closed_by) << ahead;
    EXPECT_TRUE(seen_with(ahead).handshake_done) << ahead;
  }
}

// Sent again behind the end it is no connection of its own.
TEST(Connections, EndOnce) {
  auto wire = wire_of(turns_of(TLS1_2_VERSION));
  wire.close(true);
  const auto last = wire.packets[wire.packets.size() - 4];
  for (int i = 0; i < 5'000; ++i) wire.segment(true, kAck);  // five seconds of something
  wire.packets.push_back(last);
  EXPECT_EQ(read_wire(wire).connections.size(), 1U);
}

TEST(Connections, GoOnBehindAClosedHalf) {
  const auto turns = turns_of(TLS1_2_VERSION);
  Wire wire;
  wire.open();
  for (std::size_t i = 0; i < turns.size(); ++i) {
    if (i + 1 == turns.size()) wire.segment(true, kFin | kAck);
    wire.says(turns[i].client, turns[i].octets);
  }
  const auto seen = read_wire(wire);
  ASSERT_EQ(seen.connections.size(), 1U);
  EXPECT_GT(seen.connections[0].record.application_received, 0U);
}

TEST(Connections, BeginBehindPlainText) {
  const auto turns = turns_of(TLS1_2_VERSION);
  Wire wire;
  wire.open();
  wire.says(false, "220 mail.example.com ESMTP ready\r\n");
  wire.says(true, "EHLO phone\r\n");
  wire.says(false, "250 STARTTLS\r\n");
  wire.says(true, "STARTTLS\r\n");
  wire.says(false, "220 go ahead\r\n");
  for (const auto& turn : turns) wire.says(turn.client, turn.octets);
  const auto seen = read_wire(wire);
  ASSERT_EQ(seen.connections.size(), 1U);
  EXPECT_EQ(seen.connections[0].record.observed->opened_in_clear, "SMTP");
  EXPECT_TRUE(seen.connections[0].record.handshake_done);
}

TEST(Connections, AnsweredByPlainTextAreNoTls) {
  const auto turns = turns_of(TLS1_2_VERSION);
  Wire wire;
  wire.open();
  wire.says(true, turns[0].octets);
  wire.says(false, "HTTP/1.1 400 Bad Request\r\n\r\n");
  wire.close(false);
  const auto seen = read_wire(wire);
  ASSERT_EQ(seen.connections.size(), 1U);
  const auto& record = seen.connections[0].record;
  EXPECT_EQ(record.ending, handshake::Ending::not_tls);
  EXPECT_TRUE(base::text(record.first_received).starts_with("HTTP/1.1 400"));
}

TEST(Connections, WithoutTlsAreNone) {
  Wire wire;
  wire.open();
  wire.says(true, "GET / HTTP/1.1\r\nUser-Agent: phone 1.0\r\n\r\n");
  wire.says(false, "HTTP/1.1 200 OK\r\n\r\n");
  const auto seen = read_wire(wire);
  EXPECT_TRUE(seen.connections.empty());
  EXPECT_EQ(seen.agents.at("192.0.2.1"), "phone 1.0");
}

TEST(Connections, AreGivenUpWhereMemoryEnds) {
  const auto turns = turns_of(TLS1_2_VERSION);
  Wire wire;
  for (int i = 0; i < 1'000; ++i) {
    wire.client_port = static_cast<std::uint16_t>(10'000 + i);
    wire.client_next = 1'000;
    wire.open();
    for (const auto& turn : turns) wire.says(turn.client, turn.octets);
  }
  Options little;
  little.most_memory = 1'000'000;
  const auto seen = read_all(pcap_of(wire.packets), little);
  EXPECT_EQ(seen.connections.size(), 1'000U);
  EXPECT_EQ(seen.totals.connections, 1'000U);
  EXPECT_GT(seen.totals.given_up, 0U);
  EXPECT_EQ(read_all(pcap_of(wire.packets)).totals.given_up, 0U);
}

}  // namespace
}  // namespace sealtone::capture
