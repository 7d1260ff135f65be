// SPDX-License-Identifier: Apache-2.0
//
// sealtone provision try against nginx and lighttpd: all of it is fetched and judged, what would
// change is shown, and nothing changes.
#include <gmock/gmock.h>

#include <map>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kMac = "00:15:65:00:00:01";
constexpr const char* kSecret = "made-for-the-test";

// What every file of a folder holds, by name; a socket holds nothing.
std::map<std::string, std::string> files(const std::filesystem::path& folder) {
  std::map<std::string, std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    all[entry.path().filename().string()] =
        entry.is_regular_file() ? read_text(entry.path()) : std::string();
  }
  return all;
}

class ProvisionTry : public testing::Test {
 protected:
  explicit ProvisionTry(const std::string& further = {})
      : nginx_(Nginx::Options{.server = nginx_identity(server_) + further, .http = ""}) {}

  void publish(const std::string& name, const std::string& content) const {
    write_text(nginx_.folder() / name, content);
  }
  void configure(const std::string& lines) const {
    publish("y000000000000.cfg", "#!version:1.0.0.1\n" + lines);
  }
  [[nodiscard]] std::string url() const {
    return "https://127.0.0.1:" + std::to_string(nginx_.port()) + "/";
  }
  // With the root trusted, unless said otherwise.
  [[nodiscard]] Finished attempt(const Arguments& further = {}) const {
    Arguments arguments{"provision", "try", url(), "--mac", kMac};
    const Arguments trusting{"--trust", root_.certificate.string()};
    const bool given = std::ranges::any_of(
        further, [](const std::string& each) { return each == "--trust" || each == "--state"; });
    if (!given) arguments.insert(arguments.end(), trusting.begin(), trusting.end());
    arguments.insert(arguments.end(), further.begin(), further.end());
    return sealtone(arguments);
  }

  Certificates certificates_;
  TempDir folder_;
  Identity root_ = certificates_.root();
  Identity server_ = certificates_.server(root_);
  Nginx nginx_;
};

TEST_F(ProvisionTry, ShowsWhatAPhoneWouldBeToldThere) {
  const auto own = certificates_.client(root_, "phone");
  publish("phone.pem", own.pem() + own.key_pem());
  publish("other.pem", certificates_.root("other").pem());
  configure("account.1.label = front desk\naccount.1.password = " + std::string(kSecret) +
            "\nstatic.trusted_certificates.url = " + url() +
            "other.pem\nserver_certificates.url = " + url() + "phone.pem\n");
  const auto tried = attempt();
  EXPECT_EQ(tried.status, 0) << tried.out << tried.err;
  EXPECT_THAT(unwrapped(tried.out),
              AllOf(HasSubstr("1 file would be applied"), HasSubstr("has no 001565000001.cfg")));
  EXPECT_THAT(tried.out, HasSubstr("account.1.label: (empty) -> front desk\n"));
  EXPECT_THAT(tried.out, HasSubstr("account.1.password: not set -> set\n"));
  EXPECT_THAT(tried.out, HasSubstr("added:"));
  EXPECT_THAT(unwrapped(tried.out), HasSubstr("server certificate would be replaced"));
  EXPECT_THAT(unwrapped(tried.out), HasSubstr("is trusted"));
  EXPECT_THAT(tried.out, AllOf(Not(HasSubstr(kSecret)), Not(HasSubstr("PRIVATE KEY"))));
  EXPECT_THAT(tried.out, AllOf(Not(HasSubstr("was applied")), Not(HasSubstr("Provisioned"))));

  const auto json = nlohmann::json::parse(attempt({"--json"}).out);
  EXPECT_FALSE(json.at("applied").get<bool>());
  EXPECT_TRUE(json.at("would_apply").get<bool>());
}

TEST_F(ProvisionTry, EndsWithOneWhereThePhoneWouldRefuse) {
  configure("account.1.label = a\n");
  const auto other = certificates_.root("other");
  const auto tried = attempt({"--trust", other.certificate.string()});
  EXPECT_EQ(tried.status, 1) << tried.err;
  EXPECT_THAT(tried.out, AllOf(HasSubstr("was refused"), Not(HasSubstr("account.1.label"))));
  EXPECT_EQ(nginx_.access_log(), "");
}

TEST_F(ProvisionTry, NamesEachMistakeWithItsLine) {
  configure("account.1.label = a\nstatic.security.trust_certificates = 7\n");
  const auto tried = attempt();
  EXPECT_EQ(tried.status, 1) << tried.err;
  EXPECT_THAT(unwrapped(tried.out), HasSubstr("line 3: static.security.trust_certificates"));
}

