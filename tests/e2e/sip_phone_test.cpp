// SPDX-License-Identifier: Apache-2.0
//
// A whole phone registers at a real Kamailio over TLS, and says why where it cannot.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <stdexcept>

#include "e2e/phone_under_test.h"
#include "support/kamailio.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using nlohmann::json;

constexpr const char* kPassword = "made-for-the-test";
constexpr const char* kBinding = "REGISTERED 201 over tls";

// Asking takes its time, so that nothing waits between two questions.
void wait_until(const std::string& what, const std::function<bool()>& done) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("not in time: " + what);
  }
}

class SipPhone : public ::testing::Test {
 protected:
  static void set_account(const PhoneUnderTest& phone, std::uint16_t port) {
    phone.set("account.1.user_name", "201");
    phone.set("account.1.password", kPassword);
    phone.set("account.1.sip_server.1.address", "localhost");
    phone.set("account.1.sip_server.1.port", std::to_string(port));
    phone.set("account.1.sip_server.1.transport_type", "2");
    phone.set("account.1.reg_fail_retry_interval", "1");
    phone.set("account.1.reg_failed_retry_max_time", "0");
    phone.set("account.1.enable", "1");
  }
  static json account_of(const PhoneUnderTest& phone) {
    return phone.ask({"sip", "status"}).at("accounts").at(0);
  }
  // Waits until the account is in that state.
  static json account_in(const PhoneUnderTest& phone, const std::string& state) {
    json account;
    wait_until("account 1 is " + state, [&] {
      account = account_of(phone);
      return account.at("state") == state;
    });
    return account;
  }

  Certificates certificates_;
  Identity root_ = certificates_.root();
  Identity server_ = certificates_.server(root_);
};

TEST_F(SipPhone, RegistersOverTlsAndSaysSo) {
  const Kamailio kamailio({.identity = server_});
  const PhoneUnderTest phone({}, {root_.certificate});
  set_account(phone, kamailio.tls_port());
  const auto account = account_in(phone, "registered");
  EXPECT_EQ(account.at("transport"), "TLS");
  EXPECT_EQ(account.at("tls_version"), "TLS 1.3");
  EXPECT_EQ(account.at("decision"), "trusted");
  EXPECT_EQ(account.at("lock"), true);
  EXPECT_FALSE(account.at("until").is_null());
  wait_until("the binding is told", [&] { return kamailio.times(kBinding) > 0; });

  const auto told = phone.command({"sip", "status"});
  EXPECT_EQ(told.status, 0) << told.out;
  EXPECT_NE(told.out.find("Registered at localhost:"), std::string::npos) << told.out;
  EXPECT_EQ(told.out.find(kPassword), std::string::npos);
  // The registrar's own question comes over the same connection.
  wait_until("OPTIONS is answered", [&] { return kamailio.times("ANSWERED 200") > 0; });
}

TEST_F(SipPhone, RefusesAServerOfAnUnknownAuthorityAndSendsItNothing) {
  const Kamailio kamailio({.identity = server_});
  const PhoneUnderTest phone;
  set_account(phone, kamailio.tls_port());
  const auto account = account_in(phone, "refused");
  EXPECT_EQ(account.at("reason"), "tls");
  EXPECT_EQ(account.at("lock"), false);
  const auto codes = account.at("findings").dump();
  EXPECT_NE(codes.find("issuer-unknown"), std::string::npos) << account;
  EXPECT_EQ(kamailio.times("HEARD"), 0U) << kamailio.log();

  const auto told = phone.command({"sip", "status"});
  EXPECT_EQ(told.status, 1);
  EXPECT_NE(told.out.find("refused"), std::string::npos) << told.out;

  // What the words name is done, and the phone registers by itself.
  phone.must({"trust", "add", root_.certificate.string()});
  EXPECT_EQ(account_in(phone, "registered").at("decision"), "trusted");
}

