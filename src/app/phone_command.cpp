// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <map>

#include "app/commands.h"
#include "app/loop.h"
#include "app/paths.h"
#include "base/files.h"
#include "phone/phone.h"
#include "settings/settings.h"

namespace sealtone::app {
namespace {

using base::Result;
using Changes = std::map<std::string, std::optional<std::string>>;

// The keys that --config, --provision-url, --user and --password-file set; all mistakes at once.
Result<Changes> changes_of(const PhoneArguments& arguments, const Surroundings& with) {
  Changes changes;
  if (!arguments.config.empty()) {
    auto octets = base::read_file(arguments.config, settings::kMaxFileBytes);
    if (!octets) return std::unexpected(octets.error());
    const auto file = settings::parse(base::text(*octets));
    if (!file) {
      std::string mistakes;
      for (const auto& mistake : file.error()) {
        mistakes += fmt::format("\n  line {}: {}", mistake.line, mistake.text);
      }
      return base::fail(base::ErrorCode::bad_input, arguments.config,
                        "nothing was applied:" + mistakes);
    }
    for (const auto& remark : file->remarks) {
      fmt::print(with.err, "{} line {}: {}\n", arguments.config, remark.line, remark.text);
    }
    if (!file->trusted_certificate_urls.empty() || !file->server_certificate_urls.empty()) {
      fmt::print(
          with.err,
          "{}: certificates that a file names are fetched when the phone provisions itself, not "
          "from --config\n",
          arguments.config);
    }
    for (const auto& assignment : file->assignments) {
      changes[assignment.canonical] =
          assignment.restore ? std::nullopt : std::optional(assignment.value);
    }
  }
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
  auto changes = changes_of(arguments, with);
  if (!changes) return could_not(with, changes.error());

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
  if (!changes->empty()) {
    const auto changed = run_until_done(loop, (*phone)->change_settings(std::move(*changes)));
    if (!changed) return could_not(with, changed.error());
  }
  const auto started = (*phone)->start();
  if (!started) return could_not(with, started.error());
  greet(**phone, *state, with);

  net::asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code& failed, int) {
    if (!failed) (*phone)->stop();
  });
  loop.restart();
  loop.run();
  return kDone;
}

}  // namespace sealtone::app
