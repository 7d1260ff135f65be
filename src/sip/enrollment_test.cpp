// SPDX-License-Identifier: Apache-2.0
//
// What a phone asks for its configuration, and which of the answers, most of them hostile, count.
#include "sip/enrollment.h"

#include <gmock/gmock.h>

namespace sealtone::sip {
namespace {

using ::testing::HasSubstr;

constexpr const char* kServer = "192.0.2.9";
constexpr std::uint16_t kPort = 5060;

class Enrolling : public ::testing::Test {
 protected:
  static Enrollment everybody_asked() {
    return Enrollment({"001565000001", "Sealtone", "224.0.1.75", true, "192.0.2.5", 40'000}, "call",
                      "tag", "z9hG4bK1");
  }
  static Enrollment one_asked() {
    return Enrollment({"001565000001", "Sealtone", kServer, false, "192.0.2.5", 40'000}, "call",
                      "tag", "z9hG4bK1");
  }
  struct Notify {
    std::string body = "https://prov.example.com/";
    std::string call_id = "call";
    std::string tag = "tag";
    std::string event = "ua-profile;effective-by=0";
    std::string type = "application/url";
    std::string method = "NOTIFY";
  };
  static std::string text(const Notify& notify) {
    return notify.method + " sip:MAC%3A001565000001@192.0.2.5:40000 SIP/2.0\r\n" +
           "Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKn;rport\r\nMax-Forwards: 70\r\n" +
           "From: <sip:MAC%3A001565000001@224.0.1.75>;tag=theirs\r\n" +
           "To: <sip:MAC%3A001565000001@224.0.1.75>;tag=" + notify.tag +
           "\r\nCall-ID: " + notify.call_id + "\r\nCSeq: 1 " + notify.method +
           "\r\nEvent: " + notify.event +
           "\r\nSubscription-State: terminated;reason=timeout\r\nContent-Type: " + notify.type +
           "\r\nContent-Length: " + std::to_string(notify.body.size()) + "\r\n\r\n" + notify.body;
  }
  Enrollment::Heard take(const Notify& notify, const std::string& from = kServer) {
    return enrollment.take(text(notify), from, kPort);
  }
  // Heard, and answered as somebody who was asked.
  void expect_refused(const Notify& notify, const std::string& why) {
    const auto heard = take(notify);
    EXPECT_FALSE(heard.url) << why;
    ASSERT_TRUE(heard.answer) << why;
    EXPECT_EQ(heard.answer->status, 400);
    EXPECT_THAT(enrollment.refused(), HasSubstr(why));
  }
  // Neither taken nor answered.
  void expect_passed_over(const Notify& notify, const std::string& from = kServer) {
    const auto heard = take(notify, from);
    EXPECT_FALSE(heard.url);
    EXPECT_FALSE(heard.answer);
    EXPECT_EQ(enrollment.refused(), "");
  }
  Enrollment enrollment = everybody_asked();
};

TEST_F(Enrolling, AsksForTheProfileOfItsMacOnce) {
  const auto message = enrollment.subscribe();
  EXPECT_EQ(message.method, "SUBSCRIBE");
  EXPECT_EQ(message.uri, "sip:MAC%3A001565000001@224.0.1.75");
  EXPECT_THAT(std::string(message.field("Event")), HasSubstr("ua-profile;profile-type=\"device\""));
  EXPECT_EQ(message.field("Expires"), "0");
  EXPECT_EQ(message.field("Accept"), "application/url");
  EXPECT_TRUE(parse(write(message).value()));
}

TEST_F(Enrolling, TakesTheUrlThatWasAskedForAndSaysSo) {
  const auto heard = take({});
  ASSERT_TRUE(heard.url);
  EXPECT_EQ(heard.url->shown(), "https://prov.example.com/");
  EXPECT_EQ(heard.answer->status, 200);
  EXPECT_THAT(std::string(heard.answer->field("Via")), HasSubstr("received=192.0.2.9"));
}

TEST_F(Enrolling, TakesALineEndBehindTheUrl) {
  EXPECT_TRUE(take({.body = "https://prov.example.com/\r\n"}).url);
  expect_refused({.body = "https://a.example.com/\r\nhttps://b.example.com/"}, "no URL");
}

TEST_F(Enrolling, TakesHttpsAlone) {
  for (const auto* url : {"http://prov.example.com/", "sip:prov.example.com"}) {
    expect_refused({.body = url}, "only https");
  }
  for (const auto* url : {"tftp://192.0.2.9/", "ftp://192.0.2.9/", "file:///etc/passwd", "", "x"}) {
    const auto heard = take({.body = url});
    EXPECT_FALSE(heard.url) << url;
    EXPECT_EQ(heard.answer->status, 400) << url;
  }
}

TEST_F(Enrolling, TakesNoBodyOfAnotherTypeOrBeyondItsSize) {
  expect_refused({.type = "text/plain"}, "Content-Type");
  const std::string base = "https://h/";
  EXPECT_TRUE(take({.body = base + std::string(kMaxProfileUrl - base.size(), 'a')}).url);
  expect_refused({.body = base + std::string(kMaxProfileUrl + 1 - base.size(), 'a')}, "too long");
  EXPECT_FALSE(enrollment.take(std::string(60'000, 'a'), kServer, kPort).answer);
}

TEST_F(Enrolling, PassesOverWhatIsOfNoQuestionOfIts) {
  expect_passed_over({.call_id = "another"});
  expect_passed_over({.tag = "another"});
  expect_passed_over({.event = "check-sync"});
  expect_passed_over({.method = "MESSAGE"});
  expect_passed_over({.method = "OPTIONS"});
}

TEST_F(Enrolling, WhoAnswersFirstIsTheOnlyOneFromThenOn) {
  const auto response =
      "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.5:40000;branch=z9hG4bK1\r\n"
      "From: <sip:MAC%3A001565000001@224.0.1.75>;tag=tag\r\n"
      "To: <sip:MAC%3A001565000001@224.0.1.75>;tag=theirs\r\nCall-ID: call\r\n"
      "CSeq: 1 SUBSCRIBE\r\nContent-Length: 0\r\n\r\n";
  EXPECT_FALSE(enrollment.take(response, kServer, kPort).answer);
  expect_passed_over({}, "192.0.2.66");
  EXPECT_TRUE(take({}).url);
}

TEST_F(Enrolling, OneThatIsAskedAloneAnswersAlone) {
  enrollment = one_asked();
  expect_passed_over({}, "192.0.2.66");
  EXPECT_TRUE(take({}).url);
}

}  // namespace
}  // namespace sealtone::sip