TEST_F(SipPhone, JudgesTheServerByTheNameThatIsSet) {
  Wish wish;
  wish.common_name = "other";
  wish.names = {"DNS:other.example.com"};
  wish.extended_key_usage = "serverAuth";
  const Kamailio kamailio({.identity = certificates_.issue("other", wish, root_)});
  const PhoneUnderTest phone({}, {root_.certificate});
  set_account(phone, kamailio.tls_port());
  const auto account = account_in(phone, "refused");
  EXPECT_EQ(account.at("findings").at(0), "name-mismatch") << account;
  EXPECT_EQ(kamailio.times("HEARD"), 0U) << kamailio.log();
}

TEST_F(SipPhone, WrongPasswordIsSaid) {
  const Kamailio kamailio({.identity = server_, .password = "another-made-for-the-test"});
  const PhoneUnderTest phone({}, {root_.certificate});
  set_account(phone, kamailio.tls_port());
  const auto account = account_in(phone, "refused");
  EXPECT_EQ(account.at("reason"), "authentication");
  EXPECT_EQ(account.at("status"), 401);
  EXPECT_NE(account.at("says").get<std::string>().find("account.1.password"), std::string::npos);
}

// The stolen-calls rule: after provisioning alone the registrar hears nothing.
TEST_F(SipPhone, AccountOfAFetchedFileRegistersOnlyOnceThatIsAllowed) {
  const Kamailio kamailio({.identity = server_});
  const TempDir files;
  files.write("y000000000000.cfg",
              "#!version:1.0.0.1\naccount.1.enable = 1\naccount.1.user_name = 201\n"
              "account.1.password = made-for-the-test\n"
              "account.1.sip_server.1.address = localhost\n"
              "account.1.sip_server.1.transport_type = 2\naccount.1.sip_server.1.port = " +
                  std::to_string(kamailio.tls_port()) + "\n");
  const Nginx provisioning(
      {.server = nginx_identity(server_) + "location / { root " + files.path().string() + "; }",
       .http = {}});
  const PhoneUnderTest phone({}, {root_.certificate});
  phone.set("static.auto_provision.server.url",
            "https://localhost:" + std::to_string(provisioning.port()) + "/");
  const auto run = phone.provision();
  ASSERT_EQ(run.at("applied"), true) << run;
  const auto account = account_of(phone);
  EXPECT_EQ(account.at("state"), "waiting-for-permission");
  EXPECT_NE(account.at("says").get<std::string>().find("sealtone.register"), std::string::npos);
  EXPECT_EQ(kamailio.times("HEARD"), 0U) << kamailio.log();

  phone.set("sealtone.register", "1");
  EXPECT_EQ(account_in(phone, "registered").at("lock"), true);
}

TEST_F(SipPhone, UnregistersWhenItStops) {
  const Kamailio kamailio({.identity = server_});
  PhoneUnderTest phone({}, {root_.certificate});
  set_account(phone, kamailio.tls_port());
  EXPECT_EQ(account_in(phone, "registered").at("state"), "registered");
  EXPECT_EQ(phone.process().stop(), 0);
  wait_until("the binding is taken back", [&] { return kamailio.times("expires 0") > 0; });
}

// How often the common file was asked for: once a run.
std::size_t runs(const Nginx& provisioning) {
  const auto log = provisioning.access_log();
  std::size_t times = 0;
  constexpr std::string_view asked = "GET /y000000000000.cfg";
  for (auto at = log.find(asked); at != log.npos; at = log.find(asked, at + 1)) ++times;
  return times;
}

class CheckSync : public SipPhone {
 protected:
  // Registered, and not provisioned yet.
  void begin(const std::string& reboot) {
    phone_.set("sip.notify_reboot_enable", reboot);
    phone_.set("static.auto_provision.server.url",
               "https://localhost:" + std::to_string(provisioning_.port()) + "/");
    set_account(phone_, kamailio_.tls_port());
    wait_until("the binding is told", [&] { return kamailio_.times(kBinding) > 0; });
    ASSERT_EQ(account_in(phone_, "registered").at("lock"), true);
    ASSERT_EQ(runs(provisioning_), 0U);
  }

