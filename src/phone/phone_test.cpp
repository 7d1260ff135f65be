// SPDX-License-Identifier: Apache-2.0
//
// phone: started, talked to with curl and openssl, changed while it runs.
#include "phone/phone.h"

#include "phone/fixture.h"

namespace sealtone::phone {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(PhoneTest, ServesItsPageOverHttpsAndItsApiOverItsSocket) {
  auto& phone = start();
  EXPECT_EQ(curl({"-o", "/dev/null", "-w", "%{http_code}", phone.page()}), "200");
  const auto socket = folder_.path() / "state" / "admin.sock";
  const auto status = nlohmann::json::parse(
      curl({"--unix-socket", socket.string(), "http://localhost/api/status"}));
  EXPECT_EQ(status.at("mac"), "001565000001");
}

TEST_F(PhoneTest, OwnsItsStateFolder) {
  open();
  net::asio::io_context loop;
  crypto::SystemRandom random;
  base::NullLog log;
  const auto second = Phone::open(loop, options(), clock_, random, log);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
}

TEST_F(PhoneTest, MakesUpALocalMacAndKeepsIt) {
  mac_.clear();
  const auto made_up = open().status().mac;
  ASSERT_EQ(made_up.size(), 12U);
  EXPECT_EQ(std::stoi(made_up.substr(0, 2), nullptr, 16) & 3, 2) << made_up;
  EXPECT_EQ(open().status().mac, made_up);
  mac_ = "00-15-65-00-00-02";
  EXPECT_EQ(open().status().mac, "001565000002");
  mac_.clear();
  EXPECT_EQ(open().status().mac, "001565000002");
}

TEST_F(PhoneTest, RefusesAMacThatIsNone) {
  mac_ = "phone";
  EXPECT_THROW(open(), std::runtime_error);
}

TEST_F(PhoneTest, SaysWhenItsPortIsTaken) {
  const test::ScriptedServer other([](int) {});
  auto taken = options();
  taken.https_port = other.port();
  Running phone(taken, clock_);
  const auto started = phone.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::busy);
  EXPECT_THAT(base::to_string(started.error()), HasSubstr(std::to_string(other.port())));
  EXPECT_THAT(base::to_string(started.error()), HasSubstr("--https-port"));
  // The password of a start that failed would be seen by nobody.
  EXPECT_FALSE(phone.phone().one_time_password());
}

TEST_F(PhoneTest, ShowsATemporaryCertificateThatOutlivesARestart) {
  const auto first = start().status();
  EXPECT_TRUE(first.page_certificate_temporary);
  EXPECT_EQ(shown_at(running_->page()), first.page_certificate);
  EXPECT_EQ(start().status().page_certificate, first.page_certificate);
  clock_.tick(24h * 366);
  EXPECT_NE(start().status().page_certificate, first.page_certificate);
}

TEST_F(PhoneTest, RenewsATemporaryCertificateWhileItRuns) {
  auto& phone = start();
  const auto first = phone.status().page_certificate;
  phone.on_loop([this] { clock_.tick(24h * 366); });
  const auto shown = shown_at(phone.page());
  ASSERT_TRUE(shown);
  EXPECT_NE(*shown, first);
  EXPECT_EQ(phone.status().page_certificate, *shown);
}

TEST_F(PhoneTest, ShowsTheUploadedCertificateAndTheNextOneAfterIt) {
  auto& phone = start();
  const auto root = made_.root();
  for (const char* name : {"first", "second"}) {
    const auto identity = made_.server(root, name);
    ASSERT_TRUE(phone.finish(phone.phone().set_credential(credential_of(identity))));
    EXPECT_EQ(shown_at(phone.page()), certificate_of(identity)) << name;
    EXPECT_FALSE(phone.status().page_certificate_temporary);
  }
  ASSERT_TRUE(phone.finish(phone.phone().clear_credential()));
  EXPECT_EQ(shown_at(phone.page()), phone.status().page_certificate);
  EXPECT_TRUE(phone.status().page_certificate_temporary);
}

