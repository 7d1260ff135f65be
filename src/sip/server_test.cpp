// SPDX-License-Identifier: Apache-2.0
//
// sip/server: where a server is, by a scripted name server.
#include "sip/server.h"

#include <gmock/gmock.h>

#include "support/loop.h"
#include "support/name_server.h"

namespace sealtone::sip {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class NextHops : public ::testing::Test {
 protected:
  base::Result<std::vector<Hop>> hops(const Server& server, std::chrono::milliseconds limit = 5s) {
    return test::finish(loop, next_hops(server, limit, 1, names.address()));
  }
  net::asio::io_context loop;
  test::NameServer names{loop};
};

TEST_F(NextHops, AsksNobodyWhereAPortOrAnAddressIsGiven) {
  struct {
    Server server;
    Hop hop;
  } const cases[] = {
      {{"sip.example.com", 5071, Transport::tls}, {"sip.example.com", 5071}},
      {{"192.0.2.1", 0, Transport::tls}, {"192.0.2.1", 5061}},
      {{"192.0.2.1", 0, Transport::tcp}, {"192.0.2.1", 5060}},
      {{"192.0.2.1", 5099, Transport::tcp}, {"192.0.2.1", 5099}},
      {{"2001:db8::1", 0, Transport::tls}, {"2001:db8::1", 5061}},
      {{"localhost", 0, Transport::tls}, {"localhost", 5061}},  // never leaves this machine
  };
  for (const auto& each : cases) {
    EXPECT_THAT(hops(each.server).value(), ElementsAre(each.hop)) << each.server.text();
  }
  EXPECT_EQ(names.questions, 0);
}

TEST_F(NextHops, AsksForTheServiceOfTheTransport) {
  names.srv("_sips._tcp.example.com", 20, 0, 5071, "b.example.com");
  names.srv("_sips._tcp.example.com", 10, 0, 5061, "a.example.net");
  names.srv("_sip._tcp.example.com", 10, 0, 5060, "c.example.com");
  EXPECT_THAT(hops({"example.com", 0, Transport::tls}).value(),
              ElementsAre(Hop{"a.example.net", 5061}, Hop{"b.example.com", 5071}));
  EXPECT_THAT(hops({"example.com", 0, Transport::tcp}).value(),
              ElementsAre(Hop{"c.example.com", 5060}));
}

TEST_F(NextHops, TakesTheNameItselfWhereThereIsNoService) {
  names.a("example.com", "192.0.2.1");
  EXPECT_THAT(hops({"example.com"}).value(), ElementsAre(Hop{"example.com", 5061}));
  names.response_code = 2;  // SERVFAIL
  EXPECT_THAT(hops({"example.com"}).value(), ElementsAre(Hop{"example.com", 5061}));
  names.silent = true;
  EXPECT_THAT(hops({"example.com"}, 30ms).value(), ElementsAre(Hop{"example.com", 5061}));
}

TEST_F(NextHops, TakesADomainAtItsWordThatItHasNoSuchService) {
  names.srv("_sips._tcp.example.com", 0, 0, 0, "");
  const auto none = hops({"example.com"});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, base::ErrorCode::unreachable);
  EXPECT_THAT(base::to_string(none.error()), HasSubstr("does not speak SIP over TLS"));
}

TEST_F(NextHops, PassesOverRecordsThatNobodyCanConnectTo) {
  names.srv("_sips._tcp.example.com", 1, 0, 0, "a.example.com");
  names.srv("_sips._tcp.example.com", 2, 0, 5061, "");
  EXPECT_THAT(hops({"example.com"}).value(), ElementsAre(Hop{"example.com", 5061}));
  names.srv("_sips._tcp.example.com", 3, 0, 5061, "c.example.com");
  EXPECT_THAT(hops({"example.com"}).value(), ElementsAre(Hop{"c.example.com", 5061}));
}

TEST(ServerText, IsAsTheAdminWroteIt) {
  EXPECT_EQ((Server{"example.com"}).text(), "example.com");
  EXPECT_EQ((Server{"example.com", 5061}).text(), "example.com:5061");
  EXPECT_EQ((Server{"2001:db8::1", 5061}).text(), "[2001:db8::1]:5061");
}

}  // namespace
}  // namespace sealtone::sip
