// SPDX-License-Identifier: Apache-2.0
#include "lab/lab.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/files.h"
#include "base/url.h"
#include "crypto/crypto.h"
#include "http/fetch.h"
#include "x509/parse.h"

namespace sealtone::lab {
namespace {

constexpr const char* kMac = "001565000001";

class RunningLab : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "lab-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    auto lab = Lab::start(loop_, folder_, kMac, clock_, random_);
    ASSERT_TRUE(lab) << base::to_string(lab.error());
    lab_ = std::move(*lab);
  }
  void TearDown() override {
    if (lab_) lab_->stop();
    std::filesystem::remove_all(folder_);
  }

  x509::Contents contents(const std::string& name) {
    const auto file = base::read_file(folder_ / name, base::kMaxUploadBytes);
    return x509::parse(file.value(), name).value();
  }

  http::Fetched get(const std::string& url, bool trusting, bool with_certificate) {
    tls::ContextOptions options;
    if (with_certificate) {
      options.credential = x509::device_credential(contents("phone.pem"), "phone.pem").value();
    }
    http::FetchOptions fetch;
    fetch.context = tls::Context::build(options).value();
    std::vector<x509::Certificate> anchors;
    if (trusting) anchors = contents("lab-root.pem").certificates;
    fetch.anchors = std::make_shared<const x509::AnchorSet>(std::move(anchors));
    fetch.now = clock_.now();
    std::optional<http::Fetched> fetched;
    net::asio::co_spawn(loop_, http::fetch(base::parse_url(url).value(), fetch),
                        [&](std::exception_ptr, http::Fetched done) { fetched = std::move(done); });
    loop_.restart();
    while (!fetched && loop_.run_one() != 0) {
    }
    return std::move(*fetched);
  }

  net::asio::io_context loop_;
  base::SystemClock clock_;
  crypto::SystemRandom random_;
  std::filesystem::path folder_;
  std::unique_ptr<Lab> lab_;
};

TEST_F(RunningLab, HandsOutItsFilesToWhoeverTrustsItsRoot) {
  const auto fetched = get(lab_->provisioning_url() + "y000000000000.cfg", true, false);
  ASSERT_TRUE(fetched.ok());
  EXPECT_NE((*fetched.response)->body.find("static.server_certificates.url"), std::string::npos);
  ASSERT_EQ(lab_->served().size(), 1U);
  EXPECT_EQ(lab_->served().front().target, "/y000000000000.cfg");
}

TEST_F(RunningLab, SendsItsRootSoThatARefusalCanNameIt) {
  const auto fetched = get(lab_->provisioning_url(), false, false);
  EXPECT_FALSE(fetched.ok());
  ASSERT_EQ(fetched.connections.size(), 1U);
  EXPECT_TRUE(fetched.connections[0].verdict.has(trust::FindingCode::issuer_unknown));
  ASSERT_NE(fetched.connections[0].verdict.path.sent_root(), nullptr);
  EXPECT_EQ(*fetched.connections[0].verdict.path.sent_root(),
            contents("lab-root.pem").certificates.front());
  EXPECT_TRUE(lab_->served().empty());
}

TEST_F(RunningLab, SecondServerAnswersOnlyWhoShowsACertificateOfTheLab) {
  const auto target = lab_->demanding_url() + kMac + ".cfg";
  EXPECT_FALSE(get(target, true, false).ok());
  EXPECT_TRUE(lab_->served().empty());

  EXPECT_TRUE(get(target, true, true).ok());
  ASSERT_EQ(lab_->served().size(), 1U);
  EXPECT_TRUE(lab_->served().front().demands_certificate);
  EXPECT_EQ(lab_->served().front().client_serial,
            contents("phone.pem").certificates.front().serial_hex());
}

TEST_F(RunningLab, SaysNotFoundForWhatItDoesNotHave) {
  const auto fetched = get(lab_->provisioning_url() + "001565000002.cfg", true, false);
  ASSERT_TRUE(fetched.response && *fetched.response);
  EXPECT_EQ((*fetched.response)->status, 404);
}

TEST_F(RunningLab, KeepsItsFilesFromOtherUsers) {
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    EXPECT_EQ(entry.status().permissions() & std::filesystem::perms::mask,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << entry.path();
  }
}

}  // namespace
}  // namespace sealtone::lab
