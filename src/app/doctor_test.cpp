// SPDX-License-Identifier: Apache-2.0
//
// app/doctor_report: what is told, in its order.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "app/doctor_report.h"
#include "crypto/crypto.h"
#include "x509/issue.h"

namespace sealtone::app {
namespace {

using std::chrono::days;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto kToday =
    std::chrono::sys_seconds(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});

x509::Issued issued(const std::string& name, bool ca, const x509::Issued* issuer = nullptr) {
  static crypto::SystemRandom random;
  x509::Request request;
  request.common_name = name;
  request.validity = {kToday - days(1), kToday + days(100)};
  request.ca = ca;
  if (!ca) request.names = {{x509::SubjectAltName::Kind::dns, name + ".example"}};
  return issuer == nullptr ? x509::issue_self_signed(request, random).value()
                           : x509::issue(request, *issuer, random).value();
}

struct Chain {
  x509::Issued root = issued("Acme Root", true);
  x509::Issued leaf = issued("phone", false, &root);
};

DoctorReport report_on(const Chain& chain) {
  DoctorReport report;
  report.now = kToday;
  report.upload = {{chain.root.certificate, chain.leaf.certificate}, {chain.leaf.key}, {}};
  report.files = {{.name = "ca.pem", .form = "PEM", .numbers = {1}, .certificates = 1},
                  {.name = "phone\x1b.pem",
                   .form = "PEM",
                   .numbers = {1},
                   .certificates = 1,
                   .keys = 1,
                   .notes = {"PEM block 3 was left out"}}};
  report.diagnosis = trust::examine(report.upload, {.now = kToday});
  return report;
}

// Of certificates that are not there nothing is said.
TEST(DoctorText, OfAKeyAloneSaysThatThereIsNoCertificate) {
  auto report = report_on({});
  report.upload.certificates = {};
  report.files = {{.name = "phone.key", .form = "PEM", .numbers = {}, .keys = 1}};
  report.diagnosis = trust::examine(report.upload, {.now = kToday});
  const auto text = doctor_text(report);
  EXPECT_THAT(text, HasSubstr("  A private key (EC P-256), and no certificate beside it.\n"));
  EXPECT_THAT(text, Not(HasSubstr("none of the certificates")));
}

TEST(DoctorText, NamesFilesCertificatesKeyUseAndRemarks) {
  const auto text = doctor_text(report_on({}));
  EXPECT_THAT(
      text,
      StartsWith(
          "ca.pem: PEM, 1 certificate.\n"
          "  1. \"Acme Root\": the root of its chain, issued by itself (100 days left).\n"
          "phone\\u{1B}.pem: PEM, 1 certificate and 1 private key.\n"
          "  2. \"phone\": the server's own certificate, issued by \"Acme Root\" (100 days\n"
          "  left).\n"
          "  A private key (EC P-256), which fits certificate 2.\n"
          "  PEM block 3 was left out.\n"
          "\n"
          "Judged as a server certificate, because a private key is among the files.\n"
          "It would be taken, and something is wrong with it:\n"
          "\n"
          "root-in-chain (certificate 1)\n"
          "  \"Acme Root\" is a root: whoever trusts it has it, and sending it helps nobody.\n"
          "  Leave it out.\n"
          "\n"
          "order\n"));
}

TEST(DoctorText, SaysWhatWasMendedAndWhatIsLeft) {
  const Chain chain;
  auto report = report_on(chain);
  DoctorFix fix;
  fix.file = "out.pem";
  fix.changes = {"The certificates were put in order."};
  fix.upload = {{chain.leaf.certificate}, {chain.leaf.key}, {}};
  const std::vector<x509::Certificate> held{chain.root.certificate};
  fix.remaining = trust::examine(fix.upload, {.at_hand = held, .now = kToday});
  report.fix = fix;
  EXPECT_THAT(
      doctor_text(report),
      HasSubstr(
          "\nout.pem was written: 1 certificate and the private key, unencrypted, readable by\n"
          "you alone.\n"
          "  The certificates were put in order.\n"
          "Nothing is wrong with it.\n"));
  report.fix->refused = "there is no certificate";
  EXPECT_THAT(doctor_text(report),
              HasSubstr("\nout.pem was not written: there is no certificate.\n"));
}

TEST(DoctorJson, HasWhatTheTextHas) {
  const auto json = doctor_json(report_on({}));
  EXPECT_EQ(json.at("for"), "server");
  EXPECT_EQ(json.at("refused"), false);
  EXPECT_EQ(json.at("files")[1].at("form"), "PEM");
  EXPECT_EQ(json.at("certificates")[0].at("is"), "root");
  EXPECT_EQ(json.at("certificates")[1].at("file"), 1);
  EXPECT_EQ(json.at("certificates")[1].at("number"), 1);
  EXPECT_EQ(json.at("private_keys")[0].at("fits"), 1);
  EXPECT_EQ(json.at("remarks")[0].at("code"), "root-in-chain");
  EXPECT_TRUE(json.at("fix").is_null());
  EXPECT_THAT(json.dump(), Not(HasSubstr("PRIVATE KEY-----")));
}

}  // namespace
}  // namespace sealtone::app
