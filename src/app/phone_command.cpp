// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/stat.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/confinement.h"
#include "app/loop.h"
#include "app/paths.h"
#include "app/shown.h"
#include "base/files.h"
#include "base/text.h"
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
    if (auto fine = without_password(arguments.provision_url); !fine) {
      return std::unexpected(fine.error());
    }
    changes["static.auto_provision.server.url"] = arguments.provision_url;
  }
  if (!arguments.user.empty()) {
    changes["static.auto_provision.server.username"] = arguments.user;
    auto password = read_secret(arguments.password_file, "Password of " + arguments.user);
    if (!password) return std::unexpected(password.error());
    changes["static.auto_provision.server.password"] = std::string(password->text());
  }
  if (arguments.registers) changes["sealtone.register"] = "1";
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

// systemd.exec(5): JOURNAL_STREAM names the device and inode of what it connected to the journal.
bool goes_to_the_journal(std::FILE* stream) {
  const char* const journal = std::getenv("JOURNAL_STREAM");
  struct stat facts{};
  return journal != nullptr && ::fstat(::fileno(stream), &facts) == 0 &&
         journal == fmt::format("{}:{}", facts.st_dev, facts.st_ino);
}

void greet(phone::Phone& phone, const std::filesystem::path& state, const Surroundings& with) {
  const auto status = phone.status();
  for (const auto& url : status.page_urls) fmt::print(with.out, "Page: {}\n", url);
  fmt::print(with.out, "Certificate: {}SHA-256 {}\n",
             status.page_certificate_temporary ? "temporary, self-made, " : "",
             status.page_certificate.fingerprint());
  const auto password = phone.one_time_password();
  const auto another = "sealtone admin reset-password --state " + state.string();
  if (!password) {
    fmt::print(with.out, "Password: as before; if nobody has it, have a new one made by: {}\n",
               another);
  } else if (goes_to_the_journal(with.out)) {
    // Others than the admin read it, for as long as it is kept.
    fmt::print(with.out, "One-time password: not for the journal; have one made by: {}\n", another);
  } else {
    fmt::print(with.out,
               "One-time password: {}  (user admin; choose your own at the first log-in)\n",
               *password);
  }
  fmt::print(with.out, "State: {}\n", state.string());
  std::fflush(with.out);
}

void warn(base::Log& log, const std::string& what, const base::Error& why) {
  log.write(base::LogLevel::warning, "app", what + ": " + base::to_string(why));
}

// The file as at the start: all of it, or nothing.  The run says itself in the log what it did.
net::Task<void> apply_config_again(phone::Phone& phone, std::string file, base::Log& log) {
  // What came through a pipe was read at the start, and has nothing more to say.
  std::error_code ignored;
  if (file.empty() || std::filesystem::is_fifo(file, ignored)) co_return;
  auto octets = base::read_file(file, settings::kMaxFileBytes);
  if (!octets) {
    warn(log, "the settings stay as they are", octets.error());
    co_return;
  }
  std::string text(base::text(*octets));
  auto report = co_await phone.apply_config(std::move(file), std::move(text));
  if (!report) warn(log, "the settings stay as they are", report.error());
}

// HUP: what may have changed outside.
net::Task<void> look_again(phone::Phone& phone, PhoneArguments arguments, base::Log& log) {
  log.write(base::LogLevel::info, "app", "HUP: looking again at what may have changed outside");
  std::shared_ptr<tls::KeyLog> key_log;
  if (!arguments.key_log.empty()) {
    auto opened = tls::KeyLog::open(arguments.key_log);
    if (!opened) warn(log, "session keys go on to where they went", opened.error());
    if (opened) key_log = *std::move(opened);
  }
  co_await phone.look_again(std::move(key_log));
  co_await apply_config_again(phone, std::move(arguments.config), log);
  log.write(base::LogLevel::info, "app", "HUP: done");
}

// Until TERM or INT; a second one finds no handler any more and ends the process at once.
net::Task<void> attend(net::asio::signal_set& signals, phone::Phone& phone,
                       const PhoneArguments& arguments, base::Log& log) {
  for (;;) {
    boost::system::error_code failed;
    auto token = net::asio::redirect_error(net::asio::use_awaitable, failed);
    const int number = co_await signals.async_wait(token);
    if (failed || number != SIGHUP) break;
    // Beside the waiting: fetching what the file names takes its time, and TERM does not wait.
    net::asio::co_spawn(signals.get_executor(), look_again(phone, arguments, log),
                        net::asio::detached);
  }
  signals.clear();
  co_await phone.hang_up();
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
  options.built = with.built;
  if (!arguments.key_log.empty()) {
    auto key_log = tls::KeyLog::open(arguments.key_log);
    if (!key_log) return could_not(with, key_log.error());
    options.key_log = std::move(*key_log);
  }

  net::asio::io_context loop;
  // HUP waits until the phone listens; TERM and INT end its start as they end any program.
  net::asio::signal_set signals(loop, SIGHUP);
  const auto lowest = arguments.verbose ? base::LogLevel::debug : base::LogLevel::info;
  base::StreamLog log(with.err, lowest, with.clock);
  if (!arguments.key_log.empty()) {
    log.write(base::LogLevel::warning, "app",
              "the session keys of all connections go to " + base::visible(arguments.key_log) +
                  " (--keylog): whoever reads it reads all that is said, passwords as well");
  }
  auto phone = phone::Phone::open(loop, std::move(options), with.clock, with.random, log);
  if (!phone) return could_not(with, phone.error());
  if (auto confined = with.confine(); !confined) return could_not(with, confined.error());
  if constexpr (!kConfines) {
    log.write(base::LogLevel::warning, "app", "a build with sanitizers: not confined");
  }
  const auto applied = apply_config(loop, **phone, arguments.config, with);
  if (!applied) return could_not(with, applied.error());
  if (!changes->empty()) {
    const auto changed = run_until_done(loop, (*phone)->change_settings(std::move(*changes)));
    if (!changed) return could_not(with, changed.error());
  }
  const auto started = (*phone)->start();
  if (!started) return could_not(with, started.error());
  for (const int number : {SIGINT, SIGTERM}) signals.add(number);
  greet(**phone, *state, with);

  net::asio::co_spawn(loop, attend(signals, **phone, arguments, log), net::asio::detached);
  loop.restart();
  loop.run();
  return kDone;
}

}  // namespace sealtone::app
