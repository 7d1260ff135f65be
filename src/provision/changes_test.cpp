// SPDX-License-Identifier: Apache-2.0
//
// provision/changes: what a trial against nginx and lighttpd says would change.
#include "provision/changes.h"

#include <nlohmann/json.hpp>

#include "provision/fixture.h"

namespace sealtone::provision {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class Trying : public Provisioning {
 protected:
  void SetUp() override { trial_ = true; }
  [[nodiscard]] json report() const {
    net::asio::io_context loop;
    const auto given = input();
    return to_json(test::finish(loop, run(given)), given);
  }
  // "NAME: FROM -> TO" of each setting that would change.
  static std::vector<std::string> settings(const json& report) {
    std::vector<std::string> lines;
    for (const auto& row : report.at("changes").at("settings")) {
      const auto name = row.at("name").get<std::string>() + ": ";
      const auto is_set = [&row](const char* which) {
        return row.at(which).get<bool>() ? "set" : "not set";
      };
      lines.push_back(row.at("secret").get<bool>()
                          ? name + is_set("was_set") + " -> " + is_set("set")
                          : name + row.at("from").get<std::string>() + " -> " +
                                row.at("to").get<std::string>());
    }
    return lines;
  }
  static std::vector<std::string> names(const json& certificates) {
    std::vector<std::string> names;
    for (const auto& each : certificates)
      names.push_back(each.at("subject").at("common_name").get<std::string>());
    return names;
  }
};

TEST_F(Trying, NamesEachSettingUnderItsNewestNameAndNoSecret) {
  Server server(tls_options());
  server.put_files(
      "account.1.label = new\nsecurity.trust_certificates = 1\n"
      "account.1.password = made-for-the-test\nauto_provision.server.username = phone\n"
      "auto_provision.server.password = %NULL%\n");
  set(kUrlKey, server.url());
  set("account.1.label", "old");
  set("static.auto_provision.server.password", "also-made-for-the-test");
  trust(root_);
  const auto tried = report();
  EXPECT_FALSE(tried.at("applied").get<bool>());
  EXPECT_TRUE(tried.at("would_apply").get<bool>()) << tried;
  EXPECT_THAT(settings(tried),
              ElementsAre("account.1.label: old -> new", "account.1.password: not set -> set",
                          "static.auto_provision.server.password: set -> not set",
                          "static.auto_provision.server.username:  -> phone"));
  EXPECT_THAT(tried.dump(), Not(HasSubstr("made-for-the-test")));
  EXPECT_THAT(tried.at("summary").get<std::string>(), HasSubstr("2 files would be applied"));
  EXPECT_EQ(tried.at("files").at(0).at("outcome"), "would be applied");
}

TEST_F(Trying, LeavesUserInformationOutOfUrls) {
  Server server(tls_options());
  server.put_files("static.auto_provision.server.url = https://u:made-for-the-test@localhost/\n");
  set(kUrlKey, server.url());
  trust(root_);
  const auto tried = report();
  EXPECT_THAT(settings(tried), ElementsAre("static.auto_provision.server.url: " + server.url() +
                                           " -> https://localhost/"));
}

TEST_F(Trying, NamesTheCertificatesThatWouldComeAndGo) {
  Server server(tls_options());
  const auto other = made_.root("other");
  const auto own = made_.client(root_, "phone");
  server.put("root.pem", root_.pem());
  server.put("phone.pem", own.pem() + own.key_pem());
  server.put_files(
      "static.trusted_certificates.delete = http://localhost/all\n"
      "static.trusted_certificates.url = " +
      server.url() + "root.pem\nstatic.server_certificates.url = " + server.url() + "phone.pem\n");
  set(kUrlKey, server.url());
  trust(root_);
  trust(other);
  const auto tried = report();
  EXPECT_TRUE(tried.at("would_apply").get<bool>()) << tried;
  const auto& changes = tried.at("changes");
  EXPECT_THAT(names(changes.at("trusted_added")), ElementsAre());
  EXPECT_THAT(names(changes.at("trusted_deleted")),
              ElementsAre(certificates_of(other.pem()).at(0).subject().common_name));
  EXPECT_TRUE(changes.at("server_certificate").at("changes").get<bool>());
  EXPECT_EQ(changes.at("server_certificate").at("certificate").at("sha256"),
            certificates_of(own.pem()).at(0).fingerprint());
  EXPECT_THAT(tried.dump(), Not(HasSubstr("PRIVATE KEY")));
}

TEST_F(Trying, ShowsWhatWouldLockThePhoneOut) {
  Server server(tls_options());
  server.put_files("static.trusted_certificates.delete = http://localhost/all\n");
  set(kUrlKey, server.url());
  trust(root_);
  const auto tried = report();
  EXPECT_FALSE(tried.at("would_apply").get<bool>());
  EXPECT_THAT(tried.at("summary").get<std::string>(), HasSubstr("would-lock-out"));
  EXPECT_EQ(tried.at("changes").at("trusted_deleted").size(), 1U);
}

TEST_F(Trying, HasNoChangesWhereAFileHasMistakes) {
  Server server(tls_options());
  server.put_files("account.1.label = a\nstatic.security.trust_certificates = 7\n");
  set(kUrlKey, server.url());
  trust(root_);
  const auto tried = report();
  EXPECT_TRUE(tried.at("changes").is_null());
  EXPECT_THAT(tried.at("files").at(0).at("mistakes").dump(), HasSubstr("line 3"));
  EXPECT_THAT(tried.at("summary").get<std::string>(), HasSubstr("Nothing would be applied."));
}

TEST_F(Trying, LogsInByDigest) {
  test::Lighttpd::Options options;
  options.identity = &identity_;
  test::Lighttpd server(options);
  for (const auto name : {kCommon, kOwn}) {
    test::write_text(server.folder() / name, kFirstLine + "account.1.label = new\n");
  }
  set(kUrlKey, "https://localhost:" + std::to_string(server.port()) + "/");
  set("static.auto_provision.server.username", options.user);
  set("static.auto_provision.server.password", options.password);
  trust(root_);
  const auto tried = report();
  EXPECT_TRUE(tried.at("would_apply").get<bool>()) << tried;
  EXPECT_THAT(server.stop(), Not(HasSubstr("Basic")));
}

}  // namespace
}  // namespace sealtone::provision