  const Kamailio kamailio_{{.identity = server_}};
  const Nginx provisioning_{
      {.server = nginx_identity(server_) +
                 "location / { return 200 '#!version:1.0.0.1\nfeatures.relog_offtime = 7\n'; }",
       .http = {}}};
  const PhoneUnderTest phone_{Arguments{}, {root_.certificate}};
};

TEST_F(CheckSync, StartsThePhoneAnewAndProvisionsIt) {
  begin("1");
  EXPECT_EQ(kamailio_.notify("201", "check-sync;reboot=false"), 200);
  wait_until("it registers anew", [&] { return kamailio_.times("expires 3600") > 1; });
  const auto log = kamailio_.log();
  const auto goodbye = log.find("expires 0");
  EXPECT_LT(goodbye, log.rfind("expires 3600")) << log;
  wait_until("it provisions itself", [&] { return runs(provisioning_) == 1; });
  EXPECT_EQ(account_in(phone_, "registered").at("lock"), true);
}

TEST_F(CheckSync, OnlyProvisionsWhereTheEventAsksForNoReboot) {
  begin("0");
  EXPECT_EQ(kamailio_.notify("201", "check-sync;reboot=false"), 200);
  wait_until("it provisions itself", [&] { return runs(provisioning_) == 1; });
  EXPECT_EQ(kamailio_.times("expires 0"), 0U) << kamailio_.log();
  EXPECT_EQ(kamailio_.times("expires 3600"), 1U) << kamailio_.log();
}

TEST_F(CheckSync, StartsThePhoneAnewWhereTheEventAsksForThat) {
  begin("0");
  EXPECT_EQ(kamailio_.notify("201", "check-sync;reboot=true"), 200);
  wait_until("it registers anew", [&] { return kamailio_.times("expires 3600") > 1; });
  EXPECT_EQ(kamailio_.times("expires 0"), 1U) << kamailio_.log();
  wait_until("it provisions itself", [&] { return runs(provisioning_) == 1; });
}

TEST_F(CheckSync, IsAnsweredAndNotFollowedWhereTheSettingSaysSo) {
  begin("2");
  EXPECT_EQ(kamailio_.notify("201", "check-sync;reboot=true"), 200);
  const auto run = phone_.provision();  // behind it
  EXPECT_EQ(runs(provisioning_), 1U) << run;
  EXPECT_EQ(kamailio_.times("expires 0"), 0U) << kamailio_.log();
}

TEST_F(CheckSync, AFloodOfThemIsFollowedOnceAndOnceMore) {
  begin("0");
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(kamailio_.notify("201", "check-sync;reboot=false"), 200);
  }
  wait_until("it provisions itself", [&] { return runs(provisioning_) >= 1; });
  EXPECT_LE(runs(provisioning_), 2U) << provisioning_.access_log();
  wait_until("it provisions itself once more", [&] { return runs(provisioning_) == 2; });
  EXPECT_EQ(account_in(phone_, "registered").at("lock"), true);
}

