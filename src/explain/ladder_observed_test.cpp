// SPDX-License-Identifier: Apache-2.0
//
// Ladders of connections between two others, as a capture shows them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "explain/ladder.h"
#include "explain/outcome.h"
#include "explain/wording.h"
#include "handshake/two_engines.h"
#include "trust/fixtures.h"

namespace sealtone::explain {
namespace {

using handshake::ContentType;
using handshake::Direction;
using handshake::Ending;
using handshake::HandshakeRecord;
using handshake::testing::only;
using handshake::testing::talk;
using handshake::testing::talk_again;
using handshake::testing::unchanged;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// What a capture shows of a connection whose keys nobody has.
HandshakeRecord without_keys(HandshakeRecord record) {
  record.observed = HandshakeRecord::Observed{};
  constexpr std::size_t protection = 17;
  const bool tls13 = record.version() == TLS1_3_VERSION;
  for (auto& message : record.messages) {
    if (!message.encrypted || message.content == ContentType::change_cipher_spec) continue;
    if (tls13) message.content = ContentType::application_data;
    message.type = {};
    message.size += protection;
  }
  if (tls13) {
    record.server_chain.clear();
    record.alerts.clear();
  }
  return record;
}

std::string numbers_in(const Ladder& ladder) {
  std::string numbers;
  for (const auto& rung : ladder.rungs) numbers += rung.number;
  return numbers;
}

TEST(LadderObserved, HasTheNineStepsOfTheFigureWithoutAnyKey) {
  const auto picture =
      ladder(without_keys(talk(only(TLS1_VERSION, "AES128-SHA"), unchanged).client), {});
  EXPECT_EQ(numbers_in(picture), "①②③④⑤⑥⑦⑧⑨");
  EXPECT_EQ(picture.rungs.size(), 9U);
  EXPECT_EQ(picture.rungs[6].name, "Finished");
  EXPECT_EQ(picture.rungs[6].note, "encrypted, known by its place");
  EXPECT_FALSE(picture.rungs[6].readable);
  EXPECT_TRUE(picture.rungs[7].readable);
  EXPECT_EQ(picture.result, "established");
  EXPECT_TRUE(picture.remarks.empty());
}

TEST(LadderObserved, HasOneStepForAllThatOneSideSentEncrypted) {
  const auto picture = ladder(without_keys(talk(only(TLS1_3_VERSION), unchanged).client), {});
  ASSERT_EQ(picture.rungs.size(), 6U);  // with the ChangeCipherSpecs, which are for show
  EXPECT_THAT(picture.rungs[3].name, ::testing::StartsWith("encrypted: "));
  EXPECT_EQ(picture.rungs[3].messages, 4U);
  EXPECT_FALSE(picture.rungs[3].readable);
  EXPECT_THAT(picture.rungs[3].note, HasSubstr("4 records; the place of EncryptedExtensions"));
  EXPECT_THAT(picture.rungs[5].note, HasSubstr("the place of Finished (figure: ⑦)"));
  EXPECT_THAT(picture.remarks, Contains(HasSubstr("TLS 1.3 without its keys")));
  const auto text = to_text(picture);
  EXPECT_THAT(text, HasSubstr("┄┄┄ encrypted: "));
  EXPECT_THAT(text, Not(HasSubstr("this side")));
}

TEST(LadderObserved, TellsWhatWasSentAlongWithTheHello) {
  auto record = without_keys(talk(only(TLS1_3_VERSION), unchanged).client);
  record.messages.insert(record.messages.begin() + 1, {.direction = Direction::sent,
                                                       .content = ContentType::application_data,
                                                       .type = {},
                                                       .size = 100,
                                                       .encrypted = true});
  const auto picture = ladder(record, {});
  EXPECT_EQ(picture.rungs[1].note, "sent along with the hello (early data)");
  EXPECT_THAT(picture.rungs.back().note, HasSubstr("the place of Finished"));
}

TEST(LadderObserved, WithKeysIsReadLikeAnyOther) {
  auto record = talk(only(TLS1_3_VERSION), unchanged).client;
  record.observed = HandshakeRecord::Observed{};
  record.observed->keys = true;
  const auto picture = ladder(record, {});
  for (const auto& rung : picture.rungs) EXPECT_TRUE(rung.readable);
  EXPECT_TRUE(picture.remarks.empty());
  record.messages.back().type.reset();
  EXPECT_FALSE(ladder(record, {}).rungs.back().readable) << "what no key fits";
}

TEST(LadderObserved, NeverGuessesWhyAConnectionUnderTls13Closed) {
  auto record = without_keys(talk(only(TLS1_3_VERSION), unchanged).client);
  record.handshake_done = false;
  record.ending = Ending::closed;
  record.closed_by = Direction::sent;
  auto picture = ladder(record, {});
  EXPECT_EQ(picture.result,
            "closed after the server's certificate; the reason is encrypted (closed by the "
            "client)");
  EXPECT_TRUE(picture.rungs.back().failing);
  EXPECT_EQ(picture.closed_by, "client");
  record.closed_by = Direction::received;
  record.reset = true;
  EXPECT_THAT(ladder(record, {}).result, HasSubstr("(closed by the server, by a reset)"));
  record.closed_by.reset();
  EXPECT_EQ(ladder(record, {}).result,
            "closed after the server's certificate; the reason is encrypted");
  record.server_hello->resumed = true;
  EXPECT_EQ(ladder(record, {}).result,
            "closed after the server's Finished; the reason is encrypted");
}

// A client's record behind the server's flight, and what is said of it.
std::string said_of(std::size_t size, std::uint16_t suite = 0x1301) {
  auto record = without_keys(talk(only(TLS1_3_VERSION), unchanged).client);
  record.server_hello->cipher_suite = suite;
  record.messages.back().size = size;
  return ladder(record, {}).rungs.back().note;
}

TEST(LadderObserved, TellsByItsSizeWhatARecordOfTls13CannotBe) {
  EXPECT_EQ(said_of(19), "as long as an alert");
  EXPECT_EQ(said_of(11, 0x1305), "as long as an alert") << "a shorter tag";
  EXPECT_EQ(said_of(18), "shorter than any message of the handshake");
  EXPECT_EQ(said_of(52), "shorter than a Finished");
  EXPECT_EQ(said_of(53), "the place of Finished (figure: ⑦)");
  EXPECT_EQ(said_of(53, 0x1302), "shorter than a Finished") << "of SHA-384";
  EXPECT_EQ(said_of(69, 0x1302), "the place of Finished (figure: ⑦)");
}

TEST(LadderObserved, GivesNoReasonToWhoClosedWithoutAWord) {
  auto record = without_keys(talk(only(TLS1_3_VERSION), unchanged).client);
  record.handshake_done = false;
  record.ending = Ending::closed;
  record.closed_by = Direction::sent;
  record.reset = true;
  std::erase_if(record.messages, [](const handshake::Message& one) {
    return one.encrypted && one.direction == Direction::sent;
  });
  EXPECT_THAT(ladder(record, {}).result, Not(HasSubstr("reason is encrypted")));
}

TEST(LadderObserved, SaysWhatCannotBeToldWithoutKeys) {
  auto record = without_keys(talk(only(TLS1_3_VERSION), unchanged).client);
  record.observed->maybe_done = true;
  EXPECT_EQ(ladder(record, {}).result, "established");
  record.handshake_done = false;
  record.ending = Ending::closed;
  record.closed_by = Direction::sent;
  const auto picture = ladder(record, {});
  EXPECT_THAT(picture.result, HasSubstr("whether the handshake was done cannot be told: what would "
                                        "tell is encrypted"));
  EXPECT_EQ(std::ranges::find(picture.rungs, true, &Rung::failing), picture.rungs.end());
}

TEST(LadderObserved, SaysWhoClosedAtWhichStep) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.observed = HandshakeRecord::Observed{};
  record.messages.resize(1);
  record.server_hello.reset();
  record.handshake_done = false;
  record.ending = Ending::closed;
  record.closed_by = Direction::received;
  EXPECT_EQ(ladder(record, {}).result, "ended at ① ClientHello: then closed by the server");
  EXPECT_EQ(to_json(ladder(record, {})).at("closing"), "by the server");
  record.reset = true;
  EXPECT_EQ(ladder(record, {}).result,
            "ended at ① ClientHello: then closed by the server, by a reset");
  EXPECT_THAT(to_text(ladder(record, {}), false, Form::facts),
              HasSubstr("Closed        by the server, by a reset\n"));
  EXPECT_EQ(to_json(ladder(record, {})).at("closing"), "by the server, by a reset");
  record.closed_by.reset();
  EXPECT_EQ(ladder(record, {}).result, "ended at ① ClientHello: then closed");
  EXPECT_TRUE(to_json(ladder(record, {})).at("closing").is_null());
  record.ending = Ending::open;
  record.reset = false;
  EXPECT_EQ(ladder(record, {}).result, "not done where the capture ends");
}

TEST(LadderObserved, TellsAnAlertAsItsSenders) {
  auto record =
      talk(handshake::testing::both(only(TLS1_2_VERSION), handshake::testing::trust_nobody),
           unchanged)
          .client;
  record.observed = HandshakeRecord::Observed{};
  const auto picture = ladder(record, {});
  EXPECT_EQ(picture.result,
            "ended at Alert: the client does not trust the issuer of the certificate");
  const auto alert = std::ranges::find(picture.rungs, "Alert", &Rung::name);
  EXPECT_THAT(alert->facts[1].values, ElementsAre("the client"));
}

// What is thought of the certificates here changes nothing of what those two did.
TEST(LadderObserved, SaysWhatIsFoundHereBesideWhatHappened) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.observed = HandshakeRecord::Observed{};
  const auto verdict =
      trust::testing::judge_case(trust::testing::with_faults({trust::FindingCode::expired}));
  const auto picture = ladder(record, verdict);
  EXPECT_EQ(picture.result, "established");
  EXPECT_THAT(picture.rungs[2].note, HasSubstr("judged here: expired"));
  EXPECT_FALSE(picture.rungs[2].failing);
}

