// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>

#include "app/commands.h"
#include "app/paths.h"
#include "app/story.h"
#include "lab/lab.h"
#include "phone/phone.h"
#include "provision/provision.h"

namespace sealtone::app {
namespace {

using base::Result;

// The lab's folder: kept where the user named it, else removed with everything in it.
class Folder {
 public:
  [[nodiscard]] static Result<Folder> make(const std::string& named) {
    if (named.empty()) {
      auto made = make_temporary_folder();
      if (!made) return std::unexpected(made.error());
      return Folder(std::move(*made), true);
    }
    std::error_code failed;
    std::filesystem::create_directories(named, failed);
    if (failed) return base::fail(base::ErrorCode::io, named, failed.message());
    return Folder(std::filesystem::absolute(named), false);
  }
  ~Folder() {
    if (!temporary_ || path_.empty()) return;
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(Folder&& other) noexcept
      : path_(std::exchange(other.path_, {})), temporary_(other.temporary_) {}
  Folder& operator=(Folder&&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  Folder(std::filesystem::path path, bool temporary)
      : path_(std::move(path)), temporary_(temporary) {}
  std::filesystem::path path_;
  bool temporary_;
};

// Whoever stops the loop first ends the command: the story, or Ctrl-C or a TERM.
class Signals {
 public:
  explicit Signals(net::asio::io_context& loop) : set_(loop, SIGINT, SIGTERM, SIGHUP) {
    set_.async_wait([&loop](const boost::system::error_code& failed, int) {
      if (!failed) loop.stop();
    });
  }

 private:
  net::asio::signal_set set_;
};

// A started phone; at another port if somebody has the usual one.
Result<std::unique_ptr<phone::Phone>> start_phone(net::asio::io_context& loop,
                                                  const std::filesystem::path& state,
                                                  const LabArguments& arguments,
                                                  const Surroundings& with, base::Log& log) {
  Result<void> started;
  for (const std::uint16_t port : {arguments.https_port, std::uint16_t{0}}) {
    phone::Options options;
    options.state = state;
    options.https_port = port;
    options.mac = arguments.mac;
    options.built = with.built;
    auto phone = phone::Phone::open(loop, std::move(options), with.clock, with.random, log);
    if (!phone) return std::unexpected(phone.error());
    started = (*phone)->start();
    if (started) return phone;
  }
  return std::unexpected(started.error());
}

}  // namespace

int lab_serve(const LabArguments& arguments, const Surroundings& with) {
  const auto folder = Folder::make(arguments.folder);
  if (!folder) return could_not(with, folder.error());
  const auto mac = provision::normalise_mac(arguments.mac);
  if (!mac) return could_not(with, mac.error());

  net::asio::io_context loop;
  const Signals signals(loop);
  const auto lab = lab::Lab::start(loop, folder->path(), *mac, with.clock, with.random);
  if (!lab) return could_not(with, lab.error());
  if (auto confined = with.confine(); !confined) return could_not(with, confined.error());
  fmt::print(with.out,
             "Provisioning server:                    {}\n"
             "The same, demanding a certificate:      {}\n"
             "Their CA, to upload as trusted:         {}\n"
             "A certificate and key for the phone:    {}\n",
             (*lab)->provisioning_url(), (*lab)->demanding_url(),
             (folder->path() / "lab-root.pem").string(), (folder->path() / "phone.pem").string());
  std::fflush(with.out);
  loop.run();
  (*lab)->stop();
  return kDone;
}

int lab_run(const LabArguments& arguments, const Surroundings& with) {
  const auto folder = Folder::make(arguments.folder);
  if (!folder) return could_not(with, folder.error());
  const auto mac = provision::normalise_mac(arguments.mac);
  if (!mac) return could_not(with, mac.error());

  net::asio::io_context loop;
  const Signals signals(loop);
  std::unique_ptr<lab::Lab> lab;
  if (arguments.server.empty()) {
    auto started = lab::Lab::start(loop, folder->path(), *mac, with.clock, with.random);
    if (!started) return could_not(with, started.error());
    lab = std::move(*started);
  }
  base::StreamLog log(with.err, base::LogLevel::warning, with.clock);
  const auto state = folder->path() / "phone";
  if (std::filesystem::exists(state)) {
    return could_not(with, {base::ErrorCode::exists, state.string(),
                            "a phone that has been taught already is there; name a new folder"});
  }
  auto phone = start_phone(loop, state, arguments, with, log);
  if (!phone) return could_not(with, phone.error());
  if (auto confined = with.confine(); !confined) return could_not(with, confined.error());

  Stage stage{**phone, lab.get(), lab ? lab->provisioning_url() : arguments.server, folder->path(),
              state};
  int result = kFound;  // unless the story gets to its end
  net::asio::co_spawn(loop, tell(std::move(stage), arguments, with),
                      [&](const std::exception_ptr& failure, int ended) {
                        if (!failure) result = ended;
                        if (arguments.once || result != kDone) loop.stop();
                      });
  loop.run();
  (*phone)->stop();
  if (lab) lab->stop();
  return result;
}

}  // namespace sealtone::app