TEST_F(PhoneTest, GoesBackToThePreviousCertificateAndForthAgain) {
  auto& phone = start();
  EXPECT_EQ(phone.finish(phone.phone().undo_credential()).error().code, ErrorCode::not_found);
  const auto root = made_.root();
  const auto first = made_.server(root, "first");
  const auto second = made_.server(root, "second");
  ASSERT_TRUE(phone.finish(phone.phone().set_credential(credential_of(first))));
  ASSERT_TRUE(phone.finish(phone.phone().set_credential(credential_of(second))));
  ASSERT_TRUE(phone.finish(phone.phone().undo_credential()));
  EXPECT_EQ(shown_at(phone.page()), certificate_of(first));
  ASSERT_TRUE(phone.finish(phone.phone().undo_credential()));
  EXPECT_EQ(shown_at(phone.page()), certificate_of(second));

  ASSERT_TRUE(phone.finish(phone.phone().clear_credential()));
  ASSERT_TRUE(phone.finish(phone.phone().undo_credential()));
  EXPECT_EQ(shown_at(phone.page()), certificate_of(second));
  ASSERT_TRUE(phone.finish(phone.phone().undo_credential()));
  EXPECT_TRUE(phone.status().page_certificate_temporary);
  EXPECT_EQ(shown_at(phone.page()), phone.status().page_certificate);

  ASSERT_TRUE(phone.finish(phone.phone().forget_previous_credential()));
  EXPECT_EQ(phone.finish(phone.phone().undo_credential()).error().code, ErrorCode::not_found);
}

// The settings changed since it was shown: with them it gives no context.
TEST_F(PhoneTest, GoesBackToNoCertificateThatItsSettingsCannotShow) {
  auto& phone = start();
  const auto root = made_.root();
  test::Wish weak;
  weak.common_name = "weak";
  weak.names = {"DNS:localhost"};
  weak.key = "rsa:1024";
  const auto old = credential_of(made_.issue("old", weak, root));
  const auto now = made_.server(root, "now");
  ASSERT_TRUE(phone.set("static.security.default_ssl_method", "0"));
  ASSERT_TRUE(phone.finish(phone.phone().set_credential(old)));
  ASSERT_TRUE(phone.finish(phone.phone().set_credential(credential_of(now))));
  ASSERT_TRUE(phone.set("static.security.default_ssl_method", "3"));
  const auto refused = phone.finish(phone.phone().undo_credential());
  ASSERT_FALSE(refused);
  EXPECT_EQ(phone.on_loop([&] { return phone.phone().snapshot()->credential->leaf(); }),
            certificate_of(now));
}

TEST_F(PhoneTest, LosesNoConnectionWhenTheCertificateIsSwapped) {
  auto& phone = start();
  const auto root = made_.root();
  const x509::DeviceCredential credentials[] = {credential_of(made_.server(root, "first")),
                                                credential_of(made_.server(root, "second"))};
  constexpr int kConnections = 300;
  test::Arguments command{"curl", "-sk", "-w", "%{http_code}\n", "-H", "Connection: close"};
  for (int i = 0; i < kConnections; ++i) {
    command.insert(command.end(), {"-o", "/dev/null", phone.page()});
  }
  test::Process visitor(command);
  int swaps = 0;
  while (visitor.running()) {
    ASSERT_TRUE(phone.finish(phone.phone().set_credential(credentials[swaps++ % 2])));
  }
  EXPECT_EQ(visitor.wait(), 0);
  std::string expected;
  for (int i = 0; i < kConnections; ++i) expected += "200\n";
  EXPECT_EQ(visitor.out(), expected);
  EXPECT_GT(swaps, 1);
}

TEST_F(PhoneTest, PointsPlainHttpToTheRightAddress) {
  auto& phone = start();
  auto plain = phone.page();
  plain.erase(plain.find("https") + 4, 1);
  const auto answer = curl({"-i", plain});
  EXPECT_THAT(answer, HasSubstr("400 Bad Request"));
  EXPECT_THAT(answer, HasSubstr("Open " + phone.page()));
}

TEST_F(PhoneTest, HoldsThePageToItsVersionsFromTheNextConnectionOn) {
  auto& phone = start();
  EXPECT_TRUE(shown_at(phone.page(), {"-tls1_3"}));
  ASSERT_TRUE(phone.set("security.web_server.ssl_method", "5"));
  EXPECT_FALSE(shown_at(phone.page(), {"-tls1_3"}));
  EXPECT_TRUE(shown_at(phone.page(), {"-tls1_2"}));
}

