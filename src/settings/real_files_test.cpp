// SPDX-License-Identifier: Apache-2.0
//
// Files of real phones (tests/data/cfg) against lists written by hand.
#include <fstream>
#include <iterator>
#include <set>

#include <gmock/gmock.h>

#include "base/text.h"
#include "settings/lines.h"
#include "settings/views.h"

namespace sealtone::settings {
namespace {

using testing::ContainerEq;
using testing::HasSubstr;
using testing::IsEmpty;

std::string read(const std::string& name) {
  std::ifstream in(std::string(SEALTONE_TEST_DATA "/cfg/") + name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

ConfigFile parsed(const std::string& text) {
  auto file = parse(text);
  if (file) return *std::move(file);
  for (const auto& mistake : file.error()) ADD_FAILURE() << mistake.line << ": " << mistake.text;
  return {};
}

std::set<std::string> expected(const std::string& name) {
  const auto text = read(name);
  std::set<std::string> lines;
  for (Lines all(text); all.next();) {
    if (!all.line().empty() && !all.line().starts_with('#')) lines.emplace(all.line());
  }
  return lines;
}

// What the file comes to, in the words of NAME.expected.
std::set<std::string> found(const ConfigFile& file) {
  std::map<std::string, std::string> last;
  for (const auto& one : file.assignments) last[one.canonical] = one.restore ? "%NULL%" : one.value;
  std::set<std::string> lines{"unknown keys = " + std::to_string(file.unknown_keys)};
  for (const auto& [key, value] : last) lines.insert(key + " = " + value);
  return lines;
}

class RealFile : public testing::TestWithParam<const char*> {};

TEST_P(RealFile, GivesWhatTheListSaysAndNothingElse) {
  const std::string name = GetParam();
  const auto file = parsed(read(name + ".cfg"));
  EXPECT_THAT(found(file), ContainerEq(expected(name + ".expected")));
  EXPECT_THAT(file.trusted_certificate_urls, IsEmpty());
  EXPECT_THAT(file.server_certificate_urls, IsEmpty());
}

TEST_P(RealFile, SaysThatItsUserPasswordsAreIgnoredAndShowsNone) {
  const auto file = parsed(read(std::string(GetParam()) + ".cfg"));
  int ignored = 0;
  for (const auto& remark : file.remarks) {
    ignored += remark.text.find("user_password is ignored") != std::string::npos ? 1 : 0;
    EXPECT_THAT(remark.text, testing::Not(HasSubstr("-pass-1")));
  }
  EXPECT_EQ(ignored, 1);
}

TEST_P(RealFile, MeansTheSameWithTheOtherLineEnd) {
  const auto text = read(std::string(GetParam()) + ".cfg");
  std::string other;
  for (Lines all(text); all.next();) {
    other.append(all.line()).append(text.find('\r') == std::string::npos ? "\r\n" : "\n");
  }
  ASSERT_NE(other, text);
  EXPECT_THAT(found(parsed(other)), ContainerEq(found(parsed(text))));
}

INSTANTIATE_TEST_SUITE_P(Files, RealFile,
                         testing::Values("03-v73-t28p-common", "04-v84-t46u-common",
                                         "05-v86-t58w-common", "06-v86-mac-tls-srtp"),
                         [](const auto& info) { return "File" + std::to_string(info.index + 3); });

// The file with the one line that reads `from` replaced by `to`, applied.
Settings turned(const std::string& name, const std::string& from, const std::string& to) {
  auto text = read(name);
  const auto at = text.find("\n" + from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at + 1, from.size(), to);
  const std::vector files{parsed(text)};
  return settings::apply({}, files);
}

TEST(RealFileTurned, TrustSwitch) {
  const auto off = turned("03-v73-t28p-common.cfg", "security.trust_certificates = 1",
                          "security.trust_certificates = 0");
  EXPECT_FALSE(tls_settings(off, "auto_provision").only_accept_trusted);
  const auto on = turned("03-v73-t28p-common.cfg", "security.trust_certificates = 1",
                         "security.trust_certificates = 1");
  EXPECT_TRUE(tls_settings(on, "auto_provision").only_accept_trusted);
}

TEST(RealFileTurned, TrustListAndNameCheck) {
  const auto list =
      turned("04-v84-t46u-common.cfg", "static.security.ca_cert =", "static.security.ca_cert = 2");
  EXPECT_EQ(tls_settings(list, "auto_provision").trust_list, TrustList::all);
  const auto name = turned("05-v86-t58w-common.cfg",
                           "static.security.cn_validation =", "static.security.cn_validation = 0");
  EXPECT_FALSE(tls_settings(name, "auto_provision").check_name);
}

TEST(RealFileTurned, TlsVersionOfOneApplicationAndOfAll) {
  const auto all = turned("05-v86-t58w-common.cfg", "static.security.default_ssl_method = 3",
                          "static.security.default_ssl_method = 0");
  EXPECT_EQ(tls_settings(all, "auto_provision").highest_version, 0x0301);
  EXPECT_EQ(tls_settings(all, "web_server").highest_version, 0x0301);
  const auto one =
      turned("05-v86-t58w-common.cfg",
             "static.security.web_server.ssl_method=", "static.security.web_server.ssl_method=5");
  EXPECT_EQ(tls_settings(one, "auto_provision").highest_version, 0x0304);
  EXPECT_EQ(tls_settings(one, "web_server").highest_version, 0x0303);
}

TEST(RealFileTurned, Ciphers) {
  const auto settings =
      turned("05-v86-t58w-common.cfg", "security.tls_cipher_list = AES:!ADH:!LOW:!EXPORT:!NULL",
             "security.tls_cipher_list = kRSA");
  EXPECT_EQ(tls_settings(settings, "auto_provision").cipher_list, "kRSA");
}

TEST(RealFileTurned, ProvisioningServerAndWebPort) {
  const auto settings =
      turned("04-v84-t46u-common.cfg", "static.auto_provision.server.username = provuser",
             "static.auto_provision.server.username = other");
  EXPECT_EQ(provision_settings(settings).username, "other");
  EXPECT_EQ(provision_settings(settings).url, "https://prov.example.test/app/provision/");
  EXPECT_EQ(provision_settings(settings).password, "prov-pass-1");
  const auto port = turned("04-v84-t46u-common.cfg",
                           "static.network.port.https =", "static.network.port.https = 8444");
  EXPECT_EQ(web_settings(port).https_port, 8444);
}

TEST(RealFileTurned, ACertificateToFetch) {
  auto text = read("03-v73-t28p-common.cfg");
  const std::string from = "\ntrusted_certificates.url =";
  text.insert(text.find(from) + from.size(), " https://prov.example.test/ca.cer");
  EXPECT_THAT(parsed(text).trusted_certificate_urls,
              testing::ElementsAre("https://prov.example.test/ca.cer"));
}

}  // namespace
}  // namespace sealtone::settings
