// SPDX-License-Identifier: Apache-2.0
#include "app/trace_filter.h"

#include <gtest/gtest.h>

namespace sealtone::app {
namespace {

bool in(const std::string& range, const std::string& address) {
  const auto parsed = AddressRange::parse(range);
  return parsed && parsed->holds(address);
}

TEST(AddressRange, HoldsAnAddressAndANetworkUpToItsBounds) {
  EXPECT_TRUE(in("192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(in("192.0.2.7", "192.0.2.8"));
  EXPECT_TRUE(in("192.0.2.0/25", "192.0.2.127"));
  EXPECT_FALSE(in("192.0.2.0/25", "192.0.2.128"));
  EXPECT_TRUE(in("0.0.0.0/0", "203.0.113.1"));
  EXPECT_FALSE(in("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(in("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(in("2001:db8::/33", "2001:db8:8000::1"));
}

TEST(AddressRange, RefusesWhatIsNone) {
  for (const char* text : {"", "prov.example.com", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1",
                           "192.0.2.0/1x", "2001:db8::/129", "192.0.2"}) {
    EXPECT_FALSE(AddressRange::parse(text)) << text;
  }
}

TEST(NameFits, AsAWholeAsASuffixOrByItsWildcards) {
  EXPECT_TRUE(name_fits("prov.example.com", "PROV.example.com"));
  EXPECT_TRUE(name_fits("example.com", "prov.example.com"));
  EXPECT_TRUE(name_fits(".example.com", "prov.example.com"));
  EXPECT_FALSE(name_fits(".example.com", "example.com"));
  EXPECT_FALSE(name_fits("example.com", "notexample.com"));
  EXPECT_TRUE(name_fits("*.example.com", "a.b.example.com"));
  EXPECT_TRUE(name_fits("prov?.example.com", "prov1.example.com"));
  EXPECT_FALSE(name_fits("prov?.example.com", "prov.example.com"));
  EXPECT_TRUE(name_fits("*", "anything"));
  EXPECT_TRUE(name_fits("prov.example.com", "prov.example.com."));
}

TEST(NameFits, TakesNoTimeOverAHostilePattern) {
  const std::string name(60'000, 'a');
  EXPECT_FALSE(name_fits("*a*a*a*a*a*a*a*a*b", name));
}

TEST(ConnectionFilter, AsksForAllThatIsSet) {
  capture::Connection connection;
  connection.client = {"192.0.2.10", 49152};
  connection.server = {"198.51.100.1", 5061};
  connection.record.client_hello.emplace().server_name = "pbx.example.com";
  ConnectionFilter filter;
  EXPECT_TRUE(filter.takes(connection));
  filter.address = *AddressRange::parse("198.51.100.0/24");
  filter.port = 5061;
  filter.name = "*.example.com";
  EXPECT_TRUE(filter.takes(connection));
  filter.port = 443;
  EXPECT_FALSE(filter.takes(connection));
  filter.port = 49152;
  EXPECT_TRUE(filter.takes(connection));
  connection.record.client_hello.reset();
  EXPECT_FALSE(filter.takes(connection));
}

}  // namespace
}  // namespace sealtone::app