TEST_F(ProvisionTry, SaysThatThePhoneWouldLockItselfOut) {
  const auto other = certificates_.root("other");
  publish("other.pem", other.pem());
  configure(
      "static.trusted_certificates.delete = http://localhost/all\n"
      "static.trusted_certificates.url = " +
      url() + "other.pem\n");
  const auto tried = attempt();
  EXPECT_EQ(tried.status, 1) << tried.err;
  EXPECT_THAT(tried.out, AllOf(HasSubstr("would-lock-out"), HasSubstr("deleted:")));
}

TEST_F(ProvisionTry, EndsWithTwoWhereNobodyAnswersOrTheCommandIsIncomplete) {
  const auto nowhere = "https://127.0.0.1:" + std::to_string(free_port()) + "/";
  EXPECT_EQ(
      sealtone({"provision", "try", nowhere, "--mac", kMac, "--trust", root_.certificate.string()})
          .status,
      2);
  EXPECT_EQ(sealtone({"provision", "try", url(), "--trust", root_.certificate.string()}).status, 2);
  EXPECT_EQ(attempt({"--mac", "none"}).status, 2);
  EXPECT_EQ(
      sealtone({"provision", "try", "tftp://127.0.0.1/", "--mac", kMac, "--trusted", "all"}).status,
      2);
}

TEST_F(ProvisionTry, LogsInByDigestAndTakesNoPasswordAsAnArgument) {
  Lighttpd::Options options;
  options.identity = &server_;
  Lighttpd server(options);
  write_text(server.folder() / "y000000000000.cfg", "#!version:1.0.0.1\naccount.1.label = a\n");
  const auto at = "127.0.0.1:" + std::to_string(server.port()) + "/";
  const auto file = folder_.write("password", options.password + "\n");
  const auto tried = sealtone({"provision", "try", "https://" + at, "--mac", kMac, "--trust",
                               root_.certificate.string(), "--user", options.user,
                               "--password-file", file.string()});
  EXPECT_EQ(tried.status, 0) << tried.out << tried.err;
  EXPECT_THAT(tried.out, Not(HasSubstr(options.password)));
  const auto refused = sealtone({"provision", "try", "https://phone:" + options.password + "@" + at,
                                 "--mac", kMac, "--trust", root_.certificate.string()});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("--password-file"), Not(HasSubstr(options.password))));
  const auto log = server.stop();
  EXPECT_THAT(log, HasSubstr("200 <Digest username=\\\"phone\\\""));
  EXPECT_THAT(log, Not(HasSubstr("Basic")));
}

// The server asks for a certificate, and gives the file to the one that the phone was given.
class ProvisionTryByAPhone : public ProvisionTry {
 protected:
  ProvisionTryByAPhone()
      : ProvisionTry(
            "ssl_verify_client optional_no_ca; "
            "location / { if ($ssl_client_serial = '') { return 403; } }") {
    const auto own = certificates_.client(root_, "own");
    configure("account.1.label = front desk\n");
    publish("001565000001.cfg", "#!version:1.0.0.1\nstatic.security.cn_validation = 0\n");
    phone_.must({"trust", "add", root_.certificate.string()});
    phone_.must(
        {"server-cert", "set", folder_.write("own.pem", own.pem() + own.key_pem()).string()});
    phone_.set("account.1.label", "back office");
  }
  PhoneUnderTest phone_{{"--mac", kMac}};
};

TEST_F(ProvisionTryByAPhone, GoesByItsListSettingsAndCertificateAndChangesNoOctet) {
  const auto before = files(phone_.state());
  ASSERT_TRUE(before.contains("sealtone.db"));
  for (const bool runs : {true, false}) {
    SCOPED_TRACE(runs ? "while it runs" : "while it does not run");
    if (!runs) phone_.process().stop();
    const auto here = files(phone_.state());
    const auto tried = attempt({"--state", phone_.state().string()});
    EXPECT_EQ(tried.status, 0) << tried.out << tried.err;
    EXPECT_THAT(tried.out, HasSubstr("account.1.label: back office -> front desk\n"));
    EXPECT_THAT(tried.out, HasSubstr("static.security.cn_validation: 1 -> 0\n"));
    auto after = files(phone_.state());
    // Who had the folder last stands in it.
    if (!runs) after["lock"] = here.at("lock");
    EXPECT_EQ(after.size(), here.size());
    for (const auto& [name, octets] : here) EXPECT_TRUE(after[name] == octets) << name;
  }
}

}  // namespace
}  // namespace sealtone::test