TEST(LadderObserved, ExplainsAGapByTheAlertThatIsSeen) {
  auto record = talk(only(TLS1_VERSION), only(TLS1_2_VERSION)).client;
  record.observed = HandshakeRecord::Observed{};
  EXPECT_THAT(ladder(record, {}).remarks,
              ElementsAre("Versions that the client offered: TLS 1.0.",
                          "The server takes none of these, and does not say which it takes."));
}

TEST(LadderObserved, SaysWhatTheCaptureLacks) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.observed = {.opened_in_clear = "SM\u202ETP",
                     .missing_sent = 1,
                     .missing_received = 1460,
                     .start_missing = true,
                     .end_missing = true,
                     .keys = true};
  EXPECT_THAT(
      ladder(record, {}).remarks,
      ElementsAre("TLS began behind SM\\u{202E}TP in the clear.",
                  "The capture begins within this connection: what was said before is not in it.",
                  "The capture lacks 1 octet that the client sent.",
                  "The capture lacks 1460 octets that the server sent.",
                  "The capture ends while this connection is open."));
}

TEST(LadderObserved, SaysHowManyMessagesAreLeftOut) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.messages_left_out = 22;
  EXPECT_THAT(ladder(record, {}).remarks,
              ElementsAre(HasSubstr("22 messages are left out: of a connection the first 200")));
}

