// SPDX-License-Identifier: Apache-2.0
#include "app/trace_next.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/paths.h"
#include "base/tls_versions.h"

namespace sealtone::app {
namespace {

using handshake::Direction;
using handshake::HandshakeType;
using testing::HasSubstr;

class TraceNext : public testing::Test {
 protected:
  // In which the judge finds nothing.
  static Judged clean() {
    CertificateFiles files("");
    Judged judged;
    judged.verdict.decision = trust::Decision::trusted;
    judged.verdict.path.path =
        files.read(std::string(SEALTONE_TEST_DATA) + "/tls/root.pem").value().contents.certificates;
    return judged;
  }
  // A client that saw the server's certificate, said `more`, and ended it: by that alert, or
  // without a word.
  static explain::ConnectionOutcome ended(std::optional<std::uint8_t> alert,
                                          std::vector<HandshakeType> more = {}) {
    handshake::HandshakeRecord record;
    record.observed = handshake::HandshakeRecord::Observed{};
    record.client_hello.emplace().versions = {base::kTls12};
    record.server_hello.emplace().version = base::kTls12;
    const auto said = [&](Direction direction, HandshakeType type) {
      record.messages.push_back(
          {.direction = direction, .content = handshake::ContentType::handshake, .type = type});
    };
    said(Direction::sent, HandshakeType::client_hello);
    for (const auto type : {HandshakeType::server_hello, HandshakeType::certificate,
                            HandshakeType::server_hello_done}) {
      said(Direction::received, type);
    }
    for (const auto type : more) said(Direction::sent, type);
    if (alert) {
      record.messages.push_back({.direction = Direction::sent,
                                 .content = handshake::ContentType::alert,
                                 .type = {},
                                 .size = 2,
                                 .alert = 0});
      record.alerts = {{.direction = Direction::sent, .fatal = true, .description = *alert}};
      record.ending = handshake::Ending::alert;
    } else {
      record.ending = handshake::Ending::ended_by_us;
      record.closed_by = Direction::sent;
    }
    return explain::outcome(record, {.client = "192.0.2.10", .server = "pbx", .list_given = true});
  }
  static std::string lacks(std::optional<std::uint8_t> alert,
                           std::vector<HandshakeType> more = {}) {
    return what_the_phone_lacks(ended(alert, std::move(more)), clean());
  }
};

TEST_F(TraceNext, SaysThatThePhoneRefusedTheCertificateOnlyWhereItsAlertSaysSo) {
  const auto said_of = [](unsigned alert) {
    switch (alert) {
      case 42:
      case 43:
      case 46: return "it may not have that list";
      case 44: return "took it for revoked all the same: install a certificate that";
      case 45: return "took it for expired all the same: look at the phone's clock";
      case 113: return "look at the phone's clock, and at the server's stapling";
      case 48: return "so it does not have that list: upload ";
      default: return "";  // a fault of its own, nothing to do with it, or a valid one: 49
    }
  };
  for (unsigned alert = 1; alert < 256; ++alert) {
    const std::string expected = said_of(alert);
    const auto said = lacks(static_cast<std::uint8_t>(alert));
    EXPECT_EQ(said.empty(), expected.empty()) << alert << said;
    EXPECT_THAT(said, HasSubstr(expected)) << alert;
  }
}

TEST_F(TraceNext, TakesASilentEndForARefusalOnlyRightBehindTheCertificate) {
  EXPECT_THAT(lacks({}), HasSubstr("it may not have that list"));
  EXPECT_EQ(lacks({}, {HandshakeType::client_key_exchange}), "");
}

TEST_F(TraceNext, SaysNothingWhereTheJudgeFindsWhatWasRefused) {
  auto judged = clean();
  judged.verdict.decision = trust::Decision::untrusted;
  EXPECT_EQ(what_the_phone_lacks(ended(48), judged), "");
}

}  // namespace
}  // namespace sealtone::app
