// SPDX-License-Identifier: Apache-2.0
#include "capture/secrets.h"

#include <gtest/gtest.h>

#include <string>

namespace sealtone::capture {
namespace {

const std::string kRandomHex(64, 'A');
const base::Bytes kRandomOctets(32, 0xAA);

std::string key_line(const std::string& label, std::size_t secret_octets = 48) {
  return label + " " + kRandomHex + " " + std::string(2 * secret_octets, '7') + "\n";
}

TEST(Secrets, FindsWhatALineSays) {
  Secrets secrets;
  EXPECT_TRUE(secrets.empty());
  secrets.add("# SSL/TLS secrets log file\r\n\n" + key_line("CLIENT_RANDOM") +
              key_line("SERVER_TRAFFIC_SECRET_0", 32));
  ASSERT_NE(secrets.find("CLIENT_RANDOM", kRandomOctets), nullptr);
  EXPECT_EQ(base::hex(secrets.find("CLIENT_RANDOM", kRandomOctets)->view()), std::string(96, '7'));
  EXPECT_NE(secrets.find("SERVER_TRAFFIC_SECRET_0", kRandomOctets), nullptr);
  EXPECT_EQ(secrets.find("CLIENT_TRAFFIC_SECRET_0", kRandomOctets), nullptr);
  EXPECT_EQ(secrets.find("CLIENT_RANDOM", base::Bytes(32, 0xAB)), nullptr);
  EXPECT_EQ(secrets.find("CLIENT_RANDOM", base::Bytes(31, 0xAA)), nullptr);
  EXPECT_EQ(secrets.find("NO_SUCH_LABEL", kRandomOctets), nullptr);
  EXPECT_EQ(secrets.not_read(), 0U);
}

TEST(Secrets, TakesTheLastLineAlsoWithoutItsEnd) {
  Secrets secrets;
  auto text = key_line("CLIENT_RANDOM");
  text.pop_back();
  secrets.add(text);
  EXPECT_NE(secrets.find("CLIENT_RANDOM", kRandomOctets), nullptr);
}

TEST(Secrets, TakesBothCasesOfHexadecimalAndTheLaterOfTwoLines) {
  Secrets secrets;
  secrets.add(key_line("CLIENT_RANDOM"));
  secrets.add("CLIENT_RANDOM " + std::string(64, 'a') + " " + std::string(96, 'f') + "\n");
  EXPECT_EQ(base::hex(secrets.find("CLIENT_RANDOM", kRandomOctets)->view()), std::string(96, 'f'));
}

TEST(Secrets, CountsWhatIsNoSuchLineAndGoesOn) {
  const std::string wrong[] = {
      "CLIENT_RANDOM",
      "CLIENT_RANDOM ",
      "CLIENT_RANDOM " + kRandomHex,
      "CLIENT_RANDOM " + kRandomHex + " ",
      "client_random " + kRandomHex + " " + std::string(96, '7'),
      "CLIENT_RANDOM  " + kRandomHex + " " + std::string(96, '7'),
      "CLIENT_RANDOM " + kRandomHex + "A " + std::string(96, '7'),
      "CLIENT_RANDOM " + kRandomHex + " " + std::string(95, '7'),
      "CLIENT_RANDOM " + kRandomHex + " " + std::string(94, '7'),
      "CLIENT_RANDOM " + kRandomHex + " " + std::string(98, '7'),
      "CLIENT_RANDOM " + kRandomHex + " " + std::string(95, '7') + "g",
      "CLIENT_RANDOM " + kRandomHex + " " + std::string(96, '7') + " 7",
      "SERVER_TRAFFIC_SECRET_0 " + kRandomHex + " " + std::string(62, '7'),
      "SERVER_TRAFFIC_SECRET_0 " + kRandomHex + " " + std::string(130, '7'),
      "RSA 0123456789abcdef " + std::string(96, '7'),
      std::string(1'000'000, 'x'),
      std::string("\0\xFF\x80", 3),
  };
  for (const auto& line : wrong) {
    Secrets secrets;
    secrets.add(line + "\n" + key_line("CLIENT_TRAFFIC_SECRET_0"));
    EXPECT_EQ(secrets.not_read(), 1U) << line.substr(0, 200);
    EXPECT_EQ(secrets.find("CLIENT_RANDOM", kRandomOctets), nullptr) << line.substr(0, 200);
    EXPECT_NE(secrets.find("CLIENT_TRAFFIC_SECRET_0", kRandomOctets), nullptr);
  }
}

TEST(Secrets, LeavesOutWhatNoRecordNeeds) {
  Secrets secrets;
  secrets.add(key_line("EXPORTER_SECRET") + key_line("EARLY_EXPORTER_SECRET"));
  EXPECT_TRUE(secrets.empty());
  EXPECT_EQ(secrets.not_read(), 0U);
}

TEST(Secrets, TellsALogFromSomethingElse) {
  const auto lines_of = [](const std::string& text) {
    const auto lines = Secrets(1).add(text);
    return std::pair(lines.secrets, lines.others);
  };
  using Lines = std::pair<std::size_t, std::size_t>;
  EXPECT_EQ(lines_of(""), Lines(0, 0));
  EXPECT_EQ(lines_of("# nothing by now\n\n\r\n"), Lines(0, 0));
  EXPECT_EQ(lines_of("-----BEGIN CERTIFICATE-----\nMIIB\n"), Lines(0, 2));
  EXPECT_EQ(lines_of(key_line("EXPORTER_SECRET") + "x\n"), Lines(1, 1));
  // For which there is no room is one, too.
  EXPECT_EQ(lines_of(key_line("CLIENT_RANDOM") + key_line("CLIENT_TRAFFIC_SECRET_0")), Lines(2, 0));
}

TEST(Secrets, KnowWhetherTheyAreOfAnyConnectionThatThereIs) {
  Secrets secrets;
  secrets.add(key_line("CLIENT_RANDOM"));
  // One that the capture begins within has no random, and may be theirs.
  secrets.meet({});
  EXPECT_FALSE(secrets.of_others());
  secrets.meet(base::Bytes(32, 0xAB));
  EXPECT_TRUE(secrets.of_others());
  secrets.meet(kRandomOctets);
  secrets.meet(base::Bytes(32, 0xAB));
  EXPECT_FALSE(secrets.of_others());
}

// What the capture holds itself opens its connections, and does not make the key log theirs.
TEST(Secrets, KnowThatAKeyLogIsOfOthersWhereTheCaptureHasItsOwn) {
  Secrets secrets;
  secrets.add(key_line("CLIENT_RANDOM"), Secrets::From::capture);
  secrets.meet(kRandomOctets);
  EXPECT_TRUE(secrets.of_others());
  EXPECT_EQ(secrets.of(kRandomOctets), 1U);
  // The same from both, whichever comes first, are the key log's, too.
  secrets.add(key_line("CLIENT_RANDOM"));
  secrets.add(key_line("CLIENT_RANDOM"), Secrets::From::capture);
  secrets.meet(kRandomOctets);
  EXPECT_FALSE(secrets.of_others());
}

// Those that there was no room for may have been the right ones.
TEST(Secrets, AreNotSaidToBeOfOthersWhereSomeWereLeftOut) {
  Secrets secrets(1);
  secrets.add(key_line("CLIENT_RANDOM"));
  secrets.meet(base::Bytes(32, 0xAB));
  EXPECT_TRUE(secrets.of_others());
  secrets.add(key_line("CLIENT_TRAFFIC_SECRET_0"));
  EXPECT_TRUE(secrets.any_left_out());
  EXPECT_FALSE(secrets.of_others());
}

TEST(Secrets, KeepsSoManyAndNoMore) {
  Secrets secrets(3);
  for (const char first : {'0', '1', '2', '3', '2'}) {
    secrets.add("CLIENT_RANDOM " + std::string(64, first) + " " + std::string(96, '7') + "\n");
  }
  EXPECT_EQ(secrets.not_read(), 1U);  // the fourth; one that is there may come again
  EXPECT_NE(secrets.find("CLIENT_RANDOM", base::Bytes(32, 0x22)), nullptr);
  EXPECT_EQ(secrets.find("CLIENT_RANDOM", base::Bytes(32, 0x33)), nullptr);
}

}  // namespace
}  // namespace sealtone::capture
