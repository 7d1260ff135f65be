// SPDX-License-Identifier: Apache-2.0
//
// SIPp as the registrar, over TCP and with stunnel before it: it asks for a password by digest and
// checks it, grants, asks OPTIONS, and waits for the goodbye.
#include <gtest/gtest.h>

#include <stdexcept>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

constexpr const char* kAnswerHead =
    "[last_Via:]\n[last_From:]\n[last_To:];tag=[pid]t[call_number]\n[last_Call-ID:]\n"
    "[last_CSeq:]\n";

std::string sends(const std::string& status, const std::string& fields) {
  return "<send><![CDATA[\nSIP/2.0 " + status + "\n" + kAnswerHead + fields +
         "Content-Length: 0\n\n]]></send>\n";
}

std::string scenario() {
  return "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n"
         "<scenario name=\"registrar\">\n<recv request=\"REGISTER\"/>\n" +
         sends(
             "401 Unauthorized",
             "WWW-Authenticate: Digest realm=\"localhost\", nonce=\"47ebe028cda119c35d4877b383027d28\","
             " algorithm=MD5\n") +
         "<recv request=\"REGISTER\" test=\"right\" next=\"known\"><action>\n"
         "<verifyauth assign_to=\"right\" username=\"201\" password=\"made-for-the-test\"/>\n"
         "</action></recv>\n"
         "<nop><action><exec int_cmd=\"stop_now\"/></action></nop>\n<label id=\"known\"/>\n" +
         sends("200 OK", "[last_Contact:];expires=60\n") +
         "<send><![CDATA[\nOPTIONS sip:201@127.0.0.1 SIP/2.0\n"
         "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\nMax-Forwards: 70\n"
         "From: <sip:pbx@localhost>;tag=[pid]o\nTo: <sip:201@localhost>\n[last_Call-ID:]\n"
         "CSeq: 7 OPTIONS\nContent-Length: 0\n\n]]></send>\n"
         "<recv response=\"200\"/>\n<recv request=\"REGISTER\"/>\n" +
         sends("200 OK", "") + "</scenario>\n";
}

class AtSipp : public ::testing::Test {
 protected:
  AtSipp()
      : sipp_({"sipp", "-sf", files_.write("registrar.xml", scenario()).string(), "-i", "127.0.0.1",
               "-p", std::to_string(port_), "-t", "t1", "-m", "1", "-nostdin", "-trace_err",
               "-error_file", (files_.path() / "errors").string()}) {
    if (!answers(port_)) throw std::runtime_error("sipp does not start: " + sipp_.err());
  }
  void registers_and_leaves(std::uint16_t port, const std::string& transport) {
    PhoneUnderTest phone({}, {root_.certificate});
    phone.set("account.1.user_name", "201");
    phone.set("account.1.password", "made-for-the-test");
    phone.set("account.1.sip_server.1.address", "localhost");
    phone.set("account.1.sip_server.1.port", std::to_string(port));
    phone.set("account.1.sip_server.1.transport_type", transport);
    phone.set("account.1.enable", "1");
    const auto end = std::chrono::steady_clock::now() + kPatience;
    nlohmann::json account;
    do {
      account = phone.ask({"sip", "status"}).at("accounts").at(0);
    } while (account.at("state") != "registered" && std::chrono::steady_clock::now() < end);
    EXPECT_EQ(account.at("state"), "registered") << account << errors();
    EXPECT_EQ(account.at("lock"), transport == "2") << account;
    EXPECT_EQ(phone.process().stop(), 0);
    EXPECT_EQ(sipp_.wait(), 0) << errors();
  }
  [[nodiscard]] std::string errors() const { return read_text(files_.path() / "errors"); }

  TempDir files_;
  std::uint16_t port_ = free_port();
  Process sipp_;
  Certificates certificates_;
  Identity root_ = certificates_.root();
};

TEST_F(AtSipp, RegistersOverTcp) { registers_and_leaves(port_, "1"); }

TEST_F(AtSipp, RegistersOverTlsThroughStunnel) {
  const auto server = certificates_.server(root_);
  const auto tls_port = free_port();
  const auto configuration = files_.write(
      "stunnel.conf",
      "foreground = yes\npid =\nsyslog = no\n[sip]\naccept = 127.0.0.1:" +
          std::to_string(tls_port) + "\nconnect = 127.0.0.1:" + std::to_string(port_) +
          "\ncert = " + server.certificate.string() + "\nkey = " + server.key.string() + "\n");
  const Process stunnel({"stunnel4", configuration.string()});
  ASSERT_TRUE(stunnel.said("Configuration successful")) << stunnel.err();
  registers_and_leaves(tls_port, "2");
}

}  // namespace
}  // namespace sealtone::test
