// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/at_kamailio: an account of the sip room, with waits of milliseconds, and the registrar
// it is for.
#pragma once

#include <gmock/gmock.h>

#include "crypto/crypto.h"
#include "sip/account.h"
#include "support/kamailio.h"
#include "support/loop.h"

namespace sealtone::test {

using namespace std::chrono_literals;
using sip::Stage;
using sip::State;

class AtKamailio : public ::testing::Test {
 protected:
  static x509::Contents contents(const Identity& identity) {
    const auto text = identity.pem() + identity.key_pem();
    return x509::parse(base::view(text), identity.name).value();
  }
  base::Result<sip::TlsSide> side() {
    tls::ContextOptions options;
    if (own) options.credential = x509::device_credential(contents(*own), own->name).value();
    auto context = tls::Context::build(options);
    if (!context) return std::unexpected(context.error());
    sip::TlsSide side{*context, {}};
    side.check.anchors =
        std::make_shared<const x509::AnchorSet>(std::vector{contents(trusted).certificates.at(0)});
    side.check.now = clock.now();
    return side;
  }
  sip::AccountOptions options(const sip::Server& server) {
    sip::AccountOptions options;
    options.identity = {"alice", "", "made-for-the-test", "Alice",
                        "urn:uuid:00000000-0000-4000-8000-000000000001"};
    options.servers = {{server, 3'600s, 3}};
    options.backoff = {200ms, 100ms, 400ms, 1ms};
    options.limits.shortest_renewal = 200ms;
    options.user_agent = "Sealtone";
    return options;
  }
  static sip::Server tls_of(const Kamailio& kamailio) {
    return {"localhost", kamailio.tls_port(), sip::Transport::tls};
  }
  void start(sip::AccountOptions options) {
    sip::AccountEvents events;
    events.tls_side = [this]() -> net::Task<base::Result<sip::TlsSide>> {
      auto made = side();
      co_return made;
    };
    events.attempted = [this](const sip::Attempt& attempt) {
      if (attempt.ended) return;
      tries.push_back(std::chrono::steady_clock::now());
    };
    account = sip::Account::start(loop, std::move(options), std::move(events), clock, random);
  }
  void until(State state) {
    run_until(loop, [&] { return account->status().state == state; });
  }
  // Its log comes by another way than its answers.
  void until_said(const Kamailio& kamailio, std::string_view text, std::size_t times = 1) {
    boost::asio::steady_timer timer(loop);
    const auto waits = std::make_shared<bool>(false);
    run_until(loop, [&] {
      if (kamailio.times(text) >= times) return true;
      if (*waits) return false;
      *waits = true;
      timer.expires_after(5ms);
      timer.async_wait([waits](const boost::system::error_code&) { *waits = false; });
      return false;
    });
  }
  const sip::Status& status() const { return account->status(); }
  std::string why() const {
    return status().cause ? std::string(word(status().cause->stage)) + ": " + status().cause->text
                          : std::string();
  }

  boost::asio::io_context loop;
  base::SystemClock clock;
  crypto::SystemRandom random;
  Certificates certificates;
  Identity root = certificates.root();
  Identity trusted = root;
  std::optional<Identity> own;
  std::vector<std::chrono::steady_clock::time_point> tries;
  std::unique_ptr<sip::Account> account;
};

}  // namespace sealtone::test
