// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <map>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/loop.h"
#include "app/paths.h"
#include "app/shown.h"
#include "base/files.h"
#include "phone/phone.h"
#include "provision/provision.h"
#include "settings/settings.h"

namespace sealtone::app {
namespace {

using base::Result;
using Changes = std::map<std::string, std::optional<std::string>>;

// The keys that --provision-url, --user and --password-file set.
Result<Changes> changes_of(const PhoneArguments& arguments) {
  Changes changes;
  if (!arguments.provision_url.empty()) {
    changes["static.auto_provision.server.url"] = arguments.provision_url;
  }
  if (!arguments.user.empty()) {
    changes["static.auto_provision.server.username"] = arguments.user;
    auto password = read_secret(arguments.password_file, "Password of " + arguments.user);
    if (!password) return std::unexpected(password.error());
    changes["static.auto_provision.server.password"] = *password;
  }
  return changes;
}

// --config: what a provisioned file would do, from the admin's own hand.
Result<void> apply_config(net::asio::io_context& loop, phone::Phone& phone, const std::string& file,
                          const Surroundings& with) {
  if (file.empty()) return {};
  auto octets = base::read_file(file, settings::kMaxFileBytes);
  if (!octets) return std::unexpected(octets.error());
  const auto report =
      run_until_done(loop, phone.apply_config(file, std::string(base::text(*octets))));
  if (!report) return std::unexpected(report.error());
  const auto words = run_text(*report);
  fmt::print(with.err, "{}", words);
  if (report->value("applied", false)) return {};
  return base::fail(base::ErrorCode::bad_input, file, "nothing of it was applied");
}

void greet(phone::Phone& phone, const std::filesystem::path& state, const Surroundings& with) {
  const auto status = phone.status();
  for (const auto& url : status.page_urls) fmt::print(with.out, "Page: {}\n", url);
  fmt::print(with.out, "Certificate: {}SHA-256 {}\n",
             status.page_certificate_temporary ? "temporary, self-made, " : "",
             status.page_certificate.fingerprint());
  if (const auto password = phone.one_time_password()) {
    fmt::print(with.out,
               "One-time password: {}  (user admin; choose your own at the first log-in)\n",
               *password);
  }
  fmt::print(with.out, "State: {}\n", state.string());
  std::fflush(with.out);
}

}  // namespace

int phone(const PhoneArguments& arguments, const Surroundings& with) {
  auto state = state_folder(arguments.state);
  if (!state) return could_not(with, state.error());
  auto changes = changes_of(arguments);
  if (!changes) return could_not(with, changes.error());

  boost::system::error_code no_address;
  net::asio::ip::make_address(arguments.listen, no_address);
  if (no_address) {
    return could_not(with, {base::ErrorCode::bad_input, "--listen " + arguments.listen,
                            "give an IP address of this computer, such as 127.0.0.1, or 0.0.0.0 "
                            "for all of them"});
  }
  if (!arguments.mac.empty()) {
    const auto mac = provision::normalise_mac(arguments.mac);
    if (!mac) return could_not(with, mac.error());
  }

  phone::Options options;
  options.state = *state;
  options.listen = arguments.listen;
  options.https_port = arguments.https_port;
  options.mac = arguments.mac;
  if (!arguments.key_log.empty()) {
    auto key_log = tls::KeyLog::open(arguments.key_log);
    if (!key_log) return could_not(with, key_log.error());
    options.key_log = std::move(*key_log);
  }

  net::asio::io_context loop;
  base::StreamLog log(with.err, base::LogLevel::info, with.clock);
  auto phone = phone::Phone::open(loop, std::move(options), with.clock, with.random, log);
  if (!phone) return could_not(with, phone.error());
  const auto applied = apply_config(loop, **phone, arguments.config, with);
  if (!applied) return could_not(with, applied.error());
  if (!changes->empty()) {
    const auto changed = run_until_done(loop, (*phone)->change_settings(std::move(*changes)));
    if (!changed) return could_not(with, changed.error());
  }
  const auto started = (*phone)->start();
  if (!started) return could_not(with, started.error());
  greet(**phone, *state, with);

  net::asio::signal_set signals(loop, SIGINT, SIGTERM, SIGHUP);
  signals.async_wait([&](const boost::system::error_code& failed, int) {
    if (!failed) (*phone)->stop();
  });
  loop.restart();
  loop.run();
  return kDone;
}

}  // namespace sealtone::app
