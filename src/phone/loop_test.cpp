// SPDX-License-Identifier: Apache-2.0
//
// phone: nothing that it does keeps the event loop from its other work for more than ten
// milliseconds.
#include <iostream>

#include "phone/fixture.h"
#include "x509/issue.h"

namespace sealtone::phone {
namespace {

using ::testing::HasSubstr;

class Loop : public PhoneTest {
 protected:
  Loop() { start(); }
  // What the loop's longest handler took since the last time is told, and judged.
  void expect_quick(const char* meanwhile) {
    const auto longest = running_->longest_handler();
    std::cout << "longest handler, " << meanwhile << ": " << longest.count() << " us of CPU time\n";
    EXPECT_LE(longest, test::kHandlerBar) << meanwhile;
  }
  // A request over admin.sock; its answer.
  std::string ask(const std::string& path, test::Arguments further = {}) {
    test::Arguments command{"--unix-socket", (folder_.path() / "state" / "admin.sock").string(),
                            "http://localhost" + path};
    command.insert(command.end(), further.begin(), further.end());
    return curl(std::move(command));
  }
  std::string upload(const std::string& path, const std::string& content) {
    const auto file = folder_.write("upload", content);
    return ask(path, {"--data-binary", "@" + file.string()});
  }
  // As many self-made ones as are kept.
  static std::string thousand_certificates() {
    crypto::SystemRandom random;
    const auto now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
    std::string pem;
    for (std::size_t i = 0; i < store::kMaxTrusted; ++i) {
      x509::Request request;
      request.common_name = "Authority " + std::to_string(i);
      request.validity = {now - std::chrono::days(1), now + std::chrono::days(9)};
      request.ca = true;
      pem += x509::issue_self_signed(request, random)->certificate.pem();
    }
    return pem;
  }
  void set(const std::string& key, const std::string& value) {
    ASSERT_TRUE(running_->set(key, value));
  }
};

TEST_F(Loop, GoesOnWhileAThousandCertificatesAreTrustedListedAndUsed) {
  const auto pem = thousand_certificates();
  (void)running_->longest_handler();
  EXPECT_THAT(upload("/api/trusted", pem), HasSubstr("1000 certificates are trusted"));
  expect_quick("a thousand certificates are uploaded");
  EXPECT_THAT(ask("/api/trusted"), HasSubstr("Authority 999"));
  expect_quick("they are listed");

  const auto root = made_.root();
  test::Nginx::Options options;
  options.server = test::nginx_identity(made_.server(root));
  const test::Nginx nginx(options);
  std::string lines =
      "#!version:1.0.0.1\nstatic.trusted_certificates.delete = "
      "http://localhost/all\nstatic.security.trust_certificates = 1\n";
  const auto label = "account.1.label = " + std::string(700, 'x') + "\n";
  while (lines.size() + label.size() < settings::kMaxFileBytes) {
    lines += label;
  }
  const auto url = "https://localhost:" + std::to_string(nginx.port()) + "/";
  test::write_text(nginx.folder() / "001565000001.cfg", lines);
  test::write_text(nginx.folder() / "y000000000000.cfg", "#!version:1.0.0.1\n");
  set("static.auto_provision.server.url", url);
  set("static.security.trust_certificates", "0");
  expect_quick("settings are changed");
  EXPECT_THAT(ask("/api/provision", {"-X", "POST"}), HasSubstr("would-lock-out"));
  expect_quick("five megabytes of settings are read, and would lock out");
  EXPECT_THAT(ask("/api/connections"), HasSubstr("provisioning"));
  EXPECT_THAT(ask("/api/settings"), HasSubstr("account"));
  expect_quick("connections and settings are listed");

  set("static.auto_provision.power_on", "0");
  running_.reset();
  start();
  (void)running_->longest_handler();
  EXPECT_THAT(ask("/api/provision", {"-X", "POST"}), HasSubstr("would-lock-out"));
  expect_quick("a phone that was started with a thousand provisions itself");
}

TEST_F(Loop, GoesOnWhilePasswordsAreTried) {
  (void)running_->longest_handler();
  std::vector<std::unique_ptr<test::Process>> tries;
  for (int i = 0; i < 4; ++i) {
    tries.push_back(std::make_unique<test::Process>(
        test::Arguments{"curl", "-sk", "--json", R"({"password":"wrong, made for the test"})",
                        running_->page() + "api/session"}));
  }
  std::string answers;
  for (auto& each : tries) {
    each->wait();
    answers += each->out();
  }
  EXPECT_THAT(answers, HasSubstr("wrong-password"));
  expect_quick("passwords are tried");
}

TEST_F(Loop, GoesOnWhileFiveMegabytesComeIn) {
  const auto file = folder_.write("upload", std::string(5'000'000, 'x'));
  (void)running_->longest_handler();
  EXPECT_THAT(curl({"--data-binary", "@" + file.string(), running_->page() + "api/trusted"}),
              HasSubstr("log-in"));
  expect_quick("five megabytes come in over HTTPS");
  std::string text;
  while (text.size() < 4'900'000) text += "no certificate, line by line\n";
  EXPECT_THAT(upload("/api/trusted", text), HasSubstr("wrong-kind"));
  EXPECT_THAT(upload("/api/server-certificate", text), HasSubstr("wrong-kind"));
  expect_quick("five megabytes are no certificate");
}

TEST_F(Loop, GoesOnWhileChangesAreStoredAndKeysAreMade) {
  const auto root = made_.root();
  const auto rsa = made_.issue(
      "rsa", {.common_name = "localhost", .names = {"DNS:localhost"}, .key = "rsa:2048"}, root);
  (void)running_->longest_handler();
  for (int i = 0; i < 20; ++i) set("account.1.label", std::to_string(i));
  EXPECT_THAT(upload("/api/server-certificate", rsa.pem() + rsa.key_pem()),
              HasSubstr("server certificate is now"));
  expect_quick("changes are stored");
  ASSERT_TRUE(running_->finish(running_->phone().clear_credential()));
  running_->on_loop([this] { clock_.tick(std::chrono::hours(24 * 366)); });
  EXPECT_TRUE(shown_at(running_->page()));
  expect_quick("a temporary certificate is made anew");
}

}  // namespace
}  // namespace sealtone::phone
