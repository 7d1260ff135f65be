// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <thread>

#include "capture/capture.h"
#include "capture/made.h"
#include "handshake/names.h"

namespace sealtone::capture {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::kAck;
using testing::pcap_of;
using testing::put;
using testing::read_all;
using testing::read_wire;
using testing::Wire;

base::Bytes record(std::uint8_t type, base::Bytes body) {
  base::Bytes whole{type, 3, 3};
  put(whole, body.size(), 2);
  put(whole, body);
  return whole;
}

base::Bytes message_of(std::uint8_t type, base::ByteView body) {
  base::Bytes whole{type};
  put(whole, body.size(), 3);
  put(whole, body);
  return whole;
}

base::Bytes hello13(bool client) {
  base::Bytes body{3, 3};
  put(body, base::Bytes(32, 9));
  body.push_back(0);
  if (client) put(body, base::Bytes{0, 2, 0x13, 1, 1, 0, 0, 7, 0, 43, 0, 3, 2, 3, 4});
  if (!client) put(body, base::Bytes{0x13, 1, 0, 0, 6, 0, 43, 0, 2, 3, 4});
  return message_of(client ? 1 : 2, body);
}

// A TLS 1.3 connection of which nobody has the keys: "<100" is an encrypted record of the server's
// with so many octets, ">19" one of the client's, of an alert's size.
handshake::HandshakeRecord tls13(const std::vector<int>& sizes, bool closed_by_client = true) {
  Wire wire;
  wire.open();
  wire.says(true, record(22, hello13(true)));
  wire.says(false, record(22, hello13(false)));
  for (const auto size : sizes) {
    wire.says(size > 0, record(23, base::Bytes(static_cast<std::size_t>(std::abs(size)), 1)));
  }
  wire.close(closed_by_client);
  auto seen = read_wire(wire);
  EXPECT_EQ(seen.connections.size(), 1U);
  return std::move(seen.connections.at(0).record);
}

TEST(Tls13WithoutKeys, IsDoneWhereTheServerAnswersWhatFollowedItsFlight) {
  EXPECT_TRUE(tls13({-900, 53, -250}).handshake_done);
  EXPECT_TRUE(tls13({-30, -800, -53, 53, 200, -400}).handshake_done);
}

// The client's Finished has 53 octets or more; what has 19 is an alert.
TEST(Tls13WithoutKeys, IsNotDoneWhereTheClientSentAnAlertAlone) {
  const auto refused = tls13({-900, 19});
  EXPECT_FALSE(refused.handshake_done);
  EXPECT_EQ(refused.ending, handshake::Ending::ended_by_us);
  EXPECT_EQ(refused.closed_by, handshake::Direction::sent);
  EXPECT_TRUE(refused.alerts.empty());
  ASSERT_EQ(refused.messages.size(), 4U);
  EXPECT_TRUE(refused.messages.back().encrypted);
  EXPECT_EQ(refused.messages.back().size, 19U);
  EXPECT_FALSE(refused.messages.back().type);
}

TEST(Tls13WithoutKeys, IsNotKnownToBeDoneWhereTheServerAnswersWithAnAlertOrNothing) {
  EXPECT_FALSE(tls13({-900, 53, -19}, false).handshake_done);
  EXPECT_FALSE(tls13({-900, 53}).handshake_done);
  EXPECT_EQ(tls13({-900, 53, -19}, false).ending, handshake::Ending::closed);
}

// A certificate with its Finished, or a Finished with data: both are more than an alert.
TEST(Tls13WithoutKeys, MayBeDoneOnceTheClientSaidMoreThanAnAlert) {
  EXPECT_TRUE(tls13({-900, 53}).observed->maybe_done);
  EXPECT_TRUE(tls13({-900, 1'300, -19}).observed->maybe_done);
  EXPECT_TRUE(tls13({-900, 18}).observed->maybe_done);
  EXPECT_FALSE(tls13({-900, 19}).observed->maybe_done);
  EXPECT_FALSE(tls13({-900}).observed->maybe_done);
  EXPECT_FALSE(tls13({53}).observed->maybe_done);
}

base::Bytes retry_request() {
  auto message = hello13(false);
  constexpr std::uint8_t random[] = {0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11,
                                     0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
                                     0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E,
                                     0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C};
  std::ranges::copy(random, message.begin() + 6);
  return message;
}

// RFC 8446 §4.1.4: the version is known by the HelloRetryRequest alone.
TEST(Tls13WithoutKeys, IsReadWhereTheServerHelloBehindARetryIsMissing) {
  for (const bool lost : {false, true}) {
    Wire wire;
    wire.open();
    wire.says(true, record(22, hello13(true)));
    wire.says(false, record(22, retry_request()));
    wire.says(true, record(22, hello13(true)));
    if (lost) wire.server_next += 1'200;
    wire.says(true, record(23, base::Bytes(53, 1)));
    wire.says(false, record(23, base::Bytes(300, 1)));
    wire.close(true);
    const auto seen = read_wire(wire);
    ASSERT_EQ(seen.connections.size(), 1U);
    const auto& read = seen.connections[0].record;
    EXPECT_FALSE(read.server_hello);
    EXPECT_FALSE(read.handshake_done);
    EXPECT_FALSE(read.observed->maybe_done);
    EXPECT_EQ(read.observed->lacks(), lost);
    EXPECT_EQ(read.observed->missing_received, lost ? 1'200U : 0U);
  }
}

TEST(Reader, ReadsAHelloInTheFormOfSsl2) {
  base::Bytes hello{0x80, 28, 1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 5};
  put(hello, base::Bytes(16, 7));
  for (const std::size_t most : {1U, 11U, 100U}) {
    Wire wire;
    wire.open();
    wire.says(true, hello, most);
    wire.says(false, record(21, {2, 70}));
    const auto seen = read_wire(wire);
    ASSERT_EQ(seen.connections.size(), 1U) << most;
    const auto& record = seen.connections[0].record;
    EXPECT_TRUE(record.messages.at(0).ssl2);
    EXPECT_THAT(record.client_hello->cipher_suites, ElementsAre(5));
    EXPECT_EQ(record.ending, handshake::Ending::alert);
    EXPECT_EQ(record.alerts.at(0).description, 70);
  }
}

TEST(Reader, ReadsNoMessageThatIsTooLong) {
  const auto with = [](std::size_t size, std::uint8_t type = 11) {
    Wire wire;
    wire.open();
    wire.says(true, record(22, hello13(true)));
    base::Bytes certificate{type};
    put(certificate, size - 4, 3);
    certificate.resize(size);
    for (base::ByteView rest = certificate; !rest.empty();) {
      const auto part = rest.first(std::min<std::size_t>(rest.size(), 16'000));
      wire.says(false, record(22, {part.begin(), part.end()}));
      rest = rest.subspan(part.size());
    }
    wire.says(false, record(22, {14, 0, 0, 0}));
    return read_wire(wire).connections.at(0).record;
  };
  EXPECT_FALSE(with(262'144).certificate_over);
  // Its place, kind and size are told, and what stands behind it is read.
  for (const std::size_t size : {262'145U, 339'629U}) {
    const auto over = with(size);
    EXPECT_EQ(over.certificate_over, 262'144U);
    EXPECT_EQ(over.ending, handshake::Ending::open);
    ASSERT_EQ(over.messages.size(), 3U);
    EXPECT_EQ(over.messages[1].type, handshake::HandshakeType::certificate);
    EXPECT_EQ(over.messages[1].size, size);
    EXPECT_EQ(over.messages[2].type, handshake::HandshakeType::server_hello_done);
  }
  // What is none of those that may be so long is nothing that can be read.
  for (const std::uint8_t type : {0x41, 20, 1}) {
    EXPECT_EQ(with(262'145, type).ending, handshake::Ending::unreadable);
    EXPECT_EQ(with(262'145, type).messages.size(), 2U);
  }
}

// RFC 6520: neither handshake nor data, and not left out.
TEST(Reader, TellsHeartbeats) {
  Wire wire;
  wire.open();
  wire.says(true, record(22, hello13(true)));
  wire.says(true, record(24, {1, 0x40, 0}));
  wire.says(false, record(24, base::Bytes(3'000, 2)));
  wire.close(true);
  const auto seen = read_wire(wire).connections.at(0).record;
  ASSERT_EQ(seen.messages.size(), 3U);
  EXPECT_EQ(handshake::message_name(seen.messages[1]), "Heartbeat");
  EXPECT_EQ(seen.messages[1].size, 3U);
  EXPECT_FALSE(seen.messages[2].encrypted);
  EXPECT_EQ(seen.messages[2].size, 3'000U);
}

// A message of a quarter of a million octets, one to a record: work grows with the octets, not with
// their square.
TEST(Reader, JoinsAMessageOfManyRecords) {
  base::Bytes certificate{11, 3, 0, 0};
  certificate.resize(4 + 0x30000);
  base::Bytes octets;
  for (const auto octet : certificate) put(octets, record(22, {octet}));
  Wire wire;
  wire.open();
  wire.says(true, record(22, hello13(true)));
  wire.says(false, octets, 60'000);
  const auto seen = read_wire(wire);
  ASSERT_EQ(seen.connections.size(), 1U);
  const auto& messages = seen.connections[0].record.messages;
  EXPECT_EQ(messages.back().type, handshake::HandshakeType::certificate);
  EXPECT_EQ(messages.back().size, certificate.size());
}

TEST(Reader, FindsTheNextRecordBehindAGap) {
  Wire wire;
  wire.open();
  wire.says(true, record(22, hello13(true)));
  wire.says(false, record(22, message_of(11, base::Bytes(3'000, 1))), 1'000);
  wire.packets.erase(wire.packets.end() - 3);
  wire.says(false, record(21, {2, 40}));
  wire.close(false);
  const auto seen = read_wire(wire);
  ASSERT_EQ(seen.connections.size(), 1U);
  ASSERT_EQ(seen.connections[0].record.alerts.size(), 1U);
  EXPECT_EQ(seen.connections[0].record.observed->missing_received, 1'000U);
}

TEST(Reader, HearsPhonesInSip) {
  base::Bytes udp{0x13, 0xC4, 0x13, 0xC4, 0, 0, 0, 0};
  put(udp, base::view("REGISTER sip:a SIP/2.0\r\nUser-Agent: T28 2.73\r\n\r\n"));
  const auto seen = read_all(pcap_of({testing::ipv4(17, udp)}));
  EXPECT_EQ(seen.agents.at("192.0.2.1"), "T28 2.73");
}

TEST(Reader, SaysWhatItCannotRead) {
  auto file = testing::pcap_header(147);
  testing::put_little(file, 0, 8);
  testing::put_little(file, 1, 4);
  testing::put_little(file, 1, 4);
  file.push_back(0);
  file.push_back(0);
  const auto seen = read_all(file);
  EXPECT_EQ(seen.totals.unreadable, 1U);
  EXPECT_TRUE(seen.totals.cut);
  EXPECT_THAT(seen.totals.remarks, ElementsAre(HasSubstr("link type 147")));
}

TEST(Reader, OpensNoFolderAndNothingThatIsNotThere) {
  EXPECT_EQ(Reader::open("/nowhere/at/all", {}).error().code, base::ErrorCode::not_found);
  EXPECT_THAT(Reader::open("/tmp", {}).error().detail, HasSubstr("folder"));
  EXPECT_THAT(Reader::open("/dev/null", {}).error().detail, HasSubstr("empty"));
}

// The client sends what is as long as an alert, and closes; the server says no more.
TEST(Reader, DoesNotWaitForTheOtherSideBehindTwoSecondsOfSilence) {
  Wire wire;
  wire.open();
  wire.says(true, record(22, hello13(true)));
  wire.says(false, record(22, hello13(false)));
  wire.says(false, record(23, base::Bytes(900, 1)));
  wire.says(true, record(23, base::Bytes(19, 1)));
  wire.segment(true, testing::kFin | kAck);
  auto reader = Reader::of(pcap_of(wire.packets), {});
  std::vector<Connection> ended;
  const auto take = [&](Connection one) { ended.push_back(std::move(one)); };
  ASSERT_TRUE(reader.read(wire.packets.size(), take).value());
  reader.silent_for(std::chrono::microseconds(1'999'999));
  EXPECT_EQ(reader.open_connections().size(), 1U);
  reader.silent_for(std::chrono::seconds(2));
  EXPECT_EQ(reader.open_connections().size(), 0U);
  EXPECT_FALSE(reader.read(1, take).value());
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_EQ(ended[0].record.closed_by, handshake::Direction::sent);
  EXPECT_EQ(ended[0].record.ending, handshake::Ending::ended_by_us);
}

TEST(Reader, TakesNoSilenceForTheEndOfAConnectionThatIsOpen) {
  Wire wire;
  wire.open();
  wire.says(true, record(22, hello13(true)));
  auto reader = Reader::of(pcap_of(wire.packets), {});
  ASSERT_TRUE(reader.read(wire.packets.size(), [](Connection) {}).value());
  reader.silent_for(std::chrono::microseconds::max());
  EXPECT_EQ(reader.open_connections().size(), 1U);
}

// Written bit by bit, as tcpdump does it.
TEST(Reader, FollowsAFileThatGrows) {
  Wire wire;
  wire.open();
  wire.says(true, record(22, hello13(true)));
  const auto file = pcap_of(wire.packets);
  char path[] = "/tmp/sealtone-capture-XXXXXX";
  const int descriptor = mkstemp(path);
  Options follow;
  follow.follow = true;
  auto reader = Reader::open(path, follow);
  ASSERT_TRUE(reader);
  const auto none = [](Connection) {};
  for (std::size_t at = 0; at < file.size();) {
    const auto size = std::min<std::size_t>(file.size() - at, 150);
    ASSERT_EQ(write(descriptor, file.data() + at, size), static_cast<ssize_t>(size));
    at += size;
    EXPECT_EQ(reader->open_connections().size(), 0U);
    EXPECT_TRUE(reader->read(100, none).value());
  }
  EXPECT_EQ(reader->open_connections().size(), 1U);
  EXPECT_EQ(reader->totals().packets, 4U);
  close(descriptor);
  unlink(path);
}

// What is open when nobody wants to wait any longer is handed over, once.
TEST(Reader, HandsOverWhatIsOpenWhereItIsStopped) {
  Wire wire;
  wire.open();
  wire.says(true, record(22, hello13(true)));
  auto reader = Reader::of(pcap_of(wire.packets), {});
  std::size_t handed_over = 0;
  const auto count = [&](Connection) { ++handed_over; };
  EXPECT_TRUE(reader.read(4, count).value());
  EXPECT_FALSE(reader.totals().stopped);
  reader.stop();
  EXPECT_FALSE(reader.read(100, count).value());
  EXPECT_FALSE(reader.read(100, count).value());
  EXPECT_EQ(handed_over, 1U);
  EXPECT_TRUE(reader.totals().stopped);
  EXPECT_FALSE(reader.totals().cut);

  auto ended = Reader::of(pcap_of(wire.packets), {});
  EXPECT_FALSE(ended.read(100, count).value());
  ended.stop();
  EXPECT_FALSE(ended.totals().stopped) << "it was at its end before";
}

// What is to be passed over may have no end; who reads is called back all the same.
TEST(Reader, ComesBackFromAPipeOfWhichNothingIsWanted) {
  // Before the writer is there; this program's other tests get it back.
  auto* const before = std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  base::Bytes file{0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0, 0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0};
  put(file, base::Bytes(8, 0xFF));
  put(file, base::Bytes{28, 0, 0, 0, 99, 0, 0, 0, 0xFC, 0xFF, 0xFF, 0xFF});
  ASSERT_EQ(write(ends[1], file.data(), file.size()), static_cast<ssize_t>(file.size()));
  std::jthread writer([to = ends[1]] {
    const base::Bytes zeros(65'536, 0);
    while (write(to, zeros.data(), zeros.size()) > 0) {
    }
    close(to);
  });
  {
    auto reader = Reader::open("/proc/self/fd/" + std::to_string(ends[0]), {});
    ASSERT_TRUE(reader);
    close(ends[0]);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(reader->read(100, [](Connection) {}).value());
  }
  writer.join();
  std::signal(SIGPIPE, before);
}

}  // namespace
}  // namespace sealtone::capture
