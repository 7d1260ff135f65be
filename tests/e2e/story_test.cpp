// SPDX-License-Identifier: Apache-2.0
//
// The first run, as a newcomer sees it: sealtone lab run --once, its other endings, and the same
// story with nginx in the lab's place.
#include <gtest/gtest.h>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

constexpr const char* kMac = "001565000001";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Story, GoesFromRefusalToAProvisionedPhoneThatShowsItsCertificate) {
  const auto told = sealtone({"lab", "run", "--once"});
  EXPECT_EQ(told.status, 0) << told.out << told.err;
  const auto refused = told.out.find("was refused");
  const auto uploaded = told.out.find("Uploaded: ");
  const auto showed = told.out.find("saw the phone's: serial number");
  ASSERT_NE(refused, std::string::npos) << told.out;
  ASSERT_NE(uploaded, std::string::npos) << told.out;
  ASSERT_NE(showed, std::string::npos) << told.out;
  EXPECT_LT(refused, uploaded);
  EXPECT_LT(uploaded, showed);
}

TEST(Story, EndsWithOneWhenNothingIsUploaded) {
  const auto told = sealtone({"lab", "run", "--once", "--upload", "none"});
  EXPECT_EQ(told.status, 1) << told.out;
  EXPECT_TRUE(holds(told.out, "the phone goes on refusing"));
  EXPECT_FALSE(holds(told.out, "provisions itself"));
}

TEST(Story, LabAloneIsTheStoryAndAFolderServesOnce) {
  const auto alone = sealtone({"lab"});
  EXPECT_EQ(alone.status, 1) << alone.out << alone.err;
  EXPECT_TRUE(holds(alone.out, "press Enter here"));

  TempDir folder;
  const auto lab = (folder.path() / "lab").string();
  EXPECT_EQ(sealtone({"lab", "run", "--once", "--folder", lab}).status, 0);
  const auto again = sealtone({"lab", "run", "--once", "--folder", lab});
  EXPECT_EQ(again.status, 2);
  EXPECT_TRUE(holds(again.err, "name a new folder")) << again.err;
}

TEST(Story, EndsWithOneWhenNobodyIsThereToUpload) {
  const auto told = sealtone({"lab", "run", "--https-port", "0"});  // its input is at its end
  EXPECT_EQ(told.status, 1) << told.out;
  EXPECT_TRUE(holds(told.out, "press Enter here"));
}

TEST(Story, EndsWithOneWhenAnotherAuthorityIsUploaded) {
  Certificates certificates;
  const auto other = certificates.root("other");
  const auto told = sealtone({"lab", "run", "--once", "--upload", other.certificate.string()});
  EXPECT_EQ(told.status, 1) << told.out;
  EXPECT_TRUE(holds(told.out, "still refuses"));
}

TEST(Story, EnterUploadsAndThePageStaysUpUntilStopped) {
  const char* program = std::getenv("SEALTONE_BINARY");
  ASSERT_NE(program, nullptr);
  StartOptions options;
  options.keep_input_open = true;
  Process story({program, "lab", "run", "--https-port", "0"}, options);
  ASSERT_TRUE(story.said("press Enter here")) << story.out() << story.err();
  EXPECT_FALSE(holds(story.out(), "Uploaded."));
  story.send("\n");
  ASSERT_TRUE(story.said("The page stays up")) << story.out() << story.err();
  EXPECT_TRUE(story.running());
  EXPECT_EQ(story.stop(), 0);
}

// Another terminal's `sealtone trust add` is noticed as well as Enter.
TEST(Story, GoesOnWhenTheCertificateIsUploadedFromElsewhere) {
  const char* program = std::getenv("SEALTONE_BINARY");
  ASSERT_NE(program, nullptr);
  TempDir folder;
  StartOptions options;
  options.keep_input_open = true;
  Process story({program, "lab", "run", "--https-port", "0", "--folder", folder.path().string()},
                options);
  ASSERT_TRUE(story.said("press Enter here")) << story.out() << story.err();
  const auto added = sealtone({"trust", "add", (folder.path() / "lab-root.pem").string(), "--state",
                               (folder.path() / "phone").string()});
  EXPECT_EQ(added.status, 0) << added.err;
  EXPECT_TRUE(story.said("The page stays up")) << story.out() << story.err();
}

TEST(Story, SaysTheSshLineOnlyOverSsh) {
  StartOptions over_ssh;
  over_ssh.environment["SSH_CONNECTION"] = "192.0.2.1 50000 192.0.2.2 22";
  EXPECT_TRUE(
      holds(sealtone({"lab", "run", "--once", "--upload", "none"}, over_ssh).out, "ssh -L "));
  EXPECT_FALSE(holds(sealtone({"lab", "run", "--once", "--upload", "none"}).out, "ssh -L "));
}

TEST(Story, IsTheSameWithNginxInTheLabsPlace) {
  Certificates certificates;
  const auto root = certificates.root();
  const auto server = certificates.server(root);
  const auto chain = certificates.bundle("chain", {server, root});
  TempDir files;
  files.write("y000000000000.cfg", "#!version:1.0.0.1\nstatic.security.trust_certificates = 1\n");
  files.write(std::string(kMac) + ".cfg", "#!version:1.0.0.1\naccount.1.label = Desk\n");
  std::filesystem::permissions(files.path(), std::filesystem::perms(0755));
  Nginx::Options options;
  options.server = "ssl_certificate " + chain.string() + "; ssl_certificate_key " +
                   server.key.string() + "; location / { root " + files.path().string() + "; }";
  Nginx nginx(options);
  const auto url = "https://127.0.0.1:" + std::to_string(nginx.port()) + "/";

  const auto refused = sealtone({"lab", "run", "--once", "--server", url, "--upload", "none"});
  EXPECT_EQ(refused.status, 1) << refused.out << refused.err;
  EXPECT_EQ(nginx.access_log(), "");

  const auto told = sealtone({"lab", "run", "--once", "--server", url});
  EXPECT_EQ(told.status, 0) << told.out << told.err;
  const auto log = nginx.stop();
  EXPECT_TRUE(holds(log, "200 - - GET /y000000000000.cfg")) << log;
  EXPECT_TRUE(holds(log, std::string("200 - - GET /") + kMac + ".cfg")) << log;
  EXPECT_EQ(std::ranges::count(log, '\n'), 2) << log;
}

}  // namespace
}  // namespace sealtone::test
