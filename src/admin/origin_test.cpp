// SPDX-License-Identifier: Apache-2.0
#include "admin/origin.h"

#include <gtest/gtest.h>

#include <array>

namespace sealtone::admin {
namespace {

TEST(HostIsOwn, AddressesAndLocalhostAndTheNamesGiven) {
  const std::array<std::string, 1> names{"phone.example.com"};
  for (const char* host : {"127.0.0.1", "127.0.0.1:8443", "[::1]:8443", "192.0.2.7",
                           "localhost:8443", "phone.example.com", "PHONE.example.com:8443"}) {
    EXPECT_TRUE(host_is_own(host, names)) << host;
  }
}

TEST(HostIsOwn, NoNameThatSomebodyElseMayPointHere) {
  const std::array<std::string, 1> names{"phone.example.com"};
  for (const char* host :
       {"", "attacker.example", "phone.example.com.attacker.example", "localhost.attacker.example",
        "127.0.0.1.attacker.example", ":8443", "127.0.0.1@attacker.example"}) {
    EXPECT_FALSE(host_is_own(host, names)) << host;
  }
}

http::Request with(http::Fields fields) {
  http::Request request;
  request.fields = std::move(fields);
  return request;
}

TEST(OriginFits, IsAbsentOrThisVeryHost) {
  EXPECT_TRUE(origin_fits(with({{"Host", "127.0.0.1:8443"}})));
  EXPECT_TRUE(
      origin_fits(with({{"Host", "127.0.0.1:8443"}, {"Origin", "https://127.0.0.1:8443"}})));
  EXPECT_FALSE(
      origin_fits(with({{"Host", "127.0.0.1:8443"}, {"Origin", "https://127.0.0.1:8444"}})));
  EXPECT_FALSE(
      origin_fits(with({{"Host", "127.0.0.1:8443"}, {"Origin", "http://127.0.0.1:8443"}})));
  EXPECT_FALSE(origin_fits(with({{"Host", "127.0.0.1:8443"}, {"Origin", "null"}})));
}

TEST(Cookie, IsFoundAmongOthersByItsWholeName) {
  const auto request = with({{"Cookie", "a=1; wanted=yes; wanted2=no"}});
  EXPECT_EQ(cookie(request, "wanted"), "yes");
  EXPECT_EQ(cookie(request, "a"), "1");
  EXPECT_EQ(cookie(request, "want"), "");
  EXPECT_EQ(cookie(with({}), "wanted"), "");
}

}  // namespace
}  // namespace sealtone::admin
