// SPDX-License-Identifier: Apache-2.0
#include "app/server_list.h"

#include <gmock/gmock.h>

namespace sealtone::app {
namespace {

using base::ErrorCode;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::vector<ListedServer> listed(std::string_view text) {
  auto servers = read_server_list(text, "hosts.txt");
  if (!servers) throw std::runtime_error(servers.error().front().detail);
  return *std::move(servers);
}
std::vector<base::Error> mistakes(std::string_view text) {
  return read_server_list(text, "hosts.txt").error();
}

TEST(ServerList, ReadsOneServerALine) {
  const auto servers = listed(
      "\xEF\xBB\xBF# the provisioning server\r\n"
      "https://prov.example.com/phones/\r\n"
      "\r\n"
      "  192.0.2.7:5061\tname=pbx.example.com   # by the phones' name\n"
      "[2001:db8::1]:443");
  ASSERT_THAT(servers, SizeIs(3));
  EXPECT_EQ(servers[0].url.authority(), "prov.example.com:443");
  EXPECT_EQ(servers[0].name, "prov.example.com");
  EXPECT_EQ(servers[1].url.authority(), "192.0.2.7:5061");
  EXPECT_EQ(servers[1].name, "pbx.example.com");
  EXPECT_EQ(servers[2].name, "2001:db8::1");
}

TEST(ServerList, HasServersOfSip) {
  const auto servers = listed("sips:pbx.example.com name=b\u00FCcher.example\n");
  ASSERT_THAT(servers, SizeIs(1));
  EXPECT_EQ(servers[0].url.authority(), "pbx.example.com:5061");
  EXPECT_EQ(servers[0].name, "xn--bcher-kva.example");
  EXPECT_EQ(servers[0].service, trust::Service::sip);
}

TEST(ServerList, NamesEachMistakeWithItsLine) {
  const auto wrong = mistakes(
      "prov.example.com\n"
      "# fine\n"
      "http://prov.example.com/\n"
      "prov.example.com:443 nam=x\n"
      "prov.example.com:443 name=\n"
      "prov.example.com:443 name=a name=b\n"
      "prov.example.com:99999\n"
      "prov.example.com:443 name=xn--bcher-kv.example\n");
  ASSERT_THAT(wrong, SizeIs(6));
  EXPECT_EQ(wrong[0].where, "hosts.txt:3");
  EXPECT_THAT(wrong[0].detail, HasSubstr("only https shows a certificate"));
  EXPECT_EQ(wrong[1].where, "hosts.txt:4");
  EXPECT_THAT(wrong[1].detail, HasSubstr("\"nam=x\""));
  EXPECT_EQ(wrong[2].where, "hosts.txt:5");
  EXPECT_EQ(wrong[3].where, "hosts.txt:6");
  EXPECT_EQ(wrong[4].where, "hosts.txt:7");
  EXPECT_EQ(wrong[5].where, "hosts.txt:8");
}

TEST(ServerList, TakesHostNamesAndAddressesAloneForNames) {
  const auto label = std::string(63, 'a');
  const auto longest = label + "." + label + "." + label + "." + std::string(61, 'a');
  for (const auto& name :
       {std::string("prov"), std::string("192.0.2.7"), std::string("2001:db8::1"),
        std::string("_sips._tcp.example.com"), label, longest}) {
    EXPECT_EQ(listed("192.0.2.1:443 name=" + name + "\n").front().name, name);
  }
  for (const auto& name :
       {std::string("prov.example.com:443"), std::string("https://prov.example.com/"),
        std::string("*.example.com"), std::string("a..b"), std::string("prov,pbx"),
        std::string("[2001:db8::1]"), label + "a", longest + "a"}) {
    const auto wrong = mistakes("# one\n192.0.2.1:443 name=" + name + "\n");
    ASSERT_THAT(wrong, SizeIs(1)) << name;
    EXPECT_EQ(wrong[0].where, "hosts.txt:2");
    EXPECT_THAT(wrong[0].detail, HasSubstr("name=" + name.substr(0, 70)));
    EXPECT_THAT(wrong[0].detail, HasSubstr("write the name alone that the phones are given"));
  }
}

TEST(ServerList, RepeatsNoPasswordAndShowsWhatIsHidden) {
  const auto secret = mistakes("https://u:made-for-the-test@prov.example.com/\n");
  EXPECT_THAT(secret.front().detail, HasSubstr("a password does not belong here"));
  EXPECT_THAT(secret.front().detail, testing::Not(HasSubstr("made-for-the-test")));
  const auto hidden = mistakes("prov.example.com:443 name=\x1B[2Jprov\n");
  EXPECT_THAT(hidden.front().detail, HasSubstr("\\u{1B}[2Jprov"));
  EXPECT_FALSE(mistakes("prov\xE2\x80\xAE.example.com:443\n").empty());
  EXPECT_FALSE(mistakes(std::string_view("a\0b:443\n", 8)).empty());
}

TEST(ServerList, HasABoundForEverything) {
  const std::string longest = "a:1 # " + std::string(kMaxListLine - 6, 'x');
  EXPECT_THAT(listed(longest + "\n"), SizeIs(1));
  EXPECT_EQ(mistakes(longest + "x\n").front().code, ErrorCode::too_large);
  std::string many;
  for (std::size_t i = 0; i < kMaxListed; ++i) many += "a:1\n";
  EXPECT_THAT(listed(many), SizeIs(kMaxListed));
  const auto over = mistakes(many + "a:1\n");
  EXPECT_EQ(over.front().where, "hosts.txt:" + std::to_string(kMaxListed + 1));
  std::string all_wrong;
  for (int i = 0; i < 100; ++i) all_wrong += "a:0\n";
  EXPECT_THAT(mistakes(all_wrong), SizeIs(20));
}

TEST(ServerList, WithoutServersIsNoList) {
  for (const char* text : {"", "\n\n", "# nobody\n"}) {
    EXPECT_THAT(mistakes(text).front().detail, HasSubstr("names no server"));
  }
}

}  // namespace
}  // namespace sealtone::app
