// SPDX-License-Identifier: Apache-2.0
#include "sip/answers.h"

#include <gmock/gmock.h>

#include "sip/message_summary.h"

namespace sealtone::sip {
namespace {

using testing::HasSubstr;
using Do = Answered::Do;

Message asking(const std::string& method, const std::string& uri = "sip:phone@192.0.2.5:40112") {
  Message request{.method = method, .uri = uri};
  request.add("Via", "SIP/2.0/TLS sip.example.com;branch=z9hG4bK" + method);
  request.add("From", "<sip:sip.example.com>;tag=theirs");
  request.add("To", "<sip:phone@sip.example.com>");
  request.add("Call-ID", "1@sip.example.com");
  request.add("CSeq", "1 " + method);
  request.add("Max-Forwards", "70");
  return request;
}

Message notifying(const std::string& event) {
  auto request = asking("NOTIFY");
  request.add("Event", event);
  return request;
}

void replace(Message& message, std::string_view name, std::string value) {
  for (auto& field : message.fields) {
    if (field.name == name) field.value = value;
  }
}

Answered answered(const Message& request, const AnswerPolicy& policy = {},
                  bool from_registrar = true) {
  Invites invites;
  auto answered = answer(request, policy, from_registrar, "phone", "ours", invites);
  if (answered.response) {
    const auto written = write(*answered.response);
    EXPECT_TRUE(written && parse(*written)) << "each answer can be read";
  }
  return answered;
}

int status(const Message& request, const AnswerPolicy& policy = {}, bool from_registrar = true) {
  const auto response = answered(request, policy, from_registrar).response;
  return response ? response->status : 0;
}

TEST(Answers, SaysWhatItCanDoToOptions) {
  const auto response = answered(asking("OPTIONS")).response;
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_THAT(response->all("Allow"),
              testing::ElementsAre("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "NOTIFY"));
  EXPECT_THAT(std::string(response->field("Accept")), HasSubstr("application/sdp"));
  EXPECT_EQ(response->field("Supported"), "outbound");
  EXPECT_EQ(response->field("Allow-Events"), "check-sync, message-summary");
  EXPECT_EQ(response->field("To"), "<sip:phone@sip.example.com>;tag=ours");
}

TEST(Answers, KnowsItsOwnUserAndItselfAndNobodyElse) {
  EXPECT_EQ(status(asking("OPTIONS", "sip:other@192.0.2.5")), 404);
  EXPECT_EQ(status(asking("OPTIONS", "sip:Phone@192.0.2.5")), 404);
  EXPECT_EQ(status(asking("OPTIONS", "sip:ph%6Fne@192.0.2.5")), 200);
  EXPECT_EQ(status(asking("OPTIONS", "sip:192.0.2.5:40112")), 200);
  EXPECT_EQ(status(asking("OPTIONS", "sips:phone@192.0.2.5")), 200);
  EXPECT_EQ(status(asking("OPTIONS", "tel:+4930123")), 416);
  EXPECT_EQ(status(asking("INVITE", "sip:other@192.0.2.5")), 404);
  // RFC 3261 §11.1: the last hop of a traceroute answers for whoever is asked for.
  auto last = asking("OPTIONS", "sip:other@192.0.2.5");
  replace(last, "Max-Forwards", "0");
  EXPECT_EQ(status(last), 200);
  replace(last, "Max-Forwards", "1");
  EXPECT_EQ(status(last), 404);
  auto call = asking("INVITE", "sip:other@192.0.2.5");
  replace(call, "Max-Forwards", "0");
  EXPECT_EQ(status(call), 404);
}

TEST(Answers, DoesWhatACheckSyncAsksForByTheSetting) {
  const auto does = [](const std::string& event, CheckSync rule) {
    const auto result = answered(notifying(event), {.check_sync = rule});
    EXPECT_EQ(result.response->status, 200) << event;
    return result.what;
  };
  EXPECT_EQ(does("check-sync", CheckSync::as_the_event_says), Do::provision);
  EXPECT_EQ(does("check-sync;reboot=false", CheckSync::as_the_event_says), Do::provision);
  EXPECT_EQ(does("check-sync;reboot=true", CheckSync::as_the_event_says), Do::reboot);
  EXPECT_EQ(does("check-sync ; Reboot = TRUE", CheckSync::as_the_event_says), Do::reboot);
  EXPECT_EQ(does("check-sync;reboot=true;reboot=false", CheckSync::as_the_event_says),
            Do::provision);
  EXPECT_EQ(does("check-sync;noreboot=true", CheckSync::as_the_event_says), Do::provision);
  EXPECT_EQ(does("check-sync;reboot=false", CheckSync::reboot), Do::reboot);
  EXPECT_EQ(does("check-sync;reboot=true", CheckSync::ignore), Do::nothing);
}

TEST(Answers, DoesNothingForEventsItDoesNotKnow) {
  for (const auto* event :
       {"presence", "check-sync.x", "Check-Sync", "check-syncx", "", ";check-sync"}) {
    const auto result = answered(notifying(event));
    EXPECT_EQ(result.response->status, 489) << event;
    EXPECT_EQ(result.response->field("Allow-Events"), "check-sync, message-summary");
    EXPECT_EQ(result.what, Do::nothing);
  }
  EXPECT_EQ(status(asking("NOTIFY")), 489);
}

TEST(Answers, CountsTheNewVoiceMessagesOfASummary) {
  const auto counted = [](const std::string& body) {
    auto request = notifying("message-summary");
    request.add("Content-Type", "application/simple-message-summary");
    request.body = body;
    return answered(request);
  };
  const auto some = counted(
      "Messages-Waiting: yes\r\nMessage-Account: sip:phone@h\r\nVoice-Message: 2/8 (0/2)\r\n");
  EXPECT_EQ(some.response->status, 200);
  EXPECT_EQ(some.waiting_messages, 2);
  EXPECT_EQ(counted("messages-waiting : NO\r\nvoice-message: 0/8\r\n").waiting_messages, 0);
  EXPECT_EQ(counted("Messages-Waiting: yes\n").waiting_messages, 1);
  EXPECT_EQ(counted("Messages-Waiting: yes\r\nVoice-Message: 9999/0\r\n").waiting_messages, 9'999);
  EXPECT_EQ(counted("Messages-Waiting: yes\r\nVoice-Message: 10000/0\r\n").waiting_messages,
            kMaxWaitingMessages);
  EXPECT_EQ(counted("Messages-Waiting: yes\r\nVoice-Message: 99999999999999999999/0\r\n")
                .waiting_messages,
            kMaxWaitingMessages);
  for (const auto* body : {"Messages-Waiting: perhaps\r\n", "Voice-Message: 1/1\r\n", "nonsense",
                           "Messages-Waiting: yes\r\nVoice-Message: -1/0\r\n",
                           "Messages-Waiting: yes\r\nVoice-Message: 2\r\n",
                           "Messages-Waiting: yes\r\nVoice-Message: /2\r\n"}) {
    const auto result = counted(body);
    EXPECT_EQ(result.response->status, 400) << body;
    EXPECT_FALSE(result.waiting_messages);
  }
  EXPECT_EQ(counted("").response->status, 200);
  EXPECT_FALSE(counted("").waiting_messages);
  auto other = notifying("message-summary");
  other.add("Content-Type", "text/plain");
  other.body = "Messages-Waiting: yes\r\n";
  const auto result = answered(other);
  EXPECT_EQ(result.response->status, 415);
  EXPECT_EQ(result.response->field("Accept"), "application/simple-message-summary");
}

TEST(Answers, AnswersNoCallsAndNoAcknowledgement) {
  EXPECT_EQ(status(asking("INVITE")), 480);
  EXPECT_EQ(status(asking("ACK")), 0);
  EXPECT_EQ(status(asking("ACK", "sip:other@h"), {.only_registrar = true}, false), 0);
  EXPECT_EQ(status(asking("BYE")), 481);
  EXPECT_EQ(status(asking("CANCEL")), 481);
  auto within = asking("INVITE");
  replace(within, "To", "<sip:phone@h>;tag=gone");
  EXPECT_EQ(status(within), 481);
  auto picture = asking("INVITE");
  picture.add("Content-Type", "image/png");
  picture.body = "x";
  EXPECT_EQ(status(picture), 415);
  auto packed = asking("OPTIONS");
  packed.add("Content-Encoding", "identity, gzip");
  EXPECT_EQ(answered(packed).response->field("Accept-Encoding"), "identity");
  EXPECT_EQ(status(packed), 415);
}

TEST(Answers, RefusesMethodsThatAreNotAPhones) {
  for (const auto* method :
       {"REGISTER", "SUBSCRIBE", "REFER", "MESSAGE", "INFO", "UPDATE", "PRACK", "PUBLISH"}) {
    const auto response = answered(asking(method)).response;
    EXPECT_EQ(response->status, 405) << method;
    EXPECT_EQ(response->field("Allow"), "INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY");
  }
  // What no standard knows is not implemented; letters count in a method.
  for (const auto* method : {"DANCE", "invite", "RE%47IST%45R"}) {
    const auto response = answered(asking(method)).response;
    EXPECT_EQ(response->status, 501) << method;
    EXPECT_NE(response->field("Allow"), "");
  }
}

TEST(Answers, NamesTheExtensionsThatItDoesNotKnow) {
  auto request = asking("OPTIONS");
  request.add("Require", "outbound, 100rel");
  request.add("Require", "timer");
  const auto response = answered(request).response;
  EXPECT_EQ(response->status, 420);
  EXPECT_EQ(response->field("Unsupported"), "100rel, timer");
  auto known = asking("OPTIONS");
  known.add("Require", "Outbound");
  EXPECT_EQ(status(known), 200);
  auto quoted = asking("OPTIONS");
  quoted.add("Require", "\"100rel\"");
  EXPECT_EQ(status(quoted), 400);
  // RFC 3261 §8.2.2.3: of a CANCEL it is ignored.
  auto cancel = asking("CANCEL");
  cancel.add("Require", "100rel");
  EXPECT_EQ(status(cancel), 481);
}

TEST(Answers, ListensToTheRegistrarAloneIfItIsToldTo) {
  const AnswerPolicy only{.check_sync = CheckSync::reboot, .only_registrar = true};
  const auto refused = answered(notifying("check-sync"), only, false);
  EXPECT_EQ(refused.response->status, 403);
  EXPECT_EQ(refused.what, Do::nothing);
  EXPECT_EQ(status(asking("DANCE"), only, false), 403);
  EXPECT_EQ(answered(notifying("check-sync"), only, true).what, Do::reboot);
  EXPECT_EQ(answered(notifying("check-sync"), {}, false).what, Do::reboot);
}

TEST(Answers, CancelsNothingThatIsAnsweredAndSaysSo) {
  Invites invites;
  auto invite = asking("INVITE");
  auto cancel = asking("CANCEL");
  auto ack = asking("ACK");
  for (auto* request : {&invite, &cancel, &ack}) {
    replace(*request, "Via", "SIP/2.0/TLS sip.example.com;branch=z9hG4bKcall");
  }
  const auto status_of = [&](const Message& request) {
    const auto answered = answer(request, {}, true, "phone", "ours", invites);
    return answered.response ? answered.response->status : 0;
  };
  EXPECT_EQ(status_of(cancel), 481);
  EXPECT_EQ(status_of(invite), 480);
  EXPECT_EQ(status_of(cancel), 200);
  EXPECT_EQ(status_of(ack), 0);
  EXPECT_EQ(status_of(cancel), 481);
}

TEST(Answers, TellsASecondWayOfOneInviteFromAnotherInvite) {
  Invites invites;
  auto invite = asking("INVITE");
  const auto status_of = [&](const Message& request) {
    return answer(request, {}, true, "phone", "ours", invites).response->status;
  };
  EXPECT_EQ(status_of(invite), 480);
  EXPECT_EQ(status_of(invite), 480) << "the same transaction again";
  replace(invite, "Via", "SIP/2.0/TLS sip.example.com;branch=z9hG4bKother");
  EXPECT_EQ(status_of(invite), 482);
  replace(invite, "CSeq", "2 INVITE");
  EXPECT_EQ(status_of(invite), 480);
}

TEST(Answers, RemembersNoMoreInvitesThanTheLimit) {
  Invites invites;
  auto invite = asking("INVITE");
  const auto numbered = [&](std::size_t number) {
    replace(invite, "Via", "SIP/2.0/TLS h;branch=z9hG4bK" + std::to_string(number));
    return invite;
  };
  for (std::size_t at = 0; at <= Invites::kMax; ++at) invites.add(numbered(at));
  EXPECT_FALSE(invites.holds(numbered(0)));
  EXPECT_TRUE(invites.holds(numbered(1)));
  EXPECT_TRUE(invites.holds(numbered(Invites::kMax)));
}

TEST(Refusal, AnswersWhatCannotBeRead) {
  const std::string fields =
      "Via: SIP/2.0/TLS h;branch=z9hG4bK1\r\nVia: SIP/2.0/UDP i\r\nFrom: <sip:a@h>;tag=1\r\n"
      "To: <sip:b@h>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n";
  const auto refused = [&](const std::string& line, const std::string& more = {}) {
    const auto octets = line + "\r\n" + fields + more + "\r\n";
    const auto message = parse(octets);
    EXPECT_FALSE(message) << line;
    return refusal(octets, message.error(), "ours");
  };
  const auto response = refused("OPTIONS <sip:b@h> SIP/2.0");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 400);
  EXPECT_EQ(response->all("Via").size(), 2U);
  EXPECT_EQ(response->field("To"), "<sip:b@h>;tag=ours");
  EXPECT_THAT(std::string(response->field("Warning")), HasSubstr("399 sealtone \""));
  EXPECT_TRUE(parse(*write(*response)));
  EXPECT_EQ(refused("OPTIONS sip:b@h SIP/3.0")->status, 505);
  std::string many;
  for (std::size_t at = 0; at < kMaxFields; ++at) many += "X: y\r\n";
  EXPECT_FALSE(refused("OPTIONS sip:b@h SIP/2.0", many)) << "nor is a flood of fields read through";
  EXPECT_EQ(refused("OPTIONS sip:b@h SIP/2.0", "To: <sip:c@h>\r\n")->all("To").size(), 1U);
  EXPECT_FALSE(refused("ACK <sip:b@h> SIP/2.0"));
  EXPECT_FALSE(refused("SIP/2.0 1000 x"));
  const base::Error why{.code = base::ErrorCode::bad_input, .where = "", .detail = "none"};
  EXPECT_FALSE(refusal("OPTIONS sip:b@h SIP/2.0\r\nTo: x\r\n\r\n", why, "ours"));
  EXPECT_FALSE(refusal("", why, "ours"));
}

}  // namespace
}  // namespace sealtone::sip
