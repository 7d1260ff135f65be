// SPDX-License-Identifier: Apache-2.0
#include "sip/message.h"

#include <gmock/gmock.h>

namespace sealtone::sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kFields =
    "Via: SIP/2.0/TLS 192.0.2.5:40112;branch=z9hG4bK1;rport\r\n"
    "From: <sip:a@example.com>;tag=1\r\n"
    "To: <sip:a@example.com>\r\n"
    "Call-ID: 1@192.0.2.5\r\n"
    "CSeq: 1 REGISTER\r\n";

std::string registering(const std::string& more = {}, const std::string& body = {}) {
  return "REGISTER sip:example.com SIP/2.0\r\n" + std::string(kFields) + more + "\r\n" + body;
}

std::string answering(const std::string& status_line, const std::string& more = {}) {
  return status_line + "\r\n" + std::string(kFields) + more + "\r\n";
}

// A request without one of its fields.
std::string without(std::string_view name) {
  std::string text = registering();
  const auto at = text.find("\r\n" + std::string(name) + ":") + 2;
  return text.erase(at, text.find("\r\n", at) + 2 - at);
}

base::ErrorCode code_of(const std::string& octets) {
  const auto message = parse(octets);
  return message ? base::ErrorCode::internal : message.error().code;
}

TEST(Message, ReadsARequestAndAResponse) {
  const auto request = parse(registering("Expires: 3600\r\nContent-Length: 2\r\n", "ab"));
  ASSERT_TRUE(request) << request.error().detail;
  EXPECT_TRUE(request->is_request());
  EXPECT_EQ(request->method, "REGISTER");
  EXPECT_EQ(request->uri, "sip:example.com");
  EXPECT_EQ(request->field("expires"), "3600");
  EXPECT_EQ(request->field("Content-Length"), "");
  EXPECT_EQ(request->call_id(), "1@192.0.2.5");
  EXPECT_EQ(request->body, "ab");
  const auto response = parse(answering("SIP/2.0 401 Unauthorized"));
  ASSERT_TRUE(response) << response.error().detail;
  EXPECT_FALSE(response->is_request());
  EXPECT_EQ(response->status, 401);
  EXPECT_EQ(response->reason, "Unauthorized");
}

TEST(Message, KnowsCompactNamesAndNamesInAnyLetters) {
  const auto message = parse(
      "NOTIFY sip:a@192.0.2.5 SIP/2.0\r\nv: SIP/2.0/TCP h;branch=z9hG4bK1\r\nF: <sip:b@h>;tag=1\r\n"
      "t: <sip:a@h>\r\ni: 1\r\ncseq: 1 NOTIFY\r\no: check-sync\r\nM: <sip:b@h>\r\nk: outbound\r\n"
      "c: text/plain\r\nX-Own: 1\r\nz: 2\r\n\r\n");
  ASSERT_TRUE(message) << message.error().detail;
  std::vector<std::string> names;
  for (const auto& field : message->fields) names.push_back(field.name);
  EXPECT_THAT(names, ElementsAre("Via", "From", "To", "Call-ID", "CSeq", "Event", "Contact",
                                 "Supported", "Content-Type", "X-Own", "z"));
  EXPECT_EQ(message->field("o"), "check-sync");
  EXPECT_EQ(message->field("x-own"), "1");
}

TEST(Message, MakesFoldedLinesOne) {
  const auto message = parse(registering("Subject: first \r\n\t second\r\n  third\r\nX:\r\n \r\n"));
  ASSERT_TRUE(message) << message.error().detail;
  EXPECT_EQ(message->field("Subject"), "first second third");
  EXPECT_EQ(message->field("X"), "");
  EXPECT_FALSE(parse("REGISTER sip:example.com\r\n SIP/2.0\r\n" + std::string(kFields) + "\r\n"));
}

TEST(Message, TakesListsApartOutsideQuotesAndAngleBrackets) {
  Message message;
  message.add("m", "\"Doe, \\\"J\" <sip:a@h;p=1,2>;q=1 , <sip:b@h>");
  message.add("Contact", "*");
  message.add("Date", "Thu, 26 Nov 2026 18:00:00 GMT");
  message.add("WWW-Authenticate", "Digest realm=\"a\", nonce=\"b\"");
  message.add("k", " , outbound,, path ,");
  message.add("Supported", "");
  EXPECT_THAT(message.all("Contact"),
              ElementsAre("\"Doe, \\\"J\" <sip:a@h;p=1,2>;q=1", "<sip:b@h>", "*"));
  EXPECT_THAT(message.all("Date"), ElementsAre("Thu, 26 Nov 2026 18:00:00 GMT"));
  EXPECT_EQ(message.all("WWW-Authenticate").size(), 1U);
  EXPECT_THAT(message.all("Supported"), ElementsAre("outbound", "path"));
  EXPECT_THAT(message.all("Require"), IsEmpty());
  // What is never closed is one element.
  Message open;
  open.add("Contact", "\"a, b");
  open.add("Contact", "<sip:a, b");
  EXPECT_THAT(open.all("Contact"), ElementsAre("\"a, b", "<sip:a, b"));
}

