// SPDX-License-Identifier: Apache-2.0
#include "capture/agents.h"

#include <gtest/gtest.h>

namespace sealtone::capture {
namespace {

constexpr std::string_view kRegister =
    "REGISTER sip:example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n"
    "User-Agent: Yealink SIP-T28P 2.73.0.50\r\nContent-Length: 0\r\n\r\n";

TEST(UserAgentIn, FindsThatOfSipAndHttp) {
  EXPECT_EQ(user_agent_in(base::view(kRegister)), "Yealink SIP-T28P 2.73.0.50");
  EXPECT_EQ(user_agent_in(base::view("GET /a HTTP/1.1\r\nhost: x\r\nuser-agent:curl/7\r\n\r\n")),
            "curl/7");
  EXPECT_EQ(user_agent_in(base::view("SIP/2.0 200 OK\r\nUser-Agent: phone\r\n\r\n")), "phone");
}

TEST(UserAgentIn, FindsNoneInABodyOrInSomethingElse) {
  EXPECT_EQ(user_agent_in(base::view("GET / HTTP/1.1\r\n\r\nUser-Agent: body\r\n")), "");
  EXPECT_EQ(user_agent_in(base::view("HELLO you\r\nUser-Agent: x\r\n\r\n")), "");
  EXPECT_EQ(user_agent_in(base::view("GET / HTTP/1.1\r\nX-User-Agent: x\r\n\r\n")), "");
  EXPECT_EQ(user_agent_in({}), "");
}

TEST(UserAgentIn, MakesItFitToShow) {
  EXPECT_EQ(user_agent_in(base::view("GET / HTTP/1.1\r\nUser-Agent: a\x1B[31mb\r\n\r\n")),
            "a\\u{1B}[31mb");
}

TEST(AgentSearch, FindsItWhereverTheStreamIsCut) {
  for (std::size_t cut = 0; cut <= kRegister.size(); ++cut) {
    AgentSearch search;
    auto found = search.feed(base::view(kRegister.substr(0, cut)));
    found += search.feed(base::view(kRegister.substr(cut)));
    EXPECT_EQ(found, "Yealink SIP-T28P 2.73.0.50") << cut;
    EXPECT_TRUE(search.over());
    EXPECT_LT(search.kept(), 64U);
  }
}

TEST(AgentSearch, EndsWithItsMostOctetsAndAtOnceWithoutARequest) {
  AgentSearch search;
  const std::string start = "GET / HTTP/1.1\r\n";
  EXPECT_EQ(search.feed(base::view(start)), "");
  EXPECT_EQ(search.feed(base::Bytes(kMostSearched - start.size() - 1, 'a')), "");
  EXPECT_FALSE(search.over());
  EXPECT_EQ(search.feed(base::Bytes(1, 'a')), "");
  EXPECT_TRUE(search.over());
  AgentSearch other;
  EXPECT_EQ(other.feed(base::Bytes{0, 1, 2}), "");
  EXPECT_TRUE(other.over());
}

}  // namespace
}  // namespace sealtone::capture