TEST(LadderObserved, OfAResumptionHasNoCertificateToExpect) {
  const auto picture = ladder(without_keys(talk_again(only(TLS1_3_VERSION)).client), {});
  const auto sealed = std::ranges::find(picture.rungs, false, &Rung::readable);
  ASSERT_NE(sealed, picture.rungs.end());
  EXPECT_THAT(sealed->note, HasSubstr("the place of EncryptedExtensions and Finished (figure: ⑨)"));
}

TEST(LadderObserved, MarksTheAlertThatCanBeReadAndNoOtherOfItsSize) {
  auto record =
      talk(handshake::testing::both(only(TLS1_2_VERSION), handshake::testing::trust_nobody),
           unchanged)
          .client;
  record.observed = HandshakeRecord::Observed{};
  const auto alert =
      std::ranges::find(record.messages, ContentType::alert, &handshake::Message::content);
  ASSERT_NE(alert, record.messages.end());
  record.messages.insert(alert, {.direction = Direction::received,
                                 .content = ContentType::alert,
                                 .type = {},
                                 .size = 2,
                                 .encrypted = true});
  const auto picture = ladder(record, {});
  const auto failing = std::ranges::find(picture.rungs, true, &Rung::failing);
  ASSERT_NE(failing, picture.rungs.end());
  EXPECT_TRUE(failing->from_client);
  EXPECT_TRUE(failing->readable);
  EXPECT_EQ((failing - 1)->name, "Alert");
  EXPECT_FALSE((failing - 1)->readable);
}

