// SPDX-License-Identifier: Apache-2.0
//
// phone: one phone, wired together: store, contexts, page, admin.sock, provisioning.
//
// Opened without start() it serves the command line in the same process; started it listens.
// Contexts are built aside and swapped; a connection keeps the one it began with.  The loop runs
// empty after stop(); the object is destroyed before the loop, and the loop not run again after
// that.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "admin/api.h"
#include "admin/control.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "net/net.h"
#include "tls/tls.h"

namespace sealtone::phone {

struct Options {
  std::filesystem::path state;
  std::string listen = "127.0.0.1";
  std::optional<std::uint16_t> https_port;  // over static.network.port.https; 0: any free one
  std::string mac;                       // empty: the stored one, else a made-up local one, stored
  std::shared_ptr<tls::KeyLog> key_log;  // where the admin asks for it
  bool keeps_nothing = false;            // what opening has to make up is not stored
  // A clock that says less was never set: no phone had this program before.
  std::chrono::sys_seconds built{};
};

class Phone : public admin::PhoneControl {
 public:
  // busy: another process owns the state folder.
  [[nodiscard]] static base::Result<std::unique_ptr<Phone>> open(net::asio::io_context& loop,
                                                                 Options options,
                                                                 const base::Clock& clock,
                                                                 base::Random& random,
                                                                 base::Log& log);
  // The handler of the page and of admin.sock; for the command line in the same process too.
  [[nodiscard]] virtual admin::Api& api() = 0;
  // The one-time password if this start made one; printed once by the caller, kept nowhere in
  // clear.
  [[nodiscard]] virtual std::optional<std::string> one_time_password() = 0;
  // Listens on HTTPS and admin.sock; then provisions if a URL is set and power_on says so.
  [[nodiscard]] virtual base::Result<void> start() = 0;
  // Closes listeners and connections; the store is closed with the object.
  virtual void stop() = 0;
  // Says goodbye to every connection, lets what was asked be answered for a second, then stops.
  [[nodiscard]] virtual net::Task<void> hang_up() = 0;
  // What changes outside: this computer's roots are read again, and session keys go to key_log from
  // now on (null: where they went).  Says in the log what it did; no connection is dropped.
  [[nodiscard]] virtual net::Task<void> look_again(std::shared_ptr<tls::KeyLog> key_log) = 0;
  // A configuration file from the admin's own hand, taken as a provisioned one is: all or nothing,
  // the certificates that it names fetched.  The report as of provision_now.
  [[nodiscard]] virtual net::Task<base::Result<nlohmann::json>> apply_config(std::string name,
                                                                             std::string text) = 0;
};

}  // namespace sealtone::phone
