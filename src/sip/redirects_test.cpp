// SPDX-License-Identifier: Apache-2.0
//
// sip/redirects: which servers are followed to, and why others are not.
#include "sip/redirects.h"

#include <gmock/gmock.h>

namespace sealtone::sip {
namespace {

using ::testing::HasSubstr;

std::vector<Uri> uris(const std::vector<std::string>& texts) {
  std::vector<Uri> all;
  for (const auto& text : texts) all.push_back(parse_uri(text).value());
  return all;
}

TEST(Followed, TakesTheFirstThatMayBe) {
  const Server tls{"sip.example.com", 5061, Transport::tls};
  const Server tcp{"sip.example.com", 5060, Transport::tcp};
  struct {
    Server configured;
    std::vector<std::string> to;
    std::optional<Server> taken;
    const char* why;
  } const cases[] = {
      // Without a transport of its own: the account's.
      {tls, {"sip:b.example"}, Server{"b.example", 0, Transport::tls}, ""},
      {tcp, {"sip:B.example:5070"}, Server{"b.example", 5070, Transport::tcp}, ""},
      {tcp, {"sip:b.example;transport=tls"}, Server{"b.example", 0, Transport::tls}, ""},
      {tcp, {"sips:b.example"}, Server{"b.example", 0, Transport::tls}, ""},
      {tls, {"sips:b.example;transport=tcp"}, Server{"b.example", 0, Transport::tls}, ""},
      // Never from TLS to TCP.
      {tls, {"sip:b.example;transport=tcp"}, std::nullopt, "would not be encrypted"},
      {tls, {"sip:b.example;transport=tcp", "sip:c.example"}, Server{"c.example"}, ""},
      // UDP and what nobody knows.
      {tls, {"sip:b.example;transport=udp"}, std::nullopt, "another transport than TLS or TCP"},
      {tcp, {"sip:b.example;transport=ws"}, std::nullopt, "another transport than TLS or TCP"},
      {tls, {"sips:b.example;transport=sctp"}, std::nullopt, "another transport"},
      // Itself.
      {tls, {"sip:SIP.example.com:5061"}, std::nullopt, "was asked already"},
      {tls, {"sip:sip.example.com:5062"}, Server{"sip.example.com", 5062}, ""},
      {tls, {}, std::nullopt, "nowhere"},
  };
  for (const auto& each : cases) {
    const auto target = followed(uris(each.to), std::vector{each.configured});
    const auto said = each.to.empty() ? std::string() : each.to.front();
    ASSERT_EQ(target.has_value(), each.taken.has_value()) << said;
    if (target) {
      EXPECT_EQ(target->server, *each.taken) << said;
    } else {
      EXPECT_THAT(target.error().detail, HasSubstr(each.why)) << said;
    }
  }
}

TEST(Followed, GoesAroundNoCircleAndNotForEver) {
  std::vector<Server> visited{{"a.example"}, {"b.example"}};
  EXPECT_FALSE(followed(uris({"sip:a.example"}), visited));
  for (const auto* host : {"c.example", "d.example", "e.example"}) {
    ASSERT_TRUE(followed(uris({std::string("sip:") + host}), visited)) << host;
    visited.push_back({host});
  }
  EXPECT_TRUE(followed(uris({"sip:f.example"}), visited));  // the fifth
  visited.push_back({"f.example"});
  const auto sixth = followed(uris({"sip:g.example"}), visited);
  ASSERT_FALSE(sixth);
  EXPECT_THAT(sixth.error().detail, HasSubstr("as 5 servers before it did"));
}

}  // namespace
}  // namespace sealtone::sip
