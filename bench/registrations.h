// SPDX-License-Identifier: Apache-2.0
//
// bench/registrations: so many accounts of the sip room on one loop, each over a TLS connection of
// its own, as so many phones in one process.
//
// To 127.0.0.1 only; they leave without a word when the object goes.  Errors: std::runtime_error
// where something does not come to pass in time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "crypto/crypto.h"
#include "net/net.h"
#include "sip/account.h"
#include "tls/kept_chains.h"

namespace sealtone::bench {

struct Registering {
  std::uint16_t port = 0;
  std::shared_ptr<const x509::AnchorSet> anchors;
  int count = 0;
  bool own_contexts = false;            // each has a TLS context of its own
  std::chrono::seconds expires{3'600};  // asked for
  std::chrono::milliseconds spread{0};  // over which they start, by chance
  sip::Backoff backoff = {};
};

class Registrations {
 public:
  explicit Registrations(const Registering& how);
  ~Registrations();
  Registrations(const Registrations&) = delete;
  Registrations& operator=(const Registrations&) = delete;

  // Goes on until that holds.
  void until(const std::function<bool()>& done, std::chrono::seconds limit);
  void until_registered() {
    until([this] { return registered() == count(); }, std::chrono::seconds(120));
  }
  [[nodiscard]] int count() const { return static_cast<int>(accounts_.size()); }
  [[nodiscard]] int registered() const { return registered_; }
  [[nodiscard]] int renewed() const { return renewed_; }  // answers of 200 while registered
  // When each account began a try, in order.
  using Times = std::vector<std::chrono::steady_clock::time_point>;
  [[nodiscard]] const std::vector<Times>& tries() const { return tries_; }

 private:
  void changed(std::size_t index, const sip::Status& status);

  net::asio::io_context loop_;
  base::SystemClock clock_;
  crypto::SystemRandom random_;
  std::shared_ptr<const tls::Context> shared_;
  std::shared_ptr<tls::KeptChains> kept_;
  std::shared_ptr<tls::Recordings> recordings_;
  std::vector<bool> is_registered_;
  std::vector<Times> tries_;
  std::vector<std::unique_ptr<sip::Account>> accounts_;
  int registered_ = 0, renewed_ = 0;
};

}  // namespace sealtone::bench
