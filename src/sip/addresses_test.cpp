// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "sip/message.h"

namespace sealtone::sip {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Uri, ReadsEachOfItsParts) {
  const auto uri = parse_uri("SIPS:al%69ce:s%20t@Example.com:5062;Transport=tls;lr?Subject=a&b=c");
  ASSERT_TRUE(uri) << uri.error().detail;
  EXPECT_EQ(uri->scheme, "sips");
  EXPECT_EQ(uri->user, "alice");
  EXPECT_EQ(uri->password, "s t");
  EXPECT_EQ(uri->host, "Example.com");
  EXPECT_EQ(uri->port, 5062);
  EXPECT_THAT(uri->parameters, ElementsAre(Pair("transport", "tls"), Pair("lr", "")));
  EXPECT_EQ(uri->headers, "Subject=a&b=c");
  EXPECT_EQ(uri->text(), "sips:alice:s%20t@Example.com:5062;transport=tls;lr?Subject=a&b=c");
}

TEST(Uri, ReadsIPv6AddressesWithTheirBracketsAlone) {
  for (const auto* text : {"sip:[::1]", "sip:a@[2001:DB8::1]:5061", "sip:[::ffff:192.0.2.1]:5060",
                           "sip:a@[::ffff:192.0.2.1];lr"}) {
    const auto uri = parse_uri(text);
    ASSERT_TRUE(uri) << text << ": " << uri.error().detail;
    EXPECT_EQ(uri->text(), text);
    EXPECT_EQ(uri->host.find('['), std::string::npos);
  }
  for (const auto* text :
       {"sip:::1", "sip:[::1", "sip:::1]", "sip:[]", "sip:[g::1]", "sip:[1.2.3.4]", "sip:[::1]5060",
        "sip:[::1]:", "sip:[::1]::5060", "sip:[::1]x:5060", "sip:[::1][::2]", "sip:x[::1]",
        "sip:[fe80::1%25eth0]"}) {
    EXPECT_FALSE(parse_uri(text)) << text;
  }
}

TEST(Uri, EscapesWhatWouldEndAPart) {
  const Uri uri{.user = "a@b:c d%41\xC3\xBC\n#", .host = "h", .parameters = {{"p", "a;b=c?d"}}};
  EXPECT_EQ(uri.text(), "sip:a%40b%3Ac%20d%2541%C3%BC%0A%23@h;p=a%3Bb%3Dc%3Fd");
  EXPECT_EQ(*parse_uri(uri.text()), uri);
}

TEST(Uri, RefusesWhatLibreWouldTake) {
  for (const auto* text : {"sip:a@",
                           "sip:@h",
                           "sip:",
                           "sip",
                           ":h",
                           "sip:a::b@h",
                           "sip:a:b:c@h",
                           "sip:a@b@h",
                           "sip:h:",
                           "sip:h::5060",
                           "sip:h:5060x",
                           "sip:h:50 60",
                           "sip:h:65536",
                           "sip:h:0",
                           "sip:h:99999999999",
                           "sip:a b@h",
                           "sip:a@h h",
                           " sip:a@h",
                           "sip:a@h ",
                           "sip:<a@h>",
                           "sip:a%@h",
                           "sip:a%4@h",
                           "sip:a%4g@h",
                           "sip:a@h;",
                           "sip:a@h;;b",
                           "sip:a@h;=b",
                           "sip:a@h;b=",
                           "sip:a@h;b;B",
                           "sip:a@h;%62=1;b=2",
                           "sip:a@h;b=%",
                           "sip:a@h?",
                           "sip:a@h;b=c@d",
                           "sip:h/path",
                           "sip:a@h/p;x",
                           "sip://h",
                           "sip:a@h\"",
                           "s p:a@h",
                           "1sip:a@h",
                           "sip:a#b@h",
                           "sip:h\x01",
                           "sip:h%41"}) {
    EXPECT_FALSE(parse_uri(text)) << text;
  }
  EXPECT_FALSE(parse_uri(std::string_view("sip:h\0x", 7)));
  EXPECT_FALSE(parse_uri("sip:" + std::string(256, 'h')));
  EXPECT_FALSE(parse_uri("sip:" + std::string(kMaxHeadBytes, 'h')));
}

TEST(Uri, TakesParametersUpToTheLimitAndRefusesOneMore) {
  std::string parameters;
  for (int at = 0; at < 64; ++at) parameters += ";p" + std::to_string(at);
  EXPECT_TRUE(parse_uri("sip:h" + parameters));
  EXPECT_TRUE(parse_name_address("<sip:h>" + parameters));
  EXPECT_EQ(parse_uri("sip:h;q" + parameters).error().code, base::ErrorCode::too_large);
  EXPECT_EQ(parse_name_address("<sip:h>;q" + parameters).error().code, base::ErrorCode::too_large);
  EXPECT_EQ(parse_via("SIP/2.0/TLS h;q" + parameters).error().code, base::ErrorCode::too_large);
}

