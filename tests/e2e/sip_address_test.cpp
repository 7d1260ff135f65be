// SPDX-License-Identifier: Apache-2.0
//
// The phone's own address changes under it, in a network of this test's own: the kernel tells, and
// the phone registers from the new one.
#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <stdexcept>

#include "e2e/phone_under_test.h"
#include "support/kamailio.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

constexpr const char* kPassword = "made-for-the-test";

// What is started from now on sees this process's own network, in which there is nothing but a
// loopback.  As root, or as one in a user namespace.  "" or why not.
std::string have_own_network() {
  const auto user = std::to_string(::geteuid()), group = std::to_string(::getegid());
  if (::unshare(CLONE_NEWNET) != 0) {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
      return std::string("no network may be made here: ") + std::strerror(errno);
    write_text("/proc/self/setgroups", "deny");
    write_text("/proc/self/uid_map", "0 " + user + " 1");
    write_text("/proc/self/gid_map", "0 " + group + " 1");
  }
  const auto up = run({"ip", "link", "set", "lo", "up"});
  return up.status == 0 ? "" : "no loopback can be made: " + up.err;
}

void wait_until(const std::string& what, const std::function<bool()>& done) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("not in time: " + what);
  }
}

class SipAddress : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { why_none_ = have_own_network(); }
  void SetUp() override {
    if (!why_none_.empty()) GTEST_SKIP() << why_none_;
  }
  // Where connections to 127.0.0.1 come from.
  static void come_from(const std::string& address) {
    run_ok({"ip", "route", "replace", "local", "127.0.0.1", "dev", "lo", "table", "local", "src",
            address});
  }
  void TearDown() override {
    if (why_none_.empty()) come_from("127.0.0.1");
  }
  static std::string why_none_;
};
std::string SipAddress::why_none_;

TEST_F(SipAddress, IsRegisteredAnewWhenItIsAnother) {
  Certificates certificates;
  const auto root = certificates.root();
  const Kamailio kamailio({.identity = certificates.server(root)});
  const PhoneUnderTest phone({}, {root.certificate});
  phone.set("account.1.user_name", "201");
  phone.set("account.1.password", kPassword);
  phone.set("account.1.sip_server.1.address", "localhost");
  phone.set("account.1.sip_server.1.port", std::to_string(kamailio.tls_port()));
  phone.set("account.1.sip_server.1.transport_type", "2");
  phone.set("account.1.enable", "1");
  wait_until("the binding is told", [&] { return kamailio.times("expires 3600") == 1; });

  come_from("127.0.0.5");
  wait_until("the old binding is taken back", [&] { return kamailio.times("expires 0") == 1; });
  wait_until("it registers anew", [&] { return kamailio.times("expires 3600") == 2; });
  EXPECT_GT(kamailio.times("HEARD REGISTER from 127.0.0.5"), 0U) << kamailio.log();
  // That binding is where calls, and what else the registrar has to say, go.
  EXPECT_EQ(kamailio.notify("201", "message-summary"), 200);
  EXPECT_GT(kamailio.times("BOUND sip:201@127.0.0.5:"), 0U) << kamailio.log();

  // What changes elsewhere changes nothing here.
  run_ok({"ip", "address", "add", "127.0.0.7/8", "dev", "lo"});
  run_ok({"ip", "address", "add", "192.0.2.7/32", "dev", "lo"});
  come_from("127.0.0.6");
  wait_until("it registers anew", [&] { return kamailio.times("expires 3600") == 3; });
  EXPECT_EQ(kamailio.times("expires 0"), 2U) << kamailio.log();
}

}  // namespace
}  // namespace sealtone::test
