// SPDX-License-Identifier: Apache-2.0
//
// phone/fixture: a phone on a loop and a thread of its own, for this room's tests.
#pragma once

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/url.h"
#include "crypto/crypto.h"
#include "phone/phone.h"
#include "support/meter.h"
#include "support/peers.h"
#include "x509/parse.h"

namespace sealtone::phone {

inline x509::Certificate certificate_of(const test::Identity& identity) {
  return x509::parse(base::view(identity.pem()), "test")->certificates.front();
}

inline x509::DeviceCredential credential_of(const test::Identity& identity) {
  const auto contents = x509::parse(base::view(identity.pem() + identity.key_pem()), "test");
  return *x509::device_credential(*contents, "test");
}

class Running {
 public:
  explicit Running(Options options, const base::Clock& clock)
      : clock_(clock),
        guard_(loop_.get_executor()),
        phone_(Phone::open(loop_, std::move(options), clock_, random_, log_)) {
    if (!phone_) throw std::runtime_error(base::to_string(phone_.error()));
    thread_ = std::thread([this] {
      while (meter_.run_one(loop_)) {
      }
    });
  }
  ~Running() {
    stop();
    thread_.join();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  [[nodiscard]] Phone& phone() { return **phone_; }

  // On the loop, as everything of a phone is.
  template <typename Do>
  auto on_loop(Do what) {
    std::packaged_task<decltype(what())()> task(std::move(what));
    auto result = task.get_future();
    net::asio::post(loop_, [&task] { task(); });
    return result.get();
  }
  template <typename T>
  std::future<T> spawn(net::Task<T> task) {
    return net::asio::co_spawn(loop_, std::move(task), net::asio::use_future);
  }
  template <typename T>
  T finish(net::Task<T> task) {
    return spawn(std::move(task)).get();
  }

  base::Result<void> start() {
    return on_loop([this] { return phone().start(); });
  }
  // What one handler of the loop took at most since this was last asked.
  std::chrono::microseconds longest_handler() {
    on_loop([] {});  // those before it have ended, and count
    return meter_.longest();
  }
  void stop() {
    on_loop([this] { phone().stop(); });
    guard_.reset();
  }
  admin::Status status() {
    return on_loop([this] { return phone().status(); });
  }
  std::string page() {
    const auto urls = status().page_urls;
    return urls.empty() ? std::string() : urls.front();
  }
  base::Result<void> set(const std::string& key, const std::string& value) {
    std::map<std::string, std::optional<std::string>> changes;
    changes[key] = value;
    return finish(phone().change_settings(std::move(changes)));
  }
  std::string get(std::string_view key) {
    return on_loop([this, key] { return phone().snapshot()->settings.get(key); });
  }

 private:
  net::asio::io_context loop_;
  test::Meter meter_;
  const base::Clock& clock_;
  crypto::SystemRandom random_;
  base::NullLog log_;
  net::asio::executor_work_guard<net::asio::io_context::executor_type> guard_;
  base::Result<std::unique_ptr<Phone>> phone_;
  std::thread thread_;
};

// One state folder, in which phones are opened one after the other.
class PhoneTest : public ::testing::Test {
 protected:
  [[nodiscard]] Options options() const {
    Options options;
    options.state = folder_.path() / "state";
    options.https_port = 0;
    options.mac = mac_;
    options.built = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};
    return options;
  }
  Running& open() {
    running_.reset();
    running_.emplace(options(), clock_);
    return *running_;
  }
  Running& start() {
    auto& running = open();
    if (auto started = running.start(); !started) {
      throw std::runtime_error(base::to_string(started.error()));
    }
    return running;
  }

  static std::string curl(test::Arguments arguments) {
    test::Arguments command{"curl", "-sk", "--max-time", "20"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return test::run_ok(std::move(command));
  }
  // What the page shows to somebody who connects now.
  static std::optional<x509::Certificate> shown_at(const std::string& page,
                                                   const test::Arguments& further = {}) {
    const auto url = base::parse_url(page);
    test::Arguments command{"openssl", "s_client", "-connect", url->authority()};
    command.insert(command.end(), further.begin(), further.end());
    const auto finished = test::run(command);
    const auto contents = x509::parse(base::view(finished.out), "s_client");
    if (!contents || contents->certificates.empty()) return std::nullopt;
    return contents->certificates.front();
  }

  test::TempDir folder_;
  std::string mac_ = "00:15:65:00:00:01";
  base::FakeClock clock_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
  test::Certificates made_;
  std::optional<Running> running_;
};

}  // namespace sealtone::phone
