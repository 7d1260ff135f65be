// SPDX-License-Identifier: Apache-2.0
//
// capture: secrets that turn up when what they open has gone by.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "base/tls_versions.h"
#include "capture/made.h"
#include "capture/observer.h"
#include "capture/writer.h"
// wire.h has a Record of its own.
#include "capture/wire.h"

namespace sealtone::capture {
namespace {

using testing::Engines;
using testing::Wire;
using Handshake = handshake::HandshakeType;

// What two engines said, packet by packet; the client asks, as a phone does, and says goodbye.
struct Talk {
  Wire wire;
  std::string key_log;
};

void send_records(Wire& wire, Engines& engines, std::size_t& told) {
  for (; told < engines.records.size(); ++told) {
    const auto& record = engines.records[told];
    base::Bytes octets{static_cast<std::uint8_t>(record.content)};
    testing::put(octets, record.version, 2);
    testing::put(octets, record.fragment.size(), 2);
    testing::put(octets, record.fragment);
    wire.says(record.direction == handshake::Direction::sent, octets);
  }
}

Talk talk_of(int version, int answers = 1) {
  Engines engines([&](SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, version);
    SSL_CTX_set_max_proto_version(context, version);
  });
  Talk talk;
  std::size_t told = 0;
  talk.wire.open();
  EXPECT_TRUE(engines.shake_hands());
  engines.say(engines.client.get(), "GET / HTTP/1.1\r\nUser-Agent: Phone 1.0\r\n\r\n");
  engines.hear(engines.server.get());
  for (int i = 0; i < answers; ++i) {
    engines.say(engines.server.get(), std::string(10'000, 'a'));
    engines.hear(engines.client.get());
  }
  SSL_shutdown(engines.client.get());
  engines.carry_all();
  send_records(talk.wire, engines, told);
  talk.key_log = engines.key_log;
  return talk;
}

std::vector<std::pair<bool, Handshake>> messages_of(const handshake::HandshakeRecord& record) {
  std::vector<std::pair<bool, Handshake>> all;
  for (const auto& one : record.messages) {
    if (one.type) all.emplace_back(one.direction == handshake::Direction::sent, *one.type);
  }
  return all;
}

void expect_same(const Connection& one, const Connection& other) {
  EXPECT_EQ(messages_of(one.record), messages_of(other.record));
  EXPECT_EQ(one.record.messages.size(), other.record.messages.size());
  EXPECT_EQ(one.record.observed->keys, other.record.observed->keys);
  EXPECT_EQ(one.record.handshake_done, other.record.handshake_done);
  EXPECT_EQ(one.record.ending, other.record.ending);
  EXPECT_EQ(one.record.alerts.size(), other.record.alerts.size());
  EXPECT_EQ(one.record.application_sent, other.record.application_sent);
  EXPECT_EQ(one.record.application_received, other.record.application_received);
  EXPECT_EQ(one.server_certificates, other.server_certificates);
  EXPECT_EQ(one.user_agent, other.user_agent);
}

// The secrets come behind so many packets, all at once or line by line.
Connection read_late(const Talk& talk, std::size_t packets, bool by_lines) {
  Options options;
  options.secrets_later = true;
  auto reader = Reader::of(testing::pcap_of(talk.wire.packets), options);
  std::vector<Connection> all;
  const auto ended = [&](Connection one) { all.push_back(std::move(one)); };
  EXPECT_TRUE(reader.read(packets, ended).value());
  if (!by_lines) reader.add_secrets(talk.key_log);
  for (auto rest = std::string_view(talk.key_log); by_lines && !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n') + 1);
    reader.add_secrets(line);
    (void)reader.read(1, ended);
    rest.remove_prefix(line.size());
  }
  while (reader.read(100, ended).value_or(false)) {
  }
  EXPECT_EQ(all.size(), 1U);
  return std::move(all.at(0));
}

Connection read_early(const Talk& talk) {
  Options options;
  options.key_log = talk.key_log;
  return std::move(read_all(testing::pcap_of(talk.wire.packets), options).connections.at(0));
}

class SecretsLater : public ::testing::TestWithParam<int> {};

TEST_P(SecretsLater, OpenAllThatWasSaidWheneverTheyCome) {
  auto talk = talk_of(GetParam());
  talk.wire.close(true);
  const auto early = read_early(talk);
  ASSERT_TRUE(early.record.observed->keys);
  ASSERT_EQ(early.user_agent, "Phone 1.0");
  for (std::size_t packets = 1; packets <= talk.wire.packets.size(); ++packets) {
    SCOPED_TRACE(packets);
    expect_same(read_late(talk, packets, false), early);
    if (packets + 8 < talk.wire.packets.size()) expect_same(read_late(talk, packets, true), early);
  }
}

TEST_P(SecretsLater, OpenTheHandshakeAlsoWhereTooMuchWasSaidSince) {
  auto talk = talk_of(GetParam(), 40);
  talk.wire.close(true);
  const auto early = read_early(talk);
  const auto late = read_late(talk, talk.wire.packets.size(), false);
  EXPECT_TRUE(late.record.observed->keys);
  EXPECT_TRUE(late.record.handshake_done);
  EXPECT_EQ(late.server_certificates, early.server_certificates);
  EXPECT_EQ(late.user_agent, "Phone 1.0");
  EXPECT_GE(late.record.application_received, early.record.application_received);
  if (GetParam() == TLS1_3_VERSION) return;
  ASSERT_FALSE(late.record.messages.empty());
  EXPECT_EQ(late.record.messages.back().content, handshake::ContentType::alert)
      << "what came last was not kept, but seen";
}

// As much may be kept as there is allowance for.
handshake::HandshakeRecord observed(const Talk& talk, std::size_t allowed, bool opens) {
  Secrets secrets;
  Allowance allowance{allowed};
  handshake::HandshakeRecord record;
  {
    Observer observer({}, {&secrets, &allowance});
    for (const auto& packet : talk.wire.packets) {
      constexpr std::size_t headers = 40;
      const bool client = packet[15] == 1;
      if (packet.size() == headers) continue;
      observer.data(client ? handshake::Direction::sent : handshake::Direction::received,
                    base::ByteView(packet).subspan(headers), {});
    }
    EXPECT_LE(allowance.left, allowed);
    secrets.add(talk.key_log);
    EXPECT_EQ(observer.look_for_secrets(), opens);
    EXPECT_FALSE(observer.look_for_secrets()) << "they were looked through";
    record = observer.builder().take();
  }
  EXPECT_EQ(allowance.left, allowed) << "it is given back";
  return record;
}

TEST_P(SecretsLater, AreOfNoUseWhereTooLittleCouldBeKept) {
  const auto talk = talk_of(GetParam());
  const auto without = observed(talk, 0, false);
  for (const std::size_t allowed : {1U, 300U, 1'000U}) {
    const auto record = observed(talk, allowed, false);
    EXPECT_FALSE(record.observed->keys);
    EXPECT_EQ(record.messages.size(), without.messages.size());
    EXPECT_EQ(record.server_chain, without.server_chain);
  }
  EXPECT_TRUE(observed(talk, 1'000'000, true).observed->keys);
}

INSTANTIATE_TEST_SUITE_P(, SecretsLater, ::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION));

// As the writer has it, with the block of the secrets behind all packets.
base::Bytes with_secrets_last(Talk& talk) {
  KeptConversation kept;
  kept.client = {"192.0.2.1", 50'000};
  kept.server = {"192.0.2.2", 443};
  kept.key_log = crypto::Secret(std::string_view(talk.key_log));
  std::int64_t at = 1'700'000'000'000'000;
  kept.began = Time(std::chrono::microseconds(at));
  for (const auto& packet : talk.wire.packets) {
    constexpr std::size_t headers = 40;
    if (packet.size() <= headers) continue;
    const auto octets = base::ByteView(packet).subspan(headers);
    const bool client = packet[15] == 1;
    kept.pieces.push_back({client ? handshake::Direction::sent : handshake::Direction::received,
                           Time(std::chrono::microseconds(at += 1'000)), octets.size()});
    testing::put(kept.octets, octets);
  }
  kept.client_ended = kept.server_ended = Time(std::chrono::microseconds(at + 1'000));
  std::vector<KeptConversation> all;
  all.push_back(std::move(kept));
  const auto file = write_pcapng(all, "a test");
  base::Bytes before, secrets;
  for (base::ByteView rest = file; !rest.empty();) {
    const std::size_t size = rest[4] | rest[5] << 8U | rest[6] << 16U;
    testing::put(rest[0] == 10 && rest[1] == 0 ? secrets : before, rest.first(size));
    rest = rest.subspan(size);
  }
  EXPECT_FALSE(secrets.empty());
  testing::put(before, secrets);
  return before;
}

TEST(SecretsOfAFile, AreKnownWhereverTheyStandInIt) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    auto talk = talk_of(version);
    const auto file = with_secrets_last(talk);
    char path[] = "/tmp/sealtone-capture-XXXXXX";
    const int descriptor = mkstemp(path);
    ASSERT_EQ(write(descriptor, file.data(), file.size()), static_cast<ssize_t>(file.size()));
    close(descriptor);
    auto reader = Reader::open(path, {});
    unlink(path);
    ASSERT_TRUE(reader);
    std::vector<Connection> all;
    while (reader->read(100, [&](Connection one) { all.push_back(std::move(one)); }).value()) {
    }
    ASSERT_EQ(all.size(), 1U);
    EXPECT_TRUE(all[0].record.observed->keys);
    EXPECT_EQ(all[0].user_agent, "Phone 1.0");
    // A pipe is read once, and its connections are kept for what still comes.
    const auto seen = read_all(file);
    ASSERT_EQ(seen.connections.size(), 1U);
    expect_same(seen.connections[0], all[0]);
  }
}

}  // namespace
}  // namespace sealtone::capture
