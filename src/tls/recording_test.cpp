// SPDX-License-Identifier: Apache-2.0
//
// tls/recording: what went over the wire, octet for octet, as far as there is room.
#include "tls/recording.h"

#include <gmock/gmock.h>

#include "tls/ends.h"

namespace sealtone::tls::testing {
namespace {

using handshake::Direction;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr auto kThen = std::chrono::sys_days{std::chrono::year{2026} / std::chrono::June / 1} + 12h;

std::string octets_of(const Recording& recording, Direction direction) {
  std::string all;
  base::ByteView rest = recording.octets();
  for (const auto& piece : recording.pieces()) {
    if (piece.direction == direction) all += base::text(rest.first(piece.size));
    rest = rest.subspan(piece.size);
  }
  EXPECT_TRUE(rest.empty());
  return all;
}
std::string secrets_of(const Recording& recording) {
  return std::string(base::text(recording.secrets()));
}

class Recorded : public ::testing::TestWithParam<std::uint16_t> {
 protected:
  struct Kept {
    std::shared_ptr<Recording> client, server;
  };
  // Two ends that say a little to each other and goodbye.
  Kept talk(bool with_secrets) {
    auto client = client_options(only(GetParam())), server = server_options(only(GetParam()));
    client.keep_secrets = server.keep_secrets = with_secrets;
    auto client_check = trusting_root(), server_check = trusting_nobody();
    Kept kept{recordings_.begin(), recordings_.begin()};
    client_check.recording = kept.client;
    server_check.recording = kept.server;
    auto both = meet(loop_, build(client), client_check, build(server), server_check);
    EXPECT_TRUE(both.client.stream && both.server.stream);
    EXPECT_TRUE(write_text(loop_, *both.client.stream, "asked"));
    EXPECT_EQ(finish(loop_, read_text(*both.server.stream)), "asked");
    EXPECT_TRUE(write_text(loop_, *both.server.stream, "answered"));
    EXPECT_EQ(finish(loop_, read_text(*both.client.stream)), "answered");
    finish(loop_, both.client.stream->shutdown());
    EXPECT_EQ(finish(loop_, read_text(*both.server.stream)), "");
    return kept;
  }

