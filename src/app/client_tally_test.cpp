// SPDX-License-Identifier: Apache-2.0
#include "app/client_tally.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "app/client_table.h"
#include "base/text.h"
#include "base/tls_versions.h"
#include "explain/wording.h"

namespace sealtone::app {
namespace {

using namespace std::chrono_literals;
using explain::ConnectionOutcome;
using testing::HasSubstr;
using testing::Not;

capture::Time at(std::chrono::seconds since) {
  return capture::Time(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}) + since;
}

capture::Connection from(const std::string& client, std::chrono::seconds since,
                         const std::string& server = "198.51.100.1") {
  capture::Connection connection;
  connection.client = {client, 49152};
  connection.server = {server, 443};
  connection.first = at(since);
  connection.last = at(since + 1s);
  connection.record.client_hello.emplace().versions = {0x0A0A, base::kTls12, base::kTls11};
  return connection;
}

ConnectionOutcome refused(const std::string& says = "it was refused.") {
  return {.kind = ConnectionOutcome::Kind::refused,
          .by = explain::Side::client,
          .alert = 48,
          .brief = "refused by the client: unknown_ca",
          .says = says};
}
ConnectionOutcome established() {
  return {.kind = ConnectionOutcome::Kind::established, .brief = "established"};
}
ConnectionOutcome unfinished() { return {.kind = ConnectionOutcome::Kind::unfinished}; }

std::vector<std::string> addresses(const ClientTally& tally) {
  std::vector<std::string> out;
  for (const auto& row : tally.rows()) out.push_back(row.address);
  return out;
}

TEST(ClientTally, HasTheRefusedFirstThenTheLastSeen) {
  ClientTally tally;
  tally.add(from("192.0.2.1", 1s), established());
  tally.add(from("192.0.2.2", 2s), refused());
  tally.add(from("192.0.2.3", 3s), unfinished());
  tally.add(from("192.0.2.4", 4s), refused());
  tally.add(from("192.0.2.5", 5s), established());
  EXPECT_THAT(addresses(tally), testing::ElementsAre("192.0.2.4", "192.0.2.2", "192.0.2.3",
                                                     "192.0.2.5", "192.0.2.1"));
}

TEST(ClientTally, GoesByTheNewestConnectionToEachServer) {
  ClientTally tally;
  tally.add(from("192.0.2.1", 1s), refused());
  tally.add(from("192.0.2.1", 5s), established());
  EXPECT_EQ(tally.rows().front().outcome.kind, ConnectionOutcome::Kind::established);
  // It began earlier, and ended later.
  tally.add(from("192.0.2.1", 3s), refused());
  EXPECT_EQ(tally.rows().front().outcome.kind, ConnectionOutcome::Kind::established);
  tally.add(from("192.0.2.1", 2s, "198.51.100.2"), refused());
  EXPECT_TRUE(any_failed(tally));
  const auto row = tally.rows().front();
  EXPECT_EQ(row.server, "198.51.100.2:443");
  EXPECT_EQ(row.connections, 4U);
  EXPECT_EQ(row.failed, 3U);
  EXPECT_EQ(row.last_seen, at(6s));
}

TEST(ClientTally, FitsATerminalOf80Columns) {
  ClientTally tally;
  tally.add(from("192.0.2.1", 1s), refused());
  tally.add(from("192.0.2.2", 1s), established());
  for (const auto line : base::split(clients_words(tally, 80), '\n')) {
    EXPECT_LE(explain::columns(line), 80U) << line;
  }
  EXPECT_THAT(clients_words(tally, 80), HasSubstr("offers TLS 1.2, last seen on 2026-11-23\n"));
  EXPECT_EQ(clients_words(tally, 200), clients_words(tally));
}

// Who came through in the end was refused all the same: the row says so, and the status.
TEST(ClientTally, KeepsThatSomeOfThemFailed) {
  ClientTally tally;
  auto first = from("192.0.2.1", 1s), second = from("192.0.2.1", 2s);
  first.number = 4;
  second.number = 5;
  auto again = refused("It was refused again.");
  again.next = "Upload the certificate of who issued it.";
  tally.add(second, again);
  tally.add(first, refused("It was refused."));
  tally.add(from("192.0.2.1", 3s), established());
  tally.add(from("192.0.2.2", 9s), unfinished());
  tally.add(from("192.0.2.3", 9s), established());
  EXPECT_TRUE(any_failed(tally));
  EXPECT_THAT(addresses(tally), testing::ElementsAre("192.0.2.1", "192.0.2.2", "192.0.2.3"));
  const std::string says =
      "2 of its 3 connections were refused or broken off, the last of them number 5: It was refused "
      "again. Upload the certificate of who issued it.";
  const auto one_line = [](const std::string& text) {
    return explain::joined(explain::wrapped(text, 100'000), " ");
  };
  auto words = clients_words(tally);
  std::ranges::replace(words, '\n', ' ');
  EXPECT_THAT(one_line(words), HasSubstr(says));
  EXPECT_THAT(one_line(words), HasSubstr("0 refused or broken off, 2 connected, 1 of which"));
  EXPECT_THAT(one_line(words), HasSubstr("Of these 1 was refused or broken off before."));
  EXPECT_EQ(one_line(words).find("connections were", one_line(words).find(says) + says.size()),
            std::string::npos);
  const auto blocks = clients_blocks(tally, 300);
  EXPECT_THAT(blocks.at(2).back(), HasSubstr("number 5: It was refused again."));
  const auto phones = clients_json(tally).at("phones");
  EXPECT_EQ(phones.at(0).at("failed"), 2);
  const auto& last = phones.at(0).at("last_failure");
  EXPECT_EQ(last.at("connection"), 5);
  EXPECT_EQ(last.at("outcome").at("says"), "It was refused again.");
  EXPECT_EQ(last.at("outcome").at("next"), "Upload the certificate of who issued it.");
  EXPECT_EQ(phones.at(2).at("last_failure"), nullptr);
}

TEST(ClientTally, KnowsTheNewestVersionOfferedAndNoGrease) {
  ClientTally tally;
  tally.add(from("192.0.2.1", 1s), established());
  EXPECT_EQ(tally.rows().front().newest_version, base::kTls12);
  auto connection = from("192.0.2.2", 1s);
  connection.record.client_hello.reset();
  tally.add(connection, unfinished());
  EXPECT_EQ(tally.rows().front().newest_version, std::nullopt);
}

TEST(ClientTally, IsBoundedAndSaysWhatItLeftOut) {
  ClientTally tally(2);
  tally.add(from("192.0.2.1", 1s), established());
  tally.add(from("192.0.2.2", 1s), established());
  EXPECT_EQ(tally.left_out(), 0U);
  tally.add(from("192.0.2.3", 1s), refused());
  tally.add(from("192.0.2.1", 2s), established());
  EXPECT_EQ(tally.clients(), 2U);
  EXPECT_EQ(tally.left_out(), 1U);
  EXPECT_EQ(tally.left_out_failed(), 1U);
  EXPECT_TRUE(any_failed(tally));
  EXPECT_THAT(clients_words(tally), HasSubstr("most 2 clients are"));
}

// So many servers one client met, one after the other; these of them refused it.
ClientTally met(int servers, const std::set<int>& refused_by) {
  ClientTally tally;
  for (int i = 0; i < servers; ++i) {
    tally.add(from("192.0.2.1", std::chrono::seconds(i), "198.51.100." + std::to_string(i)),
              refused_by.contains(i) ? refused() : established());
  }
  return tally;
}

TEST(ClientTally, KeepsEightServersOfAClientAndOfTheseThatRefusedItAll) {
  constexpr int most = static_cast<int>(ClientTally::kMostServers);
  EXPECT_EQ(met(most, {}).servers_left_out(), 0U);
  EXPECT_EQ(met(most + 1, {}).servers_left_out(), 1U);
  EXPECT_FALSE(any_failed(met(most + 1, {})));
  // Who was met first, and refused, is not lost for those that are met later.
  const auto behind = met(100, {0});
  EXPECT_TRUE(any_failed(behind));
  EXPECT_EQ(behind.rows().front().server, "198.51.100.0:443");
  EXPECT_EQ(behind.rows().front().connections, 100U);
  EXPECT_EQ(behind.servers_left_out(), 92U);
  EXPECT_EQ(behind.servers_left_out_failed(), 0U);
  EXPECT_THAT(clients_words(behind), HasSubstr("92 further connections are left out, 0 of"));
  EXPECT_EQ(clients_json(behind).at("left_out").at("at_further_servers"), 92);
}

TEST(ClientTally, CountsWhatItLeavesOutOfServersThatRefused) {
  auto tally = met(9, {0, 1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_EQ(tally.servers_left_out_failed(), 1U);
  // Cured at all that are known of: not at the one that was left out.
  for (int i = 0; i < 9; ++i) {
    tally.add(from("192.0.2.1", std::chrono::seconds(100 + i), "198.51.100." + std::to_string(i)),
              established());
  }
  EXPECT_TRUE(any_failed(tally));
  EXPECT_EQ(met(9, {0, 1, 2, 3, 4, 5, 6, 7}).servers_left_out_failed(), 0U);
}

TEST(ClientTally, TakesADecryptedUserAgentBeforeOneInTheClear) {
  ClientTally tally;
  auto connection = from("192.0.2.1", 1s);
  connection.user_agent = "Yealink SIP-T46S 66.84.0.15 00:15:65:00:00:01";
  tally.add(connection, established());
  tally.add(from("192.0.2.2", 1s), established());
  tally.note_user_agents({{"192.0.2.1", "curl/7.88.1"}, {"192.0.2.2", "snomD385/10.1.64.14"}});
  const auto words = clients_words(tally);
  EXPECT_THAT(words, HasSubstr("Yealink SIP-T46S 66.84.0.15"));
  EXPECT_THAT(words, HasSubstr("snomD385 10.1.64.14"));
  EXPECT_THAT(words, Not(HasSubstr("curl")));
}

TEST(ClientTable, TellsWhoSentTheAlertAndTheSentence) {
  ClientTally tally;
  tally.add(from("192.0.2.1", 1s), refused("192.0.2.1 refused prov.example.com."));
  const auto words = clients_words(tally);
  EXPECT_THAT(words, HasSubstr("unknown_ca (client)"));
  EXPECT_THAT(words, HasSubstr("    192.0.2.1 refused prov.example.com.\n"));
  EXPECT_THAT(words, HasSubstr("1 client: 1 refused or broken off, 0 connected."));
  const auto json = clients_json(tally);
  const auto& row = json.at("phones").at(0);
  EXPECT_EQ(row.at("client"), "192.0.2.1");
  EXPECT_EQ(row.at("newest_version_offered"), "TLS 1.2");
  EXPECT_EQ(row.at("outcome").at("alert"), "unknown_ca");
  EXPECT_EQ(row.at("outcome").at("by"), "client");
  EXPECT_EQ(row.at("last_seen"), "2026-11-23T00:00:02Z");
}

TEST(ClientTable, SaysWhatCannotBeToldAndCountsItNowhereElse) {
  ClientTally tally;
  tally.add(from("192.0.2.1", 1s), {.kind = ConnectionOutcome::Kind::untold,
                                    .says = "Whether they were done cannot be told."});
  const auto words = clients_words(tally);
  EXPECT_THAT(words, HasSubstr("cannot-be-told  -"));
  EXPECT_THAT(words, HasSubstr("    Whether they were done cannot be told.\n"));
  EXPECT_THAT(words, HasSubstr("1 client: 0 refused or broken off, 0 connected, 1 of which that"));
  EXPECT_FALSE(any_failed(tally));
  EXPECT_EQ(clients_json(tally).at("phones").at(0).at("outcome").at("kind"), "cannot-be-told");
}

TEST(ClientTable, SaysWhatIsMissingOfWhatCameAboutToo) {
  ClientTally tally;
  auto connection = from("192.0.2.1", 1s);
  connection.record.client_hello.reset();
  connection.record.observed = handshake::HandshakeRecord::Observed{};
  connection.record.observed->client_absent = true;
  connection.record.observed->missing_sent = 7;
  auto outcome = established();
  outcome.lacks = true;
  outcome.says = "The capture lacks the client's side.";
  tally.add(connection, outcome);
  EXPECT_THAT(clients_words(tally), HasSubstr("    The capture lacks the client's side.\n"));
  const auto row = clients_json(tally).at("phones").at(0);
  EXPECT_TRUE(row.at("sni").is_null());
  EXPECT_EQ(row.at("missing").at("octets_sent"), 7);
  EXPECT_EQ(row.at("missing").at("sides").at(0), "client");
  EXPECT_FALSE(any_failed(tally));
}

// Neither who sent the alert nor the sentence nor when it was is lost on any terminal.
TEST(ClientTable, LosesNothingOnANarrowScreen) {
  ClientTally tally;
  const std::string sentence =
      "192.0.2.1 refused prov.example.com by the alert unknown_ca behind the ServerHelloDone.";
  tally.add(from("192.0.2.1", 1s), refused(sentence));
  tally.add(from("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 1s), refused(sentence));
  for (const std::size_t width : {20U, 79U, 80U, 126U, 127U, 200U}) {
    const auto blocks = clients_blocks(tally, width);
    ASSERT_EQ(blocks.size(), 4U);
    for (std::size_t i = 2; i < blocks.size(); ++i) {
      std::string all;
      for (const auto& line : blocks[i]) {
        if (width >= 79) {
          EXPECT_LE(line.size(), width) << line;
        }
        const auto first = line.find_first_not_of(' ');
        all += (all.empty() ? "" : " ") + line.substr(first);
      }
      EXPECT_THAT(all, HasSubstr("unknown_ca (client)")) << width;
      EXPECT_THAT(all, HasSubstr("00:00:02")) << width;
      EXPECT_THAT(all, HasSubstr("TLS 1.2")) << width;
      EXPECT_THAT(all, HasSubstr(sentence)) << width;
    }
  }
}

TEST(ClientTable, ShowsNothingThatATerminalWouldObey) {
  ClientTally tally;
  auto connection = from("192.0.2.1", 1s);
  connection.user_agent = "\x1B[2J\xE2\x80\xAE 1.0";
  connection.record.client_hello->server_name = "\x1B]0;owned\x07";
  tally.add(connection, refused());
  for (const auto& text : {clients_words(tally), clients_json(tally).dump()}) {
    EXPECT_EQ(text.find('\x1B'), std::string::npos);
    EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
  }
}

TEST(ClientTable, OfNobodySaysSo) {
  EXPECT_EQ(clients_words(ClientTally{}), "0 clients: 0 refused or broken off, 0 connected.\n");
}

}  // namespace
}  // namespace sealtone::app