TEST(Message, RefusesWhatLacksAFieldThatEachMessageHas) {
  for (const auto* name : {"Via", "From", "To", "Call-ID", "CSeq"}) {
    const auto message = parse(without(name));
    ASSERT_FALSE(message) << name;
    EXPECT_THAT(message.error().detail, testing::HasSubstr(name));
  }
  EXPECT_TRUE(parse(registering())) << "Max-Forwards is not demanded";
}

TEST(Message, RefusesTwoOfAFieldThatThereMayBeOneOf) {
  for (const auto* line : {"t: <sip:b@h>", "From: <sip:b@h>;tag=2", "i: 2", "CSeq: 1 REGISTER",
                           "Max-Forwards: 1\r\nMax-Forwards: 1", "c: a/b\r\nContent-Type: a/b",
                           "Event: a\r\no: a", "Expires: 1\r\nExpires: 2"}) {
    EXPECT_FALSE(parse(registering(std::string(line) + "\r\n"))) << line;
  }
  EXPECT_TRUE(parse(registering("Via: SIP/2.0/TCP a\r\nRoute: <sip:a>\r\nRoute: <sip:b>\r\n")));
}

TEST(Message, RefusesAFirstLineThatIsNotOne) {
  const auto request = [](const std::string& line) {
    return parse(line + "\r\n" + std::string(kFields) + "\r\n").has_value();
  };
  EXPECT_TRUE(request("REGISTER sip:example.com sip/2.0"));
  EXPECT_TRUE(request("REGISTER tel:+1234 SIP/2.0"));
  for (const auto* line :
       {"REGISTER", "REGISTER sip:example.com", "REGISTER sip:example.com SIP/2.0 ",
        "REGISTER  sip:example.com SIP/2.0", " REGISTER sip:example.com SIP/2.0",
        "REGISTER\tsip:example.com\tSIP/2.0", "REGISTER sip:example.com HTTP/1.1",
        "REGISTER sip:example.com SIP/2", "REGISTER sip:example.com SIP/.0",
        "REGISTER <sip:example.com> SIP/2.0", "REGISTER example.com SIP/2.0",
        "REGISTER sip: SIP/2.0", "REGISTER sip:example.com:0 SIP/2.0",
        "REGISTER sip:example.com:65536 SIP/2.0", "REG(STER sip:example.com SIP/2.0",
        "REGISTER sip:a\x01@h SIP/2.0", ""}) {
    EXPECT_FALSE(request(line)) << line;
  }
  EXPECT_EQ(code_of("REGISTER sip:example.com SIP/3.0\r\n" + std::string(kFields) + "\r\n"),
            base::ErrorCode::unsupported);
}

TEST(Message, RefusesAStatusLineThatIsNotOne) {
  for (const auto* line : {"SIP/2.0 100 Trying", "SIP/2.0 699 ", "SIP/2.0 200",
                           "SIP/2.0 200 OK, and \xC3\xBC more", "SIP/2.0 200  OK"}) {
    EXPECT_TRUE(parse(answering(line))) << line;
  }
  for (const auto* line : {"SIP/2.0", "SIP/2.0 ", "SIP/2.0 99 x", "SIP/2.0 700 x", "SIP/2.0 0200 x",
                           "SIP/2.0 20 x", "SIP/2.0 -20 x", "SIP/2.0 200OK", "SIP/2.0  200 OK",
                           "SIP/2.0 200 O\x01K", "SIP/2.0 4294967496 x", "SIP/1.0 200 OK"}) {
    EXPECT_FALSE(parse(answering(line))) << line;
  }
}