TEST_F(PhoneTest, MovesItsPageWithTheSetting) {
  auto wanted = options();
  wanted.https_port.reset();
  const auto first = test::free_port();
  Running moving(wanted, clock_);
  ASSERT_TRUE(moving.set("static.network.port.https", std::to_string(first)));
  ASSERT_TRUE(moving.start());
  EXPECT_THAT(moving.page(), HasSubstr(std::to_string(first)));

  const auto second = test::free_port();
  ASSERT_TRUE(moving.set("static.network.port.https", std::to_string(second)));
  EXPECT_THAT(moving.page(), HasSubstr(std::to_string(second)));
  EXPECT_EQ(curl({"-o", "/dev/null", "-w", "%{http_code}", moving.page()}), "200");

  const test::ScriptedServer other([](int) {});
  const auto refused = moving.set("static.network.port.https", std::to_string(other.port()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::busy);
  EXPECT_EQ(moving.get("static.network.port.https"), std::to_string(second));

  ASSERT_TRUE(moving.set("static.wui.https_enable", "0"));
  EXPECT_EQ(moving.page(), "");
}

TEST_F(PhoneTest, RefusesSettingsThatGiveNoContext) {
  auto& phone = start();
  const auto refused = phone.set("security.tls_cipher_list", "NO-SUCH-CIPHER");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::bad_input);
  EXPECT_EQ(phone.get("security.tls_cipher_list"), "");
  EXPECT_TRUE(shown_at(phone.page()));
}

TEST_F(PhoneTest, ChangesAllSettingsOrNone) {
  auto& phone = open();
  std::map<std::string, std::optional<std::string>> changes;
  changes["account.1.label"] = "a";
  changes["trust_certificates.made.up"] = "1";
  auto changed = phone.finish(phone.phone().change_settings(changes));
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().where, "trust_certificates.made.up");
  EXPECT_EQ(phone.get("account.1.label"), "");

  changes.erase("trust_certificates.made.up");
  changes["security.trust_certificates"] = "0";
  ASSERT_TRUE(phone.finish(phone.phone().change_settings(changes)));
  EXPECT_EQ(phone.get("account.1.label"), "a");
  EXPECT_EQ(phone.get("static.security.trust_certificates"), "0");
  changes["security.trust_certificates"] = std::nullopt;
  ASSERT_TRUE(phone.finish(phone.phone().change_settings(changes)));
  EXPECT_EQ(phone.get("static.security.trust_certificates"), "1");
}

TEST_F(PhoneTest, RefusesAccountsAndServersThatItLacks) {
  auto& phone = open();
  EXPECT_TRUE(phone.set("account.16.sip_server.2.port", "5061"));
  EXPECT_FALSE(phone.set("account.16.sip_server.3.port", "5061"));
  EXPECT_FALSE(phone.set("account.17.user_name", "201"));
}

TEST_F(PhoneTest, TakesNoOrdersForSettings) {
  auto& phone = open();
  for (const char* key : {"static.trusted_certificates.url", "server_certificates.url",
                          "trusted_certificates.delete", "static.server_certificates.delete"}) {
    EXPECT_FALSE(phone.set(key, "http://localhost/all")) << key;
  }
  EXPECT_FALSE(phone.set("static.security.user_password", "admin:secret"));
  EXPECT_FALSE(phone.set("static.security.trust_certificates", "7"));
  EXPECT_TRUE(phone.set("sealtone.register", "1"));
  EXPECT_TRUE(phone.set("sealtone.mac", "00:15:65:AB:CD:EF"));
  EXPECT_EQ(phone.status().mac, "001565abcdef");
  EXPECT_FALSE(phone.set("sealtone.mac", "0015-65abcdef"));
}

