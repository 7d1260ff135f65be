// SPDX-License-Identifier: Apache-2.0
//
// net/resolve: names asked of a scripted name server on loopback.
#include "net/resolve.h"

#include <gtest/gtest.h>

#include "support/loop.h"
#include "support/name_server.h"

namespace sealtone::net {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using test::finish;
using test::NameServer;

std::vector<std::string> texts(const base::Result<std::vector<asio::ip::address>>& addresses) {
  if (!addresses) return {base::to_string(addresses.error())};
  std::vector<std::string> all;
  for (const auto& address : *addresses) all.push_back(address.to_string());
  return all;
}

TEST(Resolve, AsksTheNameServer) {
  asio::io_context loop;
  NameServer server(loop);
  server.a("prov.example.com", "192.0.2.7");
  EXPECT_EQ(texts(finish(loop, resolve("prov.example.com", 5s, server.address()))),
            std::vector<std::string>{"192.0.2.7"});
  EXPECT_GE(server.questions, 1);
}

TEST(Resolve, TakesLiteralsAndLocalhostWithoutAsking) {
  asio::io_context loop;
  const NameServer server(loop);
  EXPECT_EQ(texts(finish(loop, resolve("192.0.2.9", 5s, server.address()))),
            std::vector<std::string>{"192.0.2.9"});
  EXPECT_EQ(texts(finish(loop, resolve("2001:db8::1", 5s, server.address()))),
            std::vector<std::string>{"2001:db8::1"});
  EXPECT_EQ(texts(finish(loop, resolve("localhost", 5s, server.address()))),
            (std::vector<std::string>{"127.0.0.1", "::1"}));
  EXPECT_EQ(server.questions, 0);
}

TEST(Resolve, SaysUnreachableForANameThatDoesNotExist) {
  asio::io_context loop;
  NameServer server(loop);
  auto addresses = finish(loop, resolve("no.example.com", 5s, server.address()));
  ASSERT_FALSE(addresses);
  EXPECT_EQ(addresses.error().code, ErrorCode::unreachable);
  EXPECT_EQ(addresses.error().where, "no.example.com");
}

TEST(Resolve, SaysTimeoutWhenTheNameServerIsSilent) {
  asio::io_context loop;
  NameServer server(loop);
  server.silent = true;
  auto addresses = finish(loop, resolve("slow.example.com", 50ms, server.address()));
  ASSERT_FALSE(addresses);
  EXPECT_EQ(addresses.error().code, ErrorCode::timeout);
}

TEST(Resolve, SaysUnreachableForWhatIsNoName) {
  asio::io_context loop;
  const NameServer server(loop);
  for (const auto& name : {std::string(), std::string(300, 'a'), std::string("a..b")}) {
    auto addresses = finish(loop, resolve(name, 5s, server.address()));
    ASSERT_FALSE(addresses) << name;
    EXPECT_EQ(addresses.error().code, ErrorCode::unreachable) << name;
  }
}

}  // namespace
}  // namespace sealtone::net