TEST(Message, RefusesFieldsThatAreNotOnTheirOwnLine) {
  for (const auto* line : {"No colon", ": no name", "Two words: x", "N\xC3\xA4me: x", "X: a\x01z",
                           "X: a\x7Fz", "X: a\\\x01z", "X: \"a\x01z\"", "X: a\rz", "X: a\nz"}) {
    EXPECT_FALSE(parse(registering(std::string(line) + "\r\n"))) << line;
  }
  EXPECT_TRUE(parse(registering("X: \"a\\\x01z\" 5\" tall \xC3\xBC \xFF\r\n")));
  EXPECT_FALSE(parse(registering(std::string("X: \"\0\"\r\n", 8))));
  EXPECT_TRUE(parse(registering(std::string("X: \"\\\0\"\r\n", 9))));
}

TEST(Message, RefusesACSeqThatIsNotTheRequests) {
  const auto with = [](const std::string& cseq) {
    auto text = registering();
    const auto at = text.find("1 REGISTER\r\n");
    return parse(text.replace(at, 10, cseq)).has_value();
  };
  EXPECT_TRUE(with("0 REGISTER"));
  EXPECT_TRUE(with("4294967295   REGISTER"));
  for (const auto* cseq :
       {"1 INVITE", "1 register", "1REGISTER", "REGISTER 1", "1", "", "-1 REGISTER", "x1 REGISTER",
        "1 REGISTER x", "1 x REGISTER", "4294967296 REGISTER", "99999999999999999999 REGISTER",
        "0x1 REGISTER", "1 2 REGISTER"}) {
    EXPECT_FALSE(with(cseq)) << cseq;
  }
}

TEST(Message, ChecksContactOfRequestsAndLeavesThoseOfOtherPhonesInResponses) {
  const auto* wrong = "Contact: <sip:a@h>, <sip:other phone@h>\r\n";
  EXPECT_FALSE(parse(registering(wrong)));
  EXPECT_TRUE(parse(answering("SIP/2.0 200 OK", wrong)));
  EXPECT_TRUE(parse(registering("Contact: *\r\n")));
  EXPECT_FALSE(parse(registering("Content-Type: text\r\n")));
  EXPECT_FALSE(parse(registering("Content-Type: \r\n")));
  EXPECT_TRUE(parse(registering("Content-Type: text/plain ; charset=\"utf-8\"\r\n")));
}

TEST(Message, CutsABodyAtContentLengthAndRefusesAShorterOne) {
  EXPECT_EQ(parse(registering("l: 1\r\n", "abc"))->body, "a");
  EXPECT_EQ(parse(registering({}, "abc"))->body, "abc");
  EXPECT_FALSE(parse(registering("l: 4\r\n", "abc")));
  EXPECT_FALSE(parse(registering("l: 1\r\nl: 2\r\n", "abc")));
  EXPECT_FALSE(parse(registering("l: -1\r\n", "abc")));
}

TEST(Message, RefusesWhatIsOverALimit) {
  const auto padded = [](std::size_t octets) {
    const auto around = registering("Subject: \r\n").size();
    return registering("Subject: " + std::string(octets - around, 'x') + "\r\n");
  };
  EXPECT_TRUE(parse(padded(kMaxHeadBytes)));
  EXPECT_EQ(code_of(padded(kMaxHeadBytes + 1)), base::ErrorCode::too_large);
  std::string fields;
  for (std::size_t at = 5; at < kMaxFields; ++at) fields += "X: y\r\n";
  EXPECT_TRUE(parse(registering(fields)));
  EXPECT_EQ(code_of(registering(fields + "X: y\r\n")), base::ErrorCode::too_large);
  EXPECT_TRUE(parse(registering({}, std::string(kMaxBodyBytes, 'b'))));
  EXPECT_EQ(code_of(registering({}, std::string(kMaxBodyBytes + 1, 'b'))),
            base::ErrorCode::too_large);
  EXPECT_FALSE(parse(""));
  EXPECT_FALSE(parse("\r\n\r\n"));
  EXPECT_FALSE(parse("REGISTER sip:example.com SIP/2.0\r\n"));
}

TEST(Message, NeverTellsAValueInWhatItSaysAboutIt) {
  const auto message = parse(registering("Authorization: Digest response=\"geheim\x01\"\r\n"));
  ASSERT_FALSE(message);
  EXPECT_THAT(base::to_string(message.error()), testing::Not(testing::HasSubstr("geheim")));
}

