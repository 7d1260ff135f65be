// SPDX-License-Identifier: Apache-2.0
#include "sip/shown.h"

#include <gmock/gmock.h>

namespace sealtone::sip {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kSecret = "hidden-made-for-the-test";

std::string shown_with(const std::string& name, const std::string& value) {
  Message message{.method = "REGISTER", .uri = "sip:example.com"};
  message.add(name, value);
  return shown(message);
}

TEST(Shown, ShowsWhoAsksAndNoneOfTheCredentials) {
  const auto text = shown_with(
      "Authorization",
      "Digest username=\"phone\", realm=\"example.com\", algorithm=SHA-256, uri=\"sip:example.com\"");
  EXPECT_THAT(text, HasSubstr("Authorization: Digest username=\"phone\", realm=\"example.com\", "
                              "algorithm=\"SHA-256\", uri=\"sip:example.com\"\n"));
  for (const auto* parameter : {"response", "nonce", "cnonce", "opaque", "nc", "qop", "auts",
                                "userhash", "password", "auth-param", "Response", "charset"}) {
    for (const auto* name : {"Authorization", "proxy-authorization", "Authentication-Info",
                             "Proxy-Authentication-Info"}) {
      const auto blanked = shown_with(name, "Digest username=\"phone\", realm=\"r\", " +
                                                std::string(parameter) + "=\"" + kSecret + "\"");
      EXPECT_THAT(blanked, Not(HasSubstr(kSecret))) << name << " " << parameter;
      EXPECT_THAT(blanked, HasSubstr("phone")) << name;
    }
  }
}

TEST(Shown, ShowsWhoChallengesAndNoNonce) {
  const std::string secret = kSecret;
  for (const auto* name : {"WWW-Authenticate", "proxy-authenticate"}) {
    const auto text = shown_with(name, "Digest realm=\"pbx\", nonce=\"" + secret +
                                           "\", algorithm=SHA-256, stale=true, Digest " +
                                           "realm=\"pbx\", opaque=\"" + secret +
                                           "\", nonce=\"1\", algorithm=MD5");
    EXPECT_THAT(text, Not(HasSubstr(secret))) << name;
    EXPECT_THAT(text, HasSubstr("realm=\"pbx\", nonce=[blanked], algorithm=\"SHA-256\"")) << name;
    EXPECT_THAT(text, HasSubstr("stale=\"true\"")) << name;
    EXPECT_THAT(text, HasSubstr("algorithm=\"MD5\"")) << name;
    EXPECT_THAT(shown_with(name, "Bearer " + secret), Not(HasSubstr(secret))) << name;
    EXPECT_THAT(shown_with(name, "Digest nonce=\"" + secret), Not(HasSubstr(secret))) << name;
  }
}

TEST(Shown, BlanksCredentialsThatAreMalformedAsAWhole) {
  const std::string secret = kSecret;
  for (const auto& value :
       {secret, "Basic " + secret, "Bearer " + secret, "Digest " + secret,
        "Digest response=" + secret + " username=\"a\"", "Digest response=\"" + secret,
        "Digest username=\"a\", username=\"" + secret + "\"", "Digest username=\"" + secret,
        "Digest username=\"a\", response=\"x\", Digest response=\"" + secret + "\"", "=" + secret,
        "Digest, " + secret, secret + "=1", "Digest " + secret + "=\"a\"",
        "Digest " + secret + "=\"a\x01\""}) {
    const auto text = shown_with("Authorization", value);
    EXPECT_THAT(text, Not(HasSubstr(kSecret))) << value;
    EXPECT_THAT(text, HasSubstr("[blanked]"));
  }
}

TEST(Shown, BlanksPasswordsInUrisWhereverTheyStand) {
  const std::string with = "sip:phone:" + std::string(kSecret) + "@h";
  for (const auto& value :
       {with, "<" + with + ">;q=1", "\"a\" <sips:x:" + std::string(kSecret) + "@h>",
        "SIP:a:" + std::string(kSecret) + "@h", with + "," + with,
        "<http://u:" + std::string(kSecret) + "@h/x>"}) {
    EXPECT_THAT(shown_with("Contact", value), Not(HasSubstr(kSecret))) << value;
  }
  EXPECT_THAT(shown_with("Contact", "<" + with + ">"), HasSubstr("<sip:phone:[blanked]@h>"));
  EXPECT_THAT(shown_with("Authorization", "Digest uri=\"" + with + "\""), Not(HasSubstr(kSecret)));
  const Message request{.method = "OPTIONS", .uri = with};
  EXPECT_THAT(shown(request), Not(HasSubstr(kSecret)));
  EXPECT_EQ(one_line(request), "OPTIONS sip:phone:[blanked]@h");
  // A port is no password.
  EXPECT_THAT(shown_with("Contact", "<sip:a@h:5061;x=y>"), HasSubstr("<sip:a@h:5061;x=y>"));
  EXPECT_THAT(shown_with("Contact", "<sip:h:5061>"), HasSubstr("<sip:h:5061>"));
}

TEST(Shown, ShowsABodyThatIsTextWithoutItsKeys) {
  Message message{.method = "NOTIFY", .uri = "sip:h"};
  message.add("Content-Type", "application/url");
  message.body =
      "https://u:" + std::string(kSecret) + "@h/x.cfg\r\na=crypto:1 X inline:" + kSecret + "\r\n";
  EXPECT_THAT(shown(message), Not(HasSubstr(kSecret)));
  EXPECT_THAT(shown(message), HasSubstr("\n\nhttps://h/x.cfg\na=crypto:1 X inline:[blanked]\n"));
  message.body = std::string("\0binary", 7);
  EXPECT_THAT(shown(message), HasSubstr("[7 octets of application/url]"));
}

TEST(Shown, MakesVisibleWhatWouldChangeTheScreen) {
  const auto text = shown_with("Subject",
                               "a\x1B[2Jb \xE2\x80\xAE"
                               "c \xFF");
  EXPECT_THAT(text, Not(HasSubstr("\x1B")));
  EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
  Message response{.status = 401, .reason = "Un\x1B[1mauthorized"};
  EXPECT_THAT(one_line(response), Not(HasSubstr("\x1B")));
  response.reason = "Unauthorized";
  EXPECT_EQ(one_line(response), "401 Unauthorized");
  EXPECT_EQ(shown(response), "SIP/2.0 401 Unauthorized\n\n");
  // A long line is shown whole.
  EXPECT_THAT(shown_with("Subject", std::string(5'000, 'x')), HasSubstr(std::string(5'000, 'x')));
}

}  // namespace
}  // namespace sealtone::sip
