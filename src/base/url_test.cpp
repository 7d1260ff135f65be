// SPDX-License-Identifier: Apache-2.0
//
// base/url: the parts of a URL, references, hosts with ports; hostile ones refused.
#include "base/url.h"

#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

TEST(ParseUrl, GivesEveryPart) {
  const auto url = parse_url("HTTPS://al%40ice:p%3Aw:d@Prov.Example.COM:8443/a/b.cfg?x=1#part");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->user, "al@ice");
  EXPECT_EQ(url->password, "p:w:d");
  EXPECT_EQ(url->host, "prov.example.com");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->target, "/a/b.cfg?x=1");
}

TEST(ParseUrl, FillsInTheSchemesOwnPortAndTheRootPath) {
  EXPECT_EQ(parse_url("http://h")->port, 80);
  EXPECT_EQ(parse_url("https://h")->port, 443);
  EXPECT_EQ(parse_url("sip:h")->port, 5060);
  EXPECT_EQ(parse_url("sips:h")->port, 5061);
  EXPECT_EQ(parse_url("https://h")->target, "/");
  EXPECT_EQ(parse_url("https://h?q")->target, "/?q");
  EXPECT_EQ(parse_url("https://h:/x")->port, 443);  // RFC 3986 §3.2.3: an empty port is allowed
}

TEST(ParseUrl, ReadsSipUris) {
  const auto url = parse_url("sips:1001@sip.example.com:5063;transport=tls");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->user, "1001");
  EXPECT_EQ(url->host, "sip.example.com");
  EXPECT_EQ(url->port, 5063);
  EXPECT_EQ(url->target, ";transport=tls");
  EXPECT_EQ(url->shown(), "sips:sip.example.com:5063;transport=tls");
  EXPECT_EQ(parse_url("sip:h")->shown(), "sip:h");
}

TEST(ParseUrl, TurnsAHostInOtherLettersIntoItsALabels) {
  EXPECT_EQ(parse_url("https://b\u00FCcher.example/\u00FC")->host, "xn--bcher-kva.example");
  EXPECT_EQ(parse_url("https://b\u00FCcher.example/\u00FC")->target, "/%C3%BC");
  EXPECT_EQ(parse_host_port("B\u00DCCHER.example:8443", "https")->authority(),
            "xn--bcher-kva.example:8443");
  for (const char* bad : {"https://xn--bcher-kv.example/", "https://a\u202Eb.example/",
                          "https://-\u00FC.example/", "https://\xFF.example/"}) {
    const auto url = parse_url(bad);
    ASSERT_FALSE(url) << bad;
    EXPECT_NE(url.error().detail.find("internationalised"), std::string::npos) << bad;
  }
}

TEST(ParseUrl, TellsIpLiteralsFromNames) {
  const auto v6 = parse_url("https://[2001:DB8:0::1]:444/");
  ASSERT_TRUE(v6);
  EXPECT_EQ(v6->host, "2001:db8::1");
  EXPECT_EQ(v6->authority(), "[2001:db8::1]:444");
  EXPECT_TRUE(v6->is_ip_literal());
  EXPECT_TRUE(parse_url("https://192.0.2.1/")->is_ip_literal());
  EXPECT_FALSE(parse_url("https://192.0.2.1.example/")->is_ip_literal());
  EXPECT_FALSE(parse_url("https://localhost/")->is_ip_literal());
}

TEST(ParseUrl, TakesThePasswordUpToTheLastAtSign) {
  const auto url = parse_url("https://u:p@ss@host/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->password, "p@ss");
  EXPECT_EQ(url->host, "host");
}

TEST(ParseUrl, EncodesBlanksAndOtherLettersInThePath) {
  EXPECT_EQ(parse_url(" https://h/my file.cfg ")->target, "/my%20file.cfg");
  EXPECT_EQ(parse_url("https://h/ä")->target, "/%C3%A4");
  EXPECT_EQ(parse_url("https://h/a%20b")->target, "/a%20b");
}

TEST(ParseUrl, RefusesWhatIsNoUrl) {
  for (const auto* text : {
           "",
           "prov.example.com",
           "/path",
           "tftp://h/",
           "https:h",
           "https:///x",
           "https://:443/",
           "https://h:0/",
           "https://h:65536/",
           "https://h:-1/",
           "https://h:44x/",
           "https://2001:db8::1/",
           "https://[::1/",
           "https://[::1]x/",
           "https://[fe80::1%25eth0]/",
           "https://[127.0.0.1]/",
           "https://exa mple/",
           "https://a..b/",
           "https://.a/",
           "https://127.1/",
           "https://0x7f000001/",
           "https://256.1.1.1/",
           "https://u:%zz@h/",
           "https://u:%4@h/",
           "https://u:%0d%0a@h/",
           "https://h/a\r\nHost: other",
       }) {
    const auto url = parse_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().code, ErrorCode::bad_input) << text;
  }
  EXPECT_TRUE(parse_url("https://h:65535/"));
  EXPECT_TRUE(parse_url("https://h:1/"));
  EXPECT_FALSE(parse_url("https://" + std::string(256, 'a') + "/"));
  EXPECT_TRUE(parse_url("https://" + std::string(255, 'a') + "/"));
}

