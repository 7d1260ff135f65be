// SPDX-License-Identifier: Apache-2.0
#include "phone/account_talk.h"

#include <gmock/gmock.h>

#include "tls/recording.h"

namespace sealtone::phone {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class KeptLog final : public base::Log {
 public:
  void write(base::LogLevel level, std::string_view, std::string_view line) override {
    (level == base::LogLevel::debug ? debug : info).emplace_back(line);
  }
  std::vector<std::string> info, debug;
};

sip::Message request(const std::string& method = "REGISTER") {
  sip::Message message;
  message.method = method;
  message.uri = "sip:example.com";
  message.add("CSeq", "1 " + method);
  message.add("Authorization",
              "Digest username=\"201\", realm=\"r\", nonce=\"secret-nonce\", "
              "response=\"secret-response\", cnonce=\"secret-cnonce\"");
  return message;
}
sip::Message response(int status, std::string reason, const std::string& method = "REGISTER") {
  sip::Message message;
  message.status = status;
  message.reason = std::move(reason);
  message.add("CSeq", "1 " + method);
  return message;
}

class Talk : public ::testing::Test {
 protected:
  std::vector<std::string> lines() const {
    std::vector<std::string> all;
    for (const auto& saying : talk.conversation().said) all.push_back(saying.line);
    return all;
  }
  base::FakeClock clock{std::chrono::sys_seconds{
      std::chrono::sys_days{std::chrono::year{2026} / std::chrono::June / 1}}};
  KeptLog log;
  AccountTalk talk{1, clock, log};
};

TEST_F(Talk, KeepsAndLogsWhatWasSaidWithoutCredentials) {
  talk.seen(true, request());
  talk.seen(false, response(200, "OK"));
  EXPECT_THAT(lines(), ElementsAre("REGISTER sip:example.com", "200 OK"));
  EXPECT_THAT(log.info, ElementsAre("account 1: sent REGISTER sip:example.com",
                                    "account 1: received 200 OK"));
  ASSERT_EQ(log.debug.size(), 2U);
  const auto whole = talk.conversation().said.front().text;
  for (const auto& text : {log.debug.front(), whole}) {
    EXPECT_THAT(text, HasSubstr("username=\"201\""));
    EXPECT_THAT(text, Not(HasSubstr("secret-")));
  }
}

TEST_F(Talk, QuestionsOfTheServerAreForTheVerboseLogAlone) {
  talk.seen(false, request("OPTIONS"));
  talk.seen(true, response(200, "OK", "OPTIONS"));
  EXPECT_TRUE(log.info.empty());
  EXPECT_EQ(log.debug.size(), 2U);
  EXPECT_EQ(lines().size(), 2U);
}

TEST_F(Talk, LogHasSoManyLinesAMinute) {
  for (int i = 0; i < AccountTalk::kMostLines; ++i) talk.seen(true, request());
  EXPECT_EQ(log.info.size(), std::size_t{AccountTalk::kMostLines});
  talk.seen(true, request());
  EXPECT_EQ(log.info.size(), std::size_t{AccountTalk::kMostLines});
  clock.tick(60s);
  talk.seen(true, request());
  ASSERT_EQ(log.info.size(), std::size_t{AccountTalk::kMostLines} + 2);
  EXPECT_THAT(log.info, Contains(HasSubstr("1 SIP messages were not logged")));
}

TEST_F(Talk, KeepsTheFirstAndTheLast) {
  const auto room = AccountTalk::kFirst + AccountTalk::kLast;
  for (std::size_t i = 0; i < room; ++i) talk.seen(true, request());
  EXPECT_EQ(talk.conversation().left_out, 0U);
  talk.seen(false, response(503, "Late"));
  const auto conversation = talk.conversation();
  EXPECT_EQ(conversation.said.size(), room);
  EXPECT_EQ(conversation.left_out, 1U);
  EXPECT_EQ(conversation.left_out_before, AccountTalk::kFirst);
  EXPECT_EQ(conversation.said.back().line, "503 Late");
  auto long_one = request();
  long_one.add("Subject", std::string(2 * AccountTalk::kLongestMessage, 'a'));
  talk.seen(true, long_one);
  EXPECT_EQ(talk.conversation().said.back().text.size(), AccountTalk::kLongestMessage);
}

TEST_F(Talk, AnotherConnectionBeginsAnewAndIsRecorded) {
  tls::Recordings ring(clock);
  talk.seen(true, request());
  sip::Attempt attempt;
  attempt.verdict = trust::Verdict{};
  attempt.recording = ring.begin();
  talk.connected(attempt);
  EXPECT_TRUE(lines().empty());
  clock.tick(1s);
  talk.seen(true, request());
  EXPECT_TRUE(talk.conversation().encrypted);
  EXPECT_EQ(talk.conversation().said.front().at, 1s);
  ASSERT_EQ(attempt.recording->said().all().size(), 1U);
  EXPECT_EQ(attempt.recording->said().all().front().line, "REGISTER sip:example.com");
  talk.connected({});
  EXPECT_FALSE(talk.conversation().encrypted);
}

}  // namespace
}  // namespace sealtone::phone