TEST_F(PhoneTest, AddsTrustedCertificatesOnce) {
  auto& phone = open();
  const auto root = certificate_of(made_.root());
  const auto other = certificate_of(made_.root("other"));
  const auto add = [&phone](std::vector<x509::Certificate> certificates) {
    return phone.finish(phone.phone().add_trusted(std::move(certificates), "page"));
  };
  auto added = add({root, root});
  ASSERT_TRUE(added) << base::to_string(added.error());
  EXPECT_THAT(*added, SizeIs(1));
  added = add({root});
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, ErrorCode::exists);
  added = add({root, other});
  ASSERT_TRUE(added);
  ASSERT_THAT(*added, SizeIs(1));
  EXPECT_EQ(added->front().certificate, other);
  EXPECT_EQ(added->front().origin, "page");
  EXPECT_EQ(add({}).error().code, ErrorCode::bad_input);

  ASSERT_TRUE(phone.finish(phone.phone().remove_trusted(added->front().id)));
  EXPECT_EQ(phone.finish(phone.phone().remove_trusted(added->front().id)).error().code,
            ErrorCode::not_found);
  EXPECT_THAT(phone.phone().snapshot()->trusted, SizeIs(1));
}

TEST_F(PhoneTest, ExchangesTheOneTimePasswordForOneOfTheAdmins) {
  EXPECT_FALSE(open().phone().one_time_password());
  auto& phone = start();
  const auto password = phone.phone().one_time_password();
  ASSERT_TRUE(password);
  const auto log_in = [&phone](const std::string& with, const std::string& wanted = {}) {
    return phone.finish(phone.phone().log_in(with, wanted));
  };
  EXPECT_EQ(log_in("wrong"), admin::LogIn::wrong);
  EXPECT_EQ(log_in("wrong", "my own password"), admin::LogIn::wrong);
  EXPECT_EQ(log_in(*password), admin::LogIn::choose_password);
  EXPECT_EQ(log_in(*password, "too short").error().code, ErrorCode::bad_input);
  EXPECT_EQ(log_in(*password, *password).error().code, ErrorCode::bad_input);
  EXPECT_EQ(log_in(*password, "my own password"), admin::LogIn::accepted);
  EXPECT_EQ(log_in(*password), admin::LogIn::wrong);
  EXPECT_EQ(log_in("my own password"), admin::LogIn::accepted);

  const auto reset = phone.finish(phone.phone().reset_password());
  ASSERT_TRUE(reset);
  EXPECT_EQ(log_in("my own password"), admin::LogIn::wrong);
  EXPECT_EQ(log_in(*reset), admin::LogIn::choose_password);
}

TEST_F(PhoneTest, MakesOneOneTimePasswordForAllStarts) {
  const auto password = start().phone().one_time_password();
  ASSERT_TRUE(password);
  auto& again = start();
  EXPECT_FALSE(again.phone().one_time_password());
  EXPECT_EQ(again.finish(again.phone().log_in(*password, "")), admin::LogIn::choose_password);
}

TEST_F(PhoneTest, RefusesAFifthLogInThatWouldWait) {
  auto& phone = start();
  std::vector<std::future<base::Result<admin::LogIn>>> attempts;
  phone.on_loop([&] {
    for (int i = 0; i < 5; ++i) attempts.push_back(phone.spawn(phone.phone().log_in("wrong", "")));
  });
  int busy = 0;
  for (auto& attempt : attempts) {
    const auto result = attempt.get();
    if (!result && result.error().code == ErrorCode::busy) ++busy;
  }
  EXPECT_EQ(busy, 1);
}

TEST_F(PhoneTest, KeepsTheLastConnectionOfAVisitor) {
  auto& phone = start();
  curl({"-o", "/dev/null", phone.page()});
  curl({"-o", "/dev/null", phone.page()});
  auto rows = phone.finish(phone.phone().connections());
  ASSERT_TRUE(rows);
  ASSERT_THAT(*rows, SizeIs(1));
  EXPECT_EQ(rows->front().service, "page");
  EXPECT_EQ(rows->front().server, "127.0.0.1");
  EXPECT_EQ(rows->front().role, "server");
  EXPECT_EQ(rows->front().decision, "");
  EXPECT_THAT(rows->front().headline, HasSubstr("127.0.0.1 opened the phone's page over TLS 1.3"));
  const auto row = phone.finish(phone.phone().connection(rows->front().id));
  ASSERT_TRUE(row);
  EXPECT_THAT(row->json, HasSubstr("ClientHello"));
}

TEST_F(PhoneTest, NotesNoVisitorWhoSaysNothing) {
  auto& phone = start();
  EXPECT_TRUE(test::answers(base::parse_url(phone.page())->port));
  EXPECT_THAT(phone.finish(phone.phone().connections()).value(), IsEmpty());
}

}  // namespace
}  // namespace sealtone::phone
