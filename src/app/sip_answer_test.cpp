// SPDX-License-Identifier: Apache-2.0
#include "app/sip_answer.h"

#include <gtest/gtest.h>

namespace sealtone::app {
namespace {

using base::ErrorCode;

const SipRequest kAsked{"sips:pbx.example.com", std::chrono::seconds(10)};

SipAnswer to(int status, std::string reason, std::vector<sip::Field> fields = {}) {
  sip::Message response;
  response.status = status;
  response.reason = std::move(reason);
  response.fields = std::move(fields);
  return sip_answer(kAsked, response);
}

TEST(SipAnswer, IsTheStatusAndWhatItMeans) {
  const std::string begin = "The server answered OPTIONS sips:pbx.example.com with ";
  EXPECT_EQ(to(200, "OK").says, begin + "200 OK: it speaks SIP.");
  EXPECT_EQ(to(401, "Unauthorized").says,
            begin +
                "401 Unauthorized: it speaks SIP, and wants to know first who asks; no password is "
                "shown to it here.");
  EXPECT_EQ(to(405, "").says, begin + "405: it speaks SIP, and takes no OPTIONS.");
  EXPECT_EQ(to(603, "Decline").says,
            begin + "603 Decline: it speaks SIP, and does not take that request.");
  for (const int status : {299, 302, 403, 404, 407, 486, 501, 599, 699}) {
    EXPECT_EQ(to(status, "x").says.find(begin + std::to_string(status) + " x: it speaks SIP"), 0U);
    EXPECT_EQ(to(status, "x").status, status);
  }
}

TEST(SipAnswer, NamesServerAndMethods) {
  const auto answer = to(200, "OK", {{"Server", "pbx 1.0"}, {"Allow", "INVITE, BYE"}});
  EXPECT_EQ(answer.server, "pbx 1.0");
  EXPECT_EQ(answer.allow, (std::vector<std::string>{"INVITE", "BYE"}));
  EXPECT_NE(answer.says.find("It names itself pbx 1.0. It takes INVITE, BYE."), std::string::npos);
}

TEST(SipAnswer, WhatTheServerSaysIsMadeVisibleAndCut) {
  std::string many = "M";
  for (int i = 0; i < 100; ++i) many += ", M" + std::string(100, 'x');
  const auto answer = to(200, "\x1B[31m" + std::string(1'000, 'r'),
                         {{"Server", "\u202Eevil" + std::string(1'000, 's')}, {"Allow", many}});
  EXPECT_EQ(answer.says.find('\x1B'), std::string::npos);
  EXPECT_EQ(answer.says.find("\u202E"), std::string::npos);
  EXPECT_EQ(answer.allow.size(), 32U);
  EXPECT_LT(answer.says.size(), 2'500U);
}

TEST(SipAnswer, SaysWhyNoneCame) {
  const auto none = [](ErrorCode code, const char* detail) {
    return sip_answer(kAsked, std::unexpected(base::Error{code, "192.0.2.7:5061", detail}));
  };
  const auto late = none(ErrorCode::timeout, "no answer to OPTIONS came in time");
  EXPECT_FALSE(late.status);
  EXPECT_EQ(late.says, "Nothing came in SIP within 10 seconds: no answer to OPTIONS came in time.");
  EXPECT_EQ(none(ErrorCode::bad_input, "the other side speaks HTTP").says,
            "OPTIONS sips:pbx.example.com was not answered in SIP: the other side speaks HTTP.");
  EXPECT_EQ(none(ErrorCode::closed, "the other side ended the connection").says,
            "OPTIONS sips:pbx.example.com was not answered in SIP: the other side ended the "
            "connection.");
}

}  // namespace
}  // namespace sealtone::app