  net::asio::io_context loop_;
  base::FakeClock clock_{kThen};
  Recordings recordings_{clock_};
};

TEST_P(Recorded, IsTheSameAtBothEnds) {
  const auto kept = talk(true);
  const auto sent = octets_of(*kept.client, Direction::sent);
  const auto received = octets_of(*kept.client, Direction::received);
  EXPECT_EQ(sent, octets_of(*kept.server, Direction::received));
  // What the server says behind the last reading is not read.
  EXPECT_THAT(octets_of(*kept.server, Direction::sent), StartsWith(received));
  EXPECT_EQ(sent.substr(0, 2), "\x16\x03");  // a ClientHello's record, from its first octet on
  EXPECT_EQ(kept.client->role(), Role::client);
  EXPECT_EQ(kept.server->role(), Role::server);
  EXPECT_TRUE(kept.client->ended_at(Direction::sent));
  EXPECT_EQ(kept.client->not_kept(Direction::sent), 0U);
}

TEST_P(Recorded, HoldsTheSecretsWhereTheyAreWantedAndNowhereElse) {
  const auto kept = talk(true);
  const auto label =
      GetParam() == base::kTls13 ? "CLIENT_HANDSHAKE_TRAFFIC_SECRET" : "CLIENT_RANDOM";
  for (const auto& one : {kept.client, kept.server}) {
    EXPECT_THAT(secrets_of(*one), HasSubstr(label));
    EXPECT_THAT(secrets_of(*one), ::testing::EndsWith("\n"));
  }
  const auto without = talk(false);
  EXPECT_EQ(secrets_of(*without.client), "");
  EXPECT_EQ(secrets_of(*without.server), "");
}

INSTANTIATE_TEST_SUITE_P(, Recorded, ::testing::Values(base::kTls12, base::kTls13), version_suffix);

class RecordingRing : public ::testing::Test {
 protected:
  static base::Bytes octets(std::size_t count) { return base::Bytes(count, 'x'); }
  base::FakeClock clock_{kThen};
};

TEST_F(RecordingRing, KeepsTheBeginningOfAConnectionAndCountsTheRest) {
  Recordings ring(clock_);
  const auto one = ring.begin();
  constexpr auto piece = sizeof(Recording::Piece);
  one->moved(Direction::sent, octets(kMostOfOne - piece));
  EXPECT_EQ(one->octets().size(), kMostOfOne - piece);
  one->moved(Direction::received, octets(1));
  one->moved(Direction::sent, octets(1'000));
  EXPECT_EQ(one->octets().size(), kMostOfOne - piece);
  EXPECT_EQ(one->not_kept(Direction::received), 1U);
  EXPECT_EQ(one->not_kept(Direction::sent), 1'000U);
  const auto other = ring.begin();
  other->moved(Direction::sent, octets(kMostOfOne - piece + 1));
  // Behind what is missing nothing is kept, also where it would fit.
  other->moved(Direction::sent, octets(1));
  EXPECT_TRUE(other->octets().empty());
  EXPECT_EQ(other->not_kept(Direction::sent), kMostOfOne - piece + 2);
}

TEST_F(RecordingRing, GivesNoMoreRoomToWhoeverSendsSingleOctets) {
  Recordings ring(clock_);
  const auto one = ring.begin();
  for (int i = 0; i < 100'000; ++i) one->moved(Direction::received, octets(1));
  EXPECT_LE(one->memory(), kMostOfOne + kMostOfOne / 8);  // with room that growing left unused
  EXPECT_GT(one->not_kept(Direction::received), 90'000U);
}

TEST_F(RecordingRing, DropsTheOldestConnectionFirstWithItsSecrets) {
  Recordings ring(clock_, 200'000);
  std::vector<std::shared_ptr<Recording>> all;
  for (int i = 0; i < 4; ++i) {
    all.push_back(ring.begin());
    all.back()->moved(Direction::sent, octets(60'000));
    all.back()->secret("CLIENT_RANDOM 00 11");
    EXPECT_LE(ring.memory(), 200'000U);
  }
  EXPECT_THAT(ring.all(), SizeIs(3));
  EXPECT_TRUE(all[0]->gone());
  EXPECT_TRUE(all[0]->octets().empty());
  EXPECT_EQ(secrets_of(*all[0]), "");
  // It may be going on: nothing more of it is kept.
  all[0]->moved(Direction::sent, octets(10));
  all[0]->secret("CLIENT_RANDOM 00 11");
  EXPECT_TRUE(all[0]->octets().empty());
  EXPECT_FALSE(all[3]->gone());
  EXPECT_EQ(secrets_of(*all[3]), "CLIENT_RANDOM 00 11\n");
}

TEST_F(RecordingRing, TakesSoManySecretsOfOneAndNoMore) {
  Recordings ring(clock_);
  const auto one = ring.begin();
  const std::string line(200, 's');
  for (int i = 0; i < 1'000; ++i) one->secret(line.c_str());
  EXPECT_LE(one->secrets().size(), kMostSecrets);
  EXPECT_EQ(one->secrets().size() % 201, 0U);
}

TEST_F(RecordingRing, MayGoBeforeItsRecordings) {
  std::shared_ptr<Recording> one;
  {
    Recordings ring(clock_);
    one = ring.begin();
    one->moved(Direction::sent, octets(10));
  }
  EXPECT_TRUE(one->gone());
  one->moved(Direction::sent, octets(10));
  one->ended(Direction::sent);
  EXPECT_TRUE(one->octets().empty());
}

TEST_F(RecordingRing, HasTheTimesOfItsPieces) {
  Recordings ring(clock_);
  clock_.tick(5s);
  const auto one = ring.begin();
  one->moved(Direction::sent, octets(1));
  clock_.tick(3s);
  one->moved(Direction::received, octets(1));
  clock_.tick(4s);
  one->ended(Direction::received);
  clock_.tick(1s);
  one->ended(Direction::received);  // the first time counts
  const WireTime then(kThen + 5s);
  EXPECT_EQ(one->began(), then);
  EXPECT_EQ(one->pieces().at(0).at, then);
  EXPECT_EQ(one->pieces().at(1).at, then + 3s);
  EXPECT_EQ(one->ended_at(Direction::received), then + 7s);
  EXPECT_FALSE(one->ended_at(Direction::sent));
}

TEST_F(RecordingRing, FollowsAClockThatIsSet) {
  Recordings ring(clock_);
  EXPECT_EQ(ring.begin()->began(), WireTime(kThen));
  clock_.tick(1h);
  EXPECT_EQ(ring.begin()->began(), WireTime(kThen + 1h));
}

TEST(RecordingOfWhatWasSaid, KeepsTheFirstAndTheLastAndNoMoreThanItsRoom) {
  base::FakeClock clock{kThen};
  Recordings ring(clock);
  const auto recording = ring.begin();
  const auto empty = ring.memory();
  for (std::size_t i = 0; i < kFirstSaid + kLastSaid; ++i) {
    recording->said(Direction::sent, "REGISTER", "text");
  }
  EXPECT_EQ(recording->said().left_out(), 0U);
  EXPECT_GT(ring.memory(), empty);
  const auto full = ring.memory();
  recording->said(Direction::received, "REGISTER", "text");
  EXPECT_EQ(recording->said().left_out(), 1U);
  EXPECT_EQ(ring.memory(), full);
  recording->said(Direction::received, "200 OK", std::string(2 * kMostOfOneSaid, 'a'));
  EXPECT_EQ(recording->said().all().back().text.size(), kMostOfOneSaid);
  EXPECT_EQ(recording->said().all().back().pieces, 0U);
}

TEST(RecordingOfWhatWasSaid, GoesWithItsOctets) {
  base::FakeClock clock{kThen};
  std::shared_ptr<Recording> recording;
  {
    Recordings ring(clock);
    recording = ring.begin();
    recording->said(Direction::sent, "REGISTER", "text");
  }
  EXPECT_TRUE(recording->gone());
  EXPECT_EQ(recording->said().size(), 0U);
  recording->said(Direction::sent, "REGISTER", "text");
  EXPECT_EQ(recording->said().size(), 0U);
}

}  // namespace
}  // namespace sealtone::tls::testing