TEST(Message, WritesWhatCanBeReadBack) {
  Message message{.method = "REGISTER", .uri = "sip:example.com"};
  message.add("v", "SIP/2.0/TLS h;branch=z9hG4bK1");
  message.add("From", "<sip:a@h>;tag=1");
  message.add("To", "<sip:a@h>");
  message.add("Call-ID", "1");
  message.add("CSeq", "1 REGISTER");
  message.body = "a\r\n\r\nb";
  const auto written = write(message);
  ASSERT_TRUE(written);
  EXPECT_TRUE(written->ends_with("Content-Length: 6\r\n\r\na\r\n\r\nb")) << *written;
  EXPECT_EQ(*parse(*written), message);
}

TEST(Message, WritesNothingThatWouldBeReadOtherwise) {
  const Message proper{.method = "OPTIONS", .uri = "sip:h"};
  ASSERT_TRUE(write(proper));
  for (const auto* value : {"a\r\nX: y", "a\nb", "a\rb", "a\x01", "\"\\\n\""}) {
    auto message = proper;
    message.add("Subject", value);
    EXPECT_FALSE(write(message)) << value;
  }
  for (const auto* name : {"", "a b", "a:", "a\r\nb", "Content-Length", "l"}) {
    auto message = proper;
    message.add(name, "1");
    EXPECT_FALSE(write(message)) << name;
  }
  EXPECT_FALSE(write({.method = "OPT IONS", .uri = "sip:h"}));
  EXPECT_FALSE(write({.method = "OPTIONS", .uri = "sip:h SIP/2.0\r\nX: y"}));
  EXPECT_FALSE(write({.method = "OPTIONS"}));
  EXPECT_FALSE(write({.status = 99, .reason = "x"}));
  EXPECT_FALSE(write({.status = 700, .reason = "x"}));
  EXPECT_FALSE(write({.status = 200, .reason = "O\r\nK"}));
  auto large = proper;
  large.body.assign(kMaxBodyBytes + 1, 'b');
  EXPECT_EQ(write(large).error().code, base::ErrorCode::too_large);
}

TEST(Response, TakesOverWhatBelongsToTheRequest) {
  auto request = parse(registering("Via: SIP/2.0/UDP second\r\nMax-Forwards: 70\r\n"));
  ASSERT_TRUE(request);
  const auto response = response_to(*request, 200, "OK", "ours");
  EXPECT_THAT(response.all("Via"), ElementsAre("SIP/2.0/TLS 192.0.2.5:40112;branch=z9hG4bK1;rport",
                                               "SIP/2.0/UDP second"));
  EXPECT_EQ(response.field("To"), "<sip:a@example.com>;tag=ours");
  EXPECT_EQ(response.field("From"), "<sip:a@example.com>;tag=1");
  EXPECT_EQ(response.field("CSeq"), "1 REGISTER");
  EXPECT_EQ(response.field("Max-Forwards"), "");
  EXPECT_TRUE(parse(*write(response)));
  // 100 has no tag of ours, and a tag that is there stays.
  EXPECT_EQ(response_to(*request, 100, "Trying", "ours").field("To"), "<sip:a@example.com>");
  request->fields[2].value += ";tag=theirs";
  EXPECT_EQ(response_to(*request, 200, "OK", "ours").field("To"), "<sip:a@example.com>;tag=theirs");
}

TEST(Response, SaysWhereTheRequestCameFrom) {
  const auto marked = [](const std::string& via) {
    Message request;
    request.add("Via", via);
    mark_source(request, "203.0.113.9", 5061);
    return std::string(request.field("Via"));
  };
  EXPECT_EQ(marked("SIP/2.0/TLS sip.example.com:5061;branch=z9hG4bK1"),
            "SIP/2.0/TLS sip.example.com:5061;branch=z9hG4bK1;received=203.0.113.9");
  EXPECT_EQ(marked("SIP/2.0/TLS 203.0.113.9;branch=z9hG4bK1"),
            "SIP/2.0/TLS 203.0.113.9;branch=z9hG4bK1");
  EXPECT_EQ(marked("SIP/2.0/TLS 203.0.113.9;rport;branch=z9hG4bK1, SIP/2.0/UDP b"),
            "SIP/2.0/TLS 203.0.113.9;rport=5061;branch=z9hG4bK1;received=203.0.113.9, "
            "SIP/2.0/UDP b");
  // What the sender says of it is not believed.
  EXPECT_EQ(marked("SIP/2.0/TLS a;received=192.0.2.1"), "SIP/2.0/TLS a;received=203.0.113.9");
  EXPECT_EQ(marked("nonsense"), "nonsense");
  Message none;
  mark_source(none, "203.0.113.9", 5061);
  EXPECT_THAT(none.fields, IsEmpty());
}

}  // namespace
}  // namespace sealtone::sip