TEST(ParseUrl, NeverRepeatsAPasswordInAnError) {
  for (const auto* text : {"https://u:s3cret@h:99999/", "https://u:s3cret%@h/", "ftp://u:s3cret@h/",
                           "https://u:s3/cret@h/", "u:s3cret@h", "https://u:s3cret@ /"}) {
    const auto url = parse_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(to_string(url.error()).find("s3"), std::string::npos) << to_string(url.error());
  }
}

TEST(Shown, LeavesOutUserInformationAndTheOwnPort) {
  EXPECT_EQ(parse_url("https://u:p@h:443/x?y")->shown(), "https://h/x?y");
  EXPECT_EQ(parse_url("https://u:p@h:444/x")->shown(), "https://h:444/x");
  EXPECT_EQ(parse_url("http://[::1]:80")->shown(), "http://[::1]/");
  EXPECT_EQ(parse_url("http://[::1]:443")->shown(), "http://[::1]:443/");
}

TEST(SameOrigin, ComparesSchemeHostAndPort) {
  const auto url = parse_url("https://Host/x").value();
  EXPECT_TRUE(url.same_origin(parse_url("https://u:p@host:443/y").value()));
  EXPECT_FALSE(url.same_origin(parse_url("http://host:443/").value()));
  EXPECT_FALSE(url.same_origin(parse_url("https://host:444/").value()));
  EXPECT_FALSE(url.same_origin(parse_url("https://host2/").value()));
}

TEST(Resolve, FollowsTheExamplesOfRfc3986) {
  const auto base = parse_url("http://a/b/c/d;p?q").value();
  // RFC 3986 §5.4, fragments left out: they are never sent.
  const std::pair<const char*, const char*> cases[] = {
      {"g", "/b/c/g"},      {"./g", "/b/c/g"},
      {"g/", "/b/c/g/"},    {"/g", "/g"},
      {"?y", "/b/c/d;p?y"}, {"g?y", "/b/c/g?y"},
      {"#s", "/b/c/d;p?q"}, {"g#s", "/b/c/g"},
      {";x", "/b/c/;x"},    {"", "/b/c/d;p?q"},
      {".", "/b/c/"},       {"./", "/b/c/"},
      {"..", "/b/"},        {"../", "/b/"},
      {"../g", "/b/g"},     {"../..", "/"},
      {"../../", "/"},      {"../../g", "/g"},
      {"../../../g", "/g"}, {"/./g", "/g"},
      {"/../g", "/g"},      {"g.", "/b/c/g."},
      {"..g", "/b/c/..g"},  {"./../g", "/b/g"},
      {"./g/.", "/b/c/g/"}, {"g/./h", "/b/c/g/h"},
      {"g/../h", "/b/c/h"}, {"g?y/../x", "/b/c/g?y/../x"},
  };
  for (const auto& [reference, target] : cases) {
    const auto url = resolve(base, reference);
    ASSERT_TRUE(url) << reference;
    EXPECT_EQ(url->target, target) << reference;
    EXPECT_TRUE(url->same_origin(base)) << reference;
  }
  EXPECT_EQ(resolve(base, "//g")->shown(), "http://g/");
  EXPECT_EQ(resolve(base, "https://g:81/x")->shown(), "https://g:81/x");
}

TEST(Resolve, KeepsUserInformationWithinTheAuthorityOnly) {
  const auto base = parse_url("https://u:p@h/x").value();
  EXPECT_EQ(resolve(base, "/y")->password, "p");
  EXPECT_EQ(resolve(base, "https://h/y")->password, "");
  EXPECT_EQ(resolve(base, "//other/y")->password, "");
}

TEST(Resolve, RefusesForgedLinesAndForeignSchemes) {
  const auto base = parse_url("https://h/x").value();
  EXPECT_FALSE(resolve(base, "/y\r\nSet-Cookie: a=b"));
  EXPECT_FALSE(resolve(base, "javascript:alert(1)"));
  EXPECT_FALSE(resolve(base, "file:///etc/passwd"));
}

TEST(ParseHostPort, TakesHostsWithAndWithoutPort) {
  EXPECT_EQ(parse_host_port("Host", "https")->authority(), "host:443");
  EXPECT_EQ(parse_host_port("host:5061", "sips")->authority(), "host:5061");
  EXPECT_EQ(parse_host_port("[::1]:444", "https")->authority(), "[::1]:444");
  EXPECT_EQ(parse_host_port("[::1]", "https")->authority(), "[::1]:443");
  EXPECT_EQ(parse_host_port("192.0.2.1:80", "http")->authority(), "192.0.2.1:80");
}

TEST(ParseHostPort, RefusesEverythingElse) {
  for (const auto* text :
       {"", ":443", "host:", "host:x", "::1", "host/path", "u:p@host", "a b", "[]"}) {
    EXPECT_FALSE(parse_host_port(text, "https")) << text;
  }
}

}  // namespace
}  // namespace sealtone::base