TEST(LadderObserved, TellsAnEncryptedAlertFromOneThatCanBeRead) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.messages.push_back({.direction = Direction::sent,
                             .content = ContentType::alert,
                             .type = {},
                             .size = 26,
                             .encrypted = true});
  const auto picture = ladder(without_keys(record), {});
  EXPECT_EQ(picture.rungs.back().name, "Alert");
  EXPECT_EQ(picture.rungs.back().note, "encrypted");
  EXPECT_TRUE(picture.rungs.back().facts.empty());
}

// In TLS 1.3 who has no keys yet refuses in the clear, behind what is encrypted.
TEST(LadderObserved, TellsWhatIsInTheClearBelowTheLine) {
  auto record = talk(handshake::testing::trust_nobody, unchanged).client;
  for (const bool live : {true, false}) {
    if (!live) {
      record.observed = HandshakeRecord::Observed{};
      record.observed->keys = true;
    }
    const auto picture = ladder(record, {});
    ASSERT_TRUE(picture.encrypted_from);
    EXPECT_EQ(picture.rungs[*picture.encrypted_from].name, "EncryptedExtensions");
    const auto& alert = picture.rungs.back();
    EXPECT_EQ(alert.name, "Alert");
    EXPECT_FALSE(alert.encrypted);
    EXPECT_THAT(alert.note, HasSubstr("unknown_ca; in the clear"));
    EXPECT_THAT(to_svg(picture), HasSubstr("in the clear"));
  }
}

TEST(LadderObserved, SaysWhatIsTooLongToBeRead) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.observed = HandshakeRecord::Observed{};
  record.server_chain.clear();
  record.messages[2].size = 339'629;
  record.certificate_over = 262'144;
  const auto picture = ladder(record, {});
  EXPECT_EQ(picture.rungs[2].note, "not read: more than 262144 octets");
  EXPECT_THAT(picture.remarks, Contains(HasSubstr("more than 262144 octets is not read")));
}

TEST(LadderObserved, SaysWhichSideIsNotInTheCapture) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.observed = HandshakeRecord::Observed{};
  record.observed->server_absent = true;
  record.observed->missing_received = 3'862;
  EXPECT_THAT(ladder(record, {}).remarks,
              ElementsAre("The server's side is not in the capture: 3862 octets, as the client has "
                          "them."));
  record.observed->missing_received = 0;
  EXPECT_THAT(ladder(record, {}).remarks, ElementsAre("The server's side is not in the capture."));
}

// Words, result and mark have the same source.
TEST(LadderObserved, AgreesWithTheWordsOfTheOutcome) {
  const auto all = [](HandshakeRecord record) {
    const auto picture = ladder(record, {});
    const auto words = outcome(record, {.client = "a", .server = "b"});
    const bool marked =
        std::ranges::find(picture.rungs, true, &Rung::failing) != picture.rungs.end();
    EXPECT_EQ(marked, words.failed()) << words.brief << "; " << picture.result;
    EXPECT_EQ(picture.result.starts_with("established"), words.brief.starts_with("established"));
    EXPECT_EQ(picture.result.find("cannot be told") != std::string::npos,
              words.brief.starts_with("cannot be told"));
    EXPECT_EQ(picture.result.find("reason is encrypted") != std::string::npos,
              words.reason_encrypted);
    if (words.reason_encrypted) {
      EXPECT_EQ(words.brief, picture.result.substr(0, picture.result.find(" (closed")));
    }
  };
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto whole = without_keys(talk(only(version), unchanged).client);
    all(whole);
    for (std::size_t length = 1; length <= whole.messages.size(); ++length) {
      auto record = whole;
      record.messages.resize(length);
      record.handshake_done = false;
      record.ending = Ending::closed;
      for (const int variant : {0, 1, 2, 3, 4}) {
        record.closed_by = variant == 1 ? Direction::received : Direction::sent;
        record.observed->server_absent = variant == 2;
        record.observed->missing_sent = variant == 3 ? 7 : 0;
        record.observed->maybe_done = variant == 4;
        all(record);
      }
    }
  }
  // TLS 1.3 is done for the client when the server refuses what it was shown.
  auto demanded = talk(unchanged, handshake::testing::demand_client).client;
  demanded.observed = HandshakeRecord::Observed{};
  demanded.observed->keys = true;
  all(demanded);
  EXPECT_TRUE(outcome(demanded, {}).failed());
  EXPECT_THAT(ladder(demanded, {}).result, HasSubstr("ended at Alert: the server demands"));
}

}  // namespace
}  // namespace sealtone::explain
