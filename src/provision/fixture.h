// SPDX-License-Identifier: Apache-2.0
//
// provision/fixture: a run against nginx, for this room's tests.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "crypto/crypto.h"
#include "provision/provision.h"
#include "provision/trusting.h"
#include "support/loop.h"
#include "support/peers.h"
#include "tls/sessions.h"

namespace sealtone::provision {

inline constexpr std::string_view kUrlKey = "static.auto_provision.server.url";
inline constexpr std::string_view kSwitchKey = "static.security.trust_certificates";
inline constexpr std::string_view kCommon = "y000000000000.cfg";
inline constexpr std::string_view kOwn = "001565000001.cfg";
inline const std::string kFirstLine = "#!version:1.0.0.1\n";

inline std::vector<x509::Certificate> certificates_of(const std::string& pem) {
  const auto contents = x509::parse(base::view(pem), "test");
  return contents ? contents->certificates : std::vector<x509::Certificate>();
}

inline std::vector<std::string> outcomes(const Run& run) {
  std::vector<std::string> words;
  for (const auto& file : run.files) words.push_back(file.outcome);
  return words;
}

// A provisioning server with files in its folder.
class Server {
 public:
  explicit Server(test::Nginx::Options options) : nginx_(std::move(options)) {}
  void put(std::string_view name, std::string_view text) const {
    test::write_text(nginx_.folder() / name, text);
  }
  // Both files, the second one next to empty.
  void put_files(const std::string& common) const {
    put(kCommon, kFirstLine + common);
    put(kOwn, kFirstLine);
  }
  [[nodiscard]] std::string url(const std::string& scheme = "https") const {
    return scheme + "://localhost:" + std::to_string(nginx_.port()) + "/";
  }
  std::string log() { return nginx_.stop(); }

 private:
  test::Nginx nginx_;
};

class Provisioning : public ::testing::Test {
 protected:
  test::Nginx::Options tls_options(const std::string& further = {}) {
    test::Nginx::Options options;
    options.server = test::nginx_identity(identity_) + further;
    return options;
  }
  static test::Nginx::Options plain_options(const std::string& further = {}) {
    test::Nginx::Options options;
    options.server = further;
    options.tls = false;
    return options;
  }

  void set(std::string_view key, const std::string& value) { before_.settings.set(key, value); }
  void trust(const test::Identity& identity) {
    for (const auto& certificate : certificates_of(identity.pem())) {
      before_.trusted.push_back({1, certificate, {}, "test"});
    }
  }

  [[nodiscard]] Input input() const {
    Input input;
    input.before = std::make_shared<const store::Snapshot>(before_);
    tls::ContextOptions options;
    options.credential = before_.credential;
    input.context = *tls::Context::build(options);
    const auto list = settings::tls_settings(before_.settings, "auto_provision").trust_list;
    input.anchors =
        std::make_shared<const x509::AnchorSet>(chosen_anchors(list, uploaded(before_), {}));
    input.sessions = sessions_;
    input.mac = "001565000001";
    input.now = kNow;
    input.random = &random_;
    input.trial = trial_;
    input.clock = clock_;
    return input;
  }
  [[nodiscard]] provision::Run provision() {
    net::asio::io_context loop;
    return test::finish(loop, run(input()));
  }
  [[nodiscard]] provision::Run provision_locally(const std::string& text) {
    net::asio::io_context loop;
    return test::finish(loop, run_local(input(), "local.cfg", text));
  }

  static constexpr std::chrono::sys_seconds kNow =
      std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
  test::Certificates made_;
  test::Identity root_ = made_.root();
  test::Identity identity_ = made_.server(root_);
  store::Snapshot before_;
  std::shared_ptr<tls::SessionCache> sessions_;  // null: full handshakes
  bool trial_ = false;
  std::optional<trust::ClockFloor> clock_;
  mutable crypto::SystemRandom random_;
};

}  // namespace sealtone::provision