TEST_F(SipPhone, WhatWasSaidIsKeptDrawnAndLoggedWithoutCredentials) {
  const Kamailio kamailio({.identity = server_});
  PhoneUnderTest phone({"--verbose"}, {root_.certificate});
  set_account(phone, kamailio.tls_port());
  EXPECT_EQ(account_in(phone, "registered").at("state"), "registered");
  const auto names_of = [](const json& sip) {
    std::string names;
    for (const auto& message : sip.at("messages")) {
      names += message.at("name").get<std::string>() + ";";
    }
    return names;
  };
  const std::string registration = "REGISTER;401 Unauthorized;REGISTER;200 OK;";
  const auto account = account_of(phone);
  EXPECT_TRUE(names_of(account.at("sip")).starts_with(registration)) << account;
  const auto listed = phone.ask({"connections"}).at("connections");
  const auto row =
      std::ranges::find_if(listed, [](const json& one) { return one.at("service") == "sip"; });
  ASSERT_NE(row, listed.end()) << listed;
  const auto id = std::to_string(row->at("id").get<int>());
  const auto connection = phone.ask({"connections", id});
  const auto& sip = connection.at("handshake").at("sip");
  EXPECT_TRUE(names_of(sip).starts_with(registration)) << sip;
  EXPECT_EQ(sip.at("messages").at(0).at("from"), "client");
  EXPECT_EQ(sip.at("messages").at(1).at("from"), "server");

  const auto status = phone.command({"sip", "status"}).out;
  const auto drawn = phone.command({"connections", id}).out;
  const auto full = phone.command({"connections", "show", id}).out;
  for (const auto& text : {status, drawn, full}) {
    EXPECT_NE(text.find("│ REGISTER ─"), std::string::npos) << text;
    EXPECT_NE(text.find("─ 401 Unauthorized │"), std::string::npos) << text;
  }
  EXPECT_NE(full.find("response=[blanked]"), std::string::npos) << full;

  const TempDir folder;
  const auto picture = folder.path() / "steps.svg", file = folder.path() / "sip.pcapng";
  phone.must({"connections", "show", id, "--svg", picture.string()});
  EXPECT_NE(read_text(picture).find(">401 Unauthorized</text>"), std::string::npos);
  phone.must({"connections", "save", id, file.string()});
  const auto comments =
      run_ok({"tshark", "-r", file.string(), "-T", "fields", "-e", "frame.comment"});
  for (const char* said : {"SIP: REGISTER sip:localhost", "SIP: 401 Unauthorized", "SIP: 200 OK"}) {
    EXPECT_NE(comments.find(said), std::string::npos) << comments;
  }

  const auto log = phone.process().err() + phone.process().out();
  EXPECT_NE(log.find("account 1: sent REGISTER sip:localhost"), std::string::npos) << log;
  EXPECT_NE(log.find("account 1: received 401 Unauthorized"), std::string::npos) << log;
  // A digest of MD5 has 32 digits, and stands in no other quotes.
  for (const auto& text : {log, account.dump(), connection.dump(), full, read_text(picture)}) {
    EXPECT_EQ(text.find(kPassword), std::string::npos);
    EXPECT_EQ(text.find("response=\""), std::string::npos);
    EXPECT_EQ(text.find("response=\\\""), std::string::npos);
  }
}

TEST_F(SipPhone, ConnectionIsRecordedAsAnyOther) {
  const Kamailio kamailio({.identity = server_});
  const PhoneUnderTest phone({}, {root_.certificate});
  set_account(phone, kamailio.tls_port());
  EXPECT_EQ(account_in(phone, "registered").at("state"), "registered");
  const auto rows = phone.ask({"connections"}).at("connections");
  const auto sip =
      std::ranges::find_if(rows, [](const json& row) { return row.at("service") == "sip"; });
  ASSERT_NE(sip, rows.end()) << rows;
  EXPECT_EQ(sip->at("decision"), "trusted");
}

// That it has no account would be a wrong answer, and a good exit status.
TEST_F(SipPhone, StatusSaysWhereNoPhoneRuns) {
  PhoneUnderTest phone;
  phone.set("account.1.user_name", "201");
  phone.process().stop();
  for (const bool json : {false, true}) {
    Arguments arguments{"sip", "status"};
    if (json) arguments.emplace_back("--json");
    const auto told = phone.command(arguments);
    EXPECT_EQ(told.status, 2);
    EXPECT_NE((told.err + told.out).find("no phone runs on this state folder"), std::string::npos)
        << told.err << told.out;
  }
}

}  // namespace
}  // namespace sealtone::test