TEST(Uri, LeavesOtherSchemesAsTheyAre) {
  for (const auto* text : {"tel:+49-30-1234;phone-context=h", "http://www.example.com/a?b",
                           "isbn:2983792873", "soap.beep://192.0.2.103:3002", "urn:uuid:1"}) {
    const auto uri = parse_uri(text);
    ASSERT_TRUE(uri) << text;
    EXPECT_EQ(uri->text(), text);
    EXPECT_EQ(uri->host, "");
  }
  EXPECT_FALSE(parse_uri("tel:"));
  EXPECT_FALSE(parse_uri("tel:1 2"));
  EXPECT_FALSE(parse_uri("tel:<1>"));
}

TEST(NameAddress, ReadsItsThreeForms) {
  const auto quoted = parse_name_address("\"Doe, \\\"J\\\" <x>\"<sip:a@h;lr>;tag=1 ; Q = \"0;5\"");
  ASSERT_TRUE(quoted) << quoted.error().detail;
  EXPECT_EQ(quoted->display, "Doe, \"J\" <x>");
  EXPECT_EQ(quoted->uri.text(), "sip:a@h;lr");
  EXPECT_THAT(quoted->parameters, ElementsAre(Pair("tag", "1"), Pair("q", "0;5")));
  const auto tokens = parse_name_address("J. Doe <sip:a@h>");
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->display, "J. Doe");
  const auto bare = parse_name_address(" sip:a@h ; tag=1");
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->uri.text(), "sip:a@h");
  EXPECT_EQ(*parameter(bare->parameters, "tag"), "1");
  const auto instance = parse_name_address(
      "<sip:a@h>;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-001565000001>\";reg-id=1");
  ASSERT_TRUE(instance);
  EXPECT_EQ(*parameter(instance->parameters, "+sip.instance"),
            "<urn:uuid:00000000-0000-1000-8000-001565000001>");
}

TEST(NameAddress, RefusesWhatIsNone) {
  for (const auto* text : {"",
                           "*",
                           "\"a <sip:a@h>",
                           "\"a\" sip:a@h",
                           "\"a\"",
                           "a, b <sip:a@h>",
                           "<sip:a@h",
                           "sip:a@h>",
                           "< sip:a@h>",
                           "<sip:a@h >",
                           "<>",
                           "<sip:a@h> x",
                           "<sip:a@h>;",
                           "<sip:a@h>;;a",
                           "<sip:a@h>;a=",
                           "<sip:a@h>;a=\"",
                           "<sip:a@h>;a=\"b\"c",
                           "<sip:a@h>;a=b;A=c",
                           "<sip:a@h>;a b",
                           "sip:a@h?b=c",
                           "sip:a@h,sip:b@h",
                           "a <sip:a@h> <sip:b@h>",
                           "<sip:a@h>;tag=\"a\\\""}) {
    EXPECT_FALSE(parse_name_address(text)) << text;
  }
}

TEST(Via, ReadsBlanksRoundItsSeparators) {
  const auto via = parse_via("SIP / 2.0 / tls  [2001:db8::1] : 5061 ; branch = z9hG4bK1 ;rport");
  ASSERT_TRUE(via) << via.error().detail;
  EXPECT_EQ(via->transport, "TLS");
  EXPECT_EQ(via->host, "2001:db8::1");
  EXPECT_EQ(via->port, 5061);
  EXPECT_THAT(via->parameters, ElementsAre(Pair("branch", "z9hG4bK1"), Pair("rport", "")));
  EXPECT_TRUE(parse_via("SIP/2.0/UDP host_1.example.com"));
}

TEST(Via, RefusesWhatIsNone) {
  for (const auto* text :
       {"", "SIP/2.0/UDP", "SIP/2.0/UDP ", "SIP/2.0 host", "SIP/1.0/UDP h", "HTTP/2.0/UDP h",
        "SIP/2.0//UDP h", "SIP/2.0/U(P h", "SIP/2.0/UDP h:x", "SIP/2.0/UDP h:0", "SIP/2.0/UDP h;",
        "SIP/2.0/UDP h;;a", "SIP/2.0/UDP h h", "xSIP/2.0/UDP h", "SIP/2.0/UDP h, SIP/2.0/UDP i",
        "SIP/2.0/UDP ;branch=1"}) {
    EXPECT_FALSE(parse_via(text)) << text;
  }
}

}  // namespace
}  // namespace sealtone::sip
